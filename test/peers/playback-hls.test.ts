/** HLS of any span, read by ffmpeg: every picture once and in order, over a change of parameters and over a gap. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { breaks, recorded } from "../support/footage.ts";
import { pause, startReed, until, type Api } from "../support/reed.ts";
import { live } from "../support/site.ts";

const ffmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
if (!ffmpeg && process.env["CI"] === "true") throw new Error("needs ffmpeg");
const skip = ffmpeg ? false : "needs ffmpeg";

const clip = (name: "front-door" | "b-frames" | "aac", audio: "none" | "pcma" = "none") =>
  ({ kind: "clip", name, audio }) as const;

/** What ffmpeg makes of a playlist, as strictly as it can; the numbers that the camera gave the pictures. */
function play(reed: { url: string }, api: Api, path: string, folder: string) {
  const url = `${reed.url}/api/${path}`;
  const input = ["-v", "error", "-xerror", "-headers", `Authorization: Bearer ${api.key}\r\n`, "-i", url];
  const decoded = spawnSync("ffmpeg", [...input, "-f", "null", "-"], { encoding: "utf8" });
  // H.264 as it comes keeps the marks
  const raw = join(folder, "raw.h264");
  const copied = spawnSync("ffmpeg", ["-y", ...input, "-map", "0:v", "-c", "copy", "-f", "h264", raw], {
    encoding: "utf8",
  });
  const entries =
    "stream=codec_name,codec_type,nb_read_frames,nb_read_packets,duration_ts:packet=duration_time,codec_type";
  const probe = [
    ...input.slice(0, 2),
    ...input.slice(3, -2),
    "-count_frames",
    "-show_entries",
    entries,
    "-of",
    "json",
    url,
  ];
  const shown = spawnSync("ffprobe", probe, { encoding: "utf8", maxBuffer: 1 << 28 });
  const { streams = [], packets = [] } = JSON.parse(shown.stdout) as {
    streams?: { codec_type: string; codec_name: string; nb_read_frames: string }[];
    packets?: { codec_type: string; duration_time?: string }[];
  };
  const sounds = packets.filter((packet) => packet.codec_type === "audio");
  return {
    errors: decoded.stderr + copied.stderr + shown.stderr,
    numbers: findMarks(readFileSync(raw)).map((mark) => mark.number),
    frames: Number(streams.find((stream) => stream.codec_type === "video")?.nb_read_frames),
    sound: streams.filter((stream) => stream.codec_type === "audio").map((stream) => stream.codec_name),
    soundSeconds: sounds.reduce((sum, packet) => sum + Number(packet.duration_time ?? 0), 0),
  };
}

test(
  "HLS of any span is played by ffmpeg without a word, every picture once",
  { timeout: 120_000, skip },
  async (t) => {
    await using folder = await temporaryFolder();
    const sources = [
      clip("front-door"),
      { kind: "clip", name: "aac" },
      clip("b-frames"),
      clip("front-door", "pcma"),
    ] as const;
    await using cameras = await startCameraProgram({ cameras: sources.map((source) => ({ source })), ownPorts: true });
    await using reed = await startReed();
    const api = await reed.administrator();
    const from = Date.now() - 5000;
    for (const url of cameras.urls) await api.post("channels", { url, audio: true });
    for (const channel of [1, 2, 3, 4]) await live(api, channel);
    await pause(5000);
    await cameras.send({ do: "change-parameters", camera: 1, source: clip("aac") });
    await pause(4000);
    await cameras.send({ do: "down", camera: 1 });
    await until(async () => (await api.get("channels/1")).live.state === "down", "the camera is missed");
    await pause(2000);
    await cameras.send({ do: "up", camera: 1 });
    await live(api, 1);
    await pause(5000);
    await cameras.send({ do: "down", camera: "all" });
    const to = Date.now() + 1000;
    const volume = join(reed.data, "footage");
    const playOf = (channel: number, more = "") => {
      const path = `channels/${channel}/hls/index.m3u8?from=${from}&to=${to}${more}`;
      let played = play(reed, api, path, folder.path);
      return until(() => {
        played = play(reed, api, path, folder.path);
        return played.numbers.length === recorded(volume, channel).length;
      }, `all of channel ${channel} is closed`).then(() => played);
    };

    await t.test("over a change of parameters and over a gap", async () => {
      const played = await playOf(1);
      assert.equal(played.errors, "");
      assert.deepEqual(played.numbers, recorded(volume, 1));
      assert.equal(played.frames, played.numbers.length);
      assert.equal(breaks(played.numbers).length, 1);
      const text = String(await api.bytes(`channels/1/hls/video.m3u8?from=${from}&to=${to}`));
      assert.equal(text.match(/EXT-X-MAP/g)?.length, 2);
      assert.equal(text.match(/EXT-X-DISCONTINUITY/g)?.length, 2);
    });

    await t.test("with AAC as a rendition of its own", async () => {
      const played = await playOf(2);
      assert.deepEqual([played.errors, played.sound], ["", ["aac"]]);
      assert.deepEqual(played.numbers, recorded(volume, 2));
      assert.equal(played.frames, played.numbers.length);
      assert.ok(Math.abs(played.soundSeconds - played.numbers.length / 12) < 0.3, `${played.soundSeconds} s of sound`);
    });

    await t.test("with pictures that are not in decoding order", async () => {
      const played = await playOf(3);
      assert.equal(played.errors, "");
      assert.equal(played.frames, played.numbers.length);
    });

    await t.test("G.711 only when it is asked for, because browsers can't play it", async () => {
      assert.deepEqual((await playOf(4)).sound, []);
      const original = await playOf(4, "&audio=original");
      assert.deepEqual([original.errors, original.sound], ["", ["pcm_alaw"]]);
    });

    await t.test("why footage is missing stands in the timeline", async () => {
      const { gaps } = await api.get(`timeline?from=${from}&to=${Date.now()}&channels=1&gaps=true`);
      assert.ok(gaps.length > 0, JSON.stringify(gaps));
      assert.match(gaps[0].reason, /camera/);
    });
  },
);
