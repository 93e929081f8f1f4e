import assert from "node:assert/strict";
import { test } from "node:test";
import { weekdays } from "../../../shared/schedule.ts";
import { timesOf, weekOf, type WeekSchedule } from "./week.ts";

const hours = [{ from: "08:00", to: "18:00" }];
const none = Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as WeekSchedule["week"];
const shop: WeekSchedule = {
  schedule: 1,
  week: { ...none, monday: hours, saturday: [{ from: "20:00", to: "24:00" }] },
};
const seen = (camera: Parameters<typeof weekOf>[0], schedules: readonly WeekSchedule[] = [shop]) =>
  weekOf(camera, schedules).map(({ row, types }) => [row, timesOf(types.general), timesOf(types.motion)]);

test("a camera by its week has the periods of its schedules on their days, alarms at any hour", () => {
  const rows = seen({ recordMode: "auto", recordWeek: { general: 1, motion: "always" } });
  assert.equal(rows.length, 7);
  assert.deepEqual(rows[0], ["monday", "08:00–18:00", "00:00–24:00"]);
  assert.deepEqual(rows[1], ["tuesday", "", "00:00–24:00"]);
  assert.deepEqual(rows[5], ["saturday", "20:00–24:00", "00:00–24:00"]);
  const week = weekOf({ recordMode: "auto", recordWeek: { general: "never" } }, []);
  assert.ok(week.every(({ types }) => timesOf(types.alarm) === "00:00–24:00"));
});

test("holidays have a row where a schedule of the camera has one", () => {
  const withHoliday = { ...shop, holiday: [{ from: "10:00", to: "12:00" }] };
  const rows = seen({ recordMode: "auto", recordWeek: { general: 1 } }, [withHoliday]);
  assert.deepEqual(rows[7], ["holiday", "10:00–12:00", ""]);
  assert.equal(seen({ recordMode: "auto", recordWeek: { general: "always" } }, [withHoliday]).length, 7);
});

test("always is green all week, alarms only is red alone, off for privacy is nothing; a schedule that is gone holds nothing back", () => {
  const all = (mode: "continuous" | "alarm" | "off") =>
    weekOf({ recordMode: mode, recordWeek: { general: 1 } }, [shop]).map(({ types }) =>
      [types.general, types.motion, types.alarm].map(timesOf).join("|"),
    )[0];
  assert.equal(all("continuous"), "00:00–24:00||00:00–24:00");
  assert.equal(all("alarm"), "||00:00–24:00");
  assert.equal(all("off"), "||");
  assert.equal(seen({ recordMode: "auto", recordWeek: { general: 9 } })[0]?.[1], "00:00–24:00");
});
