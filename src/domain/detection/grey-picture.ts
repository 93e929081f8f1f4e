/** The small grey picture that the stages look at, and how like a block of it is to what was there before. Pure. */
import { analysedWidth } from "./motion-grid.ts";

/** Grey levels, `analysedWidth` × `analysedHeight`, row by row. */
export type GreyPicture = Uint8Array;

/** What is known of one square block of a picture and of what is usual there; levels and their standard deviations. */
export interface BlockPair {
  readonly now: number;
  readonly was: number;
  readonly deviationNow: number;
  readonly deviationWas: number;
  /** −1 … 1: normalised cross-correlation, which knows neither brightness nor contrast; 0 where one of them is even. */
  readonly alike: number;
}

/**
 * @param first index of the block's upper left pixel
 * @param side of the block, pixels
 */
export function blockPair(picture: GreyPicture, usual: Float32Array, first: number, side: number): BlockPair {
  let [now, was, squareNow, squareWas, product] = [0, 0, 0, 0, 0];
  for (let y = 0; y < side; y++) {
    const row = first + y * analysedWidth;
    for (let at = row; at < row + side; at++) {
      const a = picture[at] ?? 0;
      const b = usual[at] ?? 0;
      now += a;
      was += b;
      squareNow += a * a;
      squareWas += b * b;
      product += a * b;
    }
  }
  const of = side * side;
  const deviationNow = Math.sqrt(Math.max(0, squareNow / of - (now / of) ** 2));
  const deviationWas = Math.sqrt(Math.max(0, squareWas / of - (was / of) ** 2));
  const both = deviationNow * deviationWas;
  const alike = both === 0 ? 0 : (product / of - (now / of) * (was / of)) / both;
  return { now: now / of, was: was / of, deviationNow, deviationWas, alike };
}
