/** How long a volume lasts, and what of it goes next. Pure: sizes, rates and times in, facts for people out. */
import { days, wallTime, type Duration, type WallTime } from "../kernel/time.ts";
import { planDeletions, type DeletionCause, type KeptSegment, type RetentionSituation } from "./retention.ts";

/**
 * `unknown`: too little was recorded to tell. `age`: footage goes by its age before the volume is full. `fills`: it is
 * full on that day, and from then on the oldest goes first. `full`: that is so now.
 */
export type StorageForecast =
  | { readonly kind: "unknown" }
  | { readonly kind: "age"; readonly needBytes: number }
  | { readonly kind: "fills"; readonly at: WallTime; readonly reachDays: number }
  | { readonly kind: "full"; readonly reachDays: number };

export interface StorageUse {
  readonly now: WallTime;
  readonly usedBytes: number;
  /** The most footage that it may hold (`limitBytes` of the retention). */
  readonly limitBytes: number;
  readonly bytesPerDay: number;
  readonly keepDays: number;
  /** End of the oldest footage. */
  readonly oldest?: WallTime;
}

/** Cleaning starts at the limit and goes 2 % below it: within this share of it a volume counts as full. */
const fullFrom = 0.97;

export function forecast(use: StorageUse): StorageForecast {
  if (use.bytesPerDay <= 0) return { kind: "unknown" };
  const reachDays = use.limitBytes / use.bytesPerDay;
  if (reachDays >= use.keepDays) return { kind: "age", needBytes: use.bytesPerDay * use.keepDays };
  if (use.usedBytes >= use.limitBytes * fullFrom) return { kind: "full", reachDays };
  const left = days((use.limitBytes - use.usedBytes) / use.bytesPerDay);
  // footage that goes by its age on the way there makes room, so this is the earliest day
  return { kind: "fills", at: wallTime(use.now + left), reachDays };
}

/** Less than this recorded says nothing about a day. */
const leastMs: Duration = 30 * 60_000;

/** Bytes a day from what was recorded between two moments; 0 while that is too short to tell. */
export function bytesPerDay(bytes: number, from: WallTime, to: WallTime): number {
  return to - from < leastMs ? 0 : (bytes * days(1)) / (to - from);
}

export interface NextToGo {
  readonly id: string;
  readonly cause: DeletionCause;
  /** When, as far as can be told. */
  readonly at?: WallTime;
  readonly reason: string;
}

/**
 * What of these segments, the oldest of a volume in their order, goes next, when and why, at most `most` of them: first
 * what the cleaner would take now, then what it takes as age and filling come on.
 */
export function nextToGo(
  situation: RetentionSituation,
  oldest: readonly KeptSegment[],
  coming: StorageForecast,
  most: number,
): readonly NextToGo[] {
  const now = planDeletions(situation, oldest).deletions.map(({ id, cause, reason }): NextToGo => {
    return { id, cause, at: situation.now, reason };
  });
  const going = new Set(now.map(({ id }) => id));
  const rest = oldest.filter(({ id }) => !going.has(id));
  const everything = { ...situation, usedBytes: Number.MAX_SAFE_INTEGER, keepAllUntil: wallTime(0) };
  const byId = new Map(rest.map((segment) => [segment.id, segment]));
  const later = planDeletions(everything, rest).deletions.flatMap(({ id, cause }) => {
    const segment = byId.get(id);
    return segment === undefined ? [] : [whenItGoes(situation, segment, coming, cause)];
  });
  // what has no time goes as soon as room is needed, in this order
  later.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return [...now, ...later].slice(0, most);
}

const forRoom = {
  space: {
    full: "oldest footage, when room is needed",
    fills: "oldest footage, when the volume's share is used up",
  },
  promised: {
    full: "promised to be kept longer, when room is needed",
    fills: "promised to be kept longer, when the volume's share is used up",
  },
} as const;

function whenItGoes(
  situation: RetentionSituation,
  { id, endWall, keep }: KeptSegment,
  coming: StorageForecast,
  why: DeletionCause,
): NextToGo {
  const maxDays = keep?.maxDays ?? situation.keepDays;
  const old = wallTime(Math.max(situation.now, endWall + days(maxDays)));
  const cause = why === "promised" ? "promised" : "space";
  if (coming.kind === "full" && old > situation.now) return { id, cause, reason: forRoom[cause].full };
  if (coming.kind === "fills" && coming.at < old) {
    return { id, cause, at: coming.at, reason: forRoom[cause].fills };
  }
  return { id, cause: "age", at: old, reason: `older than ${maxDays} days then` };
}
