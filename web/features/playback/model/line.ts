/** What a channel has to play, as far as the server was asked: media segments, and the time of every picture. Pure. */
import type { LineAnswer } from "../../../../src/contract/playback.ts";

type Init = LineAnswer["inits"][number];

export interface Slice extends Omit<LineAnswer["slices"][number], "init"> {
  readonly init: Init;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Line {
  /** In order, none twice. */
  readonly slices: readonly Slice[];
  /** Times of which it is known what is there; in order, disjoint. */
  readonly known: readonly Range[];
}

export const emptyLine: Line = { slices: [], known: [] };

/** So shortly before footage its first picture is shown: times are rounded on their way here. */
const nearMs = 100;

/** A hole as short as this is no gap: the picture before stands. */
const smallHoleMs = 1000;

/**
 * Takes an answer in. `settledTo`: what is later than this may still be written, so only what came is known of it.
 */
export function takeAnswer(line: Line, asked: Range, answer: LineAnswer, settledTo: number): Line {
  const taken = new Map(line.slices.map((slice) => [slice.from, slice]));
  let end = Math.min(asked.to, Math.max(settledTo, asked.from));
  for (const slice of answer.slices) {
    const init = answer.inits[slice.init];
    if (init === undefined) continue;
    const known = taken.get(slice.from);
    // a GOP that was still growing came shorter before
    if (known === undefined || known.to < slice.to) taken.set(slice.from, { ...slice, init });
    // behind a hole that may still be filled nothing is known yet
    if (slice.from - end <= smallHoleMs) end = Math.max(end, slice.to);
  }
  const slices = [...taken.values()].sort((a, b) => a.from - b.from);
  return { slices, known: joined([...line.known, { from: asked.from, to: end }]) };
}

function joined(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last !== undefined && range.from <= last.to)
      out[out.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else if (range.to > range.from) out.push(range);
  }
  return out;
}

export type Place =
  | { readonly kind: "footage"; readonly slice: Slice }
  | { readonly kind: "gap" }
  /** The server was not asked yet. */
  | { readonly kind: "unknown" };

/** What is there at a time. */
export function placeAt(line: Line, wall: number): Place {
  const slice = line.slices.findLast((one) => one.from <= wall);
  if (slice !== undefined && wall < slice.to) return { kind: "footage", slice };
  const next = line.slices.find((one) => one.from > wall);
  if (next !== undefined && next.from - wall <= nearMs) return { kind: "footage", slice: next };
  if (!line.known.some((range) => range.from <= wall && wall < range.to)) return { kind: "unknown" };
  const isHole = slice !== undefined && next !== undefined && next.from - slice.to <= smallHoleMs;
  return isHole ? { kind: "footage", slice } : { kind: "gap" };
}

/** The first stretch inside [from, to) that is not known yet. */
export function unknownIn(line: Line, { from, to }: Range): Range | undefined {
  let at = from;
  for (const range of line.known) {
    if (range.from > at) break;
    at = Math.max(at, range.to);
  }
  if (at >= to) return undefined;
  const next = line.known.find((range) => range.from > at);
  return { from: at, to: Math.min(to, next?.from ?? to) };
}

/**
 * The first stretch inside [from, to) of which it is known that nothing is there: asked for again where that may be
 * outdated, because footage comes to the list some seconds after it was seen, later on a busy machine.
 */
export function emptyIn(line: Line, { from, to }: Range): Range | undefined {
  for (const known of line.known) {
    let at = Math.max(from, known.from);
    const end = Math.min(to, known.to);
    for (const slice of slicesIn(line, { from: at, to: end })) {
      if (slice.from - at > smallHoleMs) return { from: at, to: slice.from };
      at = Math.max(at, slice.to);
    }
    if (end - at > smallHoleMs) return { from: at, to: end };
  }
  return undefined;
}

/** Slices that reach into [from, to). */
export const slicesIn = (line: Line, { from, to }: Range): Slice[] =>
  line.slices.filter((slice) => slice.from < to && slice.to > from);

/** When the picture after, or before, the one that is shown at `wall` is shown; undefined when it is not known here. */
export function pictureBeside(line: Line, wall: number, direction: 1 | -1): number | undefined {
  const times = line.slices.flatMap((slice) =>
    Math.abs(slice.from - wall) > 120_000 ? [] : slice.pictures.map((picture) => slice.from + picture),
  );
  // the picture that is shown began at the last of these
  const shown = times.findLastIndex((time) => time <= wall + roundingMs);
  return direction === 1 ? times[shown + 1] : shown > 0 ? times[shown - 1] : undefined;
}

/** Times come in fractions of a millisecond, and go through a player that has its own. */
const roundingMs = 0.5;

/** Forgets what is far from the position, so that a day of watching takes no more than a minute of it. */
export function forgetFar(line: Line, keep: Range): Line {
  if (line.slices.length < 600) return line;
  return {
    slices: slicesIn(line, keep),
    known: line.known.flatMap(({ from, to }) =>
      from < keep.to && to > keep.from ? [{ from: Math.max(from, keep.from), to: Math.min(to, keep.to) }] : [],
    ),
  };
}
