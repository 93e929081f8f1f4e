import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ffmpegDecoder } from "../../src/analysis/decoder/ffmpeg.ts";
import { nodeAvDecoder } from "../../src/analysis/decoder/node-av.ts";
import type { MediaParameters } from "../../src/messages/media.ts";
import { loadClip, type ClipName } from "../../src/testkit/camera/clip.ts";

/** The block code at the bottom of every clip's pictures, as tools/make-clips.sh describes it. */
function frameNumber(jpeg: Uint8Array): number {
  const raw = spawnSync("ffmpeg", ["-v", "error", "-i", "pipe:0", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"], {
    input: jpeg,
    maxBuffer: 1 << 26,
  }).stdout;
  const { width, height } = jpegSize(jpeg);
  assert.equal(raw.length, width * height);
  const row = Math.floor(height - height / 45);
  const bits = Array.from({ length: 20 }, (_, block) =>
    (raw[row * width + Math.floor((block + 0.5) * (width / 20))] ?? 0) > 128 ? 1 : 0,
  );
  assert.deepEqual([bits[0], bits[1], bits[19]], [1, 0, 1], "start and end marks");
  const number = bits.slice(2, 18);
  assert.equal(
    bits[18],
    number.reduce<number>((sum, bit) => sum ^ bit, 0),
    "parity",
  );
  return number.reduce<number>((value, bit) => value * 2 + bit, 0);
}

/** Width and height of the start-of-frame segment (ISO 10918-1 B.2.2). */
function jpegSize(jpeg: Uint8Array): { width: number; height: number } {
  const bytes = Buffer.from(jpeg);
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc3)
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  throw new Error("no start of frame");
}

function lengthPrefixed(nals: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    nals.flatMap((nal) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );
}

function clip(name: ClipName, units: number): { parameters: MediaParameters; units: Uint8Array[] } {
  const { video } = loadClip({ kind: "clip", name });
  const sets = video.parameterSets.map((set) => Buffer.from(set).toString("base64"));
  const [vps, sps, pps] = video.codec === "h265" ? sets : ["", ...sets];
  const parameters: MediaParameters = {
    track: "video",
    codec: video.codec,
    codecString: "",
    vps: vps ?? "",
    sps: sps ?? "",
    pps: pps ?? "",
  };
  return { parameters, units: video.units.slice(0, units).map((unit) => lengthPrefixed(unit.nals)) };
}

for (const decoder of [nodeAvDecoder(), ffmpegDecoder()]) {
  test(`${decoder.name}: a key frame alone gives its own picture`, async () => {
    const jpeg = await decoder.jpeg({ ...clip("front-door", 1), maxWidth: 1280, quality: 80 });
    assert.equal(frameNumber(jpeg), 0);
    assert.deepEqual(jpegSize(jpeg), { width: 640, height: 360 });
  });

  test(`${decoder.name}: a run of units gives the newest picture, scaled down to what was asked`, async () => {
    const jpeg = await decoder.jpeg({ ...clip("yard", 9), maxWidth: 320, quality: 80 });
    assert.equal(frameNumber(jpeg), 8);
    assert.deepEqual(jpegSize(jpeg), { width: 320, height: 180 });
  });

  test(`${decoder.name}: H.265 is decoded as well`, async () => {
    const jpeg = await decoder.jpeg({ ...clip("h265", 5), maxWidth: 640, quality: 80 });
    assert.equal(frameNumber(jpeg), 4);
  });

  test(`${decoder.name}: bytes that are no picture end in an error that says so`, async () => {
    const { parameters } = clip("yard", 1);
    const units = [lengthPrefixed([new Uint8Array(200).fill(0x65)])];
    await assert.rejects(decoder.jpeg({ parameters, units, maxWidth: 640, quality: 80 }));
    const cut = [new Uint8Array([0, 0, 9, 0, 0x65, 1, 2])];
    await assert.rejects(
      async () => decoder.jpeg({ parameters, units: cut, maxWidth: 640, quality: 80 }),
      /damaged access unit/,
    );
  });
}
