import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOf } from "./time-left.ts";

test("a countdown shows minutes and seconds, hours where there are any, and never less than nothing", () => {
  assert.deepEqual([600_000, 599_001, 59_000, 3_720_000, 0, -5000].map(leftOf), [
    ...["10:00", "10:00", "0:59", "1:02:00", "0:00", "0:00"],
  ]);
});
