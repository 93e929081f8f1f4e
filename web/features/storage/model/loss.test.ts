import assert from "node:assert/strict";
import { test } from "node:test";
import { lossOf } from "./loss.ts";

const day = 86_400_000;
const volume = { storedBytes: 500, oldest: 0, live: { totalBytes: 1000 } };

test("a smaller cap and fewer days say what they would take", () => {
  assert.deepEqual(lossOf(volume, { keepDays: 20, maxShare: 0.8, maxBytes: null }, 10 * day), { bytes: 0, days: 0 });
  assert.deepEqual(lossOf(volume, { keepDays: 7, maxShare: 0.4, maxBytes: null }, 10 * day), { bytes: 100, days: 3 });
  assert.deepEqual(
    lossOf(volume, { keepDays: 20, maxShare: 1, maxBytes: 450 }, day).bytes,
    50,
    "a fixed size counts alone",
  );
});
