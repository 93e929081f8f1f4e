import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayOfText, localClock } from "../kernel/local-time.ts";
import {
  boundariesOn,
  holidayOn,
  isActiveAt,
  joinPeriods,
  scheduleNow,
  turnsBetween,
  type Holiday,
  type Period,
  type ScheduleSettings,
} from "./weekly-schedule.ts";

const hours = (...pairs: readonly (readonly [number, number])[]): Period[] =>
  pairs.map(([from, to]) => ({ fromMin: from * 60, toMin: to * 60 }));
const everyDay = (...pairs: readonly (readonly [number, number])[]): ScheduleSettings => ({
  schedule: 1,
  name: "Office hours",
  week: Array.from({ length: 7 }, () => hours(...pairs)),
});
const day = (text: string): number => dayOfText(text) ?? assert.fail(text);
const berlin = localClock("Europe/Berlin");

test("a period holds from its first minute up to, not with, its last", () => {
  const office = everyDay([8, 12], [13, 18]);
  const at = (hour: number, minute: number) =>
    isActiveAt(office, [], { day: day("2026-11-23"), second: hour * 3600 + minute * 60 });
  assert.deepEqual(
    [at(7, 59), at(8, 0), at(11, 59), at(12, 0), at(13, 0), at(18, 0)],
    [...[false, true, true, false, true, false]],
  );
});

test("each weekday has its own periods, Monday first", () => {
  const sundays = { ...everyDay(), week: [...Array.from({ length: 6 }, () => []), hours([0, 24])] };
  assert.equal(isActiveAt(sundays, [], { day: day("2026-11-22"), second: 0 }), true, "a Sunday");
  assert.equal(isActiveAt(sundays, [], { day: day("2026-11-23"), second: 0 }), false, "a Monday");
});

test("a holiday goes by its own row, and is a day like others without one", () => {
  const christmas: Holiday = { date: "2025-12-25", yearly: true, name: "Christmas" };
  const moved: Holiday = { date: "2026-05-04", yearly: false, name: "Works outing" };
  const noon = (date: string) => ({ day: day(date), second: 43_200 });
  const closed = { ...everyDay([8, 18]), holiday: [] };
  assert.equal(isActiveAt(closed, [christmas, moved], noon("2026-12-25")), false);
  assert.equal(isActiveAt(closed, [christmas, moved], noon("2026-05-04")), false);
  assert.equal(isActiveAt(closed, [christmas, moved], noon("2027-05-04")), true, "once is once");
  assert.equal(isActiveAt(everyDay([8, 18]), [christmas], noon("2026-12-25")), true);
  assert.equal(holidayOn([christmas], day("2024-12-25")), undefined, "yearly from its first year on");
});

test("periods that touch or overlap are one; empty ones are none", () => {
  assert.deepEqual(joinPeriods([...hours([12, 14]), ...hours([8, 12], [13, 13], [18, 20])]), hours([8, 14], [18, 20]));
});

test("what joins over midnight neither ends nor begins there", () => {
  const night = everyDay([0, 6], [22, 24]);
  const times = boundariesOn(night, [], day("2026-11-23")).map(({ second, active }) => [second / 3600, active]);
  assert.deepEqual(times, [
    [6, false],
    [22, true],
  ]);
});

test("in the repeated hour a period comes twice: 02:00 to 03:00 lasts two hours that night", () => {
  const night = everyDay([2, 3]);
  const at = (hour: number, minute: number) => isActiveAt(night, [], berlin(Date.UTC(2026, 9, 25, hour, minute)));
  assert.deepEqual([at(0, 0), at(0, 59), at(1, 0), at(1, 59), at(2, 0)], [true, true, true, true, false]);
  const now = scheduleNow(night, [], berlin, Date.UTC(2026, 9, 25, 0, 30));
  assert.deepEqual(now, { active: true, until: Date.UTC(2026, 9, 25, 2, 0) });
});

