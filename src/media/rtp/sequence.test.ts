import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createSequenceTracker } from "./sequence.ts";

test("numbers that follow each other are taken across the wrap, and the highest counts the wraps", () => {
  const tracker = createSequenceTracker();
  for (let i = 0; i < 70_000; i++) assert.equal(tracker.accept((65_000 + i) & 0xffff, 1), "next");
  assert.deepEqual([tracker.received, tracker.lost], [70_000, 0]);
  assert.equal(tracker.extendedHighest, 65_000 + 69_999);
});

test("a hole is counted as lost, a duplicate or a number from the past is dropped", () => {
  const tracker = createSequenceTracker();
  const verdicts = [10, 11, 15, 13, 15, 16].map((sequence) => tracker.accept(sequence, 1));
  assert.deepEqual(verdicts, ["next", "next", "gap", "old", "old", "next"]);
  assert.equal(tracker.lost, 3);
});

test("another source or numbers far away are a restart, after which counting goes on", () => {
  const tracker = createSequenceTracker();
  const verdicts = [
    tracker.accept(100, 1),
    tracker.accept(50_000, 1),
    tracker.accept(50_001, 1),
    tracker.accept(7, 2),
    tracker.accept(8, 2),
    tracker.accept(60_000, 2),
  ];
  assert.deepEqual(verdicts, ["next", "restart", "next", "restart", "next", "restart"]);
  assert.equal(tracker.ssrc, 2);
});

test("the share lost is of the packets since the last report", () => {
  const tracker = createSequenceTracker();
  for (const sequence of [1, 2, 4, 5]) tracker.accept(sequence, 1);
  assert.equal(tracker.takeFractionLost(), Math.floor(256 / 5));
  tracker.accept(6, 1);
  assert.equal(tracker.takeFractionLost(), 0);
  assert.equal(tracker.takeFractionLost(), 0);
});

test("whatever subset of the packets arrives in order, received and lost add up to those sent", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 65_535 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }),
      (first, arrives) => {
        const tracker = createSequenceTracker();
        const taken = arrives.flatMap((here, i) => (here ? [i] : []));
        for (const i of taken) assert.notEqual(tracker.accept((first + i) & 0xffff, 9), "old");
        const span = taken.length === 0 ? 0 : (taken.at(-1) ?? 0) - (taken[0] ?? 0) + 1;
        assert.equal(tracker.received + tracker.lost, span);
      },
    ),
    { numRuns: 200 },
  );
});
