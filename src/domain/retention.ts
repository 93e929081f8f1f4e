/**
 * What of a volume's footage goes first, and why. Pure: deleting, journalling and counting is the cleaner's.
 *
 *     over the share, the cap or too little free  → oldest unprotected first, down to the low water-mark
 *     … and that is not enough                    → of what was promised to be kept at least, the oldest, to the limit
 *     older than the days to keep                 → oldest unprotected first, at most 5 % of the volume an hour
 *     nearly full (emergency)                     → leases, then unreviewed alarms give way, before recording stops
 *
 * Locked footage and what is being written never go. Unreviewed alarm footage is protected for 30 days and up to 20 %
 * of the volume; beyond that share the oldest of it loses its protection.
 */
import type { WallTime } from "../kernel/time.ts";
import { days } from "../kernel/time.ts";
import type { KeepDays } from "./keep-rules.ts";

/** A closed or open segment, as retention sees it. */
export interface KeptSegment {
  readonly id: string;
  readonly bytes: number;
  readonly endWall: WallTime;
  /** Being written, or an open hold needs it. */
  readonly inUse: boolean;
  readonly locked: boolean;
  /** It shows an alarm that nobody has reviewed. */
  readonly unreviewedAlarm: boolean;
  /** A reader or an export is on it. */
  readonly leased: boolean;
  /** By its channel and what it shows; absent: the volume's days, nothing promised. */
  readonly keep?: KeepDays;
}

export interface RetentionSituation {
  readonly now: WallTime;
  /** Is the wall clock to be believed? Otherwise age decides nothing. */
  readonly clockPlausible: boolean;
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** Of Reed's footage, without what is unlinked already. */
  readonly usedBytes: number;
  /** Deleted, but not free yet: readers still have it open. Counts as free. */
  readonly pendingBytes: number;
  readonly maxShare: number;
  readonly maxBytes?: number;
  readonly keepDays: number;
  /** Bytes that age alone took from this volume in the last hour. */
  readonly agedBytesLastHour: number;
  /** A rebuilt database may not know every lock yet: until then only an emergency deletes. */
  readonly keepAllUntil?: WallTime;
}

export interface Deletion {
  readonly id: string;
  readonly bytes: number;
  readonly cause: DeletionCause;
  /** A sentence for the journal. */
  readonly reason: string;
}

/** `promised`: younger than the days that it was to be kept at least; nothing else was left. */
export type DeletionCause = "age" | "space" | "promised" | "emergency";

export interface RetentionPlan {
  readonly deletions: readonly Deletion[];
  /** Set when the mark can't be reached: what is left is protected. */
  readonly stuck?: string;
}

export const retentionRules = {
  reserveShare: 0.05,
  reserveBytes: 10e9,
  /** Cleaning goes on down to this share of the limit (the second water-mark). */
  lowShare: 0.98,
  protectedDays: 30,
  protectedShare: 0.2,
  agedShareAnHour: 0.05,
  /** With less of the reserve than this left, protection gives way. */
  emergencyShareOfReserve: 0.1,
} as const;

/** What is always left free: the larger of 5 % and 10 GB; for a volume with a fixed cap never more than the cap. */
export function reserveBytes(situation: Pick<RetentionSituation, "totalBytes" | "maxBytes">): number {
  const reserve = Math.max(situation.totalBytes * retentionRules.reserveShare, retentionRules.reserveBytes);
  return situation.maxBytes === undefined ? reserve : Math.min(reserve, situation.maxBytes);
}

/** The most footage that the volume may hold now, bytes: its share or cap, and what the rest of the disk leaves. */
export function limitBytes(situation: RetentionSituation): number {
  const { usedBytes, freeBytes, pendingBytes, totalBytes, maxShare, maxBytes } = situation;
  const room = usedBytes + freeBytes + pendingBytes - reserveBytes(situation);
  return Math.max(0, Math.min(maxBytes ?? totalBytes * maxShare, room));
}

/** Nearly nothing left of the reserve. */
export const isEmergency = (situation: RetentionSituation): boolean =>
  situation.freeBytes + situation.pendingBytes < reserveBytes(situation) * retentionRules.emergencyShareOfReserve;

