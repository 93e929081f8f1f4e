import type { FootageGap } from "../../messages/recorder.ts";
import type { TimeRange } from "../../store/read.ts";
import { wallTime } from "../../kernel/time.ts";

/** A shorter hole is not told: the next picture was not due, or one was lost. ms */
const shortestGapMs = 250;

/**
 * What is really missing, with its reason: the known outages without the time of which there is footage all the same.
 * Neighbours with the same reason are one.
 */
export function gapsBeside(
  outages: readonly FootageGap[],
  footage: readonly TimeRange[],
  range: TimeRange,
): FootageGap[] {
  const covers = [...footage].sort((a, b) => a.from - b.from);
  const gaps: { from: number; to: number; reason: string }[] = [];
  let next = 0;
  let covered = -Infinity;
  for (const outage of [...outages].sort((a, b) => a.from - b.from)) {
    let at = Math.max(outage.from, range.from, gaps.at(-1)?.to ?? 0);
    const end = Math.min(outage.to, range.to);
    // each piece of footage is looked at for the outages that it lies in, not for all of them
    for (; (covers[next]?.from ?? Infinity) <= at; next++) covered = Math.max(covered, covers[next]?.to ?? covered);
    at = Math.max(at, covered);
    for (let i = next; at < end; i++) {
      const cover = covers[i] ?? { from: end, to: end };
      const to = Math.min(cover.from, end);
      if (to - at >= shortestGapMs) addGap(gaps, { from: at, to, reason: outage.reason });
      at = Math.max(at, to, cover.to);
    }
  }
  return gaps.map(({ from, to, reason }) => ({ from: wallTime(from), to: wallTime(to), reason }));
}

function addGap(
  gaps: { from: number; to: number; reason: string }[],
  gap: { from: number; to: number; reason: string },
): void {
  const last = gaps.at(-1);
  if (last?.reason === gap.reason && gap.from - last.to < shortestGapMs) last.to = gap.to;
  else gaps.push(gap);
}
