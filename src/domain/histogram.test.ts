import assert from "node:assert/strict";
import { test } from "node:test";
import { percentileBound, perBucket } from "./histogram.ts";

const histogram = { bounds: [1, 10, 100], counts: [50, 98, 99], count: 100 };

test("a percentile is the bound that so many did not exceed", () => {
  assert.equal(percentileBound(histogram, 0.5), 1);
  assert.equal(percentileBound(histogram, 0.51), 10);
  assert.equal(percentileBound(histogram, 0.99), 100);
  assert.equal(percentileBound(histogram, 1), Infinity, "one was beyond the last bound");
  assert.equal(percentileBound({ bounds: [1], counts: [0], count: 0 }, 0.5), undefined, "nothing was counted");
});

test("cumulative counts come apart into buckets that add up to all", () => {
  assert.deepEqual(perBucket(histogram), [
    { upTo: 1, count: 50 },
    { upTo: 10, count: 48 },
    { upTo: 100, count: 1 },
    { upTo: Infinity, count: 1 },
  ]);
});
