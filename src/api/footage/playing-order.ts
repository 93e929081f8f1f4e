import type { SegmentRow } from "../../messages/recorder.ts";

type Row = Pick<SegmentRow, "bootId" | "startInstant" | "startWall" | "endWall">;

/** Neighbours of one recording may overlap by this, because their places on the wall clock are corrected, ms. */
const correctionMs = 500;

/**
 * The order in which segments are played: runs by the wall clock, and inside a run as it was recorded (boot, instant). A
 * new run begins where the clock was set back: times that are there twice are played one run after the other, so that
 * neither is torn to pieces by the other.
 */
export function inPlayingOrder<R extends Row>(rows: readonly R[]): R[] {
  const boots = new Set(rows.map(({ bootId }) => bootId));
  const runs = [...boots].flatMap((boot) => runsOfBoot(rows.filter(({ bootId }) => bootId === boot)));
  return runs.sort((a, b) => startOf(a) - startOf(b)).flat();
}

const startOf = ([first]: readonly Row[]): number => first?.startWall ?? 0;

function runsOfBoot<R extends Row>(rows: readonly R[]): R[][] {
  const runs: R[][] = [];
  for (const row of rows.toSorted((a, b) => a.startInstant - b.startInstant)) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (before !== undefined && row.startWall >= before.endWall - correctionMs) run?.push(row);
    else runs.push([row]);
  }
  return runs;
}
