/**
 * Whether the wall clock may be believed. Small machines (a Raspberry Pi before its fifth) have no clock that runs
 * while they are off: until a time server answers they show a time that was, and no schedule may go by it.
 */
import type { WallTime } from "../kernel/time.ts";
import { days, hours, wallTime } from "../kernel/time.ts";

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

/** A clock that is ahead of all that was recorded before by more than this has leapt: a wrong year, or a long rest. */
const leapMs = days(7);
/** So long nothing goes by its age after a leap; until then somebody can set the clock right. */
const doubtedMs = hours(48);

/** What a volume's journal and its checks have seen of the wall clock. */
export interface WallSeen {
  readonly newest: WallTime;
  /** Where the clock stood after it leapt; gone once it is behind that again. */
  readonly leapAt?: WallTime;
}

/** Looks at the clock once more: by each record of a journal, in its order, and at each check. */
export function seeWall(seen: WallSeen | undefined, wall: WallTime): WallSeen {
  if (seen === undefined) return { newest: wall };
  if (wall - seen.newest > leapMs) return { newest: wall, leapAt: wall };
  const { leapAt } = seen;
  return leapAt === undefined || wall < leapAt ? { newest: wall } : { newest: wall, leapAt };
}

/** Until when the age of footage decides nothing, because the clock leapt ahead; undefined when it may. */
export function ageWaitsUntil(seen: WallSeen | undefined): WallTime | undefined {
  if (seen?.leapAt === undefined) return undefined;
  const until = wallTime(seen.leapAt + doubtedMs);
  return seen.newest < until ? until : undefined;
}
