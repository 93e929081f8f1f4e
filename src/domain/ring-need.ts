/**
 * How much memory the pictures before an alarm take, and whether the recorder's budget is enough for all of them. Pure;
 * the sizes are estimates from what the cameras send now.
 */
import type { RecordNow } from "./recording-rule.ts";

export interface RingFacts {
  readonly now: RecordNow;
  readonly preRecordMs: number;
  readonly bitsPerSecond: number;
  /** From one key frame to the next; absent: not known yet. */
  readonly gopMs?: number;
}

/** What is not on the disk yet stays in memory: a round of a slow disk; and what a debounce may take. */
const beyondMs = 5000;
/** Before a camera has shown two key frames. */
const usualGopMs = 2000;

/**
 * Bytes that a channel's ring takes. While it records all the time the pre-record is on the disk already, and the ring
 * holds the running GOP and what is not durable yet; else the pre-record too.
 */
export function ringNeedBytes({ now, preRecordMs, bitsPerSecond, gopMs = usualGopMs }: RingFacts): number {
  const heldMs = (now === "alarm" ? preRecordMs : 0) + beyondMs + gopMs;
  return Math.round((bitsPerSecond / 8) * (heldMs / 1000));
}
