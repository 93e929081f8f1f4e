/** How long a volume lasts, and what of it goes next. Pure: sizes, rates and times in, facts for people out. */
import { days, wallTime, type Duration, type WallTime } from "../kernel/time.ts";
import { planDeletions, type KeptSegment, type RetentionSituation } from "./retention.ts";

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
  readonly cause: "age" | "space" | "emergency";
  /** When, as far as can be told. */
  readonly at?: WallTime;
  readonly reason: string;
}

/** Which of these segments, the oldest of a volume in their order, goes first, when and why. */
export function nextToGo(
  situation: RetentionSituation,
  oldest: readonly KeptSegment[],
  coming: StorageForecast,
): NextToGo | undefined {
  const now = planDeletions(situation, oldest).deletions[0];
  if (now !== undefined) return { id: now.id, cause: now.cause, at: situation.now, reason: now.reason };
  const calm = planDeletions({ ...situation, usedBytes: Number.MAX_SAFE_INTEGER, keepAllUntil: wallTime(0) }, oldest);
  const first = oldest.find((segment) => segment.id === calm.deletions[0]?.id);
  if (first === undefined) return undefined;
  const old = wallTime(Math.max(situation.now, first.endWall + days(situation.keepDays)));
  const { id } = first;
  if (coming.kind === "full") return { id, cause: "space", reason: "oldest footage, when room is needed" };
  if (coming.kind === "fills" && coming.at < old) {
    return { id, cause: "space", at: coming.at, reason: "oldest footage, when the volume's share is used up" };
  }
  return { id, cause: "age", at: old, reason: `older than ${situation.keepDays} days then` };
}
