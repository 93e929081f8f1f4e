import type { Instant } from "../kernel/time.ts";
import type { Level } from "../domain/level.ts";
import type { DriverEvents } from "./driver.ts";

/** What a driver saw of a point. `state` marks a look that is no change by its nature (a retained message). */
export interface Sighting {
  readonly level: Level;
  readonly at: Instant;
  readonly how?: "state";
  readonly reason?: string;
}

/** Turns sightings into reports: the first of a connection, and the first after a blind window, is a `state`. */
export interface LevelTrack {
  /** Reports; an equal level that was already reported is not repeated. */
  saw(point: number, sighting: Sighting): void;
  /** The level last reported in this connection. */
  last(point: number): Level | undefined;
  /** The connection is gone: the next sighting of every point is a `state`. */
  forget(): void;
}

const blind = (level: Level | undefined): boolean => level === undefined || level === "unknown" || level === "fault";

/** A tracker that reports to `events`. */
export function trackLevels(events: Pick<DriverEvents, "level">): LevelTrack {
  const levels = new Map<number, Level>();
  return {
    saw(point, { level, at, how, reason }) {
      const before = levels.get(point);
      if (before === level) return;
      levels.set(point, level);
      // leaving sight is seen as it happens; coming back into sight is a look at a state
      const seen = how === undefined && before !== undefined && !(blind(before) && !blind(level));
      events.level({ point, level, at, how: seen ? "change" : "state", ...(reason === undefined ? {} : { reason }) });
    },
    last: (point) => levels.get(point),
    forget: () => levels.clear(),
  };
}
