import type { ExportLanguage } from "../../contract/export.ts";

/** Moments as evidence states them: the site's zone, its offset at that moment, milliseconds. */
export interface SiteTime {
  /** `22 November 2026, 02:10:04.120 (GMT+01:00)` */
  exact(wall: number): string;
  /** `20261122-021004`, for names of files. */
  stamp(wall: number): string;
  readonly zone: string;
}

/** `timeZone`: IANA name. In German `22. November 2026, 02:10:04,120 (GMT+01:00)`. */
export function siteTime(timeZone: string, language: ExportLanguage = "en"): SiteTime {
  const parts = new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", {
    ...{ timeZone, day: "numeric", month: "long", year: "numeric", hourCycle: "h23" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, timeZoneName: "longOffset" },
  });
  const digits = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return {
    exact(wall) {
      const part = Object.fromEntries(parts.formatToParts(wall).map(({ type, value }) => [type, value]));
      const { day, month, year, hour, minute, second, fractionalSecond, timeZoneName } = part;
      if (language === "de")
        return `${day}. ${month} ${year}, ${hour}:${minute}:${second},${fractionalSecond} (${timeZoneName})`;
      return `${day} ${month} ${year}, ${hour}:${minute}:${second}.${fractionalSecond} (${timeZoneName})`;
    },
    stamp: (wall) => digits.format(wall).replaceAll(/[-:]/g, "").replace(" ", "-"),
    zone: timeZone,
  };
}
