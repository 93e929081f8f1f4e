import { after, between, seconds, type Clock, type Instant } from "../kernel/time.ts";
import { inputPoints } from "../domain/board-points.ts";
import type { DriverSettings } from "../domain/site-config.ts";
import type { BoardLink } from "../drivers/driver.ts";
import type { BoardProbe } from "../messages/api.ts";
import type { Log } from "../platform/log.ts";
import { watchBoard } from "./board-watch.ts";
import type { CreateDriver } from "./ports.ts";

/** How long a board may take to answer a test. */
export const probePatience = seconds(5);
/** Once it is there, how long its contacts may take to say something: devices behind a broker need not retain it. */
const pointPatience = seconds(1.5);

export interface ProbeDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly createDriver: CreateDriver;
}

/**
 * Talks to a board with a driver of its own, commands nothing, and says what it found: that it is there with the levels
 * of its contacts, or the exact reason why not. Ends within `probePatience`.
 */
export function probeBoard(deps: ProbeDeps, settings: DriverSettings): Promise<BoardProbe> {
  const { clock } = deps;
  const started = clock.now();
  const watch = watchBoard(clock, 0, () => []);
  const wanted = inputPoints(settings).length;
  return new Promise((resolve) => {
    let done = false;
    let cancel: () => void = () => undefined;
    const finish = (ok: boolean, what: string) => {
      if (done) return;
      done = true;
      cancel();
      const probe = { ok, what, tookMs: between(started, clock.now()), points: watch.status().points };
      Promise.resolve(driver[Symbol.asyncDispose]()).then(
        () => resolve(probe),
        (error: unknown) => {
          deps.log.warn({ error: String(error) }, "the driver of a board's test did not stop cleanly");
          resolve(probe);
        },
      );
    };
    const patience = (at: Instant, ended: () => void) => {
      cancel();
      cancel = clock.wakeAt(at, ended);
    };
    const known = () => watch.status().points.filter(({ level }) => level === "closed" || level === "open").length;
    const found = () => finish(true, foundText(known(), wanted));
    const driver = deps.createDriver(settings, {
      clock,
      log: () => undefined,
      events: {
        level(report) {
          watch.level(report);
          if (watch.status().state === "online" && known() === wanted) found();
        },
        link(link: BoardLink) {
          watch.link(link);
          if (link.kind === "lost" || link.kind === "unauthorized") finish(false, link.reason);
          if (link.kind === "online" && wanted === 0) found();
          else if (link.kind === "online") patience(after(clock.now(), pointPatience), found);
        },
        readBack: () => undefined,
        commanded: () => undefined,
        polled: () => undefined,
        measured: (point, reading) => void watch.measured(point, reading),
        heard: () => undefined,
      },
    });
    patience(after(started, probePatience), () => finish(false, `no answer within ${probePatience / 1000} s`));
  });
}

const foundText = (known: number, wanted: number): string =>
  known === wanted
    ? "The board is there."
    : `The board is there, but ${wanted - known} of ${wanted} contacts have not said anything yet.`;
