import assert from "node:assert/strict";
import { test } from "node:test";
import { costsOf, createTally } from "./tally.ts";

test("rates are of the time since they were last asked for", () => {
  const tally = createTally();
  for (let n = 0; n < 4; n++) {
    tally.looked();
    tally.due();
    tally.cost(3);
  }
  tally.due();
  assert.deepEqual(tally.take(2000), { lookedAt: 2, skipped: 0, costMs: 6, leftOut: 0.2 });
  assert.deepEqual(tally.take(2000), { lookedAt: 0, skipped: 0, costMs: 0, leftOut: 0 });
});

test("what was not decoded since nothing moved is not left out for lack of time; what was decoded after all is no more", () => {
  const tally = createTally();
  for (let n = 0; n < 10; n++) tally.due();
  tally.looked();
  tally.skipped(9);
  assert.deepEqual(tally.take(2000), { lookedAt: 0.5, skipped: 4.5, costMs: 0, leftOut: 0 });
  for (let n = 0; n < 10; n++) tally.due();
  for (let n = 0; n < 14; n++) tally.looked();
  tally.skipped(-4);
  assert.deepEqual(tally.take(2000), { lookedAt: 7, skipped: 0, costMs: 0, leftOut: 0 });
  for (let n = 0; n < 10; n++) tally.due();
  tally.skipped(10);
  assert.deepEqual(tally.take(2000), { lookedAt: 0, skipped: 3, costMs: 0, leftOut: 0 }, "four were told twice before");
});

test("what the process took is shared out by how long each camera's work was, and sums up to it", () => {
  const shared = costsOf(
    [
      { channel: 1, costMs: 1 },
      { channel: 2, costMs: 3 },
      { channel: 3, costMs: 0 },
    ],
    40,
  );
  assert.deepEqual(
    shared.map(({ costMs }) => costMs),
    [10, 30, 0],
  );
  assert.deepEqual(costsOf([{ costMs: 0 }], 5), [{ costMs: 0 }]);
});
