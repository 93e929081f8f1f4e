/** How the volumes are filled, how long they last and what goes next. Pure: rows in, the page's facts out. */
import { lockLookup, type FootageLock } from "../../domain/footage-lock.ts";
import {
  limitBytes,
  reserveBytes,
  retentionRules,
  type KeptSegment,
  type RetentionSituation,
} from "../../domain/retention.ts";
import type { SiteConfig, VolumeSettings } from "../../domain/site-config.ts";
import { keepLookup } from "../../domain/keep-rules.ts";
import { bytesPerDay, forecast, nextToGo } from "../../domain/storage-forecast.ts";
import { days, hours, wallTime, type WallTime } from "../../kernel/time.ts";
import { hidden } from "../../contract/common.ts";
import type { StorageAnswer } from "../../contract/storage.ts";
import type { VolumeState } from "../../messages/recorder.ts";
import type { StoredSegment } from "../../store/read-storage.ts";
import type { StoredHour } from "../../store/stored-hours.ts";

export interface StorageFacts {
  readonly config: SiteConfig;
  readonly hours: readonly StoredHour[];
  /** By volume, the oldest first. */
  readonly oldest: ReadonlyMap<string, readonly StoredSegment[]>;
  /** By volume: footage of alarms that nobody has acknowledged. */
  readonly unreviewed: ReadonlyMap<string, number>;
  readonly states: readonly VolumeState[];
  readonly locks: readonly FootageLock[];
  readonly now: WallTime;
}

/** A rate is taken from so many days at most: cameras and their settings change. */
const rateDays = 7;
/** Pieces of footage that are told of what goes next. */
const mostNext = 10;

export function storageAnswer(facts: StorageFacts): StorageAnswer {
  return {
    volumes: facts.config.volumes.map((volume) => volumeAnswer(facts, volume)),
    channels: channelAnswers(facts),
    lookedAt: facts.now,
  };
}

function volumeAnswer(facts: StorageFacts, settings: VolumeSettings): StorageAnswer["volumes"][number] {
  const { now } = facts;
  const stored = facts.hours.filter((hour) => hour.volumeId === settings.id);
  const live = facts.states.find((state) => state.volumeId === settings.id);
  const situation = live && situationOf(settings, live, now);
  const known = { storedBytes: total(stored), bytesPerDay: rateOf(stored, now), ...bounds(stored) };
  const coming =
    situation === undefined || known.storedBytes === 0
      ? ({ kind: "unknown" } as const)
      : forecast({
          ...{ now, usedBytes: situation.usedBytes, limitBytes: limitBytes(situation) },
          ...{ bytesPerDay: known.bytesPerDay, keepDays: settings.keepDays },
        });
  const oldest = facts.oldest.get(settings.id) ?? [];
  const next = situation === undefined ? [] : nextOf(situation, facts, { oldest, coming });
  return {
    ...withoutKey(settings),
    ...known,
    causes: byCause(stored),
    forecast: coming,
    ...(live === undefined ? {} : { live }),
    ...(situation === undefined ? {} : { limitBytes: limitBytes(situation), reserveBytes: reserveBytes(situation) }),
    next,
    ...unreviewedOf(facts, settings, live),
  };
}

/** Nobody is shown the key of a bucket, sealed or not. */
function withoutKey({ archive, ...volume }: VolumeSettings): VolumeSettings {
  if (archive === undefined) return volume;
  const bucket = archive.bucket && { bucket: { ...archive.bucket, secretKey: hidden } };
  return { ...volume, archive: { ...archive, ...bucket } };
}

const situationOf = (settings: VolumeSettings, live: VolumeState, now: WallTime): RetentionSituation => ({
  ...{ now, clockPlausible: true, totalBytes: live.totalBytes, freeBytes: live.freeBytes, usedBytes: live.usedBytes },
  ...{ pendingBytes: 0, maxShare: settings.maxShare, keepDays: settings.keepDays, agedBytesLastHour: 0 },
  ...(settings.maxBytes === undefined ? {} : { maxBytes: settings.maxBytes }),
});

