/** What people make of alarms, and the footage that they keep: journalled, stored, told. */
import { wallTime, type Clock, type WallTime } from "../kernel/time.ts";
import type { FootageLock } from "../domain/footage-lock.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { AlarmCount, Command, LiveEvent } from "../messages/api.ts";
import type { CoreRecord, Stamped } from "../messages/journal.ts";
import type { KnownAlarms, KnownLocks, StoreIntent } from "../messages/store.ts";

type LockCommand = Extract<Command, { kind: "lock-footage" }>;
type BookmarkCommand = Extract<Command, { kind: "bookmark" }>;

export interface ReviewChange {
  readonly kind: "unreviewed" | "reviewed";
  readonly events: readonly string[];
}

export interface AlarmDeskDeps {
  readonly clock: Clock;
  newId(): string;
  journal(record: CoreRecord): void;
  store(intent: StoreIntent): void;
  publish(event: LiveEvent): void;
  /** Alarms got events that nobody has acknowledged, or somebody has: for the recorders. */
  reviewsChanged(change: ReviewChange): void;
  /** `locks()` says something else than before: for the recorders. */
  locksChanged(): void;
}

export interface AlarmDesk {
  readonly count: AlarmCount;
  /** A receipt began or went on: its alarm may be one that nobody has heard of. */
  seen(receipt: Receipt): void;
  acknowledge(alarmId: string, by: string): void;
  resolve(alarmId: string, by: string, note: string): void;
  /** Ids of the new locks. */
  lock(command: LockCommand, by: string): string[];
  release(ids: readonly string[], by: string): void;
  /** Its id. */
  bookmark(command: BookmarkCommand, by: string): string;
  removeBookmark(id: string, by: string): void;
  /** Events of alarms that nobody has acknowledged. */
  unreviewed(): string[];
  locks(): { readonly held: readonly FootageLock[]; readonly released: readonly string[] };
}

/** What the desk goes on from. `running`: alarms that were known before, whether somebody acknowledged them or not. */
export interface AlarmDeskStart {
  readonly alarms: KnownAlarms;
  readonly locks: KnownLocks;
  readonly running: readonly string[];
}

/** Alarms of which later edges are recognised; the oldest go first. */
const mostKnown = 5000;

export function openAlarmDesk(deps: AlarmDeskDeps, start: AlarmDeskStart): AlarmDesk {
  const { clock } = deps;
  const unacknowledged = new Set(start.alarms.unacknowledged);
  const known = new Set([...start.running, ...unacknowledged]);
  const events = eventsByAlarm(start.alarms);
  const held = new Map(start.locks.held.map((lock) => [lock.id, lock]));
  const released = new Set(start.locks.released);
  const count = (): AlarmCount => ({ unacknowledged: unacknowledged.size });
  const both = (record: Extract<CoreRecord & StoreIntent, { kind: string }>): void => {
    deps.journal(record);
    deps.store(record);
  };
  const changed = (alarmId: string, state: "new" | "acknowledged" | "resolved"): void =>
    deps.publish({ kind: "alarms", alarms: count(), changed: { alarmId, state } });
  const review = (
    alarmId: string,
    by: string,
    more: { state: "acknowledged" } | { state: "resolved"; note: string },
  ) => {
    both({ kind: "alarm-reviewed", alarmId, by, at: clock.wall(), ...more });
    unacknowledged.delete(alarmId);
    const reviewed = events.get(alarmId);
    events.delete(alarmId);
    if (reviewed !== undefined) deps.reviewsChanged({ kind: "reviewed", events: [...reviewed] });
    changed(alarmId, more.state);
  };
  const remember = (alarmId: string, eventId: string): void => {
    const of = events.get(alarmId) ?? new Set();
    if (of.has(eventId)) return;
    events.set(alarmId, of.add(eventId));
    deps.reviewsChanged({ kind: "unreviewed", events: [eventId] });
  };
  const changedLocks = (): void => {
    for (const [id, lock] of held) if (isOver(lock, clock.wall())) held.delete(id);
    deps.locksChanged();
  };
  return {
    get count() {
      return count();
    },
    seen({ alarmId, edge }) {
      if (alarmId === undefined || edge.kind === "cleared") return;
      if (!known.has(alarmId)) {
        known.add(alarmId);
        if (known.size > mostKnown) known.delete(known.values().next().value ?? "");
        unacknowledged.add(alarmId);
        changed(alarmId, "new");
      }
      if (unacknowledged.has(alarmId)) remember(alarmId, edge.eventId);
    },
    unreviewed: () => [...events.values()].flatMap((of) => [...of]),
    acknowledge: (alarmId, by) => review(alarmId, by, { state: "acknowledged" }),
    resolve: (alarmId, by, note) => review(alarmId, by, { state: "resolved", note }),
    lock(command, by) {
      const locks = locksOf(command, by, clock.wall(), () => deps.newId());
      for (const lock of locks) {
        held.set(lock.id, lock);
        // a lease ends with the one who asked for it: it is not worth a line
        if (lock.until === undefined) both({ kind: "footage-locked", lock });
      }
      changedLocks();
      return locks.map((lock) => lock.id);
    },
    release(ids, by) {
      for (const id of ids) {
        const lock = held.get(id);
        if (lock === undefined) continue;
        held.delete(id);
        if (lock.until !== undefined) continue;
        released.add(id);
        both({ kind: "lock-released", id, by, at: clock.wall() });
      }
      changedLocks();
    },
    bookmark({ channels, note, at, to }, by) {
      const id = deps.newId();
      const times = { at: wallTime(at), ...(to === undefined ? {} : { to: wallTime(to) }) };
      both({ kind: "bookmark", bookmark: { id, channels, note, ...times, by, madeAt: clock.wall() } });
      return id;
    },
    removeBookmark: (id, by) => both({ kind: "bookmark-removed", id, by }),
    locks: () => ({ held: [...held.values()], released: [...released] }),
  };
}

