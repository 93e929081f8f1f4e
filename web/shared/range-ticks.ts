/** Ticking a run of boxes at once, as lists of files do. Pure. */

/**
 * The ticks after box `now` was turned `on` or off: with `from`, the box pressed before, all boxes between the two
 * become as it is. In the order of `values`.
 */
export function rangeTicks(
  values: readonly string[],
  ticked: readonly string[],
  press: { readonly now: string; readonly on: boolean; readonly from?: string | undefined },
): readonly string[] {
  const ends = [values.indexOf(press.from ?? press.now), values.indexOf(press.now)];
  const [first, last] = ends.includes(-1) ? [ends[1] ?? -1, ends[1] ?? -1] : [Math.min(...ends), Math.max(...ends)];
  return values.filter((value, at) => (at >= first && at <= last ? press.on : ticked.includes(value)));
}
