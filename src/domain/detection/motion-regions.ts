/** From what moved in a picture to the named regions of a camera: is it enough, and for how long does it count? */
import { cells, cellsOfHex, largestGroup, noCells, type CellMap } from "./motion-grid.ts";
import type { MotionRegion } from "./settings.ts";

export interface RegionRule {
  readonly cells: CellMap;
  /** 0–100. */
  readonly sensitivity: number;
  /** 0–100, on the scale of `RegionMotion.percent`. */
  readonly threshold: number;
  /** Cells that one moving thing has at least. */
  readonly leastCells: number;
}

export interface RegionMotion {
  readonly moves: boolean;
  /**
   * How large what moves is beside the region, 0–100: percent of its side, so the root of the share of its cells. What
   * the meter beside the threshold shows; a tenth of the width and height is 10.
   */
  readonly percent: number;
}

/** A region as set. Cells that can't be read watch nothing: the configuration is checked before. */
export function ruleOf(region: MotionRegion): RegionRule {
  const map = cellsOfHex(region.cells) ?? noCells();
  const watched = map.reduce((sum, cell) => sum + cell, 0);
  // two cells against single ones that flicker; a region of three cells or fewer is drawn for something small
  const usual = watched < 4 ? 1 : 2;
  const leastCells = Math.min(region.leastCells ?? usual, Math.max(1, watched));
  return { cells: map, sensitivity: region.sensitivity, threshold: region.threshold, leastCells };
}

/** The share of a cell that has to move, of 255: at sensitivity 100 a single pixel, at 0 nearly all of it. */
export const cellNeeds = (sensitivity: number): number =>
  Math.max(1, Math.round(((100 - sensitivity) / 100) ** 1.5 * 250));

/** Whether a region moves: so much of it as its threshold says, and at least one group of so many cells. */
export function motionIn(rule: RegionRule, strength: Uint8Array): RegionMotion {
  const need = cellNeeds(rule.sensitivity);
  const active = noCells();
  let [watched, count] = [0, 0];
  for (let cell = 0; cell < cells; cell++) {
    if (rule.cells[cell] !== 1) continue;
    watched++;
    if ((strength[cell] ?? 0) < need) continue;
    active[cell] = 1;
    count++;
  }
  if (count === 0) return { moves: false, percent: 0 };
  const percent = Math.sqrt(count / watched) * 100;
  return { moves: percent >= rule.threshold && largestGroup(active) >= rule.leastCells, percent };
}

/** Anti-dither: what moved last counts as moving for so long after it. */
export interface HeldMotion {
  /** The contact of the region. */
  readonly closed: boolean;
  /** When something moved last, ms on the clock of the pictures; undefined: never. */
  readonly last: number | undefined;
}

export const atRest: HeldMotion = { closed: false, last: undefined };

/** @param holdMs how long a region stays in motion after nothing moves in it any more */
export function holdMotion(held: HeldMotion, moves: boolean, at: number, holdMs: number): HeldMotion {
  if (moves) return { closed: true, last: at };
  if (!held.closed || held.last === undefined || at - held.last < holdMs) return held;
  return { closed: false, last: held.last };
}
