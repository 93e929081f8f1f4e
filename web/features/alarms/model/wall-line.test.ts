import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf, wallAt } from "./wall-line.ts";

/** Ten seconds, a hole of five, ten seconds. */
const line = [
  { start: 0, duration: 10, wall: 100_000 },
  { start: 10, duration: 10, wall: 115_000 },
];

test("a moment is found in the piece that shows it, behind a hole too", () => {
  assert.deepEqual(placeOf(line, 104_000), { position: 4, inside: true });
  assert.deepEqual(placeOf(line, 116_500), { position: 11.5, inside: true });
});

test("in a hole, before the beginning and after the end there is nothing: the nearest picture stands", () => {
  assert.deepEqual(placeOf(line, 112_000), { position: 10, inside: false });
  assert.deepEqual(placeOf(line, 1), { position: 0, inside: false });
  assert.deepEqual(placeOf(line, 999_000), { position: 20, inside: false });
  assert.equal(placeOf([], 1), undefined);
});

test("shortly before the first picture and after the last one it stands", () => {
  assert.deepEqual(placeOf(line, 99_500), { position: 0, inside: true });
  assert.deepEqual(placeOf(line, 125_400), { position: 20, inside: true });
});

test("what a position shows is where placing it leads back to", () => {
  for (const wall of [100_000, 109_999, 115_000, 124_000]) {
    assert.equal(wallAt(line, placeOf(line, wall)?.position ?? -1), wall);
  }
});
