/**
 * When a segment ends and when a fragment does. A segment plays alone, so only a key frame begins one: at its length,
 * at new parameter sets, after a clock step, and with each session, which always begins with one. A fragment ends by
 * time, whatever the GOP, so that little is lost with the power.
 */
import type { Duration, Instant } from "../kernel/time.ts";
import { between } from "../kernel/time.ts";

/** The segment that is being written. */
export interface OpenSegment {
  readonly session: number;
  readonly startedAt: Instant;
  /** A new one was asked for: the wall clock was stepped, the camera's clock jumped, there is sound now. */
  readonly asked: boolean;
  /** Of its pictures and sound up to here. */
  readonly bytes: number;
}

/** How long one is at most: by time and, where it is set, by size; whichever comes first. */
export interface SegmentLength {
  readonly ms: Duration;
  readonly bytes?: number | undefined;
}

/** What of a video access unit decides. */
export interface UnitFacts {
  readonly session: number;
  readonly key: boolean;
  readonly arrival: Instant;
  /** Other parameter sets than those of the segment. */
  readonly parametersChanged: boolean;
}

export type SegmentCut = "session" | "parameters" | "asked" | "length" | "size";

/** Must a new segment begin with this video unit, and why? Only a key frame begins one, so it may be a GOP longer. */
export function segmentCut(open: OpenSegment, unit: UnitFacts, most: SegmentLength): SegmentCut | undefined {
  if (!unit.key) return undefined;
  if (unit.session !== open.session) return "session";
  if (unit.parametersChanged) return "parameters";
  if (open.asked) return "asked";
  if (most.bytes !== undefined && open.bytes >= most.bytes) return "size";
  return between(open.startedAt, unit.arrival) >= most.ms ? "length" : undefined;
}

/** Media time and arrival that differ by more than this from one picture to the next, ms: the camera's clock jumped. */
export const timeJumpMs: Duration = 2000;

/** Did the camera's clock jump between two pictures of a session? Both times are the differences between them, ms. */
export const timeJumped = (mediaMs: Duration, arrivalMs: Duration): boolean =>
  Math.abs(mediaMs - arrivalMs) > timeJumpMs;

/** A picture may lie this far from where the file's first one puts it, ms: corrections of a camera's drift are smaller. */
const mostOffLineMs: Duration = 500;

/**
 * Does the wall clock no longer fit the line that a file is played by? The clock was set, or what is known of the
 * camera's became better. Both times are since the file's first picture, ms.
 */
export const offLine = (mediaMs: Duration, wallMs: Duration): boolean => Math.abs(wallMs - mediaMs) > mostOffLineMs;

/** Longest fragment, ms: what a `kill -9` can cost at most, with and without an alarm on the channel. */
export const fragmentLimitMs = (held: boolean): Duration => (held ? 500 : 1000);
