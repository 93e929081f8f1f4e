import type { WallTime } from "../kernel/time.ts";

/** A message that did not arrive within its tries, and why. */
export interface DeadLetter {
  readonly id: string;
  readonly at: WallTime;
  readonly notifier: number;
  /** As it was called then. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly pictures: number;
  /** Of the edge that it tells of; absent where it tells of something else. */
  readonly eventId?: string;
  readonly reason: string;
  /** Of the last time that it was tried. */
  readonly triedAt: WallTime;
}
