/** The ways of who is looked at now, grown with each picture that was looked at. Pure. */
import type { DetectionLook } from "../../../src/messages/detection.ts";
import { shown } from "./trails.ts";
import type { Way } from "./ways.ts";

/** A picture is shown so long after it was looked at, ms: what it needs of a way is kept. */
const shownLateMs = 3000;

export interface LiveWays {
  /** When the newest picture was taken that is in them, ms since 1970. */
  readonly at: number | undefined;
  readonly ways: readonly Way[];
}

export const noWays: LiveWays = { at: undefined, ways: [] };

export function withLook(
  before: LiveWays,
  { objects, objectsWall: at }: Pick<DetectionLook, "objects" | "objectsWall">,
): LiveWays {
  if (at === undefined) return noWays;
  // the same answer is told with every picture until there is another one
  if (at === before.at) return before;
  // a clock that was set back begins anew
  const known = before.at !== undefined && at > before.at ? before.ways : [];
  const seen = objects.map(({ track, label, box, confidence }): Way => {
    const steps = known.find(({ id }) => id === String(track))?.steps ?? [];
    return { id: String(track), label, confidence, isHere: true, steps: [...recent(steps, at), { at, box }] };
  });
  const gone = known.flatMap((way): Way[] => {
    const steps = recent(way.steps, at);
    return steps.length === 0 || seen.some(({ id }) => id === way.id) ? [] : [{ ...way, isHere: false, steps }];
  });
  return { at, ways: [...seen, ...gone] };
}

const recent = (steps: Way["steps"], at: number): Way["steps"] =>
  steps.filter((step) => at - step.at <= shown.ms + shownLateMs);
