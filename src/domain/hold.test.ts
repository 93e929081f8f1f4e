import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import { addHold, endHold, expireHolds, heldUntil, isHeld, nextHoldEnd, type Hold } from "./hold.ts";

const hold = (by: string, from: number, boundAt: number): Hold => ({
  by,
  from: instant(from),
  boundAt: instant(boundAt),
});

test("a hold covers its first moment and not its last", () => {
  const holds = [hold("a", 10, 20)];
  assert.deepEqual(
    [9, 10, 19, 20].map((at) => isHeld(holds, instant(at))),
    [false, true, true, false],
  );
});

test("overlapping holds extend, and each end is seen", () => {
  const holds = addHold([hold("a", 0, 20)], hold("b", 10, 50));
  assert.deepEqual([heldUntil(holds), nextHoldEnd(holds)], [50, 20]);
  assert.deepEqual(
    expireHolds(holds, instant(20)).map((one) => one.by),
    ["b"],
  );
  assert.equal(heldUntil([]), undefined);
});

test("the same cause does not renew its hold", () => {
  const holds = addHold([hold("a", 0, 20)], hold("a", 10, 90));
  assert.equal(heldUntil(holds), 20);
});

test("an end never passes the bound, and is only ever moved earlier", () => {
  const once = endHold([hold("a", 0, 20)], "a", instant(90));
  assert.equal(heldUntil(once), 20);
  const twice = endHold(endHold(once, "a", instant(5)), "a", instant(15));
  assert.equal(heldUntil(twice), 5);
});
