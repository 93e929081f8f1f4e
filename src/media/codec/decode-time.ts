import type { Reorder } from "./h264-sps.ts";

/** Gives decode times to units that come in decoding order with presentation times only. */
export interface DecodeTimes {
  /**
   * How deep pictures are reordered from the next unit on. `frameTicks` spaces the decode times before the first
   * presentation time. Where the depth is not stated it counts as 0 until `reordered()` or a time that runs back.
   */
  depth(reorder: Reorder, frameTicks: number): void;
  /** The pictures are reordered, though nothing stated it (the picture order count of a slice tells). */
  reordered(): void;
  /** Sets `pts` and `dts` for the next unit. */
  place(pts: number): void;
  /** As given, or moved forward by as little as keeps decode times increasing. */
  readonly pts: number;
  readonly dts: number;
  /** Are pictures reordered, as far as is known? */
  readonly reorders: boolean;
  /** Still looking for signs of reordering? */
  readonly watching: boolean;
}

const maxDepth = 16;
/** Spacing of decode times that have to be found behind the last one: 1 ms of the 90 kHz clock. */
const squeezedTicks = 90;
/** A time that runs back by more is no reordering. */
const reorderWindowTicks = 3 * 90_000;

/**
 * With a reorder depth of d, the decode time of the i-th unit is the (i − d)-th smallest presentation time: by the
 * meaning of max_num_reorder (ISO 14496-10 §E.2.1, ISO 23008-2 §7.4.3.2.1) that one is known when unit i arrives, and
 * is not later than unit i's own. So a window of d times is kept sorted, each unit puts its own in and takes the
 * smallest out; nothing is held back, and without reordering dts = pts. Before the first unit the window holds d times
 * one frame apart; pictures that follow the first one and are shown before it (RADL) are moved behind it.
 */
export function createDecodeTimes(): DecodeTimes {
  const window: number[] = [];
  let wanted = 0;
  let bound = 0;
  let step = 3600;
  let pts = 0;
  let dts = -Infinity;

  const fit = (next: number): void => {
    while (window.length > wanted) window.shift();
    const missing = wanted - window.length;
    if (missing === 0) return;
    const first = dts === -Infinity;
    const added = Array.from({ length: missing }, (_, i) =>
      first ? next - (missing - i) * step : dts + (i + 1) * squeezedTicks,
    );
    window.push(...added);
    window.sort((a, b) => a - b);
  };
  const insert = (value: number): void => {
    let at = window.length;
    while (at > 0 && (window[at - 1] ?? 0) > value) at--;
    window.splice(at, 0, value);
  };

  return {
    depth(reorder, frameTicks) {
      bound = Math.min(maxDepth, reorder.stated ? reorder.depth : Math.max(2, reorder.depth));
      // What was learned stays learned while the parameter sets still say nothing.
      wanted = reorder.stated ? bound : Math.min(wanted, bound);
      step = frameTicks;
    },
    reordered() {
      if (wanted < bound) wanted = bound;
    },
    place(given) {
      if (given < dts && dts - given < reorderWindowTicks && wanted < maxDepth && bound > 0) {
        wanted = Math.max(wanted + 1, bound);
      }
      fit(given);
      insert(given);
      const smallest = window.shift() ?? given;
      dts = Math.max(Math.min(smallest, given), dts + 1);
      pts = Math.max(given, dts);
    },
    get pts() {
      return pts;
    },
    get dts() {
      return dts;
    },
    get reorders() {
      return wanted > 0;
    },
    get watching() {
      return wanted < bound;
    },
  };
}
