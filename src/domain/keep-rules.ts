/**
 * How long footage is kept, by channel and by what it shows, beside the volume's own days.
 *
 *     maxDays: older footage goes        minDays: younger footage goes only when nothing else is left to go
 *
 * The closest rule counts, for each of the two by itself: channel and cause, then the channel, then the cause, then all;
 * where none says anything, the volume's days are the most and nothing is promised. A minimum is an order in which
 * footage goes, never a reason to stop recording: where the disk is too small for what was promised, the oldest of it
 * goes, and its reason says so.
 */
import type { FootageCause } from "./footage-cause.ts";

export interface KeepRule {
  /** Absent: all channels. */
  readonly channel?: number;
  /** Absent: whatever it shows. */
  readonly cause?: FootageCause;
  readonly minDays?: number;
  readonly maxDays?: number;
}

export interface KeepDays {
  readonly minDays: number;
  readonly maxDays: number;
}

export type KeepLookup = (channel: number, cause: FootageCause) => KeepDays;

const keyOf = (channel: number | undefined, cause: FootageCause | undefined): string =>
  `${channel ?? "all"}/${cause ?? "all"}`;

/** Days by channel and cause on a volume that keeps `volumeDays`. Asked for every segment: answers are kept. */
export function keepLookup(rules: readonly KeepRule[], volumeDays: number): KeepLookup {
  const byKey = new Map(rules.map((rule) => [keyOf(rule.channel, rule.cause), rule]));
  const known = new Map<string, KeepDays>();
  const find = (channel: number, cause: FootageCause): KeepDays => {
    const closest = [
      keyOf(channel, cause),
      keyOf(channel, undefined),
      keyOf(undefined, cause),
      keyOf(undefined, undefined),
    ]
      .map((key) => byKey.get(key))
      .filter((rule) => rule !== undefined);
    const minDays = closest.find((rule) => rule.minDays !== undefined)?.minDays ?? 0;
    const maxDays = closest.find((rule) => rule.maxDays !== undefined)?.maxDays ?? volumeDays;
    // what two rules say apart may cross: a promise outweighs a limit
    return { minDays, maxDays: Math.max(minDays, maxDays) };
  };
  return (channel, cause) => {
    const key = keyOf(channel, cause);
    const found = known.get(key) ?? find(channel, cause);
    known.set(key, found);
    return found;
  };
}

/** Why a list of rules can't be meant; undefined when it can. */
export function keepTrouble(rules: readonly KeepRule[]): string | undefined {
  const keys = rules.map((rule) => keyOf(rule.channel, rule.cause));
  if (new Set(keys).size < keys.length) return "names the same camera and type twice";
  if (rules.some(({ minDays, maxDays }) => minDays === undefined && maxDays === undefined))
    return "has a rule without days";
  if (rules.some(({ minDays = 0, maxDays = Infinity }) => minDays > maxDays))
    return "keeps at least longer than at most";
  return undefined;
}
