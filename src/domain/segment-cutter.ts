/**
 * When a segment ends and when a fragment does. A segment plays alone, so a key frame begins it: at its length, at new
 * parameter sets, after a clock step, with each session. A stream that brings no key frame is cut anyway at a hard cap.
 * A fragment ends by time, whatever the GOP, so that little is lost with the power.
 */
import type { Duration, Instant } from "../kernel/time.ts";
import { after, between } from "../kernel/time.ts";

export interface CutterSettings {
  /** Length after which the next key frame begins a new segment, ms (1–60 min). */
  readonly segmentMs: Duration;
  /** Most bytes of a file, for file systems that end at 4 GiB. */
  readonly maxBytes?: number;
}

/** The segment that is being written. */
export interface OpenSegment {
  readonly session: number;
  readonly startedAt: Instant;
  readonly bytes: number;
  /** The wall clock was stepped since it began, or the camera's media time jumped. */
  readonly stepped: boolean;
}

export interface UnitFacts {
  readonly session: number;
  readonly key: boolean;
  readonly arrival: Instant;
  readonly bytes: number;
  readonly parametersChanged: boolean;
}

export type SegmentCut = "session" | "parameters" | "clock-step" | "length" | "hard-cap";

/** A segment is never longer than this many times its length. */
export const hardCapFactor = 2;

/** Must a new segment begin with this video unit, and why? */
export function segmentCut(settings: CutterSettings, open: OpenSegment, unit: UnitFacts): SegmentCut | undefined {
  if (unit.session !== open.session) return "session";
  if (unit.parametersChanged) return "parameters";
  const length = between(open.startedAt, unit.arrival);
  if (unit.key && open.stepped) return "clock-step";
  if (unit.key && length >= settings.segmentMs) return "length";
  if (settings.maxBytes !== undefined && open.bytes + unit.bytes > settings.maxBytes) return "hard-cap";
  return length >= hardCapFactor * settings.segmentMs ? "hard-cap" : undefined;
}

/** Longest fragment, ms: what a `kill -9` can cost at most, with and without an alarm on the channel. */
export const fragmentLimitMs = (held: boolean): Duration => (held ? 500 : 1000);

/**
 * When the running fragment must end even if no further unit arrives. An edge does not wait for it: everything that is
 * running is written at once then.
 */
export const fragmentDueAt = (firstArrival: Instant, held: boolean): Instant =>
  after(firstArrival, fragmentLimitMs(held));

/** Must the running fragment end before this unit is added to it? */
export const fragmentEndsBefore = (firstArrival: Instant, unit: Pick<UnitFacts, "arrival">, held: boolean): boolean =>
  unit.arrival >= fragmentDueAt(firstArrival, held);
