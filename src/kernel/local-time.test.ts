import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  dateOfDay,
  dayOfDate,
  dayOfText,
  firstWallOf,
  jumpOfDay,
  localClock,
  wallsOf,
  weekdayOf,
} from "./local-time.ts";

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "America/Santiago",
  "Pacific/Apia",
  "UTC",
];
const day = (text: string): number => dayOfText(text) ?? assert.fail(text);
const at = (text: string, hour: number, minute = 0) => ({ day: day(text), second: hour * 3600 + minute * 60 });

test("a day and its date are the same over four centuries, and the weekday goes on by one", () => {
  for (let one = dayOfDate(1900, 1, 1); one < dayOfDate(2300, 1, 1); one += 13) {
    assert.equal(dateOfDay(one), new Date(one * 86_400_000).toISOString().slice(0, 10));
    assert.equal(weekdayOf(one), (new Date(one * 86_400_000).getUTCDay() + 6) % 7);
    assert.equal(dayOfText(dateOfDay(one)), one);
  }
  assert.equal(dayOfText("2026-02-29"), undefined);
  assert.equal(dayOfText("tomorrow"), undefined);
});

test("the clock of a place shows what the runtime's own formatter writes", () => {
  const wall = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2037, 0, 1) });
  for (const timeZone of zones) {
    const clock = localClock(timeZone);
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    fc.assert(
      fc.property(wall, (when) => {
        const { day: shown, second } = clock(when);
        const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
        const time = `${two(second / 3600)}:${two((second / 60) % 60)}:${two(second % 60)}`;
        assert.equal(`${dateOfDay(shown)} ${time}`, format.format(when));
      }),
      { numRuns: 200 },
    );
  }
});

test("every wall time is among those at which the clock shows what it shows then", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones.map(localClock)),
      fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2037, 0, 1) / 1000 }),
      (clock, seconds) => {
        assert.ok(wallsOf(clock, clock(seconds * 1000)).includes(seconds * 1000));
      },
    ),
    { numRuns: 500 },
  );
});

test("the repeated hour is shown twice and the skipped one never", () => {
  const berlin = localClock("Europe/Berlin");
  assert.deepEqual(wallsOf(berlin, at("2026-10-25", 2, 30)), [
    Date.UTC(2026, 9, 25, 0, 30),
    Date.UTC(2026, 9, 25, 1, 30),
  ]);
  assert.deepEqual(wallsOf(berlin, at("2026-03-29", 2, 30)), []);
  assert.equal(firstWallOf(berlin, at("2026-03-29", 2, 30)), Date.UTC(2026, 2, 29, 1));
  const lordHowe = localClock("Australia/Lord_Howe");
  assert.equal(wallsOf(lordHowe, at("2026-04-05", 1, 45)).length, 2, "its clock is set back by half an hour");
  assert.deepEqual(wallsOf(lordHowe, at("2026-10-04", 2, 15)), []);
  assert.deepEqual(wallsOf(localClock("Pacific/Apia"), at("2011-12-30", 12)), [], "a day that Samoa left out");
});

test("the jump of a day is found to the second, also at midnight", () => {
  assert.equal(jumpOfDay(localClock("Europe/Berlin"), day("2026-10-25")), Date.UTC(2026, 9, 25, 1));
  assert.equal(jumpOfDay(localClock("America/New_York"), day("2026-03-08")), Date.UTC(2026, 2, 8, 7));
  assert.equal(jumpOfDay(localClock("America/Santiago"), day("2026-09-05")), Date.UTC(2026, 8, 6, 4));
  assert.equal(jumpOfDay(localClock("Europe/Berlin"), day("2026-10-24")), undefined);
});
