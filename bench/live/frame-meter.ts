/** Counts in the page when each video shows another picture (requestVideoFrameCallback). Runs in the browser, as text. */

export interface TileFrames {
  readonly shown: number;
  /** How long it was counted. */
  readonly ms: number;
  /** Between two pictures, ms. */
  readonly gaps: readonly number[];
}

export const frameMeter = {
  start: `
    globalThis.tiles = [...document.querySelectorAll("[data-channel] video")].map((video) => {
      const tile = { began: performance.now(), last: undefined, gaps: [], shown: 0 };
      const next = (now) => {
        tile.shown++;
        if (tile.last !== undefined) tile.gaps.push(now - tile.last);
        tile.last = now;
        video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
      return tile;
    });
    undefined;`,
  stop: `globalThis.tiles.map(({ began, gaps, shown }) => ({ shown, gaps, ms: performance.now() - began }))`,
} as const;
