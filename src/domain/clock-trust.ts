/**
 * Whether the wall clock may be believed. Small machines (a Raspberry Pi before its fifth) have no clock that runs
 * while they are off: until a time server answers they show a time that was, and no schedule may go by it.
 */
import type { WallTime } from "../kernel/time.ts";
import { hours, wallTime } from "../kernel/time.ts";

export interface ClockFacts {
  /** What the system says of its time server: `no` means that there is one to be asked, and it has not answered yet. */
  readonly synchronised: "yes" | "no" | "unknown";
  /** A clock with a battery. */
  readonly hasHardwareClock: boolean;
}

/** No Reed ran before 2026; a clock that shows less was never set. */
export const plausibleFrom = wallTime(1_767_225_600_000);

/** A clock may be set back by this much (a person, a time server) without being doubted. */
const mayGoBackMs = hours(1);

/**
 * Why the clock can't be believed, as a sentence; undefined when it can.
 * @param lastSeen the newest wall time that Reed knows of the life before
 */
export function whyNotTrusted(wall: WallTime, facts: ClockFacts, lastSeen: WallTime | undefined): string | undefined {
  if (wall < plausibleFrom) return "the clock is not set yet: it shows a time before 2026";
  if (facts.synchronised === "yes") return undefined;
  if (lastSeen !== undefined && wall < lastSeen - mayGoBackMs)
    return "the clock is not set yet: it is behind what was recorded before the start";
  if (facts.synchronised === "no" && !facts.hasHardwareClock)
    return "the clock is not set yet: this machine has none with a battery, and no time server has answered";
  return undefined;
}
