import type { PointLevel } from "../domain/detection/video-stages.ts";
import type { DetectedLevel } from "../messages/detection.ts";

/** What was said last of each point of one board; only what changes is said again. */
export interface LevelBook {
  /** As of the picture that arrived at `at`, an instant. Points of other boards are nobody's. */
  set(points: readonly PointLevel[], at: number): void;
  /** Nothing is looked at any more: all points but these. */
  blind(reason: string, at: number, except?: readonly number[]): void;
  /** All points, for a core that has just connected. */
  readonly all: readonly DetectedLevel[];
}

export function createLevelBook(
  board: number,
  points: readonly number[],
  say: (levels: readonly DetectedLevel[]) => void,
): LevelBook {
  const known = new Map<number, DetectedLevel>();
  const set = (levels: readonly PointLevel[], at: number): void => {
    const changed: DetectedLevel[] = [];
    for (const level of levels) {
      if (!points.includes(level.point)) continue;
      const before = known.get(level.point);
      if (before?.level === level.level && before.reason === level.reason) continue;
      const now = { board, at, ...level };
      known.set(level.point, now);
      changed.push(now);
    }
    if (changed.length > 0) say(changed);
  };
  return {
    set,
    blind(reason, at, except = []) {
      const blind = points.filter((point) => !except.includes(point));
      set(
        blind.map((point) => ({ point, level: "unknown", reason })),
        at,
      );
    },
    get all() {
      return [...known.values()];
    },
  };
}
