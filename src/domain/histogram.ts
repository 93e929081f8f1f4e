/** Cumulative counts up to each bound, as Prometheus keeps them; `count` has those beyond the last bound too. */
export interface CumulativeHistogram {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly count: number;
}

/**
 * The smallest bound that `share` (0–1) of what was counted does not exceed. `undefined` when nothing was counted,
 * `Infinity` when it lies beyond the last bound.
 */
export function percentileBound({ bounds, counts, count }: CumulativeHistogram, share: number): number | undefined {
  if (count === 0) return undefined;
  const wanted = Math.ceil(count * share);
  const index = counts.findIndex((upTo) => upTo >= wanted);
  return index < 0 ? Infinity : bounds[index];
}

/** How many fell between each bound and the one before it, and at last beyond all of them. */
export function perBucket({ bounds, counts, count }: CumulativeHistogram): readonly { upTo: number; count: number }[] {
  const inside = bounds.map((upTo, index) => ({ upTo, count: (counts[index] ?? 0) - (counts[index - 1] ?? 0) }));
  return [...inside, { upTo: Infinity, count: count - (counts.at(-1) ?? 0) }];
}
