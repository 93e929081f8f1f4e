import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryView } from "./memory.ts";

test("the memory is too small when the cameras want more than there is, whatever is used now", () => {
  const memory = (usedBytes: number, budgetBytes: number, needBytes: number) =>
    memoryView({ memory: { usedBytes, budgetBytes, needBytes } });
  assert.deepEqual(memory(50, 100, 80), { usedShare: 0.5, tooSmall: false });
  assert.deepEqual(memory(90, 100, 140), { usedShare: 0.9, tooSmall: true });
  assert.deepEqual(memory(120, 100, 100), { usedShare: 1, tooSmall: false });
  assert.equal(memory(0, 0, 10), undefined);
});
