/** Streams that want to break the analysis, and sound that is only listened to, over every process of a real Reed. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readMedia } from "../../src/platform/media-reader.ts";
import { dataPaths } from "../../src/platform/paths.ts";
import { startCameraProgram, type CameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Api, type RunningReed } from "../support/reed.ts";
import {
  actionOf,
  addAlarmInput,
  closedReceipt,
  live,
  openContact,
  raisedReceipts,
  troubleKeys,
} from "../support/site.ts";

/** One picture, again and again. */
const still = { kind: "synthetic", width: 320, height: 192, fps: 25, gopSeconds: 0.04, bitsPerSecond: 1e6 } as const;
const region = { name: "Yard", cells: "f".repeat(99), sensitivity: 60, threshold: 6 };

async function addWatched(api: Api, cameras: CameraProgram, channel: number, settings: object): Promise<number> {
  await api.post("channels", { url: `rtsp://127.0.0.1:${cameras.port}/cam${channel}` });
  const driver = { kind: "video-detection", channel, ...settings };
  const { board } = await api.post("boards", { name: `Camera ${channel}`, driver });
  return board as number;
}

const stateOf = async (api: Api, channel: number): Promise<string> => {
  const { now } = await api.get(`channels/${channel}/detection`);
  return `${now?.state} ${now?.reason}`;
};
const becomes = (api: Api, channel: number, state: RegExp, what: string): Promise<void> =>
  until(async () => {
    const now = await stateOf(api, channel);
    if (!state.test(now)) throw new Error(now);
    return true;
  }, what);
const watching = /^(watching|learning) $/;

