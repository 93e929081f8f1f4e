/**
 * Is a sensor still one? Too many changes a minute, no change for days, an empty battery, no word for hours: each is a
 * trouble of its own. Pure; the engine keeps a watch for each input.
 */
import type { LoopTamper } from "./supervised-loop.ts";
import { after, before, days, earlier, hours, instant, minutes, momentAt } from "../kernel/time.ts";
import type { Instant, Moment } from "../kernel/time.ts";
import { pastInstant } from "./output-memory.ts";

/** How an input is watched, besides its debounce. All optional: rows of before there were any. */
export interface WatchSettings {
  /** Milliseconds that an active contact must be at rest before it counts as such; absent: the debounce. */
  readonly restoreMs?: number;
  /** Changes a minute from which on it chatters; 0: never; absent: `watchDefaults`. */
  readonly chatterPerMin?: number;
  /** Days without a change after which it is a trouble; 0 or absent: never. */
  readonly watchDays?: number;
  /** Hours without a word from a wireless sensor after which it is a trouble; 0: never; absent: `watchDefaults`. */
  readonly unseenH?: number;
}

export const watchDefaults = { chatterPerMin: 60, unseenH: 25 } as const;

/** Ranges that the API enforces and the pages show. Inclusive. */
export const watchRanges = {
  restoreMs: [0, 60_000],
  chatterPerMin: [0, 600],
  watchDays: [0, 365],
  unseenH: [0, 720],
} as const;

/** From this many percent on a battery is low, and above that many it is not any more. */
export const battery = { low: 15, fine: 20 } as const;

export interface SensorWatch {
  /** The newest changes of its contact, as many as the longest rule needs, newest last. */
  readonly changes: readonly Instant[];
  readonly chatters: boolean;
  /** When its contact changed last, or since when it is watched. */
  readonly movedAt: Instant;
  /** When a wireless sensor said something last; absent for wired ones. */
  readonly seenAt?: Instant;
  /** Percent, as it says itself. */
  readonly battery?: number;
}

/** What a restart needs of it. */
export interface WatchMemory {
  /** Its loop is cut or shorted, and that was told. */
  readonly tamper?: LoopTamper;
  readonly movedAt?: Moment;
  readonly seenAt?: Moment;
  readonly battery?: number;
}

/** What a wireless sensor says of itself. */
export interface SensorFact {
  readonly point: number;
  /** Percent of its battery. */
  readonly battery?: number;
  /** When it was heard, or says that it was heard, last. */
  readonly seenAt?: Instant;
}

export function newWatch(now: Moment, saved: WatchMemory | undefined): SensorWatch {
  const { movedAt, seenAt, battery: percent } = saved ?? {};
  return {
    ...{ changes: [], chatters: false, movedAt: movedAt === undefined ? now.instant : pastInstant(movedAt, now) },
    ...(seenAt === undefined ? {} : { seenAt: pastInstant(seenAt, now) }),
    ...(percent === undefined ? {} : { battery: percent }),
  };
}

export const watchMemory = (watch: SensorWatch, now: Moment): WatchMemory => ({
  movedAt: momentAt(now, watch.movedAt),
  ...(watch.seenAt === undefined ? {} : { seenAt: momentAt(now, watch.seenAt) }),
  ...(watch.battery === undefined ? {} : { battery: watch.battery }),
});

const chatterFrom = ({ chatterPerMin }: WatchSettings): number => chatterPerMin ?? watchDefaults.chatterPerMin;
/** It has calmed when the last minute saw no more than half of what made it a trouble. */
const calmTo = (settings: WatchSettings): number => Math.floor(chatterFrom(settings) / 2);

/** Its contact changed. */
export function sawChange(settings: WatchSettings, watch: SensorWatch, at: Instant): SensorWatch {
  const kept = Math.max(chatterFrom(settings), 1);
  return { ...watch, changes: [...watch.changes, at].slice(-kept), movedAt: at };
}

/** A sensor told of itself; `now` bounds what it says of the past. */
export function heardSensor(watch: SensorWatch, fact: SensorFact, now: Instant): SensorWatch {
  const seenAt = fact.seenAt === undefined ? undefined : earlier(fact.seenAt, now);
  const newer = seenAt !== undefined && (watch.seenAt === undefined || seenAt > watch.seenAt);
  return {
    ...watch,
    ...(newer ? { seenAt } : {}),
    ...(fact.battery === undefined ? {} : { battery: fact.battery }),
  };
}

/** The moment at which the n-th newest change is a minute old. */
const minuteAfter = (changes: readonly Instant[], newest: number): Instant | undefined => {
  const at = changes.at(-newest);
  return newest < 1 || at === undefined ? undefined : after(at, minutes(1));
};

/** The same watch, with what time alone did to its chatter. */
export function passedTime(settings: WatchSettings, watch: SensorWatch, now: Instant): SensorWatch {
  const from = chatterFrom(settings);
  if (from === 0) return watch.chatters ? { ...watch, chatters: false } : watch;
  if (watch.chatters) {
    const calmAt = minuteAfter(watch.changes, calmTo(settings) + 1);
    return calmAt === undefined || calmAt <= now ? { ...watch, chatters: false } : watch;
  }
  const nth = watch.changes.at(-from);
  return nth !== undefined && nth > before(now, minutes(1)) ? { ...watch, chatters: true } : watch;
}

export const silentAt = ({ watchDays = 0 }: WatchSettings, watch: SensorWatch): Instant | undefined =>
  watchDays === 0 ? undefined : after(watch.movedAt, days(watchDays));

export function unseenAt({ unseenH = watchDefaults.unseenH }: WatchSettings, watch: SensorWatch): Instant | undefined {
  return unseenH === 0 || watch.seenAt === undefined ? undefined : after(watch.seenAt, hours(unseenH));
}

/** When the next of its troubles begins or ends by time alone. */
export function nextWatch(settings: WatchSettings, watch: SensorWatch, now: Instant): Instant | undefined {
  const calmAt = watch.chatters ? minuteAfter(watch.changes, calmTo(settings) + 1) : undefined;
  const due = [calmAt, silentAt(settings, watch), unseenAt(settings, watch)].filter(
    (at) => at !== undefined && at > now,
  );
  return due.length === 0 ? undefined : instant(Math.min(...due.map(Number)));
}

/** `was`: it is a trouble already. */
export const isBatteryLow = (watch: SensorWatch, was: boolean): boolean =>
  watch.battery !== undefined && watch.battery <= (was ? battery.fine : battery.low);
