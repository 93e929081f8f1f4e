import { after, instant, wallTime, type Clock, type Duration, type Instant, type WallTime } from "../kernel/time.ts";

/** A clock that stands still until a test moves it; wakes are called in order of their time. */
export interface FakeClock extends Clock {
  advance(by: Duration): void;
  /** Moves the wall clock only, as an administrator or NTP would. */
  stepWall(by: Duration): void;
  /** Time of the next wake, if one is armed. */
  readonly nextWake: Instant | undefined;
}

export function fakeClock(
  start: Instant = instant(1_000_000),
  wallStart: WallTime = wallTime(1_790_000_000_000),
): FakeClock {
  let now = start;
  let wallOffset = wallStart - start;
  let wakes: { at: Instant; call: () => void }[] = [];
  const next = () =>
    wakes.reduce<{ at: Instant; call: () => void } | undefined>(
      (best, wake) => (best === undefined || wake.at < best.at ? wake : best),
      undefined,
    );
  return {
    bootId: "00000000-0000-4000-8000-00000000b007",
    now: () => now,
    wall: () => wallTime(now + wallOffset),
    wakeAt(at, call) {
      const wake = { at, call };
      wakes.push(wake);
      return () => {
        wakes = wakes.filter((other) => other !== wake);
      };
    },
    advance(by) {
      const target = after(now, by);
      for (let due = next(); due !== undefined && due.at <= target; due = next()) {
        const wake = due;
        wakes = wakes.filter((other) => other !== wake);
        if (wake.at > now) now = wake.at;
        wake.call();
      }
      now = target;
    },
    stepWall(by) {
      wallOffset += by;
    },
    get nextWake() {
      return next()?.at;
    },
  };
}
