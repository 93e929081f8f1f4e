import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wallTime } from "../kernel/time.ts";
import { lockLookup, type FootageLock } from "./footage-lock.ts";

const lock = (channel: number, from: number, to: number, more: Partial<FootageLock> = {}): FootageLock => ({
  ...{ id: `${channel}-${from}`, channel, from: wallTime(from), to: wallTime(to) },
  ...{ reason: "burglary", by: "anna", at: wallTime(0) },
  ...more,
});
const piece = (channel: number, from: number, to: number) => ({
  channel,
  startWall: wallTime(from),
  endWall: wallTime(to),
});
const now = wallTime(1000);

test("footage is locked when any lock of its channel touches it, however the locks overlap", () => {
  const span = fc
    .tuple(fc.integer({ min: 1, max: 2 }), fc.nat(60), fc.nat(20))
    .map(([c, from, length]) => [c, from, from + length] as const);
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), span, (locks, [channel, from, to]) => {
      const expected = locks.some(([c, a, b]) => c === channel && a <= to && b >= from);
      const held = lockLookup(locks.map(([c, a, b]) => lock(c, a, b))).holds(piece(channel, from, to), now);
      assert.equal(held === "locked", expected);
    }),
  );
});

test("a lease holds until its time is over, and a lock goes before a lease", () => {
  const lease = lock(1, 0, 100, { until: wallTime(2000) });
  const lookup = lockLookup([lease, lock(1, 50, 60)]);
  assert.equal(lookup.holds(piece(1, 0, 10), now), "leased");
  assert.equal(lookup.holds(piece(1, 0, 10), wallTime(2000)), undefined);
  assert.equal(lookup.holds(piece(1, 55, 200), now), "locked");
  assert.equal(lookup.holds(piece(2, 55, 200), now), undefined);
});
