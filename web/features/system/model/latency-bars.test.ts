import assert from "node:assert/strict";
import { test } from "node:test";
import { latencyBars } from "./latency-bars.ts";

test("only buckets around what happened are drawn, the fullest one in full height", () => {
  const bars = latencyBars({ bounds: [1, 2, 5, 10, 20, 50], counts: [0, 0, 4, 6, 6, 6], count: 6 });
  assert.deepEqual(bars, [
    { upTo: 2, count: 0, height: 0 },
    { upTo: 5, count: 4, height: 1 },
    { upTo: 10, count: 2, height: 0.5 },
    { upTo: 20, count: 0, height: 0 },
  ]);
});

test("without an edge there is no bar, and what is slower than every bound has one", () => {
  assert.deepEqual(latencyBars({ bounds: [1], counts: [0], count: 0 }), []);
  assert.equal(latencyBars({ bounds: [1], counts: [0], count: 3 }).at(-1)?.upTo, Infinity);
});
