import assert from "node:assert/strict";
import { test } from "node:test";
import type { LineAnswer } from "../../../../src/contract/playback.ts";
import { emptyIn, emptyLine, forgetFar, pictureBeside, placeAt, takeAnswer, unknownIn } from "./line.ts";

const init = { video: { mime: "video/mp4", init: "i" }, width: 640, height: 360 };

/** Slices of two seconds with four pictures each. */
const answer = (...starts: readonly number[]): LineAnswer => ({
  stream: "main",
  inits: [init],
  slices: starts.map((from) => ({ from, to: from + 2000, init: 0, video: `v${from}`, pictures: [0, 500, 1000, 1500] })),
});

const line = takeAnswer(emptyLine, { from: 0, to: 20_000 }, answer(0, 2000, 10_000), 60_000);

test("a time has footage, a gap, or is not known yet", () => {
  const kinds = [0, 1999, 3999, 4000, 9999, 10_000, 12_000, 19_999, 20_000].map((wall) => placeAt(line, wall).kind);
  const [footage, gap] = ["footage", "gap"];
  assert.deepEqual(kinds, [footage, footage, footage, gap, footage, footage, gap, gap, "unknown"]);
  assert.equal(placeAt(line, 9800).kind, gap);
});

test("a hole of less than a second is no gap: the picture before it stands", () => {
  const holed = takeAnswer(emptyLine, { from: 0, to: 9000 }, answer(0, 2900), 60_000);
  assert.equal(placeAt(holed, 2500).kind, "footage");
});

test("what is being written is known only as far as it came", () => {
  const growing = takeAnswer(emptyLine, { from: 0, to: 20_000 }, answer(0, 2000), 3000);
  assert.deepEqual([placeAt(growing, 3999).kind, placeAt(growing, 4000).kind], ["footage", "unknown"]);
  const longer = answer(2000);
  const [slice] = longer.slices;
  assert.ok(slice !== undefined);
  const later = takeAnswer(growing, { from: 3900, to: 20_000 }, { ...longer, slices: [{ ...slice, to: 5000 }] }, 4000);
  assert.deepEqual([later.slices.length, placeAt(later, 4500).kind], [2, "footage"]);
});

test("a hole in what is being written may still be filled: it is asked for again", () => {
  const growing = takeAnswer(emptyLine, { from: 0, to: 20_000 }, answer(0, 8000), 1000);
  assert.deepEqual([placeAt(growing, 1500).kind, placeAt(growing, 5000).kind], ["footage", "unknown"]);
  assert.deepEqual(unknownIn(growing, { from: 0, to: 20_000 }), { from: 2000, to: 20_000 });
});

test("where nothing was when it was asked is found, without the small holes", () => {
  const inside = (from: number, to: number) => emptyIn(line, { from, to });
  assert.deepEqual(
    [inside(0, 3000), inside(3500, 5000), inside(4500, 30_000)],
    [undefined, undefined, { from: 4500, to: 10_000 }],
  );
  assert.deepEqual(
    [inside(3000, 9000), inside(11_000, 30_000)],
    [
      { from: 4000, to: 9000 },
      { from: 12_000, to: 20_000 },
    ],
  );
  const late = takeAnswer(line, { from: 12_000, to: 20_000 }, answer(12_000, 14_000, 16_000, 18_000), 60_000);
  assert.equal(emptyIn(late, { from: 11_000, to: 20_000 }), undefined);
  assert.equal(placeAt(late, 15_000).kind, "footage");
});

test("only what is not known is asked for", () => {
  assert.equal(unknownIn(line, { from: 0, to: 20_000 }), undefined);
  assert.deepEqual(unknownIn(line, { from: 15_000, to: 30_000 }), { from: 20_000, to: 30_000 });
  const two = takeAnswer(line, { from: 30_000, to: 40_000 }, answer(), 60_000);
  assert.deepEqual(unknownIn(two, { from: 5000, to: 90_000 }), { from: 20_000, to: 30_000 });
});

test("the next and the previous picture are found over the border of slices and over a gap", () => {
  const step = (wall: number, direction: 1 | -1) => pictureBeside(line, wall, direction);
  assert.deepEqual([step(0, 1), step(500.2, 1), step(1600, 1), step(3500, 1)], [500, 1000, 2000, 10_000]);
  assert.deepEqual([step(2000, -1), step(499.8, -1), step(10_000, -1), step(0, -1)], [1500, 0, 3500, undefined]);
});

test("what is far from the position is forgotten once there is much", () => {
  const many = takeAnswer(
    emptyLine,
    { from: 0, to: 2e6 },
    answer(...Array.from({ length: 700 }, (_, i) => i * 2000)),
    9e9,
  );
  const kept = forgetFar(many, { from: 100_000, to: 200_000 });
  assert.deepEqual([kept.slices.length, kept.known], [50, [{ from: 100_000, to: 200_000 }]]);
  assert.equal(forgetFar(line, { from: 0, to: 1 }), line);
});
