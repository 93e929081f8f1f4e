/**
 * Which of the followed objects move themselves: the cells of motion under the box say so, and a vehicle has to have left
 * its place as well, for somebody who walks past a parked van moves cells under the van's box. Pure.
 */
import { columns, rows, type CellMap } from "./motion-grid.ts";
import { targetClassOf, type ObjectBox, type TrackedObject } from "./objects.ts";

/** So much of the cells under a box has to move. */
const leastShare = 0.25;
/** How far a vehicle has to have come, parts of its width or height, whichever is more. */
const leastWay = 0.2;
/** An object that was not seen for so long is forgotten, ms. */
const rememberedMs = 10_000;
const mostRemembered = 100;

export interface TrackMotion {
  readonly track: number;
  /** Its middle when it was first seen. */
  readonly from: { readonly x: number; readonly y: number };
  readonly seenAt: number;
  /** When it last moved itself. */
  readonly movedAt?: number;
}

/** One picture that was looked at for objects. Those that move in it have its time as `movedAt`. */
export function stepTrackMotion(
  state: readonly TrackMotion[],
  tracked: readonly TrackedObject[],
  moving: CellMap,
  at: number,
): readonly TrackMotion[] {
  const known = new Map(state.filter(({ seenAt }) => at - seenAt <= rememberedMs).map((one) => [one.track, one]));
  for (const object of tracked) {
    const before = known.get(object.track) ?? { track: object.track, from: middleOf(object.box) };
    const moves = isOnTheMove(object, before.from, moving) ? { movedAt: at } : {};
    known.set(object.track, { ...before, ...moves, seenAt: at });
  }
  return [...known.values()].slice(-mostRemembered);
}

/** Numbers of those that moved themselves within the last `ms`. */
export const movedWithin = (state: readonly TrackMotion[], at: number, ms: number): ReadonlySet<number> =>
  new Set(state.filter(({ movedAt }) => movedAt !== undefined && at - movedAt <= ms).map(({ track }) => track));

function isOnTheMove({ box, label }: TrackedObject, from: TrackMotion["from"], moving: CellMap): boolean {
  if (movingShare(box, moving) < leastShare) return false;
  if (targetClassOf(label) !== "vehicle") return true;
  const { x, y } = middleOf(box);
  return Math.max(Math.abs(x - from.x) / box.width, Math.abs(y - from.y) / box.height) >= leastWay;
}

const middleOf = (box: ObjectBox): TrackMotion["from"] => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** Share of the cells under the box that move, 0–1; at least the cell that its middle is in. */
export function movingShare(box: ObjectBox, moving: CellMap): number {
  const [left, right] = rangeOf(box.x, box.width, columns);
  const [top, bottom] = rangeOf(box.y, box.height, rows);
  let [count, active] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      count++;
      if ((moving[y * columns + x] ?? 0) > 0) active++;
    }
  }
  return count === 0 ? 0 : active / count;
}

function rangeOf(from: number, length: number, count: number): readonly [first: number, end: number] {
  const first = Math.max(0, Math.round(from * count));
  const end = Math.min(count, Math.round((from + length) * count));
  const middle = Math.min(count - 1, Math.floor((from + length / 2) * count));
  return end > first ? [first, end] : [middle, middle + 1];
}
