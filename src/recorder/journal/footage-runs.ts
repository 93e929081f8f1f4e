import { instant, type Clock, type Duration } from "../../kernel/time.ts";
import { longestPauseMs, type Run } from "../recording/coverage.ts";
import { fragmentFlag, type FragmentTrailer, type SegmentHeader } from "../recording/segment-format.ts";
import type { ScannedSegment } from "./scan-segment.ts";

/** Two files of one recording lie closer together than this. */
const betweenFilesMs = 500;

/** What is added to an instant of another boot to have it on this boot's clock; undefined where nobody knows. */
export type ShiftOf = (bootId: string) => Duration | undefined;

export interface RunsDeps {
  readonly clock: Clock;
  readonly shiftOf: ShiftOf;
}

/** A segment that is read when its turn comes; nothing: it is gone. */
export interface ToScan {
  readonly trusted: boolean;
  scan(): Promise<ScannedSegment | undefined>;
}

/** What some segments hold, as runs on this boot's clock, by the arrivals that stand in them. They are in order. */
export async function runsOf(segments: readonly ToScan[], { clock, shiftOf }: RunsDeps): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const segment of segments) {
    if (!segment.trusted) continue;
    const scanned = await segment.scan();
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