/** What goes, in this order. `segments` in the order of writing, oldest first (boot and sequence, not wall time). */
export function planDeletions(situation: RetentionSituation, segments: readonly KeptSegment[]): RetentionPlan {
  const emergency = isEmergency(situation);
  const calm = situation.keepAllUntil === undefined || situation.now >= situation.keepAllUntil;
  if (!calm && !emergency) return { deletions: [] };
  const protectedIds = protectedSegments(situation, segments);
  const need = bytesToFree(situation);
  const { spare, promised, leased, alarms } = sorted(situation, segments, protectedIds);
  const bySpace = takeUntil(spare, need, "space", "oldest footage, the volume's share is used up");
  const deletions = [...bySpace.taken];
  let missing = bySpace.missing;
  // a promise is broken no further than recording needs it: to the limit, not to the low mark
  const overLimit = missing - Math.max(0, need - (situation.usedBytes - limitBytes(situation)));
  if (overLimit > 0) {
    const broken = takeUntil(promised, overLimit, "promised", brokenPromise);
    deletions.push(...broken.taken);
    missing = broken.missing;
  }
  if (calm) deletions.push(...aged(situation, spare.slice(bySpace.taken.length)));
  if (emergency && missing > 0) {
    for (const [group, reason] of [
      [leased, "disk nearly full: footage that is being read"],
      [alarms, "disk nearly full: unreviewed alarm footage, nothing else was left"],
    ] as const) {
      const given = takeUntil(group, missing, "emergency", reason);
      deletions.push(...given.taken);
      missing = given.missing;
    }
  }
  return missing > 0 ? { deletions, stuck: "all that is left is locked, protected or in use" } : { deletions };
}

/** What may go at all, in the order of writing, by what stands against it. One walk: there may be half a million. */
function sorted(
  situation: RetentionSituation,
  segments: readonly KeptSegment[],
  protectedIds: ReadonlySet<string>,
): Record<"spare" | "promised" | "leased" | "alarms", readonly KeptSegment[]> {
  const groups: Record<"spare" | "promised" | "leased" | "alarms", KeptSegment[]> = {
    ...{ spare: [], promised: [], leased: [], alarms: [] },
  };
  for (const segment of segments) {
    if (segment.inUse || segment.locked) continue;
    if (protectedIds.has(segment.id)) groups.alarms.push(segment);
    else if (segment.leased) groups.leased.push(segment);
    else if (isPromised(situation, segment)) groups.promised.push(segment);
    else groups.spare.push(segment);
  }
  return groups;
}

const brokenPromise = "younger than what is to be kept at least, but nothing else was left to make room";

/** Is it younger than what was promised? A clock that is not to be believed breaks no promise. */
const isPromised = (situation: RetentionSituation, segment: KeptSegment): boolean =>
  (segment.keep?.minDays ?? 0) > 0 && !isOlder(situation, segment, segment.keep?.minDays ?? 0);

/** May an original go whose copy lies in an archive that takes its place? */
export const mayLetGo = (situation: RetentionSituation, { inUse, locked, leased }: KeptSegment): boolean =>
  !inUse && !locked && !leased && (situation.keepAllUntil === undefined || situation.now >= situation.keepAllUntil);

/** How much must go: nothing below the limit, above it down to the low water-mark. */
function bytesToFree(situation: RetentionSituation): number {
  const limit = limitBytes(situation);
  return situation.usedBytes > limit ? situation.usedBytes - limit * retentionRules.lowShare : 0;
}

/** Unreviewed alarms, newest first, up to their days and their share of the volume. */
function protectedSegments(situation: RetentionSituation, segments: readonly KeptSegment[]): ReadonlySet<string> {
  const ids = new Set<string>();
  let left = (situation.maxBytes ?? situation.totalBytes) * retentionRules.protectedShare;
  for (let at = segments.length - 1; at >= 0; at--) {
    const segment = segments[at];
    if (segment?.unreviewedAlarm !== true || isOlder(situation, segment, retentionRules.protectedDays)) continue;
    left -= segment.bytes;
    if (left < 0) break;
    ids.add(segment.id);
  }
  return ids;
}

const isOlder = (situation: RetentionSituation, segment: KeptSegment, limitDays: number): boolean =>
  situation.clockPlausible && situation.now - segment.endWall > days(limitDays);

function takeUntil(
  segments: readonly KeptSegment[],
  need: number,
  cause: Deletion["cause"],
  reason: string,
): { readonly taken: readonly Deletion[]; readonly missing: number } {
  const taken: Deletion[] = [];
  let missing = need;
  for (const { id, bytes } of segments) {
    if (missing <= 0) break;
    missing -= bytes;
    taken.push({ id, bytes, cause, reason });
  }
  return { taken, missing: Math.max(0, missing) };
}

/** Footage past its days, slowly: a clock that jumped ahead must not empty a volume. */
function aged(situation: RetentionSituation, segments: readonly KeptSegment[]): Deletion[] {
  let left = situation.totalBytes * retentionRules.agedShareAnHour - situation.agedBytesLastHour;
  const taken: Deletion[] = [];
  for (const segment of segments) {
    const maxDays = segment.keep?.maxDays ?? situation.keepDays;
    if (!isOlder(situation, segment, maxDays)) continue;
    left -= segment.bytes;
    if (left < 0) break;
    const { id, bytes } = segment;
    taken.push({ id, bytes, cause: "age", reason: `older than ${maxDays} days` });
  }
  return taken;
}
