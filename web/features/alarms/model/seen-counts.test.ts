import assert from "node:assert/strict";
import { test } from "node:test";
import { seenCounts } from "./seen-counts.ts";

test("people come first, and what was not there is not named", () => {
  assert.deepEqual(seenCounts([{ target: "vehicle" }, {}, { target: "human" }, { target: "human" }]), [
    { kind: "human", count: 2 },
    { kind: "vehicle", count: 1 },
    { kind: "other", count: 1 },
  ]);
  assert.deepEqual(seenCounts([]), []);
});
