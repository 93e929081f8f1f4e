/**
 * What the sizes of a stream's access units tell without decoding any: how far the last second stands out from what is
 * usual at the same places of the group of pictures. Where nothing moves, a picture coded from the one before is its
 * noise alone; what moves has to be coded besides. Pure; keeps its own memory.
 */

/** An access unit that is not a key one. */
export interface UnitSize {
  /** What it is coded from decides how large it is: how many after the key unit, and of which kind (B or P). */
  readonly place: number;
  /** Bytes. */
  readonly size: number;
  /** When it arrived, ms. */
  readonly at: number;
}

export interface UnitSizes {
  /**
   * Takes the next unit. How many spreads the last second is larger than usual; undefined where it is not known what is
   * usual.
   */
  next(unit: UnitSize): number | undefined;
  /** A picture of this time shows whether anything changed since the last one: if not, what came until then was usual. */
  told(quiet: boolean, at: number): void;
}

/** Units of a place before it is known what is usual, and how many of the newest make it. */
const least = 8;
const memory = 24;
/** A single unit tells no more than this, spreads: over several, none of them decides. */
const most = 10;
const fewest = -2;
/** By so much more a single unit has to stand out than a second of them. */
const alone = 1.5;
const windowMs = 1000;
/** No spread is less: part of the size, and bytes. */
const leastSpread = { part: 0.02, bytes: 8 } as const;
/** Units that wait for a picture to tell of them. */
const mostWaiting = 512;

/** What is usual at one place. */
interface Usual {
  /** Of the newest quiet ones, in the order in which they came. */
  readonly sizes: number[];
  middle: number;
  spread: number;
}

export function createUnitSizes(): UnitSizes {
  const places = new Map<number, Usual>();
  let waiting: UnitSize[] = [];
  let recent: { readonly at: number; readonly over: number }[] = [];
  return {
    next(unit) {
      if (waiting.length < mostWaiting) waiting.push(unit);
      recent = recent.filter(({ at }) => at <= unit.at && unit.at - at < windowMs);
      const usual = places.get(unit.place);
      if (usual === undefined || usual.sizes.length < least) return undefined;
      const over = Math.min(most, Math.max(fewest, (unit.size - usual.middle) / spreadOf(usual)));
      recent.push({ at: unit.at, over });
      const sum = recent.reduce((all, one) => all + one.over, 0);
      return Math.max(over - alone, sum / Math.sqrt(recent.length));
    },
    told(quiet, at) {
      if (quiet) for (const unit of waiting) if (unit.at <= at) learn(places, unit);
      waiting = waiting.filter((unit) => unit.at > at);
    },
  };
}

const spreadOf = ({ middle, spread }: Usual): number => Math.max(spread, middle * leastSpread.part + leastSpread.bytes);

/**
 * By the smaller ones alone: what moves too little to be found (a tree, somebody far away) makes units larger, for half
 * of the time even, and is not taken for usual. Of a normal distribution the 10th and the 40th percent lie 1.03
 * standard deviations apart, and the latter 0.25 below the middle.
 */
function learn(places: Map<number, Usual>, { place, size }: UnitSize): void {
  const usual = places.get(place) ?? { sizes: [], middle: size, spread: 0 };
  places.set(place, usual);
  usual.sizes.push(size);
  if (usual.sizes.length > memory) usual.sizes.shift();
  const sorted = [...usual.sizes].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * sorted.length)] ?? size;
  usual.spread = (at(0.4) - at(0.1)) / 1.03;
  usual.middle = at(0.4) + 0.25 * usual.spread;
}
