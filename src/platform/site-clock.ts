const fields = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "longOffset",
} as const;

/** Writes a wall time (ms) by the site's clock: `2026-11-22 14:05:09 +01:00`. @param timeZone IANA name */
export function siteClock(timeZone: string): (wallMs: number) => string {
  const format = new Intl.DateTimeFormat("en-US", { ...fields, timeZone });
  return (wallMs) => {
    const parts = new Map(format.formatToParts(wallMs).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
    // UTC itself has no offset in its name
    const offset = of("timeZoneName").replace(/^GMT/, "").replace(/^$/, "+00:00");
    return `${of("year")}-${of("month")}-${of("day")} ${of("hour")}:${of("minute")}:${of("second")} ${offset}`;
  };
}
