import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpen, wayWindows } from "./way-windows.ts";

test("the same windows are asked for while it plays on, and the next one before it is needed", () => {
  const at = 1_200_000_000;
  assert.deepEqual(wayWindows(at + 30_000, 1), [{ from: at, to: at + 120_000 }]);
  assert.deepEqual(wayWindows(at + 90_000, 1), wayWindows(at + 30_000, 1));
  assert.deepEqual(
    wayWindows(at + 110_000, 1).map(({ from }) => from - at),
    [0, 120_000],
  );
  assert.deepEqual(
    wayWindows(at + 5000, 1).map(({ from }) => from - at),
    [-120_000, 0],
  );
  assert.ok(wayWindows(at + 110_000, 1024).length <= 4);
  // backwards at this speed it is 100 s further back within 13 s
  assert.equal(wayWindows(at + 100_000, 8)[0]?.from, at - 120_000);
});

test("a window into which more may come is asked for again", () => {
  assert.equal(isOpen({ from: 0, to: 120_000 }, 130_000), true);
  assert.equal(isOpen({ from: 0, to: 120_000 }, 140_000), false);
  // nothing was read yet
  assert.equal(isOpen({ from: 0, to: 120_000 }, 0), true);
});
