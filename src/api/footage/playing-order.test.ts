import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../../kernel/time.ts";
import { segmentRow } from "../../testkit/store-rows.ts";
import { inPlayingOrder } from "./playing-order.ts";

/** A minute of footage; `at` and `wall` in minutes. */
const minute = (id: string, at: number, wall = at, bootId = "boot") =>
  segmentRow(id, {
    bootId,
    startInstant: instant(at * 60_000),
    startWall: wallTime(wall * 60_000),
    endWall: wallTime((wall + 1) * 60_000),
  });
const order = (...rows: readonly ReturnType<typeof minute>[]) =>
  inPlayingOrder(rows)
    .map(({ id }) => id)
    .join("");

test("segments are played in the order of their times", () => {
  assert.equal(order(minute("c", 3), minute("a", 1), minute("b", 2)), "abc");
  assert.equal(order(minute("b", 100, 2, "second boot"), minute("a", 900, 1)), "ab");
});

test("where the clock was set back, what was recorded before comes first, and neither is torn to pieces", () => {
  const before = [minute("a", 1), minute("b", 2), minute("c", 3)];
  const after = [minute("d", 4, 1.5), minute("e", 5, 2.5), minute("f", 6, 3.5), minute("g", 7, 4.5)];
  assert.equal(order(...after, ...before), "abcdefg");
});

test("a clock that was set back by whole files makes no difference: they are not played in turns", () => {
  const before = [minute("a", 1), minute("b", 2), minute("c", 3)];
  const after = [minute("d", 4, 1), minute("e", 5, 2), minute("f", 6, 3), minute("g", 7, 4)];
  assert.equal(order(...after, ...before), "abcdefg");
});

test("a file that begins a moment before the end of the one before is no clock that was set back", () => {
  const rows = [minute("b", 1), minute("c", 2, 1.995), minute("d", 3, 2.995)];
  assert.equal(order(...rows, minute("a", 9, 0)), "abcd");
});

test("after a restart of the machine with a wrong clock, each boot is whole", () => {
  const rows = [
    minute("a", 100, 10),
    minute("b", 101, 11),
    minute("c", 1, 10.4, "later"),
    minute("d", 2, 11.4, "later"),
  ];
  assert.equal(order(...rows), "abcd");
});
