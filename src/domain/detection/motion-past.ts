/** What the records of the past say of a stretch of time: how much moved when, and when it moved in some cells. */
import { packedBytes } from "./motion-grid.ts";

/** How much moved in a step: 1–255, the largest of its seconds. */
export type MotionStep = number;
/** It was watched for some of the step at least, and nothing moved. */
export const still: MotionStep = 0;
/** Nobody looked: that is not quiet. */
export const unwatched: MotionStep = -1;

/** Steps of equal length from a time on, ms since 1970. */
export interface MotionSteps {
  readonly from: number;
  readonly stepMs: number;
  readonly steps: Int16Array;
}

/** `count` steps of which nothing is known yet. */
export const newSteps = (from: number, stepMs: number, count: number): MotionSteps => ({
  from,
  stepMs,
  steps: new Int16Array(count).fill(unwatched),
});

/** Something moved in the second that begins at `wall`. */
export function addMoved({ from, stepMs, steps }: MotionSteps, wall: number, intensity: number): void {
  raise(steps, Math.floor((wall - from) / stepMs), intensity);
}

/** It was watched from `start` to before `end`. */
export function addWatched({ from, stepMs, steps }: MotionSteps, start: number, end: number): void {
  const last = Math.min(steps.length - 1, Math.ceil((end - from) / stepMs) - 1);
  for (let step = Math.max(0, Math.floor((start - from) / stepMs)); step <= last; step++) raise(steps, step, still);
}

function raise(steps: Int16Array, step: number, to: number): void {
  const now = steps[step];
  if (now !== undefined && now < to) steps[step] = to;
}

/** A stretch in which it moved in the cells that are searched, ms since 1970. */
export interface MotionRun {
  readonly from: number;
  readonly to: number;
  /** Its second with the most motion, which says how strong it is: percent of the cells that are searched. */
  readonly at: number;
  readonly strength: number;
}

export interface MotionSearch {
  /** A second in which something moved: its cells, a bit each (`packCells`), from `offset` of these bytes on. */
  look(wall: number, bytes: Uint8Array, offset: number): void;
  /** Bytes of records that were compared so far. */
  readonly compared: () => number;
  /** In their order; seconds that are no farther apart than `joinMs` are one. */
  readonly runs: (joinMs: number) => MotionRun[];
}

const secondMs = 1000;

/** How many bits of a byte are set. */
const bits = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
});

/**
 * Looks for motion in some cells, a second at a time: as many bytes are compared as the chosen cells lie in, whatever
 * the record holds.
 *
 * @param packed the cells, a bit each (`packCells`)
 */
export function searchMotion(packed: Uint8Array): MotionSearch {
  const places: number[] = [];
  const masks: number[] = [];
  let chosen = 0;
  for (let at = 0; at < packedBytes; at++) {
    const mask = packed[at] ?? 0;
    if (mask === 0) continue;
    places.push(at);
    masks.push(mask);
    chosen += bits[mask] ?? 0;
  }
  const walls: number[] = [];
  const counts: number[] = [];
  let compared = 0;
  let isOrdered = true;
  return {
    look(wall, bytes, offset) {
      let count = 0;
      for (let i = 0; i < places.length; i++)
        count += bits[(bytes[offset + (places[i] ?? 0)] ?? 0) & (masks[i] ?? 0)] ?? 0;
      compared += places.length;
      if (count === 0) return;
      if (wall < (walls.at(-1) ?? -Infinity)) isOrdered = false;
      walls.push(wall);
      counts.push(count);
    },
    compared: () => compared,
    runs(joinMs) {
      const order = walls.map((_, index) => index);
      // the clock was set back
      if (!isOrdered) order.sort((a, b) => (walls[a] ?? 0) - (walls[b] ?? 0));
      const runs: { from: number; to: number; at: number; strength: number }[] = [];
      for (const index of order) {
        const wall = walls[index] ?? 0;
        const strength = Math.round(((counts[index] ?? 0) / chosen) * 100);
        const last = runs.at(-1);
        if (last === undefined || wall - last.to > joinMs)
          runs.push({ from: wall, to: wall + secondMs, at: wall, strength });
        else {
          last.to = Math.max(last.to, wall + secondMs);
          if (strength > last.strength) [last.at, last.strength] = [wall, strength];
        }
      }
      return runs;
    },
  };
}

/** At most so many runs: where there are more, those that are near each other are one, farther and farther apart. */
export function fewRuns(
  search: Pick<MotionSearch, "runs">,
  joinMs: number,
  most: number,
): { readonly runs: readonly MotionRun[]; readonly joinMs: number } {
  for (let wide = joinMs; ; wide *= 2) {
    const runs = search.runs(wide);
    if (runs.length <= most) return { runs, joinMs: wide };
  }
}
