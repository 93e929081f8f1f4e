/**
 * The calendar and the clock on the wall of a place. `LocalClock` is the port that pure code takes; `localClock` makes
 * one from the IANA data that the runtime carries (`Intl`), without asking what time it is.
 */

/** What the clock on the wall of a place shows. */
export interface LocalTime {
  /** Days since 1970-01-01 of the calendar there. */
  readonly day: number;
  /** Of that day as the clock shows it: 0–86 399. */
  readonly second: number;
}

/** What the clock of a place shows at a wall time (milliseconds since 1970-01-01 UTC). */
export type LocalClock = (wall: number) => LocalTime;

const dayMs = 86_400_000;

/** Days since 1970-01-01 of a date of the Gregorian calendar. @param month 1–12 */
export function dayOfDate(year: number, month: number, day: number): number {
  // days before the date, in years that begin with March (Howard Hinnant, "chrono-compatible low-level date algorithms")
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day, `2026-11-22`. */
export function dateOfDay(day: number): string {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}`;
}

/** Days since 1970 of `2026-11-22`; undefined when that is no date of the calendar. */
export function dayOfText(text: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const days = dayOfDate(Number(year), Number(month), Number(day));
  return dateOfDay(days) === text ? days : undefined;
}

/** 0 is Monday, 6 is Sunday (ISO 8601 counts 1–7). */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Offsets change at quarters of an hour in all zones since 1972; each quarter is asked of `Intl` once. */
const blockMs = 900_000;
const mostBlocks = 20_000;

/** The clock of a place. @param timeZone IANA name; throws a `RangeError` for one that the runtime does not know */
export function localClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  const offsets = new Map<number, number>();
  const offsetOf = (block: number): number => {
    const known = offsets.get(block);
    if (known !== undefined) return known;
    const wall = block * blockMs;
    const parts = new Map(format.formatToParts(wall).map(({ type, value }) => [type, Number(value)]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const day = dayOfDate(of("year"), of("month"), of("day"));
    const offset = day * dayMs + (of("hour") * 3600 + of("minute") * 60 + of("second")) * 1000 - wall;
    if (offsets.size >= mostBlocks) offsets.clear();
    offsets.set(block, offset);
    return offset;
  };
  return (wall) => {
    const local = wall + offsetOf(Math.floor(wall / blockMs));
    const day = Math.floor(local / dayMs);
    return { day, second: Math.floor((local - day * dayMs) / 1000) };
  };
}

const naive = ({ day, second }: LocalTime): number => day * dayMs + second * 1000;
/** Local minus UTC, milliseconds, at a wall time of whole seconds. */
const offsetAt = (clock: LocalClock, wall: number): number => naive(clock(wall)) - wall;

/** Offsets that a place has about a local time: UTC−12 to UTC+14 lie between the two looks. */
function offsetsAround(clock: LocalClock, local: LocalTime): readonly [before: number, after: number] {
  const at = naive(local);
  return [offsetAt(clock, at - 15 * 3_600_000), offsetAt(clock, at + 13 * 3_600_000)];
}

/**
 * The wall times at which the clock of a place shows this: one; none in the hour that daylight saving skips; two in
 * the hour that it repeats, the earlier first.
 */
export function wallsOf(clock: LocalClock, local: LocalTime): number[] {
  const [before, after] = offsetsAround(clock, local);
  return [...new Set([naive(local) - before, naive(local) - after])]
    .filter((wall) => naive(clock(wall)) === naive(local))
    .sort((a, b) => a - b);
}

/** When the clock first shows this or, where it skips it, when it jumps past it. */
export function firstWallOf(clock: LocalClock, local: LocalTime): number {
  const [first] = wallsOf(clock, local);
  if (first !== undefined) return first;
  const [before, after] = offsetsAround(clock, local);
  return jumpBetween(clock, naive(local) - Math.max(before, after), naive(local) - Math.min(before, after));
}

/** The wall time from which on the offset is another one; the two wall times (whole seconds) differ in theirs. */
export function jumpBetween(clock: LocalClock, from: number, to: number): number {
  const was = offsetAt(clock, from);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetAt(clock, middle) === was) low = middle;
    else high = middle;
  }
  return high;
}

/** The wall time within a local day at which daylight saving begins or ends; undefined on all other days. */
export function jumpOfDay(clock: LocalClock, day: number): number | undefined {
  const from = firstWallOf(clock, { day, second: 0 });
  const to = firstWallOf(clock, { day: day + 1, second: 0 });
  return offsetAt(clock, from) === offsetAt(clock, to) ? undefined : jumpBetween(clock, from, to);
}
