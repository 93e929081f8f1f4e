import type { Instant } from "../kernel/time.ts";
import type { Level } from "../domain/level.ts";
import type { LoopTamper } from "../domain/supervised-loop.ts";
import type { DriverEvents } from "./driver.ts";

/** What a driver saw of a point. `state` marks a look that is no change by its nature (a retained message). */
export interface Sighting {
  readonly level: Level;
  readonly at: Instant;
  readonly how?: "state";
  readonly reason?: string;
  readonly title?: string;
  readonly tamper?: LoopTamper;
}

/** Turns sightings into reports: the first of a connection, and the first after a blind window, is a `state`. */
export interface LevelTrack {
  /** Reports; an equal level (and tampering) that was already reported is not repeated. */
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
  const tampers = new Map<number, LoopTamper | undefined>();
  return {
    saw(point, { level, at, how, reason, title, tamper }) {
      const before = levels.get(point);
      if (before === level && tampers.get(point) === tamper) return;
      levels.set(point, level);
      tampers.set(point, tamper);
      // leaving sight is seen as it happens; coming back into sight is a look at a state
      const seen = how === undefined && before !== undefined && !(blind(before) && !blind(level));
      const why = {
        ...(reason === undefined ? {} : { reason }),
        ...(title === undefined ? {} : { title }),
        ...(tamper === undefined ? {} : { tamper }),
      };
      events.level({ point, level, at, how: seen ? "change" : "state", ...why });
    },
    last: (point) => levels.get(point),
    forget() {
      levels.clear();
      tampers.clear();
    },
  };
}
