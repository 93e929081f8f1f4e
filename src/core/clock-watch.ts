/** The site's time for schedules: the clock of its zone, and whether the machine's clock may be believed. */
import { after, seconds, type Clock, type WallTime } from "../kernel/time.ts";
import { localClock, type LocalClock } from "../kernel/local-time.ts";
import { whyNotTrusted, type ClockFacts } from "../domain/clock-trust.ts";
import type { SiteTime } from "../domain/schedule-gate.ts";
import type { LiveBook } from "./live-book.ts";

export interface ClockWatchDeps {
  readonly clock: Clock;
  readonly live: Pick<LiveBook, "raise" | "settle">;
  /** What the system says of its clock; read often, so it must cost little. */
  clockFacts(): ClockFacts;
  /** The newest wall time that the journal knows of the life before. */
  readonly lastSeen: WallTime | undefined;
  timeZone(): string;
}

export interface ClockWatch extends Disposable {
  now(): SiteTime;
}

/** How often a clock is looked at; what waits for it waits this much longer. */
export const lookMs = seconds(10);

/** Looks now and again whether the clock may be believed; while it may not, that is a trouble. */
export function watchClock(deps: ClockWatchDeps): ClockWatch {
  const { clock } = deps;
  let why: string | undefined;
  let cancel: () => void = () => undefined;
  let zone: { readonly name: string; readonly clock: LocalClock } | undefined;
  const look = () => {
    why = whyNotTrusted(clock.wall(), deps.clockFacts(), deps.lastSeen);
    if (why === undefined) deps.live.settle("clock");
    else deps.live.raise("clock", `${why}; schedules wait, and what they hold back acts`);
    cancel = clock.wakeAt(after(clock.now(), lookMs), look);
  };
  look();
  return {
    now() {
      const name = deps.timeZone();
      if (zone?.name !== name) zone = { name, clock: localClock(name) };
      return { clock: zone.clock, trusted: why === undefined };
    },
    [Symbol.dispose]: () => cancel(),
  };
}
