/** Schedules as the API tells them, for the rules of the domain that judge them. Pure; no DOM. */
import type { Period, ScheduleSettings } from "../../src/domain/weekly-schedule.ts";
import type { Schedule } from "./types.ts";

/** Monday first, as the domain counts. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof weekdays)[number];

type PeriodText = Schedule["week"]["monday"][number];

/** `08:30` → 510; `24:00` → 1440. */
export const minutesOfTime = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** 510 → `08:30`. */
export const timeOfMinutes = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export const periodsOfTexts = (texts: readonly PeriodText[]): Period[] =>
  texts.map(({ from, to }) => ({ fromMin: minutesOfTime(from), toMin: minutesOfTime(to) }));

export const textsOfPeriods = (periods: readonly Period[]): PeriodText[] =>
  periods.map(({ fromMin, toMin }) => ({ from: timeOfMinutes(fromMin), to: timeOfMinutes(toMin) }));

export const scheduleSettings = ({ schedule, name, week, holiday }: Schedule): ScheduleSettings => ({
  ...{ schedule, name },
  week: weekdays.map((day) => periodsOfTexts(week[day])),
  ...(holiday === undefined ? {} : { holiday: periodsOfTexts(holiday) }),
});