function unreviewedOf({ unreviewed }: StorageFacts, { id, maxBytes }: VolumeSettings, live: VolumeState | undefined) {
  const whole = maxBytes ?? live?.totalBytes;
  return {
    unreviewedBytes: unreviewed.get(id) ?? 0,
    ...(whole === undefined ? {} : { unreviewedCapBytes: whole * retentionRules.protectedShare }),
  };
}

function nextOf(
  situation: RetentionSituation,
  { locks, now, config }: StorageFacts,
  { oldest, coming }: { readonly oldest: readonly StoredSegment[]; readonly coming: Coming },
): StorageAnswer["volumes"][number]["next"] {
  const held = lockLookup(locks);
  const keepOf = keepLookup(config.site.keep ?? [], situation.keepDays);
  const kept = oldest.map(({ id, bytes, channel, from, to, closed, unreviewed, cause }): KeptSegment => {
    const range = { channel, startWall: wallTime(from), endWall: wallTime(to) };
    const by = held.holds(range, now);
    const facts = { locked: by === "locked", leased: by === "leased", unreviewedAlarm: unreviewed };
    return { id, bytes, endWall: range.endWall, inUse: !closed, keep: keepOf(channel, cause), ...facts };
  });
  const byId = new Map(oldest.map((segment) => [segment.id, segment]));
  const when = coming.kind === "fills" ? { ...coming, at: wallTime(coming.at) } : coming;
  return nextToGo(situation, kept, when, mostNext).flatMap(({ id, at, cause, reason }) => {
    const segment = byId.get(id);
    if (segment === undefined) return [];
    const { channel, from, to, bytes, cause: shows } = segment;
    return [{ channel, from, to, bytes, shows, cause, reason, ...(at === undefined ? {} : { at }) }];
  });
}

type Coming = StorageAnswer["volumes"][number]["forecast"];

const total = (stored: readonly StoredHour[]): number => stored.reduce((sum, { bytes }) => sum + bytes, 0);

function bounds(stored: readonly StoredHour[]): { oldest?: number; newest?: number } {
  if (stored.length === 0) return {};
  return {
    oldest: stored.reduce((least, { from }) => Math.min(least, from), Infinity),
    newest: stored.reduce((most, { to }) => Math.max(most, to), 0),
  };
}

function rateOf(stored: readonly StoredHour[], now: WallTime): number {
  const since = Math.floor((now - days(rateDays)) / hours(1));
  const lately = stored.filter(({ hour }) => hour >= since);
  const { oldest } = bounds(lately);
  return oldest === undefined ? 0 : bytesPerDay(total(lately), wallTime(oldest), now);
}

function byCause(stored: readonly StoredHour[]) {
  const sums = new Map<string, number>();
  for (const { cause, bytes } of stored) sums.set(cause, (sums.get(cause) ?? 0) + bytes);
  return [...sums].map(([cause, bytes]) => ({ cause, bytes })).sort((a, b) => b.bytes - a.bytes);
}

function channelAnswers({ config, hours: all, now }: StorageFacts): StorageAnswer["channels"] {
  const stored = all.filter(({ copy }) => copy === 0);
  const dayOf = dayIn(config.site.timeZone);
  const numbers = new Set([...config.channels.map((row) => row.channel), ...stored.map((row) => row.channel)]);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((channel) => {
      const own = stored.filter((hour) => hour.channel === channel);
      const sums = new Map<string, number>();
      for (const { hour, bytes } of own) sums.set(dayOf(hour), (sums.get(dayOf(hour)) ?? 0) + bytes);
      const name = config.channels.find((row) => row.channel === channel)?.name ?? "";
      const perDay = [...sums].map(([day, bytes]) => ({ day, bytes })).sort((a, b) => (a.day < b.day ? -1 : 1));
      return { channel, name, bytes: total(own), bytesPerDay: rateOf(own, now), days: perDay };
    });
}

/** The site's day that an hour since 1970 lies in; asked for the same hours again and again. */
function dayIn(timeZone: string): (hour: number) => string {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const known = new Map<number, string>();
  return (hour) => {
    const day = known.get(hour) ?? format.format(hour * hours(1));
    known.set(hour, day);
    return day;
  };
}
