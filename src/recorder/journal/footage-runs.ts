import { join } from "node:path";
import { instant, type Clock, type Instant, type WallTime } from "../../kernel/time.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import { errorCode, type Files } from "../ports.ts";
import { longestPauseMs, type Run } from "../recording/coverage.ts";
import { fragmentFlag } from "../recording/segment-format.ts";
import { scanSegment, type ScannedFragment, type ScannedSegment } from "./scan-segment.ts";

/** Two files of one recording lie closer together than this. */
const betweenFilesMs = 500;

/**
 * What some segments hold, as runs on this boot's clock: footage of another boot is placed by its wall times.
 * The rows are in order; a file that can't be read holds nothing.
 */
export async function runsOnDisk(
  files: Files,
  root: string,
  rows: readonly SegmentRow[],
  clock: Clock,
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const row of rows) {
    if (!row.trusted) continue;
    const scanned = await scanOrGone(files, join(root, row.path));
    if (scanned === undefined) continue;
    const here = scanned.header.bootId === clock.bootId;
    const place = (at: Instant, wall: WallTime): Instant => (here ? at : instant(clock.now() - (clock.wall() - wall)));
    let limit = betweenFilesMs;
    for (const fragment of scanned.fragments) {
      runs.push(runOf(fragment, place, runs.at(-1), limit));
      limit = longestPauseMs;
    }
  }
  return runs;
}

/** The cleaner may have been faster. */
async function scanOrGone(files: Files, path: string): Promise<ScannedSegment | undefined> {
  try {
    return await scanSegment(files, path, false);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function runOf(
  fragment: ScannedFragment,
  place: (at: Instant, wall: WallTime) => Instant,
  previous: Run | undefined,
  limit: number,
): Run {
  const from = place(fragment.firstArrival, fragment.firstWall);
  const to = place(fragment.lastArrival, fragment.lastWall);
  const pause = previous === undefined ? Infinity : from - previous.to;
  return {
    from,
    to,
    fromWall: fragment.firstWall,
    toWall: fragment.lastWall,
    // arrivals inside a fragment are not written down: its media time stands for them
    keys: fragment.keysAfterMs.map((ms) => instant(Math.min(from + ms, to))),
    joins: pause <= limit && (fragment.flags & fragmentFlag.afterLoss) === 0,
  };
}
