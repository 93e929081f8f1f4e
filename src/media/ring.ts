import type { Instant, WallTime } from "../kernel/time.ts";
import type { AccessUnit } from "./types.ts";

/** What left the ring before it was wanted: whole GOPs, never single access units. */
export interface DroppedGop {
  /** Index of its key frame, and of the unit behind its last. */
  readonly first: number;
  readonly end: number;
  readonly fromWall: WallTime;
  readonly toWall: WallTime;
  readonly bytes: number;
}

/**
 * A channel's newest access units in the order of their arrival, in whole GOPs. Each unit gets an index that counts
 * from 0 and is never used again; writer, holds and live readers name units by it. The ring holds a reference to every
 * block its units point into. It begins at a key frame: units before the first key frame of a session are not kept.
 */
export interface Ring {
  /** Takes a unit (and a reference to its block). False: no key frame seen yet in this session, not kept. */
  push(unit: AccessUnit): boolean;
  /** Index of the oldest unit kept; equals `end` when empty. */
  readonly first: number;
  /** Index behind the newest unit. */
  readonly end: number;
  /** Of the units, with what each costs beside its own bytes. */
  readonly bytes: number;
  /** The part of `bytes` that no block holds. */
  readonly overheadBytes: number;
  readonly gops: number;
  at(index: number): AccessUnit | undefined;
  /** Index of the newest key frame that arrived at or before `at`. */
  keyAtOrBefore(at: Instant): number | undefined;
  /** Index of the key frame whose GOP holds `index`. */
  gopStart(index: number): number | undefined;
  readonly newestKey: number | undefined;
  /** Arrival of the oldest unit kept. */
  readonly since: Instant | undefined;
  /** Duration of the last whole GOP, ms. */
  readonly gopMs: number | undefined;
  /**
   * Lets go of the oldest GOPs whose units all lie below `keepFrom` and that no pre-record from `keepSince` needs:
   * the GOP with the newest key frame at or before `keepSince` stays, and so does the running one.
   */
  trim(keepFrom: number, keepSince: Instant): void;
  /** Gives up the oldest GOP whatever it is (the budget is used up). */
  dropOldest(): DroppedGop | undefined;
  clear(): void;
}

/** What a unit costs in objects, at most: a camera that sends very small ones must not grow the heap unseen. */
export const unitOverheadBytes = 512;

interface Gop {
  readonly first: number;
  readonly units: AccessUnit[];
  readonly session: number;
  readonly start: Instant;
  bytes: number;
}

export function createRing(): Ring {
  /** Oldest first; the last one is running. */
  let gops: Gop[] = [];
  let end = 0;
  let bytes = 0;
  let units = 0;
  /** False after the running GOP was given up: nothing is kept until the next key frame. */
  let open = false;
  let gopMs: number | undefined;

  const search = (before: (gop: Gop) => boolean): Gop | undefined => {
    let low = 0;
    let high = gops.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const gop = gops[middle];
      if (gop !== undefined && before(gop)) low = middle + 1;
      else high = middle;
    }
    return gops[low - 1];
  };
  const gopOf = (index: number): Gop | undefined => {
    const gop = search((candidate) => candidate.first <= index);
    return gop !== undefined && index < gop.first + gop.units.length ? gop : undefined;
  };
  const release = (gop: Gop): void => {
    bytes -= gop.bytes;
    units -= gop.units.length;
    for (const unit of gop.units) unit.block.release();
  };
  const begin = (unit: AccessUnit): Gop => {
    const last = gops.at(-1);
    if (last?.session === unit.session) gopMs = unit.arrival - last.start;
    const gop: Gop = { first: end, units: [], session: unit.session, start: unit.arrival, bytes: 0 };
    gops.push(gop);
    open = true;
    return gop;
  };

  return {
    push(unit) {
      const startsGop = unit.key && unit.track === "video";
      const gop = startsGop ? begin(unit) : gops.at(-1);
      if (gop === undefined || !open || gop.session !== unit.session) return false;
      unit.block.retain();
      gop.units.push(unit);
      const cost = unit.data.length + unitOverheadBytes;
      gop.bytes += cost;
      bytes += cost;
      units++;
      end++;
      return true;
    },
    get first() {
      return gops[0]?.first ?? end;
    },
    get end() {
      return end;
    },
    get bytes() {
      return bytes;
    },
    get overheadBytes() {
      return units * unitOverheadBytes;
    },
    get gops() {
      return gops.length;
    },
    at(index) {
      const gop = gopOf(index);
      return gop?.units[index - gop.first];
    },
    keyAtOrBefore: (at) => search((gop) => gop.start <= at)?.first,
    gopStart: (index) => gopOf(index)?.first,
    get newestKey() {
      return gops.at(-1)?.first;
    },
    get since() {
      return gops[0]?.start;
    },
    get gopMs() {
      return gopMs;
    },
    trim(keepFrom, keepSince) {
      for (let next = gops[1]; next !== undefined; next = gops[1]) {
        const oldest = gops[0];
        if (oldest === undefined || next.first > keepFrom || next.start > keepSince) return;
        gops.shift();
        release(oldest);
      }
    },
    dropOldest() {
      const oldest = gops.shift();
      const firstUnit = oldest?.units[0];
      const lastUnit = oldest?.units.at(-1);
      if (oldest === undefined || firstUnit === undefined || lastUnit === undefined) return undefined;
      if (gops.length === 0) open = false;
      release(oldest);
      return {
        first: oldest.first,
        end: oldest.first + oldest.units.length,
        fromWall: firstUnit.wall,
        toWall: lastUnit.wall,
        bytes: oldest.bytes,
      };
    },
    clear() {
      for (const gop of gops) release(gop);
      gops = [];
      open = false;
    },
  };
}
