/**
 * Follows the sequence numbers of one track (RFC 3550 §A.1). Over TCP nothing is reordered on the way, so a number
 * from the past is a duplicate or a late packet of the camera's own making, and is dropped; a hole is a loss.
 */
export type SequenceVerdict =
  /** Take it. */
  | "next"
  /** Take it; something before it is missing. */
  | "gap"
  /** A duplicate or from the past: drop it. */
  | "old"
  /** The camera began anew (other source or numbers far away): take it; what was unfinished is lost. */
  | "restart";

export interface SequenceTracker {
  accept(sequence: number, ssrc: number): SequenceVerdict;
  readonly ssrc: number | undefined;
  readonly received: number;
  /** Packets missing since the session began, as far as the numbers tell. */
  readonly lost: number;
  /** Highest number with its count of wraps above it, modulo 2^32. */
  readonly extendedHighest: number;
  /** Share lost since the last call, in 1/256 (RFC 3550 §A.3). */
  takeFractionLost(): number;
}

/** A hole up to this is a loss, beyond it a restart (RFC 3550 §A.1: MAX_DROPOUT). */
const longestHole = 3000;
/** A number up to this much behind is old, beyond it a restart (MAX_MISORDER). */
const longestReorder = 100;

/** @see SequenceTracker */
export function createSequenceTracker(): SequenceTracker {
  let ssrc: number | undefined;
  let highest = 0;
  let wraps = 0;
  let received = 0;
  let lost = 0;
  let before = { received: 0, lost: 0 };

  const begin = (sequence: number, source: number): void => {
    ssrc = source;
    highest = sequence;
    wraps = 0;
    received += 1;
  };

  return {
    accept(sequence, source) {
      if (ssrc === undefined) {
        begin(sequence, source);
        return "next";
      }
      const ahead = (sequence - highest) & 0xffff;
      if (source !== ssrc || (ahead > longestHole && ahead < 65_536 - longestReorder)) {
        begin(sequence, source);
        return "restart";
      }
      if (ahead === 0 || ahead > longestHole) return "old";
      if (sequence < highest) wraps = (wraps + 1) & 0xffff;
      highest = sequence;
      received += 1;
      lost += ahead - 1;
      return ahead === 1 ? "next" : "gap";
    },
    get ssrc() {
      return ssrc;
    },
    get received() {
      return received;
    },
    get lost() {
      return lost;
    },
    get extendedHighest() {
      return wraps * 65_536 + highest;
    },
    takeFractionLost() {
      const missing = lost - before.lost;
      const expected = received - before.received + missing;
      before = { received, lost };
      return expected === 0 ? 0 : Math.min(255, Math.floor((missing * 256) / expected));
    },
  };
}
