import { join } from "node:path";
import { instant, type Clock, type Duration } from "../../kernel/time.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import { errorCode, type Files } from "../ports.ts";
import { longestPauseMs, type Run } from "../recording/coverage.ts";
import { fragmentFlag, type FragmentTrailer, type SegmentHeader } from "../recording/segment-format.ts";
import { scanSegment, type ScannedSegment } from "./scan-segment.ts";

/** Two files of one recording lie closer together than this. */
const betweenFilesMs = 500;

/** What is added to an instant of another boot to have it on this boot's clock; undefined where nobody knows. */
export type ShiftOf = (bootId: string) => Duration | undefined;

export interface FootagePlace {
  readonly files: Files;
  readonly root: string;
  readonly clock: Clock;
  readonly shiftOf: ShiftOf;
}

/**
 * What some segments hold, as runs on this boot's clock, by the arrivals that stand in them. The rows are in order; a
 * file that can't be read holds nothing.
 */
export async function runsOnDisk(
  { files, root, clock, shiftOf }: FootagePlace,
  rows: readonly SegmentRow[],
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const row of rows) {
    if (!row.trusted) continue;
    const scanned = await scanOrGone(files, join(root, row.path));
    if (scanned === undefined) continue;
    const shift = shiftOf(scanned.header.bootId) ?? shiftByWall(scanned.header, clock);
    let limit = betweenFilesMs;
    // sound alone shows nothing
    for (const fragment of scanned.fragments.filter(({ videoUnits }) => videoUnits > 0)) {
      runs.push(runOf(fragment, shift, runs.at(-1), limit));
      limit = longestPauseMs;
    }
  }
  return runs;
}

/** No journal tells of its boot: the time at which its first picture was taken says about where it lies. */
const shiftByWall = ({ startInstant, startWall }: SegmentHeader, clock: Clock): Duration =>
  clock.now() - (clock.wall() - startWall) - startInstant;

/** The cleaner may have been faster. */
async function scanOrGone(files: Files, path: string): Promise<ScannedSegment | undefined> {
  try {
    return await scanSegment(files, path, false);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function runOf(fragment: FragmentTrailer, shift: Duration, previous: Run | undefined, limit: number): Run {
  const from = instant(fragment.firstArrival + shift);
  const to = instant(fragment.lastArrival + shift);
  const pause = previous === undefined ? Infinity : from - previous.to;
  return {
    from,
    to,
    fromWall: fragment.firstWall,
    toWall: fragment.lastWall,
    keys: fragment.keyArrivals.map((at) => instant(at + shift)),
    joins: pause <= limit && (fragment.flags & fragmentFlag.afterLoss) === 0,
  };
}
