import assert from "node:assert/strict";
import { test } from "node:test";
import { speedMeaning, speedOf } from "./disk-speed.ts";

const pieces = (...ms: number[]) => ms.map((one) => ({ bytes: 8e6, ms: one }));

test("one piece that met somebody else's work does not make a disk slow", () => {
  const speed = speedOf(pieces(80, 80, 4000, 80), [2, 3, 2, 90], false);
  assert.deepEqual(speed, { writeBytesPerSecond: 100e6, syncP50Ms: 3, syncP99Ms: 90, bytes: 32e6, cut: false });
});

test("half of what a disk writes is counted with, and every camera's file fits in a sync round", () => {
  const fast = speedOf(pieces(80), [4], false);
  assert.deepEqual(speedMeaning(fast, 1e6), {
    cameras: 50,
    limit: "write",
    cameraBytesPerSecond: 1e6,
    alarm: "at-once",
  });
  assert.deepEqual(speedMeaning(fast).cameras, 100);
  const card = speedOf(pieces(400), [250, 250, 1800], true);
  assert.deepEqual(speedMeaning(card, 1e6), { cameras: 8, limit: "sync", cameraBytesPerSecond: 1e6, alarm: "later" });
  assert.equal(speedMeaning(speedOf(pieces(80), [20, 300], false)).alarm, "second");
});

test("a disk on which nothing was written in time is enough for no camera", () => {
  assert.equal(speedMeaning(speedOf([], [], true)).cameras, 0);
});
