/** What a search for motion found, as the page lists and marks it. Pure. */
import type { MotionSearchAnswer } from "../../../../src/contract/motion.ts";
import type { Range } from "./line.ts";

export type Found = MotionSearchAnswer["runs"][number];
export const foundOrders = ["time", "strength", "camera"] as const;
export type FoundOrder = (typeof foundOrders)[number];

const compared: Readonly<Record<FoundOrder, (a: Found, b: Found) => number>> = {
  time: (a, b) => b.from - a.from,
  strength: (a, b) => b.strength - a.strength || b.from - a.from,
  camera: (a, b) => a.channel - b.channel || b.from - a.from,
};

/** The newest first, or what moved most, or camera by camera. */
export const byOrder = (found: readonly Found[], order: FoundOrder): readonly Found[] =>
  found.toSorted(compared[order]);

/** As marks of the timeline, which ↑ and ↓ go to. */
export const edgesOf = (found: readonly Found[], name: string) =>
  found.map(({ channel, from }) => ({ eventId: `motion ${channel} ${from}`, at: from, name, channel }));

/** Where to search: what the timeline shows, or the days up to its end. */
export const searchSpans = ["view", "day", "week"] as const;
export type SearchSpan = (typeof searchSpans)[number];

const dayMs = 86_400_000;
/** Of the server. */
const longestMs = 31 * dayMs;

/** Never into the future, and never longer than a search may be; whole minutes, so that playing on asks for nothing new. */
export function spanOf(span: SearchSpan, view: Range, day: Range, now: number): Range {
  const wide = span === "view" ? view : span === "day" ? day : { from: day.to - 7 * dayMs, to: day.to };
  const to = Math.ceil(Math.min(wide.to, Math.max(now, wide.from + 60_000)) / 60_000) * 60_000;
  return { from: Math.floor(Math.max(wide.from, to - longestMs) / 60_000) * 60_000, to };
}

/** How much of the asked time was looked at, 0–1: the rest can't be found. */
export const watchedShare = ({ from, to }: Range, watchedMs: number, now: number): number =>
  Math.min(1, watchedMs / Math.max(1, Math.min(to, now) - from));
