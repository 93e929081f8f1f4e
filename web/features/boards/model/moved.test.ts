import assert from "node:assert/strict";
import { test } from "node:test";
import { knownOf, movedSince } from "./moved.ts";

test("a contact that changed while one looks stands out; what is seen for the first time does not", () => {
  const before = knownOf([
    { point: 1, level: "closed" },
    { point: 2, level: "open", changedAt: 5 },
  ]);
  assert.deepEqual(
    movedSince(before, [
      { point: 1, level: "open", changedAt: 9 },
      { point: 2, level: "open", changedAt: 5 },
      { point: 3, level: "closed", changedAt: 8 },
    ]),
    [1],
  );
});

test("a fault without a change does not stand out", () => {
  const before = knownOf([{ point: 1, level: "closed", changedAt: 5 }]);
  assert.deepEqual(movedSince(before, [{ point: 1, level: "fault", changedAt: 5 }]), []);
});
