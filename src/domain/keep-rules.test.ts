import assert from "node:assert/strict";
import { test } from "node:test";
import { keepLookup, keepTrouble } from "./keep-rules.ts";

test("the closest rule counts, for the least and the most by itself; without one the volume's days do", () => {
  const keep = keepLookup(
    [
      { maxDays: 20, minDays: 2 },
      { cause: "continuous", maxDays: 7 },
      { channel: 1, maxDays: 10 },
      { channel: 1, cause: "alarm", minDays: 30 },
    ],
    14,
  );
  assert.deepEqual(keep(2, "motion"), { minDays: 2, maxDays: 20 });
  assert.deepEqual(keep(2, "continuous"), { minDays: 2, maxDays: 7 });
  assert.deepEqual(keep(1, "continuous"), { minDays: 2, maxDays: 10 }, "a camera's own word stands before a type's");
  assert.deepEqual(keep(1, "alarm"), { minDays: 30, maxDays: 30 }, "a promise outweighs a limit");
  assert.deepEqual(keepLookup([], 14)(1, "alarm"), { minDays: 0, maxDays: 14 });
});

test("a camera's word on one type stands before its word on all of them", () => {
  const rules = [
    { channel: 1, maxDays: 10 },
    { channel: 1, cause: "continuous" as const, maxDays: 3 },
  ];
  assert.equal(keepLookup(rules, 14)(1, "continuous").maxDays, 3);
  assert.equal(keepLookup(rules, 14)(1, "motion").maxDays, 10);
});

test("rules that say nothing, say it twice or cross themselves are refused with a reason", () => {
  assert.equal(keepTrouble([{ channel: 1, maxDays: 3 }, { maxDays: 5 }]), undefined);
  assert.match(
    keepTrouble([
      { channel: 1, maxDays: 3 },
      { channel: 1, minDays: 2 },
    ]) ?? "",
    /twice/,
  );
  assert.match(keepTrouble([{ channel: 1 }]) ?? "", /without days/);
  assert.match(keepTrouble([{ minDays: 5, maxDays: 3 }]) ?? "", /longer than at most/);
});
