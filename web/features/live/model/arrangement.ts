/** Which channel stands where on the live page. Pure values; 0 is an empty place. */
import type { ViewLayout } from "../../../../src/domain/site-config.ts";

export interface Arrangement {
  readonly layout: ViewLayout;
  /** Channel of each place, row by row, page after page. */
  readonly places: readonly number[];
}

export const layouts: readonly ViewLayout[] = ["auto", 1, 4, 9, 16];
const sizes = [1, 4, 9, 16] as const;
export type Size = (typeof sizes)[number];

/** Places of one page: what is set, or as few as hold all, 16 at most. */
export function sizeOf({ layout, places }: Arrangement): Size {
  if (layout !== "auto") return layout;
  const used = trimmed(places).length;
  return sizes.find((size) => size >= used) ?? 16;
}

export const pagesOf = (arrangement: Arrangement): number =>
  Math.max(1, Math.ceil(trimmed(arrangement.places).length / sizeOf(arrangement)));

/** The places of one page; of a fixed layout all of them, empty ones too. */
export function pageOf(arrangement: Arrangement, page: number): readonly number[] {
  const size = sizeOf(arrangement);
  if (arrangement.layout === "auto") return trimmed(arrangement.places).slice(page * size, (page + 1) * size);
  return Array.from({ length: size }, (_, index) => arrangement.places[page * size + index] ?? 0);
}

/** Every channel in the order of its number. */
export const arrangeAll = (channels: readonly number[], layout: ViewLayout = "auto"): Arrangement => ({
  layout,
  places: [...channels].sort((a, b) => a - b),
});

/** A saved arrangement as far as its channels still are there. */
export const known = (arrangement: Arrangement, channels: readonly number[]): Arrangement => ({
  ...arrangement,
  places: arrangement.places.map((channel) => (channels.includes(channel) ? channel : 0)),
});

/** The channels of two places change seats. */
export function swap(arrangement: Arrangement, from: number, to: number): Arrangement {
  if (from === to || from < 0 || to < 0) return arrangement;
  const places = padded(arrangement.places, Math.max(from, to) + 1);
  const moved = places.with(from, places[to] ?? 0).with(to, places[from] ?? 0);
  return { ...arrangement, places: trimmed(moved) };
}

/** Puts a channel into a place (0 empties it); a channel that stands elsewhere changes seats with what was there. */
export function choose(arrangement: Arrangement, place: number, channel: number): Arrangement {
  const elsewhere = channel === 0 ? -1 : arrangement.places.indexOf(channel);
  if (elsewhere >= 0) return swap(arrangement, elsewhere, place);
  const places = padded(arrangement.places, place + 1).with(place, channel);
  return { ...arrangement, places: trimmed(places) };
}

export const same = (a: Arrangement, b: Arrangement): boolean =>
  a.layout === b.layout && trimmed(a.places).join() === trimmed(b.places).join();

export type Direction = "left" | "right" | "up" | "down";

/** The place beside one on a page; undefined at the border. */
export function beside(size: Size, place: number, direction: Direction): number | undefined {
  const side = Math.sqrt(size);
  const [row, column] = [Math.floor(place / side), place % side];
  const next = {
    left: column > 0 ? place - 1 : undefined,
    right: column < side - 1 ? place + 1 : undefined,
    up: row > 0 ? place - side : undefined,
    down: row < side - 1 ? place + side : undefined,
  }[direction];
  return next;
}

const padded = (places: readonly number[], length: number): readonly number[] =>
  places.length >= length ? places : [...places, ...Array<number>(length - places.length).fill(0)];

function trimmed(places: readonly number[]): readonly number[] {
  return places.slice(0, places.findLastIndex((channel) => channel !== 0) + 1);
}
