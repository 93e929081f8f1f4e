/**
 * Finds what moves in a sequence of small grey pictures. Each pixel has a running mean and spread (Wren et al.,
 * Pfinder, 1997; one Gaussian a pixel); what differs more than its spread explains is foreground. Against light: the
 * change of all pixels together is taken off first, and a cell whose texture stayed the same is no motion (normalised
 * cross-correlation; Jacques et al., 2005). Against noise and rain: a cell counts when it or one beside it moved in the
 * picture before as well. What is learnt goes by time, not by pictures. Pure; keeps its own memory.
 */
import { blockPair, type GreyPicture } from "./grey-picture.ts";
import {
  analysedHeight,
  analysedWidth,
  cells,
  cellSide,
  columns,
  neighbours,
  noCells,
  type CellMap,
} from "./motion-grid.ts";

export interface MotionFound {
  /** 0–255 for each cell: how much of it moved. */
  readonly strength: Uint8Array;
  /** The same of this picture alone, whatever the one before showed: rain and noise are in it. */
  readonly raw: Uint8Array;
  /**
   * `learning`: too few pictures yet. `switched`: the whole picture became another one (IR cut filter, light switch,
   * camera turned); nothing is said of motion until it is known again.
   */
  readonly state: "watching" | "learning" | "switched";
}

const pixels = analysedWidth * analysedHeight;
/** Pictures before the first word. */
const learnPictures = 4;
/** Above this share of cells the picture is another one, not something in it … */
const switchedShare = 0.7;
/** … as it is when so many cells changed at once, and so many of them in more than their light. */
const suddenShare = { changed: 0.33, moving: 0.15 } as const;
/** Pixels of a cell that make it a changed one. */
const changedPixels = (cellSide * cellSide) / 4;
/** Pictures that a switched picture is learnt anew. */
const relearnPictures = 4;
/** How much of a picture the background takes in within `usualMs`: where nothing moves, and where something does. */
const followRest = 0.06;
const followMoving = 0.008;
/** Five pictures a second. */
const usualMs = 200;
/** A picture after a pause counts for so many usual ones at most: it is one sample still, with the noise of one. */
const mostSteps = 3;
/** A picture from longer ago says nothing of whether what moves now lasts. */
const longAgoMs = 10_000;
/** Grey levels that noise may always have, and how many spreads are still nothing. */
const floorLevels = 9;
const spreads = 3.2;
/** A pixel that is so like one beside it is that one, grey levels. */
const nearbyLevels = 4;
/** Texture that stayed like this is the same, only brighter or darker. */
const sameTexture = 0.82;
/** Standard deviation, grey levels, from which on a cell has a texture to compare. */
const textureFrom = 6;

export interface MotionStage {
  /**
   * Takes the next picture, of this time on the clock of the pictures, ms; absent: 200 ms after the last one. Throws when
   * it has another size.
   */
  look(picture: GreyPicture, at?: number): MotionFound;
  /** What a picture would show alone; it is not taken in. Throws as `look`. */
  peek(picture: GreyPicture): Pick<MotionFound, "raw" | "state">;
}

export function createMotionStage(): MotionStage {
  const mean = new Float32Array(pixels);
  const spread = new Float32Array(pixels).fill(4);
  const moving = new Uint8Array(pixels);
  let changed: CellMap = noCells();
  let before: CellMap = noCells();
  let last: number | undefined;
  let seen = 0;
  let relearn = 0;
  const compare = (picture: GreyPicture) => {
    if (picture.length !== pixels) throw new Error(`a picture of ${picture.length} pixels instead of ${pixels}`);
    const offset = commonOffset(picture, mean);
    const look: Look = { picture, mean, spread, moving, changed: noCells(), offset };
    const raw = new Uint8Array(cells);
    let [active, sudden] = [0, 0];
    for (let cell = 0; cell < cells; cell++) {
      const share = lookAtCell(look, cell);
      raw[cell] = share;
      if (share > 0) active++;
      if (look.changed[cell] === 1 && changed[cell] === 0) sudden++;
    }
    return { look, raw, isOther: isAnother(active, sudden) };
  };
  return {
    look(picture, at = (last ?? 0) + usualMs) {
      if (seen === 0) mean.set(picture);
      const { look, raw, isOther } = compare(picture);
      changed = look.changed;
      const sinceMs = last === undefined || at < last ? usualMs : at - last;
      last = at;
      seen++;
      if (relearn === 0 && seen > learnPictures && isOther) relearn = relearnPictures;
      const state = seen <= learnPictures ? "learning" : relearn > 0 ? "switched" : "watching";
      follow(look, state === "watching" ? ratesOf(sinceMs) : relearnt);
      if (relearn > 0) relearn--;
      const strength = state === "watching" && sinceMs <= longAgoMs ? lasting(raw, before) : noCells();
      before = raw;
      return { strength, raw, state };
    },
    peek(picture) {
      const { raw, isOther } = compare(picture);
      if (seen < learnPictures) return { raw, state: "learning" };
      return { raw, state: relearn > 0 || isOther ? "switched" : "watching" };
    },
  };
}