test(
  "a camera that sends noise, a 16K picture, one of no size or one that takes all memory is blind with the reason, and is watched again when it sends sane pictures; the other is watched throughout, a door is recorded, and recording goes on",
  { timeout: 240_000 },
  async () => {
    await using cameras = await startCameraProgram({
      cameras: [{ source: still }, { source: still }, { source: { ...still, broken: "slices" } }],
    });
    process.env["REED_DETECTION_MEMORY"] = "330";
    await using reed = await startReed();
    delete process.env["REED_DETECTION_MEMORY"];
    const api = await reed.administrator();
    const motion = { regions: [region], holdS: 1 };
    for (const channel of [1, 2, 3]) await addWatched(api, cameras, channel, { motion });
    for (const channel of [1, 2]) await live(api, channel);
    for (const channel of [1, 2]) await becomes(api, channel, watching, `camera ${channel} is watched`);
    const pid = reed.pid("detection");
    const shows = (source: object) =>
      cameras.send({ do: "change-parameters", camera: 1, source: { ...still, ...source } });
    const heals = async (): Promise<void> => {
      await shows({});
      await becomes(api, 1, watching, "it is watched again");
      assert.match(await stateOf(api, 2), watching);
      assert.equal(reed.pid("detection"), pid, "the process goes on");
    };

    await shows({ width: 640, height: 368 });
    await becomes(api, 1, watching, "another size is no fault");
    await shows({ broken: "slices" });
    await becomes(api, 1, /^blind (no picture came|no whole picture)/, "noise is no picture");
    const { board: hand } = await api.post("boards", { driver: { kind: "virtual", inputs: 1, outputs: 0 } });
    const door = { board: hand, recordChannels: [1], postRecordS: 1, maxRecordS: 10, debounceMs: 0, antiDitherS: 0 };
    const { input } = await addAlarmInput(api, door);
    await api.post("arming", { armed: true });
    await openContact(api, hand, 1, "closed");
    const receipt = await closedReceipt(api, input);
    assert.match(actionOf(receipt, "record", 1).outcome.kind, /^(done|short)$/, "what can't be looked at is recorded");
    await heals();

    await shows({ width: 15_360, height: 8640 });
    await becomes(api, 1, /^blind a picture of 15360 × 8640 pixels can't be analysed/, "16K is not analysed");
    await heals();

    await shows({ broken: "no-size" });
    await becomes(api, 1, /^blind /, "a picture without a size is none");
    await heals();

    await shows({ width: 4096, height: 2304, gopSeconds: 4, references: 16 });
    await becomes(
      api,
      1,
      /^blind its pictures took more memory than there is/,
      "one that takes all memory is left alone",
    );
    await becomes(api, 2, watching, "the other one is watched");
    await until(
      async () => (await troubleKeys(api)).includes("detection:3"),
      "one that never sent a picture is a trouble",
    );
    const troubles = (await api.get("troubles")) as { key: string; what: string }[];
    const said = troubles.find(({ key }) => key === "detection:3")?.what ?? "";
    assert.match(said, /are not looked at: no picture came of the last 100 access units/);
  },
);

const levelOf = async (api: Api, input: number): Promise<string> => {
  const { live: state } = await api.get(`inputs/${input}`);
  return String(state?.level);
};

/** What a reader of the recorder's socket is handed beside some pictures as they come. */
async function tracksRead(reed: RunningReed, channel: number, more: { listen?: true }): Promise<Set<string>> {
  const tracks = new Set<string>();
  let pictures = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  using reader = readMedia(
    dataPaths(reed.data).mediaSocket(0),
    { channel, stream: "main", from: "next-key", audio: true, ...more },
    {
      parameters: ({ track }) => void tracks.add(track),
      unit({ track }) {
        tracks.add(track);
        if (track === "video" && ++pictures === 20) resolve();
      },
      state: () => undefined,
      stream: () => undefined,
      dropped: () => undefined,
      closed: (reason) => reject(new Error(reason)),
    },
  );
  assert.ok(reader);
  await promise;
  return tracks;
}

/** Kinds of the tracks in every file of the footage. */
function tracksRecorded({ data }: RunningReed): Set<string> {
  const files = globSync(join(dataPaths(data).footage, "**/*.mp4"));
  assert.ok(files.length > 0, "there is footage");
  const read = files.map((file) =>
    execFileSync("ffprobe", ["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", file], {
      encoding: "utf8",
    }),
  );
  return new Set(read.join("\n").split("\n").filter(Boolean));
}

test(
  "sound that is listened to and not recorded, G.711 and AAC: its rise and its loss raise inputs, and nothing of it reaches disk, ring or viewer",
  { timeout: 120_000 },
  async () => {
    const beeps = { ...still, audio: "pcma" } as const;
    await using cameras = await startCameraProgram({
      cameras: [{ source: beeps }, { source: { kind: "clip", name: "aac" } }],
    });
    await using reed = await startReed();
    const api = await reed.administrator();
    const audio = { loss: true, rise: { sensitivity: 80, threshold: 50 } };
    const inputs: { loss: number; rise: number }[] = [];
    for (const channel of [1, 2]) {
      const board = await addWatched(api, cameras, channel, { audio });
      const input = async (point: number, name: string): Promise<number> => {
        const settings = {
          board,
          point,
          name,
          recordChannels: [channel],
          postRecordS: 2,
          maxRecordS: 10,
          debounceMs: 0,
        };
        return (await addAlarmInput(api, settings)).input as number;
      };
      inputs.push({ loss: await input(8, `Silence ${channel}`), rise: await input(9, `Noise ${channel}`) });
      await live(api, channel);
    }
    const [one, two] = inputs;
    assert.ok(one !== undefined && two !== undefined);
    for (const { loss } of inputs) await until(async () => (await levelOf(api, loss)) === "open", "it is heard");
    await api.post("arming", { armed: true });
    // a beep each second, 18 dB above the hum; AAC's tone is even
    await until(async () => (await levelOf(api, one.rise)) === "closed", "the beep is a rise");
    await until(async () => (await levelOf(api, two.rise)) === "open", "AAC is heard as well");
    assert.deepEqual(await raisedReceipts(api, two.loss), []);

    await cameras.send({ do: "mute", camera: "all" });
    for (const { loss } of inputs) {
      const receipt = await closedReceipt(api, loss);
      assert.match(actionOf(receipt, "record").outcome.kind, /^(done|short)$/);
    }
    await cameras.send({ do: "up", camera: "all" });
    for (const { loss } of inputs) await until(async () => (await levelOf(api, loss)) === "open", "it is heard again");

    for (const channel of [1, 2]) {
      assert.deepEqual([...(await tracksRead(reed, channel, {}))], ["video"], "viewers get no sound");
      assert.deepEqual([...(await tracksRead(reed, channel, { listen: true }))].sort(), ["audio", "video"]);
    }
    assert.deepEqual([...tracksRecorded(reed)], ["video"], "no sound lies on the disk");
  },
);
