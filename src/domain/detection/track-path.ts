/**
 * The way of an object through the picture, in as few points as tell it: between two points it went straight on, as far
 * as `tolerance` of its size. Pure; the opening window of Keogh et al. ("An Online Algorithm for Segmenting Time
 * Series", ICDM 2001).
 */
import type { ObjectBox } from "./objects.ts";

/** Where it was at a time, ms on any clock. */
export interface PathStep {
  readonly at: number;
  readonly box: ObjectBox;
}

/** Points of one way are no farther apart than this while it is seen, ms. */
export const longestStepMs = 2000;
/** Between points farther apart than this nobody saw it, ms. */
export const unseenMs = 3000;

/** Of the longer side of the box, and of the picture at least. */
const tolerance = { ofBox: 0.06, ofPicture: 0.004 } as const;

export interface PathThinner {
  /** The next place, later than the one before; gives the points that are needed by now, none twice. */
  add(step: PathStep): readonly PathStep[];
  /** The newest place as a point as well, where it was not given yet: what is written ends there. */
  flush(): readonly PathStep[];
}

export function createPathThinner(): PathThinner {
  let last: PathStep | undefined;
  let between: PathStep[] = [];
  return {
    add(step) {
      if (last === undefined) {
        last = step;
        return [step];
      }
      const from = last;
      const before = between.at(-1);
      const isNeeded = step.at - from.at > longestStepMs || between.some((one) => isOff(one, from, step));
      if (!isNeeded || before === undefined) {
        between.push(step);
        return [];
      }
      last = before;
      between = [step];
      return [before];
    },
    flush() {
      const newest = between.at(-1);
      if (newest === undefined) return [];
      last = newest;
      between = [];
      return [newest];
    },
  };
}

/** Where it was between two points. */
export function boxBetween(from: PathStep, to: PathStep, at: number): ObjectBox {
  const part = to.at <= from.at ? 0 : Math.max(0, Math.min(1, (at - from.at) / (to.at - from.at)));
  const mix = (a: number, b: number): number => a + (b - a) * part;
  return {
    x: mix(from.box.x, to.box.x),
    y: mix(from.box.y, to.box.y),
    width: mix(from.box.width, to.box.width),
    height: mix(from.box.height, to.box.height),
  };
}

function isOff({ at, box }: PathStep, from: PathStep, to: PathStep): boolean {
  const straight = boxBetween(from, to, at);
  const most = Math.max(tolerance.ofPicture, tolerance.ofBox * Math.max(box.width, box.height));
  return (["x", "y", "width", "height"] as const).some((side) => Math.abs(box[side] - straight[side]) > most);
}