interface Look {
  readonly picture: GreyPicture;
  readonly mean: Float32Array;
  readonly spread: Float32Array;
  /** What a pixel is now: `still`, `moving` or in another light (`relit`). */
  readonly moving: Uint8Array;
  /** Cells with many pixels that are not as they were, whatever made it so. */
  readonly changed: Uint8Array;
  /** Grey levels by which all of the picture became brighter. */
  readonly offset: number;
}

const [still, foreground, relit] = [0, 1, 2];

/** By the share of cells that move, and of those that changed just now, has the picture become another one? */
const isAnother = (active: number, sudden: number): boolean =>
  active > cells * switchedShare || (sudden > cells * suddenShare.changed && active > cells * suddenShare.moving);

/** The median change over a sample of pixels: what all of them have in common is light, not motion. */
function commonOffset(picture: GreyPicture, mean: Float32Array): number {
  const counts = new Uint16Array(511);
  let sampled = 0;
  for (let at = 0; at < pixels; at += 7) {
    const change = Math.round((picture[at] ?? 0) - (mean[at] ?? 0));
    counts[change + 255] = (counts[change + 255] ?? 0) + 1;
    sampled++;
  }
  let below = 0;
  for (let at = 0; at < counts.length; at++) {
    below += counts[at] ?? 0;
    if (below * 2 >= sampled) return at - 255;
  }
  return 0;
}

/** The share of a cell's pixels that are foreground, 0–255; 0 when only its light changed. */
function lookAtCell(look: Look, cell: number): number {
  const { picture, mean, spread, moving, changed, offset } = look;
  const first = Math.floor(cell / columns) * cellSide * analysedWidth + (cell % columns) * cellSide;
  let count = 0;
  for (let y = 0; y < cellSide; y++) {
    const row = first + y * analysedWidth;
    for (let at = row; at < row + cellSide; at++) {
      const now = picture[at] ?? 0;
      const difference = Math.abs(now - (mean[at] ?? 0) - offset);
      const isMoving = difference > floorLevels + spreads * (spread[at] ?? 0) && !fitsNearby(look, at, now);
      moving[at] = isMoving ? foreground : still;
      if (isMoving) count++;
    }
  }
  if (count >= changedPixels) changed[cell] = 1;
  if (count === 0) return 0;
  if (!keptTexture(look, first)) return Math.round((count * 255) / (cellSide * cellSide));
  for (let y = 0; y < cellSide; y++) {
    const row = first + y * analysedWidth;
    for (let at = row; at < row + cellSide; at++) if (moving[at] === foreground) moving[at] = relit;
  }
  return 0;
}

/** Has a cell a texture, and is that the same as before? */
function keptTexture({ picture, mean }: Look, first: number): boolean {
  const { deviationNow, deviationWas, alike } = blockPair(picture, mean, first, cellSide);
  return deviationNow >= textureFrom && deviationWas >= textureFrom && alike >= sameTexture;
}

/** A pixel that shows what lies right beside it in the background: the camera shakes. */
function fitsNearby({ mean, spread, offset }: Look, at: number, now: number): boolean {
  const [x, y] = [at % analysedWidth, Math.floor(at / analysedWidth)];
  for (let dy = -1; dy <= 1; dy++) {
    if (y + dy < 0 || y + dy >= analysedHeight) continue;
    for (let dx = -1; dx <= 1; dx++) {
      if (x + dx < 0 || x + dx >= analysedWidth) continue;
      const near = at + dy * analysedWidth + dx;
      if (Math.abs(now - (mean[near] ?? 0) - offset) <= nearbyLevels + (spread[near] ?? 0)) return true;
    }
  }
  return false;
}

/** Parts of the picture that the background takes in. */
interface Rates {
  readonly rest: number;
  readonly moving: number;
  readonly spread: number;
}

const relearnt: Rates = { rest: 0.5, moving: 0.5, spread: followRest };

/** For a picture that came so long after the one before. */
function ratesOf(sinceMs: number): Rates {
  const steps = Math.min(mostSteps, sinceMs / usualMs);
  const rest = 1 - (1 - followRest) ** steps;
  return { rest, moving: 1 - (1 - followMoving) ** steps, spread: rest };
}

/** The background takes the picture in; the light of a place as fast as what stands still, as it is the same place. */
function follow({ picture, mean, spread, moving, offset }: Look, rates: Rates): void {
  for (let at = 0; at < pixels; at++) {
    const is = moving[at];
    const was = mean[at] ?? 0;
    const change = (picture[at] ?? 0) - was;
    mean[at] = was + (is === foreground ? rates.moving : rates.rest) * change;
    if (is !== still) continue;
    const spreadWas = spread[at] ?? 0;
    spread[at] = spreadWas + rates.spread * (Math.min(32, Math.abs(change - offset)) - spreadWas);
  }
}

/** What moved in the picture before too, here or right beside it. */
function lasting(now: Uint8Array, before: Uint8Array): Uint8Array {
  return now.map((share, cell) => {
    const was = (before[cell] ?? 0) > 0 || neighbours(cell).some((near) => (before[near] ?? 0) > 0);
    return was ? share : 0;
  });
}
