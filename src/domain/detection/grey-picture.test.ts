import assert from "node:assert/strict";
import { test } from "node:test";
import { blockPair } from "./grey-picture.ts";
import { analysedHeight, analysedWidth } from "./motion-grid.ts";

const side = 8;
/** One block at this place, all else at level 0. */
const withBlock = (first: number, level: (x: number, y: number) => number): Uint8Array => {
  const picture = new Uint8Array(analysedWidth * analysedHeight);
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) picture[first + y * analysedWidth + x] = level(x, y);
  return picture;
};
const stripes = (x: number): number => (x < 4 ? 80 : 120);

for (const [where, first] of [
  ["the first", 0],
  ["the last", (analysedHeight - side) * analysedWidth + analysedWidth - side],
] as const) {
  test(`${where} block: the same texture in another light is the same, its reverse the opposite, and nothing beside it counts`, () => {
    const usual = Float32Array.from(withBlock(first, stripes));
    const pair = (level: (x: number, y: number) => number) => blockPair(withBlock(first, level), usual, first, side);
    const brighter = pair((x) => 2 * stripes(x) - 40);
    assert.deepEqual([brighter.now, brighter.was, brighter.deviationNow, brighter.deviationWas], [160, 100, 40, 20]);
    assert.ok(Math.abs(brighter.alike - 1) < 1e-9);
    assert.ok(Math.abs(pair((x) => 200 - stripes(x)).alike + 1) < 1e-9);
    assert.ok(Math.abs(pair((_, y) => stripes(y)).alike) < 1e-9, "stripes across it");
  });
}

test("an even block is like nothing", () => {
  const usual = Float32Array.from(withBlock(0, stripes));
  assert.equal(
    blockPair(
      withBlock(0, () => 100),
      usual,
      0,
      side,
    ).alike,
    0,
  );
});
