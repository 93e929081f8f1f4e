import assert from "node:assert/strict";
import { test } from "node:test";
import { latencyBook } from "./latency.ts";

test("an edge is counted in each bucket whose bound it keeps", () => {
  const book = latencyBook();
  for (const ms of [0.25, 0.3, 10, 10.1, 99_999]) book.edgeToCommand(ms);
  const { bounds, counts, count, sum } = book.stats().edgeToCommand;
  const at = (bound: number) => counts[bounds.indexOf(bound)];
  assert.deepEqual([at(0.25), at(0.5), at(10), at(20), at(10_000)], [1, 2, 3, 4, 4]);
  assert.equal(count, 5);
  assert.equal(Math.round(sum), 100_020);
  assert.equal(book.stats().edgeToDurable.count, 0);
});
