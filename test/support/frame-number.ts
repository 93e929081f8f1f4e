import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { jpegHead } from "../../src/media/codec/jpeg-head.ts";

/** How bright the blocks of the code at the bottom of every clip's pictures are, 0–255 (`tools/make-clips.sh`). */
export function codeBlocks(jpeg: Uint8Array): readonly number[] {
  const raw = spawnSync("ffmpeg", ["-v", "error", "-i", "pipe:0", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"], {
    input: jpeg,
    maxBuffer: 1 << 26,
  }).stdout;
  const head = jpegHead(jpeg);
  assert.ok(head);
  const { width, height } = head;
  assert.equal(raw.length, width * height);
  const row = Math.floor(height - height / 45);
  return Array.from({ length: 20 }, (_, block) => raw[row * width + Math.floor((block + 0.5) * (width / 20))] ?? 0);
}

/** The number that the code says. */
export function frameNumber(jpeg: Uint8Array): number {
  const bits = codeBlocks(jpeg).map((grey) => (grey > 128 ? 1 : 0));
  assert.deepEqual([bits[0], bits[1], bits[19]], [1, 0, 1], "start and end marks");
  const number = bits.slice(2, 18);
  assert.equal(
    bits[18],
    number.reduce<number>((sum, bit) => sum ^ bit, 0),
    "parity",
  );
  return number.reduce<number>((value, bit) => value * 2 + bit, 0);
}
