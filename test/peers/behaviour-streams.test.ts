/** Streams as cameras really send them, through the whole system: recorded, and the download decodes without a word. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { CameraOptions } from "../../src/testkit/camera/options.ts";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { breaks, decode, recorded, sentUnits } from "../support/footage.ts";
import { pause, startReed, until, type Api, type Json } from "../support/reed.ts";
import { live, smallSource } from "../support/site.ts";

const ffmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
if (!ffmpeg && process.env["CI"] === "true") throw new Error("needs ffmpeg");
const skip = ffmpeg ? false : "needs ffmpeg";

interface Row {
  readonly name: string;
  readonly camera: CameraOptions;
  readonly audio?: boolean;
  /** Codec names that ffmpeg finds. */
  readonly sound: readonly string[];
  /** What happens to it; then its footage has holes or parts. */
  readonly fault?: "jump" | "reboot" | "change";
  /** Pictures that ffmpeg shows only once the picture is whole, or that can't be shown at the start. */
  readonly start?: "refresh" | "leading";
}

const clip = (name: string, audio?: "pcma" | "pcmu" | "none") =>
  ({ kind: "clip", name, ...(audio === undefined ? {} : { audio }) }) as CameraOptions["source"];
const login = { username: "viewer", password: "secret" };

const rows: readonly Row[] = [
  { name: "B-frames", camera: { source: clip("b-frames") }, sound: [] },
  { name: "GDR", camera: { source: clip("gdr") }, sound: [], start: "refresh" },
  { name: "H.265", camera: { source: clip("h265") }, sound: [] },
  { name: "H.265 with CRA", camera: { source: clip("h265-cra") }, sound: [], start: "leading" },
  { name: "AAC, sound on", camera: { source: clip("aac") }, audio: true, sound: ["aac"] },
  { name: "AAC, sound off", camera: { source: clip("aac") }, sound: [] },
  { name: "PCMA, sound on", camera: { source: clip("front-door", "pcma") }, audio: true, sound: ["pcm_alaw"] },
  { name: "PCMA, sound off", camera: { source: clip("front-door", "pcma") }, sound: [] },
  { name: "odd TCP pieces", camera: { source: clip("yard", "none"), shape: "odd" }, sound: [] },
  {
    name: "digest SHA-256, no parameter sets in the SDP",
    camera: { source: clip("hall", "none"), auth: ["digest-sha256"], inSdp: false, ...login },
    sound: [],
  },
  { name: "RTP time jumps", camera: { source: smallSource() }, sound: [], fault: "jump" },
  { name: "reboot", camera: { source: smallSource() }, sound: [], fault: "reboot" },
  { name: "parameters change", camera: { source: smallSource() }, sound: [], fault: "change" },
];

interface Download {
  readonly parts: number;
  readonly frames: number;
  readonly sound: readonly string[];
  readonly errors: string;
}

/** All parts of a channel's footage, decoded. */
async function download(
  reed: { url: string; folder: string },
  api: Api,
  channel: number,
  from: number,
): Promise<Download> {
  const query = (part: number) => `channels/${channel}/footage.mp4?from=${from}&to=${Date.now() + 1000}&part=${part}`;
  let [parts, frames, errors] = [1, 0, ""];
  const sound = new Set<string>();
  for (let part = 1; part <= parts; part++) {
    const answer = await fetch(`${reed.url}/api/${query(part)}`, { headers: { authorization: `Bearer ${api.key}` } });
    if (!answer.ok) throw new Error(await answer.text());
    parts = Number(answer.headers.get("x-reed-parts"));
    const file = join(reed.folder, `${channel}-${part}.mp4`);
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    const decoded = decode(file);
    frames += decoded.frames;
    errors += decoded.errors;
    for (const codec of decoded.audio) sound.add(codec);
  }
  return { parts, frames, sound: [...sound], errors };
}

test("streams through the whole system", { timeout: 200_000, skip }, async (t) => {
  await using logs = await temporaryFolder();
  await using cameras = await startCameraProgram({
    cameras: rows.map((row) => row.camera),
    ownPorts: true,
    logFolder: logs.path,
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  const from = Date.now() - 60_000;
  for (const [i, row] of rows.entries()) {
    await api.post("channels", {
      url: cameras.urls[i],
      audio: row.audio ?? false,
      ...(row.camera.auth === undefined ? {} : login),
    });
  }
  for (const i of rows.keys()) await live(api, i + 1);
  await pause(5000);
  for (const [i, { fault }] of rows.entries()) {
    const camera = i + 1;
    if (fault === "jump") await cameras.send({ do: "jump", camera, ticks: 90_000 * 3600 });
    if (fault === "reboot") await cameras.send({ do: "reboot", camera, downMs: 800 });
    if (fault === "change") {
      const source = { ...smallSource(), width: 640, height: 352 };
      await cameras.send({ do: "change-parameters", camera, source });
    }
  }
  await pause(6000);
  await cameras.send({ do: "disconnect", camera: "all" });
  await cameras.send({ do: "down", camera: "all" });
  await until(
    async () => (await api.get("channels")).every((row: Json) => row.live.state === "down"),
    "all cameras are down",
    30_000,
  );
  // rows of what was written are told every 5 s
  await pause(6000);
  await cameras.send({ do: "flush" });

  for (const [i, row] of rows.entries()) {
    const channel = i + 1;
    await t.test(row.name, async () => {
      const numbers = recorded(join(reed.data, "footage"), channel);
      const sent = sentUnits(logs.path, channel).filter((unit) => unit.sentTo.length > 0);
      assert.ok(numbers.length > 100, `${numbers.length} access units`);
      const holes = breaks(numbers);
      if (row.fault === "reboot") assert.ok(holes.length <= 1, holes.join());
      // pictures before a starting CRA in time show what came before it (ITU-T H.265 §8.1.3): they are left out
      else if (row.start === "leading")
        assert.ok(holes.length <= 1 && (holes[0] ?? `${numbers[0]}→`).startsWith(`${numbers[0]}→`), holes.join());
      else assert.deepEqual(holes, []);
      assert.ok((sent.at(-1)?.number ?? 0) - (numbers.at(-1) ?? 0) <= 1, "up to the last one");
      const { errors, frames, sound, parts } = await download(reed, api, channel, from);
      assert.equal(errors, "");
      // until a gradual refresh has passed over the whole picture, ffmpeg shows nothing
      if (row.start === "refresh") assert.ok(frames >= numbers.length - 25 && frames <= numbers.length, `${frames}`);
      else assert.equal(frames, numbers.length, "every access unit is a picture");
      assert.deepEqual(sound, row.sound);
      assert.equal(parts, row.fault === "change" ? 2 : 1);
    });
  }
});
