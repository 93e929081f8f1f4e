import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestChoice, roomFor } from "./keep.ts";

test("one of the offers is always chosen", () => {
  assert.deepEqual([14, 12, 20, 365, 3650, 1].map(nearestChoice), [14, 14, 14, 30, 3650, 3]);
});

test("footage gets its share of the disk, but never what is not free, and leaves a reserve", () => {
  const disk = { totalBytes: 500e9, freeBytes: 200e9, usedBytes: 10e9 };
  assert.equal(roomFor(0.1, disk), 50e9);
  assert.equal(roomFor(0.8, disk), 185e9);
  assert.equal(roomFor(0.8, disk, 1e9), 1e9);
});
