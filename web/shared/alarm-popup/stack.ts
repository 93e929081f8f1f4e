/** Which alarms come to the front of a page. Pure. */
import type { Alarm } from "../../../src/contract/alarm.ts";

/**
 * An alarm that nobody acknowledged comes to the front of the live page this long after its last edge, ms; then the
 * inbox and its count have it.
 */
export const freshMs = 5 * 60_000;

/** The same on every other page, ms: somebody works there, and a notice covers what they work on. */
export const noticeMs = 60_000;

export interface Stack {
  /** Newest first. */
  readonly shown: readonly Alarm[];
  /** As fresh, and not shown for want of room. */
  readonly more: number;
}

export interface StackOptions {
  readonly now: number;
  readonly dismissed: ReadonlySet<string>;
  readonly most: number;
  /** Milliseconds; `freshMs` where it is absent. */
  readonly fresh?: number;
  /** Also those whose linkage wants no pop-up. */
  readonly hidden?: boolean;
}

/** `dismissed`: ids that somebody put away on this page. */
export function stackOf(
  alarms: readonly Alarm[],
  { now, dismissed, most, fresh: freshFor = freshMs, hidden = false }: StackOptions,
): Stack {
  const fresh = alarms
    .filter(
      ({ id, state, lastAt, page }) =>
        state === "new" && now - lastAt < freshFor && !dismissed.has(id) && (hidden || page?.popup !== false),
    )
    .sort((a, b) => b.at - a.at);
  return { shown: fresh.slice(0, most), more: Math.max(0, fresh.length - most) };
}

/** Cameras that are linked to the alarms, those of the newest first, each once. */
export function camerasOf(alarms: readonly Alarm[], most: number): readonly number[] {
  const channels = alarms.flatMap(({ cameras }) => cameras.map(({ channel }) => channel));
  return [...new Set(channels)].slice(0, most);
}
