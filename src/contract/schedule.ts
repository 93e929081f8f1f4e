import { z } from "zod";
import { dayOfText } from "../kernel/local-time.ts";
import type { AutoArmSettings } from "../domain/auto-arm.ts";
import { autoArmRanges } from "../domain/auto-arm.ts";
import {
  joinPeriods,
  mostHolidays,
  mostPeriods,
  type Period,
  type ScheduleSettings,
} from "../domain/weekly-schedule.ts";
import { list, name, number, wall, within } from "./common.ts";

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "is a time of day like 08:30, up to 24:00");

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** `08:30`, and `24:00` for the end of the day. */
export const timeOfMinutes = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const period = z.strictObject({ from: time, to: time });
type PeriodText = z.output<typeof period>;

const periods = z
  .array(period)
  .max(mostPeriods, `has at most ${mostPeriods} periods`)
  .refine((all) => all.every(({ from, to }) => from < to), "has a period that ends before it begins; split it at 24:00")
  .refine(
    (all) =>
      all
        .toSorted((a, b) => (a.from < b.from ? -1 : 1))
        .every(({ from }, at, row) => from >= (row[at - 1]?.to ?? from)),
    "has periods that overlap",
  )
  .readonly();

const byDay = <T>(of: (at: number) => T) => ({
  ...{ monday: of(0), tuesday: of(1), wednesday: of(2), thursday: of(3) },
  ...{ friday: of(4), saturday: of(5), sunday: of(6) },
});
const weekOf = <T extends z.ZodType>(of: T) => z.strictObject(byDay(() => of));
/** In the order in which the domain keeps them. */
export const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const fields = {
  name,
  week: weekOf(periods).describe("periods of local time, up to, not with, their end"),
  holiday: periods.describe("what holds on holidays; absent: they are days like others"),
};

export const scheduleBody = z
  .strictObject({ ...fields, week: weekOf(periods.default([])), holiday: z.exactOptional(fields.holiday) })
  .meta({ examples: [{ name: "Office hours", week: { monday: [{ from: "08:00", to: "18:00" }] }, holiday: [] }] });
export type ScheduleBody = z.output<typeof scheduleBody>;

export const schedulePatch = z
  .strictObject(fields)
  .partial()
  .meta({ examples: [{ holiday: [] }] });

export const scheduleAnswer = z.object({
  schedule: number,
  ...fields,
  holiday: z.exactOptional(fields.holiday),
});
export const scheduleList = list(scheduleAnswer);

const minutes = (row: readonly PeriodText[]): Period[] =>
  joinPeriods(row.map(({ from, to }) => ({ fromMin: minutesOf(from), toMin: minutesOf(to) })));
const texts = (row: readonly Period[]): PeriodText[] =>
  row.map(({ fromMin, toMin }) => ({ from: timeOfMinutes(fromMin), to: timeOfMinutes(toMin) }));

export const scheduleRow = ({ name: called, week, holiday }: ScheduleBody, schedule: number): ScheduleSettings => ({
  schedule,
  name: called,
  week: days.map((day) => minutes(week[day])),
  ...(holiday === undefined ? {} : { holiday: minutes(holiday) }),
});

export const scheduleBodyOf = ({ name: called, week, holiday }: ScheduleSettings): ScheduleBody => ({
  name: called,
  week: byDay((at) => texts(week[at] ?? [])),
  ...(holiday === undefined ? {} : { holiday: texts(holiday) }),
});

export const schedulesNow = z.object({
  clock: z.enum(["trusted", "not-set"]).describe("not-set: schedules wait, and what they gate acts"),
  at: wall,
  schedules: list(
    z.object({
      schedule: number,
      active: z.boolean(),
      until: z.exactOptional(wall.describe("the next change; absent where there is none")),
    }),
  ),
});

const holiday = z.strictObject({
  date: z.string().refine((text) => dayOfText(text) !== undefined, "is a date like 2026-12-25"),
  yearly: z.boolean().default(false).describe("every year from then on"),
  name: z.string().trim().max(100).default(""),
});

export const holidayList = z
  .array(holiday)
  .max(mostHolidays)
  .refine((all) => new Set(all.map(({ date }) => date)).size === all.length, "names a date twice")
  .readonly();
export const holidaysBody = z
  .strictObject({ holidays: holidayList })
  .meta({ examples: [{ holidays: [{ date: "2026-12-25", yearly: true, name: "Christmas" }] }] });

export const autoArm = z
  .strictObject({
    schedule: number,
    armWhen: z
      .enum(["ends", "begins"])
      .default("ends")
      .describe("ends: the schedule is opening hours; begins: it is the hours in which nobody is there"),
    mode: z.exactOptional(z.string().min(1).max(40)).describe("armed in this mode; absent: the first one"),
    disarm: z.boolean().default(false).describe("also disarm at the opposite turn"),
    notifiers: list(number).default([]).describe("whom the warning is sent to"),
    warningMin: within(autoArmRanges.warningMin).int().default(10).describe("minutes of warning before"),
  })
  .meta({ examples: [{ schedule: 1, armWhen: "ends", warningMin: 10 }] });
export type AutoArm = z.output<typeof autoArm> & AutoArmSettings;

export const autoArmAnswer = z.object({
  settings: z.exactOptional(autoArm).describe("absent: nothing is armed by the clock"),
});

export const postponeBody = z.strictObject({ minutes: z.union([z.literal(30), z.literal(60)]) });

/** What of a site's row has routes of its own. */
export const siteCalendar = z.object({
  holidays: z.exactOptional(holidayList),
  autoArm: z.exactOptional(autoArm),
});
