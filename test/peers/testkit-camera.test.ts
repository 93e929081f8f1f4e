import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { readUnits, type UnitLine } from "../../src/testkit/camera/sender-log.ts";
import type { CameraOptions } from "../../src/testkit/camera/options.ts";
import { loadClip } from "../../src/testkit/camera/clip.ts";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";

const missing =
  spawnSync("ffmpeg", ["-version"]).status === 0 ? false : "ffmpeg is not installed (Debian package: ffmpeg)";
const skip = process.env["CI"] === "true" ? false : missing;

/** What this test knows of the mark is the layout in `sei.ts`, not its code. */
function marksOf(path: string): { camera: number; number: number; micros: number }[] {
  const layout = /\x05\x34Reed-Cam-Sender1REED([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{16})\x80/g;
  return [...readFileSync(path, "latin1").matchAll(layout)].map(([, camera = "", number = "", micros = ""]) => ({
    camera: parseInt(camera, 16),
    number: parseInt(number, 16),
    micros: parseInt(micros, 16),
  }));
}

interface Recorded {
  readonly errors: string;
  readonly marks: ReturnType<typeof marksOf>;
  readonly log: readonly UnitLine[];
  /** First and last number of what was sent again at PLAY. */
  readonly gop: readonly [number, number] | undefined;
  readonly decodeErrors: string;
  readonly streams: string;
}

/** Runs a program to its end; gives its stderr. */
const run = (command: string, args: readonly string[]) =>
  new Promise<string>((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    let text = "";
    child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.on("close", () => resolve(text));
  });

async function record(camera: CameraOptions, seconds: number, file = "out.mp4"): Promise<Recorded> {
  await using folder = await temporaryFolder();
  await using program = await startCameraProgram({ cameras: [camera], logFolder: folder.path });
  const url = (program.urls[0] ?? "").replace("//", "//admin:admin@");
  const out = join(folder.path, file);
  const input = ["-rtsp_transport", "tcp", "-i", url];
  const errors = await run("ffmpeg", ["-v", "error", "-y", ...input, "-c", "copy", "-t", String(seconds), out]);
  await program.send({ do: "flush" });
  const decodeErrors = await run("ffmpeg", ["-v", "error", "-xerror", "-i", out, "-f", "null", "-"]);
  const probe = spawnSync("ffprobe", ["-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", out]);
  const log = readFileSync(join(folder.path, "cam1.log"), "latin1");
  const gop = /^gop 1 (\d+) (\d+) \d+$/m.exec(log);
  return {
    errors,
    marks: marksOf(out),
    log: readUnits(log),
    gop: gop === null ? undefined : [Number(gop[1]), Number(gop[2])],
    decodeErrors,
    streams: probe.stdout.toString().trim().split("\n").join(" "),
  };
}

/** Consecutive, and for each number the time that the sender wrote down. */
function assertWhole({ errors, marks, log, gop, decodeErrors }: Recorded, atLeast: number): void {
  assert.equal(errors, "");
  assert.equal(decodeErrors, "");
  assert.ok(marks.length >= atLeast, `${marks.length} access units recorded`);
  const first = marks[0]?.number ?? 0;
  const again = (unit: UnitLine) => gop !== undefined && unit.number >= gop[0] && unit.number <= gop[1];
  const sent = new Map(
    log.filter((unit) => unit.sentTo.length === 1 || again(unit)).map((unit) => [unit.number, unit.sentMicros]),
  );
  assert.deepEqual(
    marks,
    marks.map((_, i) => ({ camera: 1, number: first + i, micros: sent.get(first + i) })),
  );
  assert.equal(first, Math.min(...sent.keys()), "the recording begins with the first unit sent");
}

const synthetic = (gopSeconds: number): CameraOptions["source"] => ({
  kind: "synthetic",
  width: 1280,
  height: 720,
  fps: 25,
  gopSeconds,
  bitsPerSecond: 2e6,
});

const cameras: readonly { name: string; camera: CameraOptions; seconds: number; units: number; streams: string }[] = [
  {
    name: "H.264 demo scene with A-law sound",
    camera: { source: { kind: "clip", name: "front-door", audio: "pcma" }, shape: "link100", join: "burst" },
    seconds: 3,
    units: 34,
    streams: "h264 pcm_alaw",
  },
  {
    name: "H.264 with AAC",
    camera: { source: { kind: "clip", name: "aac" }, aggregate: true, join: "burst" },
    seconds: 3,
    units: 34,
    streams: "h264 aac",
  },
  {
    name: "H.265",
    camera: { source: { kind: "clip", name: "h265" }, aggregate: true, shape: "odd" },
    seconds: 3,
    units: 34,
    streams: "hevc",
  },
  {
    name: "synthetic H.264 behind Digest MD5",
    camera: { source: synthetic(1), shape: "link100", auth: ["digest-md5"] },
    seconds: 3,
    units: 70,
    streams: "h264",
  },
  {
    name: "H.264 without parameter sets in the SDP, one write a packet",
    camera: { source: { kind: "clip", name: "yard" }, shape: "packet", inSdp: false, auth: ["basic"] },
    seconds: 3,
    units: 34,
    streams: "h264",
  },
];

for (const { name, camera, seconds, units, streams } of cameras) {
  test(`ffmpeg records ${name} without a word, every access unit as the sender logged it`, { skip }, async () => {
    const file = streams.includes("alaw") ? "out.mkv" : "out.mp4";
    const recorded = await record(camera, seconds, file);
    assertWhole(recorded, units);
    assert.equal(recorded.streams, streams);
  });
}

test("every special clip and synthetic GOP decodes without an error", { skip }, async () => {
  await using folder = await temporaryFolder();
  const sources: readonly CameraOptions["source"][] = [
    ...(["b-frames", "gdr", "h265-cra"] as const).map((name) => ({ kind: "clip" as const, name })),
    synthetic(1),
    synthetic(10),
    { kind: "synthetic", width: 640, height: 368, fps: 12.5, gopSeconds: 2, bitsPerSecond: 3e5 },
  ];
  for (const source of sources) {
    const { video } = loadClip(source);
    const start = Buffer.of(0, 0, 0, 1);
    const nals = video.units.flatMap((unit) => [...(unit.key ? video.parameterSets : []), ...unit.nals]);
    const path = join(folder.path, `clip.${video.codec}`);
    writeFileSync(path, Buffer.concat(nals.flatMap((nal) => [start, nal])));
    assert.equal(await run("ffmpeg", ["-v", "error", "-i", path, "-f", "null", "-"]), "", JSON.stringify(source));
  }
});

/** Reads the block code that `tools/make-clips.sh` documents from a grey picture. */
function frameNumber(grey: Buffer, width: number, height: number): number | undefined {
  const blockWidth = width / 20;
  const row = height - Math.floor((height * 2) / 45 / 2) - 1;
  const bits = Array.from({ length: 20 }, (_, i) => {
    const luma = grey[row * width + Math.floor((i + 0.5) * blockWidth)] ?? 0;
    return luma > 128 ? 1 : 0;
  });
  const number = bits.slice(2, 18).reduce((value: number, bit) => value * 2 + bit, 0);
  const parity = bits.slice(2, 18).reduce((sum: number, bit) => sum ^ bit, 0);
  return bits[0] === 1 && bits[1] === 0 && bits[19] === 1 && bits[18] === parity ? number : undefined;
}

test("the frame number of every shipped clip can be read from each decoded picture", { skip }, () => {
  const sizes = [
    ...["front-door", "yard", "garage", "hall"].map((name) => ({ name, width: 640, height: 360, frames: 180 })),
    ...["b-frames", "gdr", "aac", "h265", "h265-cra"].map((name) => ({ name, width: 320, height: 180, frames: 72 })),
  ];
  for (const { name, width, height, frames } of sizes) {
    const path = join(import.meta.dirname, "../../clips", `${name}.mp4`);
    const args = ["-v", "error", "-i", path, "-map", "0:v", "-f", "rawvideo", "-pix_fmt", "gray", "-"];
    const pictures = spawnSync("ffmpeg", args, { maxBuffer: 2 ** 27 }).stdout;
    const numbers = Array.from({ length: pictures.length / (width * height) }, (_, i) =>
      frameNumber(pictures.subarray(i * width * height, (i + 1) * width * height), width, height),
    );
    assert.deepEqual(
      numbers,
      Array.from({ length: frames }, (_, i) => i),
      name,
    );
  }
});

test("a camera with a small send buffer drops for the client that does not read, and counts it", { skip }, async () => {
  await using folder = await temporaryFolder();
  const program = await startCameraProgram({
    cameras: [{ source: { ...synthetic(1), bitsPerSecond: 40e6 } as CameraOptions["source"], queueBytes: 100_000 }],
    logFolder: folder.path,
    sendBuffer: 16_384,
  });
  const url = program.urls[0] ?? "";
  const socket = connect(program.port, "127.0.0.1");
  const head = (method: string, at: string) => `${method} ${at} RTSP/1.0\r\nCSeq: 1\r\n`;
  socket.write(`${head("SETUP", `${url}/trackID=0`)}Transport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n`);
  socket.write(`${head("PLAY", url)}\r\n`);
  socket.pause();
  const dropped = async (): Promise<number> => (await program.send({ do: "status" }))[0]?.counts.dropped ?? 0;
  const deadline = performance.now() + 20_000;
  while ((await dropped()) === 0 && performance.now() < deadline) await new Promise((next) => setTimeout(next, 50));
  socket.destroy();
  const counted = await dropped();
  await program.stop();
  assert.ok(counted > 0);
  const log = readUnits(readFileSync(join(folder.path, "cam1.log"), "latin1"));
  assert.ok(log.filter((unit) => unit.droppedFor.length > 0).length >= counted);
});