test("half of the repeated hour is left and entered again as the clock is set back", () => {
  const bar = everyDay([0, 2.5]);
  assert.deepEqual(scheduleNow(bar, [], berlin, Date.UTC(2026, 9, 25, 0, 10)), {
    ...{ active: true, until: Date.UTC(2026, 9, 25, 0, 30) },
  });
  assert.deepEqual(scheduleNow(bar, [], berlin, Date.UTC(2026, 9, 25, 0, 40)), {
    ...{ active: false, until: Date.UTC(2026, 9, 25, 1, 0) },
  });
});

test("of the skipped hour there is nothing, and what begins in it begins with the jump", () => {
  const spring = Date.UTC(2026, 2, 29, 0, 30);
  const lost = scheduleNow(everyDay([2, 3]), [], berlin, spring);
  assert.deepEqual(lost, { active: false, until: Date.UTC(2026, 2, 30, 0, 0) }, "only on Monday, at 02:00");
  const early = scheduleNow(everyDay([2.5, 5]), [], berlin, spring);
  assert.deepEqual(early, { active: false, until: Date.UTC(2026, 2, 29, 1, 0) });
});

test("what is done at a turn is done once, also in the repeated hour and for a time that is skipped", () => {
  const span = (from: number, to: number) => ({ after: from, upTo: to });
  const autumn = span(Date.UTC(2026, 9, 24, 20), Date.UTC(2026, 9, 25, 8));
  assert.deepEqual(turnsBetween(everyDay([0, 2.5]), [], berlin, autumn), [
    { wall: Date.UTC(2026, 9, 24, 22), active: true },
    { wall: Date.UTC(2026, 9, 25, 0, 30), active: false },
  ]);
  const spring = span(Date.UTC(2026, 2, 28, 20), Date.UTC(2026, 2, 29, 8));
  assert.deepEqual(turnsBetween(everyDay([5, 24], [0, 2.5]), [], berlin, spring), [
    { wall: Date.UTC(2026, 2, 29, 1), active: false },
    { wall: Date.UTC(2026, 2, 29, 3), active: true },
  ]);
});

test("a schedule that never changes has no end", () => {
  assert.deepEqual(scheduleNow(everyDay([0, 24]), [], berlin, 0), { active: true });
  assert.deepEqual(scheduleNow(everyDay(), [], berlin, 0), { active: false });
});

const anyPeriods = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 })), { maxLength: 4 })
  .map((pairs) => joinPeriods(pairs.map(([from, to]) => ({ fromMin: from * 15, toMin: to * 15 }))));
const anySchedule = fc.record({
  schedule: fc.constant(1),
  name: fc.constant("any"),
  week: fc.array(anyPeriods, { minLength: 7, maxLength: 7 }),
  holiday: anyPeriods,
});

test("nothing changes before the time that is told, and there it does: in every week and zone, about each jump", () => {
  const zones = ["Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "America/St_Johns"];
  const jumps = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 8, 6, 4)];
  const about = fc.tuple(fc.constantFrom(...jumps), fc.integer({ min: -2000, max: 500 })).map(([jump, minutes]) => {
    return jump + minutes * 60_000;
  });
  const clocks = zones.map(localClock);
  const holidays: Holiday[] = [{ date: "2026-10-26", yearly: false, name: "after the jump" }];
  fc.assert(
    fc.property(anySchedule, about, fc.constantFrom(...clocks), (schedule, wall, clock) => {
      const { active, until } = scheduleNow(schedule, holidays, clock, wall);
      const activeAt = (at: number) => isActiveAt(schedule, holidays, clock(at));
      const looked = Math.min(until ?? Infinity, wall + 3 * 86_400_000);
      for (let at = wall; at < looked; at += 900_000) assert.equal(activeAt(at), active, new Date(at).toISOString());
      if (until === undefined) return;
      assert.equal(activeAt(until - 1000), active);
      assert.equal(activeAt(until), !active);
    }),
    { numRuns: 400 },
  );
});