/** Of alarms that nobody has acknowledged. */
function eventsByAlarm({ unacknowledged, events }: KnownAlarms): Map<string, Set<string>> {
  const byAlarm = new Map<string, Set<string>>();
  const open = new Set(unacknowledged);
  for (const { alarmId, eventId } of events) {
    if (open.has(alarmId)) byAlarm.set(alarmId, (byAlarm.get(alarmId) ?? new Set()).add(eventId));
  }
  return byAlarm;
}

const isOver = (lock: FootageLock, now: WallTime): boolean => lock.until !== undefined && lock.until <= now;

function locksOf(command: LockCommand, by: string, now: WallTime, newId: () => string): FootageLock[] {
  const { spans, reason, alarmId, forMs } = command;
  return spans.map(({ channel, from, to }) => ({
    ...{ id: newId(), channel, from: wallTime(from), to: wallTime(to), reason, by, at: now },
    ...(alarmId === undefined ? {} : { alarmId }),
    ...(forMs === undefined ? {} : { until: wallTime(now + forMs) }),
  }));
}

const keptKinds = ["alarm-reviewed", "footage-locked", "lock-released", "bookmark", "bookmark-removed"] as const;
type Kept = Extract<CoreRecord, { kind: (typeof keptKinds)[number] }>;

/** Reviews, locks and bookmarks since the last clean stop: a power cut may have taken their rows from the database. */
export function keptSinceLastStop(records: readonly Stamped<CoreRecord>[]): Kept[] {
  const stop = records.findLastIndex(({ record }) => record.kind === "clean-stop");
  return records.slice(stop + 1).flatMap(({ record }) => (isKept(record) ? [record] : []));
}

const isKept = (record: CoreRecord): record is Kept => keptKinds.some((kind) => kind === record.kind);

/** What the database knew, and what the journal knows besides; `closed`: receipts since the last clean stop. */
export function withKept<T extends { readonly alarms: KnownAlarms; readonly locks: KnownLocks }>(
  start: T,
  kept: readonly Kept[],
  closed: readonly Receipt[] = [],
): T {
  const unacknowledged = new Set(start.alarms.unacknowledged);
  const held = new Map(start.locks.held.map((lock) => [lock.id, lock]));
  const released = new Set(start.locks.released);
  for (const record of kept) {
    if (record.kind === "alarm-reviewed") unacknowledged.delete(record.alarmId);
    else if (record.kind === "footage-locked") held.set(record.lock.id, record.lock);
    else if (record.kind === "lock-released") released.add(record.id);
  }
  for (const id of released) held.delete(id);
  return {
    ...start,
    alarms: {
      unacknowledged: [...unacknowledged],
      events: [
        ...start.alarms.events,
        ...closed.flatMap(({ alarmId, edge: { kind, eventId } }) =>
          alarmId === undefined || kind === "cleared" ? [] : [{ alarmId, eventId }],
        ),
      ],
    },
    locks: { held: [...held.values()], released: [...released] },
  };
}
