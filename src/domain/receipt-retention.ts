/**
 * How long a receipt stays that called nobody: motion and what rules saw, with footage or on the timeline only. It goes
 * when its footage is gone. Alarms, contacts, tampering, walk tests and what a lock keeps stay; so does what an alarm
 * names as its witness.
 */
import { days, type WallTime, wallTime } from "../kernel/time.ts";
import { acts } from "./patient-records.ts";
import type { FootageRange } from "./footage-lock.ts";
import type { Receipt } from "./receipt.ts";

/** Looked at for the first time when it is so old: until then its lines are in the newest files of the journal. */
export const firstLookMs = days(1);
/** What never had footage of its own stays so long. */
export const bareMs = days(30);
/** Nothing that called nobody stays longer, whatever is kept of footage, but for what is locked. */
export const longestMs = days(366);

/** A closed receipt of what pictures show that called nobody. Its `cleared` edge goes with it. */
export const isPassing = ({ edge, alarmId, actions, closedAt, graver }: Receipt): boolean =>
  closedAt !== undefined &&
  alarmId === undefined &&
  graver === undefined &&
  edge.cause !== undefined &&
  edge.walk === undefined &&
  edge.trigger === undefined &&
  !actions.some(acts);

/** The footage that it speaks of: what was recorded for it, and the moment itself where nothing was. */
export function footageOf({ edge, actions }: Receipt): FootageRange[] {
  const at = edge.at.wall;
  return actions.flatMap(({ target, record }) =>
    target.kind === "record"
      ? [{ channel: target.channel, startWall: record?.from ?? at, endWall: record?.to ?? wallTime(at + 1) }]
      : [],
  );
}

/** Something was recorded for it. */
export const hadFootage = ({ actions }: Receipt): boolean => actions.some(({ record }) => record?.from !== undefined);

export interface PassingFacts {
  readonly at: WallTime;
  readonly hadFootage: boolean;
  /** Some of its footage is there. */
  readonly footageLeft: boolean;
  /** A journal says that footage of that time was deleted: a volume that is away has deleted nothing. */
  readonly footageDeleted: boolean;
  /** A lock reaches into it, an alarm names it, or its input is active still. */
  readonly kept: boolean;
}

/** When to look at it again; undefined: it goes. The older it is, the less often: an eighth of its age. */
export function lookAgainAt(facts: PassingFacts, now: WallTime): WallTime | undefined {
  const { at, footageLeft } = facts;
  const age = now - at;
  if (age < firstLookMs) return wallTime(at + firstLookMs);
  if (facts.kept) return wallTime(now + firstLookMs);
  if (age >= longestMs) return undefined;
  const isGone = !footageLeft && (facts.hadFootage ? facts.footageDeleted : age >= bareMs);
  return isGone ? undefined : wallTime(now + Math.max(firstLookMs, age / 8));
}
