/** Decides by their times in the stream which pictures are looked at: at most so many a second, evenly. */
export interface PicturePace {
  /** Whether the picture with this time (90 kHz) is due. */
  due(pts: number): boolean;
  /** Pictures a second from now on. */
  setRate(rate: number): void;
}

const ticks = 90_000;
/** A time further from the last one than this is of another session. */
const jump = 10 * ticks;
/** A camera's times are not exact: a picture that is early by this share of the interval is due all the same. */
const early = 0.1;

export function createPicturePace(rate: number): PicturePace {
  let interval = ticks / rate;
  let next: number | undefined;
  return {
    due(pts) {
      if (next === undefined || Math.abs(pts - next) > jump) next = pts;
      if (pts < next - interval * early) return false;
      // from where it was due, so that 5 of 12 a second stay 5; not further back than one interval
      next = Math.max(next + interval, pts);
      return true;
    },
    setRate(to) {
      interval = ticks / to;
    },
  };
}
