/** One formatter for times, sizes and durations: the site's zone, the reader's language. */

export type Language = "en" | "de";

export const languages: readonly Language[] = ["en", "de"];

/** What `Intl` is asked for: British English has the 24-hour clock and days before months, as installers write them. */
const localeOf: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

export interface Format {
  readonly language: Language;
  readonly timeZone: string;
  /** `14:05:09` */
  time(wall: number): string;
  /** `14:05:09.120` */
  timeMs(wall: number): string;
  /** `22 Nov 2026` */
  day(wall: number): string;
  /** `22 Nov 2026, 14:05:09` */
  dateTime(wall: number): string;
  /** When something will be, to the minute: `22:00`, in other nights `Mon 08:00`, further off with its date. */
  soon(wall: number, now: number): string;
  /** `3 minutes ago`, in addition to a time, never instead of it. */
  ago(wall: number, now: number): string;
  /** `1.4 GB`, powers of 1000 as disks are sold. */
  bytes(bytes: number): string;
  /** `4.0 Mbit/s` */
  bitRate(bitsPerSecond: number): string;
  /** `12.5 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h` */
  duration(ms: number): string;
  number(value: number, digits?: number): string;
  percent(share: number): string;
}

const steps = ["B", "kB", "MB", "GB", "TB", "PB"] as const;
const bitSteps = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s"] as const;

function scaled(value: number, units: readonly string[], number: (value: number, digits: number) => string): string {
  let at = 0;
  let rest = Math.max(0, value);
  while (rest >= 999.5 && at < units.length - 1) {
    rest /= 1000;
    at++;
  }
  return `${number(rest, at === 0 || rest >= 99.5 ? 0 : 1)} ${units[at] ?? ""}`;
}

const agoSteps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

function lasting(ms: number, number: (value: number, digits: number) => string): string {
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${number(seconds, seconds % 1 < 0.05 ? 0 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
  const hours = Math.round(seconds / 3600);
  return `${Math.floor(hours / 24)} d${hours % 24 === 0 ? "" : ` ${hours % 24} h`}`;
}

/** `timeZone`: IANA name of the site's zone. Throws a RangeError for a name that `Intl` does not know. */
export function createFormat(language: Language, timeZone: string): Format {
  const locale = localeOf[language];
  const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
  const date = { year: "numeric", month: "short", day: "numeric" } as const;
  const times = new Intl.DateTimeFormat(locale, { ...clock, timeZone });
  const exact = new Intl.DateTimeFormat(locale, { ...clock, fractionalSecondDigits: 3, timeZone });
  const days = new Intl.DateTimeFormat(locale, { ...date, timeZone });
  const both = new Intl.DateTimeFormat(locale, { ...date, ...clock, timeZone });
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const today = new Intl.DateTimeFormat(locale, { ...hour, timeZone });
  const thisWeek = new Intl.DateTimeFormat(locale, { ...hour, weekday: "short", timeZone });
  const later = new Intl.DateTimeFormat(locale, { ...hour, day: "numeric", month: "short", timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = (value: number, digits = 0) =>
    value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return {
    language,
    timeZone,
    time: (wall) => times.format(wall),
    timeMs: (wall) => exact.format(wall),
    day: (wall) => days.format(wall),
    dateTime: (wall) => both.format(wall),
    soon: (wall, now) => {
      if (days.format(wall) === days.format(now)) return today.format(wall);
      return (wall - now < 6.5 * 86_400_000 ? thisWeek : later).format(wall);
    },
    ago: (wall, now) => {
      const passed = now - wall;
      const [unit, size] = agoSteps.find(([, one]) => Math.abs(passed) >= one) ?? (["second", 1000] as const);
      return relative.format(-Math.round(passed / size), unit);
    },
    bytes: (bytes) => scaled(bytes, steps, number),
    bitRate: (bits) => scaled(bits, bitSteps, number),
    duration: (ms) => lasting(Math.max(0, ms), number),
    number,
    percent: (share) => share.toLocaleString(locale, { style: "percent", maximumFractionDigits: 0 }),
  };
}
