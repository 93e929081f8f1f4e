/** Days of the site's calendar. Pure. */
import type { Range } from "./line.ts";

/** `YYYY-MM-DD` in the site's zone. */
export type Day = string;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const fields = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  const format = new Intl.DateTimeFormat("en-US", { ...fields, hourCycle: "h23", timeZone: zone });
  formats.set(zone, format);
  return format;
}

/** What the zone's clock is ahead of UTC, ms. */
export function zoneOffset(wall: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(wall)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return local - Math.floor(wall / 1000) * 1000;
}

export const dayOf = (wall: number, zone: string): Day =>
  new Date(wall + zoneOffset(wall, zone)).toISOString().slice(0, 10);

/** The day from its first to the next one's first moment: 23 or 25 hours when the clocks change. */
export function boundsOf(day: Day, zone: string): Range {
  return { from: startOf(day, zone), to: startOf(dayBeside(day, 1), zone) };
}

function startOf(day: Day, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const near = utc - zoneOffset(utc, zone);
  return utc - zoneOffset(near, zone);
}

export const dayBeside = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Whole days around the view, and around the day beside which one moves: what the timeline has to know. */
export function spanAround(day: Day, view: Range, zone: string): Range {
  const [first, last] = [dayOf(view.from, zone), dayOf(view.to, zone)];
  const [before, after] = [dayBeside(day, -1), dayBeside(day, 1)];
  return {
    from: boundsOf(first < before ? first : before, zone).from,
    to: boundsOf(last > after ? last : after, zone).to,
  };
}

/** Days on which something was recorded. */
export function daysWith(spans: readonly Range[], zone: string): Set<Day> {
  const days = new Set<Day>();
  for (const { from, to } of spans) {
    for (let day = dayOf(from, zone); boundsOf(day, zone).from < to; day = dayBeside(day, 1)) days.add(day);
  }
  return days;
}
