import type { SampleTable } from "./types.ts";

/** A table of `count` samples, all zero. */
export const emptyTable = (count: number): SampleTable => ({
  count,
  offset: new Float64Array(count),
  size: new Uint32Array(count),
  dts: new Float64Array(count),
  duration: new Uint32Array(count),
  cts: new Int32Array(count),
  key: new Uint8Array(count),
});

/** The tables of a segment's fragments as one. */
export function joinTables(tables: readonly SampleTable[]): SampleTable {
  const joined = emptyTable(tables.reduce((sum, table) => sum + table.count, 0));
  let at = 0;
  for (const table of tables) {
    joined.offset.set(table.offset, at);
    joined.size.set(table.size, at);
    joined.dts.set(table.dts, at);
    joined.duration.set(table.duration, at);
    joined.cts.set(table.cts, at);
    joined.key.set(table.key, at);
    at += table.count;
  }
  return joined;
}

/** The first sample with dts ≥ `ticks`, or `count`. */
export function firstAtOrAfter(table: SampleTable, ticks: number): number {
  let low = 0;
  let high = table.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table.dts[middle] ?? 0) < ticks) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The next key sample at `from` or behind it, or `count`. */
export function nextKey(table: SampleTable, from: number): number {
  let i = from;
  while (i < table.count && table.key[i] !== 1) i++;
  return i;
}

/** Where sample `i` ends in decode time. */
export const endOf = (table: SampleTable, i: number): number => (table.dts[i] ?? 0) + (table.duration[i] ?? 0);
