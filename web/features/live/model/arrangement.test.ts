import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arrangeAll,
  beside,
  choose,
  known,
  pageOf,
  pagesOf,
  same,
  sizeOf,
  swap,
  type Arrangement,
} from "./arrangement.ts";

const four: Arrangement = { layout: 4, places: [1, 2, 3, 4] };

test("by itself the grid has as few places as hold all cameras, sixteen at most, and then pages", () => {
  const sizes = [1, 2, 4, 5, 9, 10, 16, 17].map((count) =>
    sizeOf(arrangeAll(Array.from({ length: count }, (_, index) => index + 1))),
  );
  assert.deepEqual(sizes, [1, 4, 4, 9, 9, 16, 16, 16]);
  assert.equal(pagesOf(arrangeAll(Array.from({ length: 17 }, (_, index) => index + 1))), 2);
});

test("a fixed layout shows its places page by page, empty ones too", () => {
  const arrangement: Arrangement = { layout: 4, places: [1, 2, 3, 4, 5] };
  assert.equal(pagesOf(arrangement), 2);
  assert.deepEqual(pageOf(arrangement, 1), [5, 0, 0, 0]);
  assert.deepEqual(pageOf({ ...arrangement, layout: "auto" }, 0), [1, 2, 3, 4, 5], "by itself it shows no empty ones");
  assert.equal(pagesOf({ layout: 9, places: [] }), 1);
});

test("dragged onto another, two cameras change seats; onto an empty place, it moves there", () => {
  assert.deepEqual(swap(four, 0, 3).places, [4, 2, 3, 1]);
  assert.deepEqual(swap({ layout: 9, places: [1, 2] }, 0, 5).places, [0, 2, 0, 0, 0, 1]);
  assert.deepEqual(swap({ layout: 4, places: [1, 2] }, 1, 1).places, [1, 2]);
});

test("a camera never stands twice: chosen for a place, it changes seats with what was there", () => {
  assert.deepEqual(choose(four, 0, 3).places, [3, 2, 1, 4]);
  assert.deepEqual(choose(four, 1, 9).places, [1, 9, 3, 4]);
  assert.deepEqual(choose(four, 3, 0).places, [1, 2, 3]);
});

test("a camera that was removed leaves its place empty", () => {
  assert.deepEqual(known(four, [1, 4]).places, [1, 0, 0, 4]);
});

test("empty places at the end make no difference", () => {
  assert.ok(same({ layout: 4, places: [1, 0, 0] }, { layout: 4, places: [1] }));
  assert.ok(!same(four, { ...four, layout: 9 }));
});

test("the arrow keys go from place to place and stop at the border", () => {
  assert.equal(beside(9, 4, "up"), 1);
  assert.equal(beside(9, 4, "left"), 3);
  assert.equal(beside(9, 2, "right"), undefined);
  assert.equal(beside(9, 7, "down"), undefined);
  assert.equal(beside(1, 0, "right"), undefined);
});
