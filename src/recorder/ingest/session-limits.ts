/** How long a session with a camera waits for what. */
import type { Duration } from "../../kernel/time.ts";

/** All in ms. */
export interface SessionLimits {
  readonly connectWithin: Duration;
  readonly answerWithin: Duration;
  /** No access unit for this long: the camera stalled. */
  readonly stallAfter: Duration;
  /** No packet at all for this long after PLAY; who begins anew after such a session waits longer. */
  readonly firstPacketWithin: Duration;
  /** How long the first picture may take while packets come: a GOP of 30 s has to be waited for. */
  readonly firstUnitWithin: Duration;
  /** Reads do not pause before this age. */
  readonly youngFor: Duration;
  /** After an RTP gap reads do not pause for this long. */
  readonly eagerAfterGap: Duration;
  readonly reportEvery: Duration;
  /** Silence for this long: a picture whose marker came is taken as whole without the packet behind it. */
  readonly settleAfter: Duration;
}

export const sessionLimits: SessionLimits = {
  connectWithin: 5000,
  answerWithin: 10_000,
  stallAfter: 5000,
  firstPacketWithin: 5000,
  firstUnitWithin: 40_000,
  youngFor: 10_000,
  eagerAfterGap: 60_000,
  reportEvery: 5000,
  settleAfter: 500,
};

/**
 * Some cameras send nothing until their next key frame, which a smart codec has every 10–30 s: each session in a row that
 * played and brought no picture is given twice the time of the one before, at most that of a first picture.
 */
export const patient = (limits: SessionLimits, mute: number): SessionLimits => ({
  ...limits,
  firstPacketWithin: Math.min(limits.firstPacketWithin * 2 ** mute, limits.firstUnitWithin),
});
