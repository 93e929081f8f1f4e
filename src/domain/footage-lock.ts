/**
 * Footage that must not go. A lock stays until somebody releases it; a lease (`until`) is a reader's or an export's and
 * ends by itself. Both are bounds in wall time, as the footage is found by: what was recorded in them is kept whole.
 */
import type { WallTime } from "../kernel/time.ts";

export interface FootageLock {
  readonly id: string;
  readonly channel: number;
  readonly from: WallTime;
  readonly to: WallTime;
  /** Why, in the words of whoever asked. */
  readonly reason: string;
  readonly by: string;
  readonly at: WallTime;
  /** The alarm that it was made for. */
  readonly alarmId?: string;
  /** A lease: over at this time, or when it is released before. */
  readonly until?: WallTime;
}

/** A piece of footage, as retention sees it. */
export interface FootageRange {
  readonly channel: number;
  readonly startWall: WallTime;
  readonly endWall: WallTime;
}

/** What holds a piece of footage: a lock before a lease. Asked for thousands of pieces: sorted once, found by halving. */
export interface LockLookup {
  holds(range: FootageRange, now: WallTime): "locked" | "leased" | undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Locks in a form that is asked often. */
export function lockLookup(locks: Iterable<FootageLock>): LockLookup {
  const locked = new Map<number, Span[]>();
  const leases: FootageLock[] = [];
  for (const lock of locks) {
    if (lock.until !== undefined) leases.push(lock);
    else locked.set(lock.channel, [...(locked.get(lock.channel) ?? []), { from: lock.from, to: lock.to }]);
  }
  for (const [channel, spans] of locked) locked.set(channel, joined(spans));
  return {
    holds(range, now) {
      if (reaches(locked.get(range.channel) ?? [], range)) return "locked";
      return leases.some((lease) => (lease.until ?? 0) > now && touches(lease, range)) ? "leased" : undefined;
    },
  };
}

const touches = (lock: FootageLock, range: FootageRange): boolean =>
  lock.channel === range.channel && lock.from <= range.endWall && lock.to >= range.startWall;

/** Spans in order and without overlaps. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last === undefined || span.from > last.to) all.push(span);
    else if (span.to > last.to) all[all.length - 1] = { from: last.from, to: span.to };
  }
  return all;
}

/** Whether the last span that begins before the range's end reaches into it. */
function reaches(spans: readonly Span[], range: FootageRange): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.from ?? Infinity) <= range.endWall) low = middle + 1;
    else high = middle;
  }
  return (spans[low - 1]?.to ?? -Infinity) >= range.startWall;
}
