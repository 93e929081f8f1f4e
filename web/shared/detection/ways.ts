/** Where objects were in footage: their boxes and the ways they came, at any instant between the points of it. Pure. */
import type { ObjectPaths } from "../../../src/contract/object-search.ts";
import type { ObjectBox } from "../../../src/domain/detection/objects.ts";
import { boxBetween, unseenMs, type PathStep } from "../../../src/domain/detection/track-path.ts";
import { shown, type Trail } from "./trails.ts";

export interface Way {
  readonly id: string;
  readonly label: string;
  /** In order; at least one. */
  readonly steps: readonly PathStep[];
  /** How sure the detector is of it; only of who is looked at now. */
  readonly confidence?: number;
  /** Looked at now, and still there: at its last place until it is seen at another. */
  readonly isHere?: boolean;
}

/** Somebody is still there so long after their last point, ms: they are looked for five times a second. */
const holdMs = 400;

/** Answers about times one after the other as one: who is in two of them is there once. */
export function joinedWays(answers: readonly ObjectPaths[]): readonly Way[] {
  const ways = new Map<string, Way>();
  for (const { id, label, from, path } of answers.flatMap(({ objects }) => objects)) {
    const steps = path.map(([ms, x, y, width, height]) => ({ at: from + ms, box: { x, y, width, height } }));
    const before = ways.get(id)?.steps ?? [];
    ways.set(id, { id, label, steps: before.length === 0 ? steps : merged(before, steps) });
  }
  return [...ways.values()];
}

function merged(some: readonly PathStep[], others: readonly PathStep[]): readonly PathStep[] {
  const byTime = new Map([...some, ...others].map((step) => [step.at, step]));
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

export interface BoxThere {
  readonly id: string;
  readonly label: string;
  readonly box: ObjectBox;
  readonly confidence?: number;
}

/** Who was where at this instant, ms since 1970. */
export const boxesAt = (ways: readonly Way[], at: number): readonly BoxThere[] =>
  ways.flatMap((way) => {
    const { id, label, confidence } = way;
    const box = placeAt(way, at);
    return box === undefined ? [] : [{ id, label, box, ...(confidence === undefined ? {} : { confidence }) }];
  });

/** The ways of the last seconds before it, of those who were there in them. */
export const trailsAt = (ways: readonly Way[], at: number): readonly Trail[] =>
  ways.flatMap((way): Trail[] => {
    const { id, label, steps } = way;
    const last = steps.at(-1);
    if (last === undefined || (steps[0]?.at ?? 0) > at || last.at < at - shown.ms) return [];
    const seen = steps.filter((step) => step.at <= at && step.at >= at - shown.ms);
    const now = placeAt(way, at);
    const places = [...seen, ...(now === undefined ? [] : [{ at, box: now }])].slice(-shown.places);
    return places.length < 2
      ? []
      : [{ track: id, label, steps: places.map((step) => ({ at: step.at, ...footOf(step.box) })) }];
  });

const footOf = ({ x, y, width, height }: ObjectBox) => ({ x: x + width / 2, y: y + height });

function placeAt({ steps, isHere }: Way, at: number): ObjectBox | undefined {
  const index = steps.findLastIndex((step) => step.at <= at);
  const [before, after] = [steps[index], steps[index + 1]];
  if (before === undefined) return undefined;
  if (after !== undefined && after.at - before.at <= unseenMs) return boxBetween(before, after, at);
  return (after === undefined && isHere === true) || at - before.at <= holdMs ? before.box : undefined;
}
