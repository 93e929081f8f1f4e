/** The beginning of a day in the site's zone, which may be another than the browser's. */

/** `day` like `2026-11-22`; ms since 1970 UTC. Undefined for what is no day. */
export function startOfDay(day: string, timeZone: string): number | undefined {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(utc)) return undefined;
  // the offset of the guess may be that of the day before; the second look is right
  const once = utc - offsetMs(utc, timeZone);
  return utc - offsetMs(once, timeZone);
}

export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function offsetMs(wall: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone, year: "numeric", month: "2-digit", day: "2-digit", hourCycle: "h23" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  return Date.parse(`${format.format(wall).replace(" ", "T")}Z`) - Math.floor(wall / 1000) * 1000;
}
