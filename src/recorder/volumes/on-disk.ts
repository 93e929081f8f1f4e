/** What the files of a channel hold, read from where they were recorded, or from their second copies. */
import { join } from "node:path";
import { momentOf, type Clock, type Instant } from "../../kernel/time.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import { runsOf, type ShiftOf } from "../journal/footage-runs.ts";
import { scanSegment, type ScannedSegment } from "../journal/scan-segment.ts";
import { errorCode, errorText, type Files } from "../ports.ts";
import type { Run } from "../recording/coverage.ts";
import { queuedFiles } from "./queued-files.ts";
import type { Volume } from "./volume-state.ts";

export interface OnDiskDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly shiftOf: ShiftOf;
  readonly volumes: readonly Volume[];
}

interface Found {
  readonly row: SegmentRow;
  readonly volume: Volume;
}

/**
 * Runs of a channel's main stream from `from` on, in their order. A file that is gone or can't be read is read from its
 * second copy; without one, what can't be read rejects and what is gone holds nothing.
 */
export async function channelOnDisk(deps: OnDiskDeps, channel: number, from: Instant): Promise<readonly Run[]> {
  const { clock, volumes } = deps;
  const recorded = volumes.filter(({ settings }) => settings.archive === undefined);
  const copied = volumes.filter(({ settings, ready }) => ready && settings.archive?.takes === "chosen");
  const now = momentOf(clock);
  const of = (volume: Volume): Found[] =>
    volume.index
      .touching(channel, from, now, deps.shiftOf)
      .filter(({ stream }) => stream === "main")
      .map((row) => ({ row, volume }));
  const originals = recorded.map(of);
  const known = new Set(originals.flat().map(({ row }) => row.id));
  const lonely = copied.map((volume) => of(volume).filter(({ row }) => !known.has(row.id)));
  const runs: Run[] = [];
  for (const group of [...originals, ...lonely]) {
    const scans = group.map((found) => ({
      trusted: found.row.trusted,
      scan: () => scan(deps.files, [found, ...copiesOf(found, copied)]),
    }));
    runs.push(...(await runsOf(scans, deps)));
  }
  runs.sort((a, b) => a.from - b.from);
  // from the key frame on that the footage at `from` needs
  const key = runs.findLastIndex((run) => run.keys.some((at) => at <= from));
  return runs.filter((run, i) => run.to >= from || (key >= 0 && i >= key));
}

const copiesOf = ({ row, volume }: Found, copied: readonly Volume[]): Found[] =>
  copied.flatMap((other) => {
    const copy = other === volume ? undefined : other.index.get(row.id);
    return copy === undefined ? [] : [{ row: copy, volume: other }];
  });

/** The first of the places that has the file and can read it. The cleaner may have been faster than all. */
async function scan(files: Files, places: readonly Found[]): Promise<ScannedSegment | undefined> {
  let failed: Error | undefined;
  for (const { row, volume } of places) {
    try {
      const queued = queuedFiles(files, (work) => volume.run(work));
      return await scanSegment(queued, join(volume.root, row.path), false);
    } catch (error) {
      if (errorCode(error) !== "ENOENT") failed ??= error instanceof Error ? error : new Error(errorText(error));
    }
  }
  if (failed !== undefined) throw failed;
  return undefined;
}
