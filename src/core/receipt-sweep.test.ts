import assert from "node:assert/strict";
import { test } from "node:test";
import { days, hours, minutes, wallTime } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { startReceiptSweep } from "./receipt-sweep.ts";

function setUp({ keepMs = 0 } = {}) {
  const clock = fakeClock();
  const said: StoreIntent[] = [];
  const site = { trusted: true };
  const began = clock.wall();
  const sweep = startReceiptSweep(
    {
      ...{ clock, lastSeen: began, journalFolder: "/j", frame: { keepAllUntil: wallTime(began + keepMs) } },
      store: { put: (intent) => void said.push(intent) },
    },
    () => site.trusted,
  );
  const within = (ms: number) => {
    said.length = 0;
    clock.advance(ms);
    return said.length;
  };
  return { clock, said, site, sweep, within };
}

test("the database looks once a minute, and no more after the stop", () => {
  const { said, sweep, within } = setUp();
  assert.equal(within(minutes(10)), 10);
  assert.ok(said.every((intent) => intent.kind === "sweep-receipts" && intent.journal === "/j"));
  sweep[Symbol.dispose]();
  assert.equal(within(minutes(10)), 0);
});

test("nothing goes by a clock that is not believed, nor for two days after it leapt, nor right after a rebuild", () => {
  const { clock, site, within } = setUp();
  site.trusted = false;
  assert.equal(within(minutes(10)), 0);
  site.trusted = true;
  assert.equal(within(minutes(10)), 10);
  clock.stepWall(days(3650));
  assert.equal(within(hours(47)), 0);
  assert.ok(within(hours(2)) > 0);
  const rebuilt = setUp({ keepMs: hours(24) });
  assert.equal(rebuilt.within(hours(23)), 0);
  assert.ok(rebuilt.within(hours(2)) > 0);
});
