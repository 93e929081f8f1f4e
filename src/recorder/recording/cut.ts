import { between, type Duration, type Instant } from "../../kernel/time.ts";
import type { AccessUnit, AudioParameters, VideoParameters } from "../../media/types.ts";

/** What one segment is about: as long as this holds, units go on in it. */
export interface SegmentPlan {
  readonly session: number;
  readonly startArrival: Instant;
  readonly video: VideoParameters;
  readonly audio: AudioParameters | undefined;
}

export type CutReason = "length" | "parameters" | "session" | "asked";

/** RTP time and arrival that differ by more than this from one picture to the next: the camera's clock jumped. */
export const timeJumpMs = 2000;

/**
 * Must a new segment begin at this video unit? A segment plays alone, so only a key frame can begin one; a session
 * always begins with one. `asked`: a clock step, an RTP time jump, audio that the segment has no track for.
 */
export function cutReason(
  plan: SegmentPlan,
  unit: AccessUnit,
  segmentMs: Duration,
  asked: boolean,
): CutReason | undefined {
  if (!unit.key) return undefined;
  if (unit.session !== plan.session) return "session";
  if (unit.parameters !== plan.video) return "parameters";
  if (asked) return "asked";
  return between(plan.startArrival, unit.arrival) >= segmentMs ? "length" : undefined;
}

/** Did the camera's clock jump between two video units of a session? */
export function timeJumped(previous: AccessUnit, unit: AccessUnit): boolean {
  const media = (unit.dts - previous.dts) / 90;
  return Math.abs(media - between(previous.arrival, unit.arrival)) > timeJumpMs;
}
