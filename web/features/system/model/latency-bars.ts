import { perBucket, type CumulativeHistogram } from "../../../../src/domain/histogram.ts";

export interface LatencyBar {
  /** Milliseconds; Infinity for what lies beyond the last bound. */
  readonly upTo: number;
  readonly count: number;
  /** Of the highest bar, 0–1. */
  readonly height: number;
}

/** Bars of the buckets from the first to the last that anything fell into, and one empty one on each side. */
export function latencyBars(histogram: CumulativeHistogram): readonly LatencyBar[] {
  const buckets = perBucket(histogram);
  const first = buckets.findIndex(({ count }) => count > 0);
  const last = buckets.findLastIndex(({ count }) => count > 0);
  if (first < 0) return [];
  const shown = buckets.slice(Math.max(0, first - 1), last + 2);
  const highest = Math.max(...shown.map(({ count }) => count));
  return shown.map(({ upTo, count }) => ({ upTo, count, height: count / highest }));
}
