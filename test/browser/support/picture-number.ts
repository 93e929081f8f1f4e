/** Reads the number that the clips of the testkit carry in their pictures (tools/make-clips.sh) from what a page shows. */
import type { Page } from "playwright-core";

export interface SeenPicture {
  /** Number of the picture in its clip; undefined when none can be read. */
  readonly number: number | undefined;
  /** When it was read, CLOCK_MONOTONIC microseconds. */
  readonly atMicros: number;
  readonly width: number;
}

/** Runs in the page: draws the shown picture and looks at the middle of each block of its lowest strip. */
const read = `(video) => {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) return { bits: [], wall: 0, width };
  const canvas = new OffscreenCanvas(width, height);
  const draw = canvas.getContext("2d", { willReadFrequently: true });
  draw.drawImage(video, 0, 0);
  const wall = performance.timeOrigin + performance.now();
  const row = draw.getImageData(0, Math.floor(height - height / 45), width, 1).data;
  const bits = Array.from({ length: 20 }, (_, block) => (row[Math.floor((block + 0.5) * (width / 20)) * 4 + 1] > 128 ? 1 : 0));
  return { bits, wall, width };
}`;

/** What a `video` of the page shows now. */
export async function seenPicture(page: Page, selector: string): Promise<SeenPicture> {
  const seen = await page.evaluate<{ bits: number[]; wall: number; width: number }>(
    `(${read})(document.querySelector(${JSON.stringify(selector)}))`,
  );
  const { bits, width } = seen;
  const value = bits.slice(2, 18);
  const whole =
    bits[0] === 1 && bits[1] === 0 && bits[19] === 1 && bits[18] === value.reduce<number>((sum, bit) => sum ^ bit, 0);
  const number = whole ? value.reduce<number>((sum, bit) => sum * 2 + bit, 0) : undefined;
  return { number, atMicros: (seen.wall + monotonicMinusWall()) * 1000, width };
}

/** Both are of this machine; milliseconds. */
export const monotonicMinusWall = (): number =>
  Number(process.hrtime.bigint()) / 1e6 - (performance.timeOrigin + performance.now());

/**
 * How old a picture was when it was seen, ms: the newest one with its number that had been sent by then. `frames`: how
 * many pictures the clip has before it begins again.
 */
export function delayOf(
  seen: SeenPicture,
  sent: readonly { readonly number: number; readonly sentMicros: number }[],
  frames: number,
): number | undefined {
  const source = sent.findLast(
    ({ number, sentMicros }) => number % frames === seen.number && sentMicros <= seen.atMicros,
  );
  return source === undefined ? undefined : (seen.atMicros - source.sentMicros) / 1000;
}
