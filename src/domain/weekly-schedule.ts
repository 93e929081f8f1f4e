/**
 * Weekly schedules: periods of local time for each day of the week, a row for holidays, and the site's holidays. A
 * schedule goes by what the clock on the wall shows: in the hour that daylight saving repeats a period comes twice, in
 * the hour that it skips there is nothing of it. Pure: the clock of the place is an argument.
 */
import type { LocalClock, LocalTime } from "../kernel/local-time.ts";
import { dateOfDay, firstWallOf, jumpOfDay, wallsOf, weekdayOf } from "../kernel/local-time.ts";

/** Part of a day: minutes since midnight as the clock shows them, from the first up to (not with) the last; 0–1440. */
export interface Period {
  readonly fromMin: number;
  readonly toMin: number;
}

export interface ScheduleSettings {
  readonly schedule: number;
  readonly name: string;
  /** Seven days, Monday first; periods in order, none touching another. */
  readonly week: readonly (readonly Period[])[];
  /** What holds on holidays; absent: they are days like others. */
  readonly holiday?: readonly Period[];
}

export interface Holiday {
  /** `2026-12-25`; of a yearly one the year is when it began. */
  readonly date: string;
  readonly yearly: boolean;
  readonly name: string;
}

export const minutesOfDay = 1440;
/** Most periods of one day: over the API, and of those drawn in the page. */
export const mostPeriods = 24;
export const mostPeriodsInPage = 6;
export const mostHolidays = 200;

/** Sorted, without empty ones, those that overlap or touch joined. */
export function joinPeriods(periods: readonly Period[]): Period[] {
  const joined: Period[] = [];
  for (const next of periods.filter((one) => one.fromMin < one.toMin).toSorted((a, b) => a.fromMin - b.fromMin)) {
    const last = joined.at(-1);
    if (last === undefined || next.fromMin > last.toMin) joined.push(next);
    else joined[joined.length - 1] = { fromMin: last.fromMin, toMin: Math.max(last.toMin, next.toMin) };
  }
  return joined;
}

/** The holiday that a day is; undefined for a day like others. A yearly 29 February is one in leap years only. */
export function holidayOn(holidays: readonly Holiday[], day: number): Holiday | undefined {
  const date = dateOfDay(day);
  return holidays.find((one) =>
    one.yearly ? one.date.slice(5) === date.slice(5) && one.date.slice(0, 4) <= date.slice(0, 4) : one.date === date,
  );
}

/** What holds on a day. */
export function periodsOn(schedule: ScheduleSettings, holidays: readonly Holiday[], day: number): readonly Period[] {
  const { holiday } = schedule;
  if (holiday !== undefined && holidayOn(holidays, day) !== undefined) return holiday;
  return schedule.week[weekdayOf(day)] ?? [];
}

const covers = (periods: readonly Period[], second: number): boolean =>
  periods.some(({ fromMin, toMin }) => second >= fromMin * 60 && second < toMin * 60);

/** Whether a schedule is active when the clock of the place shows this. */
export const isActiveAt = (schedule: ScheduleSettings, holidays: readonly Holiday[], local: LocalTime): boolean =>
  covers(periodsOn(schedule, holidays, local.day), local.second);

/** A time of a local day at which the week begins or ends to be active; what joins over midnight is no such time. */
export interface Boundary extends LocalTime {
  readonly active: boolean;
}

export function boundariesOn(schedule: ScheduleSettings, holidays: readonly Holiday[], day: number): Boundary[] {
  const periods = joinPeriods(periodsOn(schedule, holidays, day));
  const before = joinPeriods(periodsOn(schedule, holidays, day - 1)).at(-1)?.toMin === minutesOfDay;
  const atMidnight = periods[0]?.fromMin === 0;
  const inside = periods.flatMap(({ fromMin, toMin }) => [
    ...(fromMin === 0 ? [] : [{ day, second: fromMin * 60, active: true }]),
    ...(toMin === minutesOfDay ? [] : [{ day, second: toMin * 60, active: false }]),
  ]);
  return before === atMidnight ? inside : [{ day, second: 0, active: atMidnight }, ...inside];
}

/** A schedule that does not change within this many days does not change: every row comes in a week, every holiday in a year. */
const horizonDays = 370;

export interface ScheduleNow {
  readonly active: boolean;
  /** Wall time of the next change; absent where there is none. */
  readonly until?: number;
}

/** Whether a schedule is active at a wall time, and until when that stays so. */
export function scheduleNow(
  schedule: ScheduleSettings,
  holidays: readonly Holiday[],
  clock: LocalClock,
  wall: number,
): ScheduleNow {
  const activeAt = (at: number) => isActiveAt(schedule, holidays, clock(at));
  const active = activeAt(wall);
  const today = clock(wall).day;
  const changesOn = (day: number): readonly number[] => {
    const boundaries = boundariesOn(schedule, holidays, day);
    const jump = boundaries.length === 0 ? undefined : jumpOfDay(clock, day);
    // a boundary in a skipped hour comes about with the jump
    const walls = boundaries.flatMap((one) => [firstWallOf(clock, one), ...wallsOf(clock, one)]);
    return [...walls, ...(jump === undefined ? [] : [jump])];
  };
  for (let day = today; day <= today + horizonDays; day++) {
    // with the next day: where the clock is set back past midnight, that one begins before this one ends
    const until = [...changesOn(day), ...changesOn(day + 1)]
      .sort((a, b) => a - b)
      .find((at) => at > wall && activeAt(at) !== active);
    if (until !== undefined) return { active, until };
  }
  return { active };
}

/** One time that a schedule begins or ends, for what is done then, once: first showing of a repeated hour, or its jump. */
export interface Turn {
  readonly wall: number;
  readonly active: boolean;
}

/** The turns after one wall time and up to another, in order. Spans of years are cut to the newest `horizonDays`. */
export function turnsBetween(
  schedule: ScheduleSettings,
  holidays: readonly Holiday[],
  clock: LocalClock,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Turn[] {
  const last = clock(upTo).day;
  const turns: Turn[] = [];
  for (let day = Math.max(clock(after).day, last - horizonDays); day <= last; day++) {
    for (const boundary of boundariesOn(schedule, holidays, day)) {
      const wall = firstWallOf(clock, boundary);
      if (wall > after && wall <= upTo) turns.push({ wall, active: boundary.active });
    }
  }
  return turns;
}
