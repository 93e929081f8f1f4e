import type { ObjectBox } from "../../domain/detection/objects.ts";
import type { Crop, RgbPicture } from "../ports.ts";

/** What is shown around an object, parts of its own width and height. */
const margin = 0.2;

/** The object with a little around it, pixels of the picture. */
export function around(box: ObjectBox, { width, height }: RgbPicture): Crop {
  const left = Math.max(0, Math.floor((box.x - box.width * margin) * width));
  const top = Math.max(0, Math.floor((box.y - box.height * margin) * height));
  const right = Math.min(width, Math.ceil((box.x + box.width * (1 + margin)) * width));
  const bottom = Math.min(height, Math.ceil((box.y + box.height * (1 + margin)) * height));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** A copy of a part of the picture, made smaller until its longer side is at most this many pixels (mean of the pixels). */
export function cut(picture: RgbPicture, crop: Crop, mostSide: number): RgbPicture {
  const by = Math.max(1, Math.max(crop.width, crop.height) / mostSide);
  const [width, height] = [Math.max(1, Math.floor(crop.width / by)), Math.max(1, Math.floor(crop.height / by))];
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = spanOf(y, by, crop.y, crop.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = spanOf(x, by, crop.x, crop.width);
      for (let colour = 0; colour < 3; colour++) {
        let sum = 0;
        for (let row = top; row < bottom; row++)
          for (let column = left; column < right; column++)
            sum += picture.bytes[(row * picture.width + column) * 3 + colour] ?? 0;
        bytes[(y * width + x) * 3 + colour] = Math.round(sum / ((bottom - top) * (right - left)));
      }
    }
  }
  return { width, height, bytes };
}

function spanOf(at: number, by: number, first: number, length: number): readonly [number, number] {
  const from = Math.min(length - 1, Math.floor(at * by));
  return [first + from, first + Math.min(length, Math.max(from + 1, Math.floor((at + 1) * by)))];
}
