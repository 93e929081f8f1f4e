/**
 * How like a picture is to what the camera usually shows, whatever the light: block by block by normalised
 * cross-correlation, which knows neither brightness nor contrast; and how sharp it is beside before, by the energy of
 * its Laplacian over that of the picture, both without what the sensor's noise adds. Pure; keeps its own memory.
 */
import { blockPair, type BlockPair, type GreyPicture } from "./grey-picture.ts";
import { analysedHeight, analysedWidth } from "./motion-grid.ts";

export interface PictureMatch {
  /** Blocks of the usual picture, of `blocks`, that have a texture to compare. */
  readonly textured: number;
  /** Share of them that show the same, 0–1. */
  readonly alike: number;
  /** Share of them that lost their texture, 0–1. */
  readonly flat: number;
  /** −1 … 1: whether bright and dark lie where they did, over the whole picture. */
  readonly layout: number;
  /** How sharp it is beside what is usual; 1: the same. */
  readonly sharp: number;
}

export interface UsualPicture {
  /** Compares the next picture; undefined while too few have been taken in. */
  look(picture: GreyPicture): PictureMatch | undefined;
  /** Takes the picture that was looked at last in as one that is usual. */
  follow(): void;
  /** What is usual is learnt anew. */
  forget(): void;
}

const pixels = analysedWidth * analysedHeight;
/** Pixels of a block's side: so many that two textures are not alike by chance. */
const side = 16;
const across = analysedWidth / side;
export const blocks = across * (analysedHeight / side);
/** Pictures before there is something to compare with. */
const learnPictures = 8;
/** Standard deviation of a block, grey levels, from which on it has a texture; below the second it has lost it. */
const textureFrom = 6;
const flatBelow = 4;
/** Texture that correlates so well is the same. */
const sameTexture = 0.4;
/** The Laplacian [1 1 −4 1 1] makes so much of the variance of noise. */
const noiseGain = 20;

/** @param memory pictures over which what is usual is averaged */
export function createUsualPicture(memory: number): UsualPicture {
  const mean = new Float32Array(pixels);
  let before: GreyPicture | undefined;
  let newest: { readonly picture: GreyPicture; readonly sharp: number } | undefined;
  let usualSharp = 0;
  let taken = 0;
  /** Of the newest picture, beside the one before it. */
  const sharpness = (picture: GreyPicture): number =>
    sharpnessOf(picture, before === undefined ? 0 : noiseBetween(before, picture));
  return {
    look(picture) {
      const sharp = sharpness(picture);
      before = picture;
      newest = { picture, sharp };
      if (taken < learnPictures) return undefined;
      return { ...compareBlocks(picture, mean), sharp: usualSharp <= 0 ? 1 : sharp / usualSharp };
    },
    follow() {
      if (newest === undefined) return;
      const { picture, sharp } = newest;
      const rate = Math.max(1 / memory, 1 / (taken + 1));
      for (let at = 0; at < pixels; at++) mean[at] = (mean[at] ?? 0) + rate * ((picture[at] ?? 0) - (mean[at] ?? 0));
      usualSharp += rate * (sharp - usualSharp);
      taken++;
    },
    forget() {
      taken = 0;
      usualSharp = 0;
    },
  };
}

/** Variance of the sensor's noise: of the quietest quarter of the blocks, whose change is light and noise alone. */
function noiseBetween(before: GreyPicture, now: GreyPicture): number {
  const sums = new Float64Array(blocks);
  const squares = new Float64Array(blocks);
  for (let at = 0; at < pixels; at++) {
    const change = (now[at] ?? 0) - (before[at] ?? 0);
    const block = blockOf(at);
    sums[block] = (sums[block] ?? 0) + change;
    squares[block] = (squares[block] ?? 0) + change * change;
  }
  const of = side * side;
  const variances = squares.map((square, block) => square / of - ((sums[block] ?? 0) / of) ** 2);
  // the difference of two pictures has the noise of both
  return (variances.sort()[blocks >> 2] ?? 0) / 2;
}

const blockOf = (at: number): number =>
  Math.floor(at / analysedWidth / side) * across + Math.floor((at % analysedWidth) / side);

function sharpnessOf(picture: GreyPicture, noise: number): number {
  let [sum, square, edges] = [0, 0, 0];
  for (let y = 1; y < analysedHeight - 1; y++) {
    for (let x = 1; x < analysedWidth - 1; x++) {
      const at = y * analysedWidth + x;
      const here = picture[at] ?? 0;
      const around =
        (picture[at - 1] ?? 0) +
        (picture[at + 1] ?? 0) +
        (picture[at - analysedWidth] ?? 0) +
        (picture[at + analysedWidth] ?? 0);
      sum += here;
      square += here * here;
      edges += (around - 4 * here) ** 2;
    }
  }
  const of = (analysedWidth - 2) * (analysedHeight - 2);
  const variance = square / of - (sum / of) ** 2 - noise;
  return Math.max(0, edges / of - noiseGain * noise) / Math.max(1, variance);
}

const firstOf = (block: number): number => Math.floor(block / across) * side * analysedWidth + (block % across) * side;

function compareBlocks(picture: GreyPicture, mean: Float32Array): Omit<PictureMatch, "sharp"> {
  let [textured, alike, flat] = [0, 0, 0];
  const all = Array.from({ length: blocks }, (_, block) => blockPair(picture, mean, firstOf(block), side));
  for (const pair of all) {
    if (pair.deviationWas < textureFrom) continue;
    textured++;
    if (pair.alike >= sameTexture) alike++;
    else if (pair.deviationNow < Math.max(flatBelow, pair.deviationWas / 3)) flat++;
  }
  const of = Math.max(1, textured);
  return { textured, alike: alike / of, flat: flat / of, layout: layoutOf(all) };
}

/** Correlation of the blocks' means. */
function layoutOf(all: readonly BlockPair[]): number {
  const meanNow = all.reduce((sum, { now }) => sum + now, 0) / blocks;
  const meanWas = all.reduce((sum, { was }) => sum + was, 0) / blocks;
  let [product, squareNow, squareWas] = [0, 0, 0];
  for (const { now, was } of all) {
    product += (now - meanNow) * (was - meanWas);
    squareNow += (now - meanNow) ** 2;
    squareWas += (was - meanWas) ** 2;
  }
  // blocks that differ by less than a grey level have no layout
  return squareNow < blocks || squareWas < blocks ? 0 : product / Math.sqrt(squareNow * squareWas);
}
