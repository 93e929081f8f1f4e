/** A timeline with more runs than a picture has room for: how much of each part of it was recorded. Pure. */

export interface TimelineCell {
  /** Counts parts of one length since 1970. */
  readonly cell: number;
  /** Recorded of it, ms. */
  readonly covered: number;
}

export interface CellRun {
  readonly from: number;
  readonly to: number;
  /** How much of it was recorded, 0 to 1. */
  readonly share: number;
}

/** Neighbours whose shares differ by less are drawn as one; what is whole, and what is not, stay apart. */
const sameShare = 0.01;
const wholeShare = 0.9999;

/**
 * Cells, in their order, as runs of equal share; the outermost ones begin and end where the footage does. A cell of
 * which nothing was recorded is in no run, one of which anything is missing in none that says "all".
 */
export function runsOfCells(
  cells: readonly TimelineCell[],
  cellMs: number,
  bounds: { readonly from: number; readonly to: number },
): CellRun[] {
  const runs: CellRun[] = [];
  for (const { cell, covered } of cells) {
    const from = Math.max(bounds.from, cell * cellMs);
    const to = Math.min(bounds.to, (cell + 1) * cellMs);
    if (!(to > from) || covered <= 0) continue;
    const share = Math.min(1, covered / (to - from));
    const last = runs.at(-1);
    if (last?.to !== from || !isLike(last.share, share)) runs.push({ from, to, share });
    else runs[runs.length - 1] = { from: last.from, to, share: joint(last, { from, to, share }) };
  }
  return runs;
}

const isLike = (a: number, b: number): boolean => a >= wholeShare === b >= wholeShare && Math.abs(a - b) < sameShare;

const joint = (a: CellRun, b: CellRun): number =>
  (a.share * (a.to - a.from) + b.share * (b.to - b.from)) / (b.to - a.from);
