/** How many players stand side by side, of which stream, and what they may cost together. Pure. */

export const sizes = [1, 4, 9, 16] as const;
export type Size = (typeof sizes)[number];

/** A picture smaller than this tells nobody anything, CSS pixels. */
const narrowestTile = 160;

/** As many as a screen has room for: a phone held upright shows four. */
export function mostOn(screenWidth: number): Size {
  return sizes.findLast((size) => screenWidth / columnsOf(size) >= narrowestTile) ?? 1;
}

export function columnsOf(players: number): number {
  return Math.sqrt(sizes.find((size) => size >= players) ?? 16);
}

/** The layouts that are of use: none with places that would stay empty, except the one that holds all. */
export function sizesFor(cameras: number, most: number): readonly Size[] {
  const all = sizes.findIndex((size) => size >= cameras);
  return sizes.slice(0, (all < 0 ? sizes.length : all) + 1).filter((size) => size <= most);
}

/** The cameras of a layout: those that are chosen first, then the others in their order. */
export const fill = (chosen: readonly number[], all: readonly number[], size: number): number[] =>
  [...chosen, ...all.filter((channel) => !chosen.includes(channel))].slice(0, size);

/**
 * These cameras and one more: where there is no room for it, in the place of the last one that is shown. What a narrow
 * screen does not show stays chosen; one of those changes places.
 */
export function withCamera(chosen: readonly number[], channel: number, most: number): number[] {
  const [shown, hidden] = [chosen.slice(0, most), chosen.slice(most)];
  if (shown.includes(channel)) return [...chosen];
  const last = shown[most - 1];
  return [...shown.slice(0, most - 1), channel, ...hidden.map((one) => (one === channel ? (last ?? one) : one))];
}

/** Small pictures are of the sub stream where one was recorded; a player alone shows all that there is. */
export const streamFor = (players: number): "main" | "sub" => (players > 4 ? "sub" : "main");

/** Faster than this nobody sees more pictures, and no element plays. */
const fastestFull = 4;
/** Players times speed: sixteen at normal speed, four at four times. */
const mostWork = 16;
/** Backwards each picture is sought, and decoded from the key frame before it. */
const mostBackwards = 4;

export interface Work {
  readonly players: number;
  readonly rate: number;
  readonly backwards: boolean;
}

/** Whether only key frames are fetched and shown: more than this no machine decodes in time. */
export const isKeysOnly = ({ players, rate, backwards }: Work): boolean =>
  rate > fastestFull || players * rate > mostWork || (backwards && players > mostBackwards);

/** What a player keeps of its footage, real seconds at normal speed. */
export interface Window {
  readonly aheadS: number;
  readonly behindS: number;
  /** Taking away in small bites costs more than it frees. */
  readonly slackS: number;
}

/** Sixteen players keep no more seconds together than four. */
export function windowOf(players: number): Window {
  const share = Math.max(1, players / 4);
  return { aheadS: Math.max(4, 10 / share), behindS: 20 / share, slackS: 20 / share };
}

/** Seconds of footage that all players hold at most, at normal speed. */
export function heldSeconds(players: number): number {
  const { aheadS, behindS, slackS } = windowOf(players);
  return players * (behindS + 2 * aheadS + 2 * slackS);
}
