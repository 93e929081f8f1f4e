import assert from "node:assert/strict";
import { test } from "node:test";
import { keepProblem, withCause, withChannel, withDays } from "./keep.ts";

test("all cameras, everything and an empty field of days say nothing in the rule", () => {
  const rule = { channel: 3, cause: "alarm", minDays: 7, maxDays: 30 } as const;
  assert.deepEqual(withDays(withCause(withChannel(rule, "all"), "all"), "minDays", ""), { maxDays: 30 });
  assert.deepEqual(withDays(withCause(withChannel({}, "2"), "motion"), "maxDays", 5), {
    ...{ channel: 2, cause: "motion", maxDays: 5 },
  });
});

test("each reason not to apply has its words", () => {
  assert.equal(keepProblem([{ maxDays: 3 }]), undefined);
  assert.equal(keepProblem([{ maxDays: 3 }, { minDays: 3 }]), "twice");
  assert.equal(keepProblem([{ channel: 1 }]), "empty");
  assert.equal(keepProblem([{ minDays: 4, maxDays: 3 }]), "crossed");
});
