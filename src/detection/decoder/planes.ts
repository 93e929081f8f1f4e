/** Pictures as a decoder gives them, 8 bits, 4:2:0, studio range (BT.601): made small, and made colours. Pure. */
import { analysedHeight, analysedWidth } from "../../domain/detection/motion-grid.ts";
import type { RgbPicture } from "../ports.ts";

/** Luma, then the two chroma planes of half the width and height, rounded up; rows without padding. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

const half = (side: number): number => (side + 1) >> 1;

/** Bytes of a picture of this size. */
export const planesBytes = (width: number, height: number): number => width * height + 2 * half(width) * half(height);

/** The luma at 176 × 144, each pixel the mean of what lies under it, over the whole range of grey. */
export function greyOf({ width, height, bytes }: Planes): Uint8Array {
  const small = scaled({ width, height, bytes }, analysedWidth, analysedHeight).slice();
  for (let at = 0; at < small.length; at++) small[at] = greyOfLuma[small[at] ?? 0] ?? 0;
  return small;
}

/** Colours, scaled down to this width when it is wider. */
export function rgbOf({ width, height, bytes }: Planes, mostWidth: number): RgbPicture {
  const to = Math.min(width, mostWidth);
  const size = { width: to, height: Math.max(1, Math.round((height * to) / width)) };
  const [pixels, chroma] = [width * height, half(width) * half(height)];
  const part = (from: number, bytesOf: number): Uint8Array => bytes.subarray(from, from + bytesOf);
  const colour = { width: half(width), height: half(height) };
  const [wide, high] = [half(size.width), half(size.height)];
  const luma = scaled({ width, height, bytes: part(0, pixels) }, size.width, size.height);
  const blue = scaled({ ...colour, bytes: part(pixels, chroma) }, wide, high);
  const red = scaled({ ...colour, bytes: part(pixels + chroma, chroma) }, wide, high);
  const rgb = new Uint8Array(size.width * size.height * 3);
  let out = 0;
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const at = (y >> 1) * wide + (x >> 1);
      const [u, v] = [(blue[at] ?? 128) - 128, (red[at] ?? 128) - 128];
      const level = 1.164 * ((luma[y * size.width + x] ?? 16) - 16);
      rgb[out++] = clamp(level + 1.596 * v);
      rgb[out++] = clamp(level - 0.392 * u - 0.813 * v);
      rgb[out++] = clamp(level + 2.017 * u);
    }
  }
  return { ...size, bytes: rgb };
}

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
const greyOfLuma = Uint8Array.from({ length: 256 }, (_, luma) => clamp(((luma - 16) * 255) / 219));

/** Each pixel the mean of the area of the plane that it covers. */
function scaled(plane: Plane, width: number, height: number): Uint8Array {
  if (plane.width === width && plane.height === height) return plane.bytes;
  const columns = coverOf(plane.width, width);
  const rows = coverOf(plane.height, height);
  const narrow = new Float32Array(plane.height * width);
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      const first = y * plane.width + (columns.first[x] ?? 0);
      for (let n = 0; n < columns.most; n++)
        sum += (plane.bytes[first + n] ?? 0) * (columns.weights[x * columns.most + n] ?? 0);
      narrow[y * width + x] = sum;
    }
  }
  const small = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      const first = (rows.first[y] ?? 0) * width + x;
      for (let n = 0; n < rows.most; n++)
        sum += (narrow[first + n * width] ?? 0) * (rows.weights[y * rows.most + n] ?? 0);
      small[y * width + x] = Math.round(sum);
    }
  }
  return small;
}

interface Cover {
  /** Of each new pixel: the first old one, and how much of it each of `most` old ones is. */
  readonly first: Int32Array;
  readonly most: number;
  readonly weights: Float32Array;
}

/** Which pixels of an old row lie under each of a new one. */
function coverOf(from: number, to: number): Cover {
  const step = from / to;
  const most = Math.ceil(step) + 1;
  const first = new Int32Array(to);
  const weights = new Float32Array(to * most);
  for (let x = 0; x < to; x++) {
    const [left, right] = [x * step, (x + 1) * step];
    first[x] = Math.floor(left);
    for (let n = 0; n < most; n++) {
      const at = Math.floor(left) + n;
      weights[x * most + n] = Math.max(0, Math.min(right, at + 1) - Math.max(left, at)) / step;
    }
  }
  return { first, most, weights };
}
