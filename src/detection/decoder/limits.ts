import type { MediaParameters } from "../../messages/media.ts";

/** No smaller and no larger picture is analysed; pixels a side. */
const leastSide = 16;
const mostSide = 8192;
/** The largest picture that is decoded, pixels: a stream that says more would take a gigabyte for its references. */
export const mostPixels = 4096 * 4096;
/** So many units in a row without a picture, and the decoder is given up. */
export const mostWithoutPicture = 100;

/** Throws a sentence when a stream can't be one that is analysed. Sizes that nobody told are found by the decoder. */
export function checkParameters({ codec, width, height }: MediaParameters): void {
  if (codec !== "h264" && codec !== "h265") throw new Error(`pictures coded as "${codec}" are not decoded`);
  if (width !== undefined && height !== undefined) checkSize(width, height);
}

/** Throws a sentence. */
export function checkSize(width: number, height: number): void {
  const fits = width >= leastSide && height >= leastSide && width <= mostSide && height <= mostSide;
  if (!fits || width * height > mostPixels)
    throw new Error(`a picture of ${width} × ${height} pixels can't be analysed`);
}
