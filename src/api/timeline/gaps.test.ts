import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { gapsBeside } from "./gaps.ts";

const outage = (from: number, to: number, reason = "camera down: timed out") => ({
  from: wallTime(from),
  to: wallTime(to),
  reason,
});
const day = { from: 0, to: 100_000 };

test("an outage is a gap as far as there is no footage of its time", () => {
  const footage = [
    { from: 0, to: 12_000 },
    { from: 19_000, to: 50_000 },
  ];
  assert.deepEqual(gapsBeside([outage(10_000, 20_000)], footage, day), [outage(12_000, 19_000)]);
  assert.deepEqual(gapsBeside([outage(20_000, 30_000)], footage, day), []);
  assert.deepEqual(gapsBeside([outage(49_900, 50_100)], footage, day), []);
});

test("gaps end where what is looked at ends; nothing is told twice", () => {
  assert.deepEqual(gapsBeside([outage(-5000, 200_000)], [], day), [outage(0, 100_000)]);
  const twice = [outage(1000, 5000), outage(4000, 9000, "the recorder was not running")];
  assert.deepEqual(gapsBeside(twice, [], day), [
    outage(1000, 5000),
    outage(5000, 9000, "the recorder was not running"),
  ]);
});

test("a camera that is tried again and again has one gap", () => {
  assert.deepEqual(gapsBeside([outage(1000, 5000), outage(5000, 9000), outage(9100, 12_000)], [], day), [
    outage(1000, 12_000),
  ]);
});
