import { insidePicture } from "../../domain/detection/box.ts";
import type { SeenObject } from "../../domain/detection/objects.ts";
import type { Crop, RgbPicture } from "../ports.ts";
import type { FoundBox, ModelSpec } from "./model.ts";

/** Where a crop lies in the model's input: input = crop × scale + offset. */
export interface Fitted {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
}

/** How the crop is laid into the input. */
export function fitOf(crop: Crop, { input, pixels: { fit } }: ModelSpec): Fitted {
  const [scaleX, scaleY] = [input.width / crop.width, input.height / crop.height];
  if (fit === "stretch") return { scaleX, scaleY, left: 0, top: 0 };
  const scale = Math.min(scaleX, scaleY);
  const [spareX, spareY] = [input.width - crop.width * scale, input.height - crop.height * scale];
  return fit === "corner"
    ? { scaleX: scale, scaleY: scale, left: 0, top: 0 }
    : { scaleX: scale, scaleY: scale, left: Math.floor(spareX / 2), top: Math.floor(spareY / 2) };
}

/** The crop as the model takes it: three planes of floats, bilinear as OpenCV scales. */
export function inputOf(picture: RgbPicture, crop: Crop, spec: ModelSpec): Float32Array {
  const { width, height } = spec.input;
  const fitted = fitOf(crop, spec);
  const planes = [0, 1, 2].map((plane) => {
    const of = (numbers: readonly [number, number, number]): number => numbers[plane as 0 | 1 | 2];
    return { mean: of(spec.pixels.mean), by: 1 / of(spec.pixels.deviation) };
  });
  const data = new Float32Array(3 * width * height);
  planes.forEach(({ mean, by }, plane) =>
    data.fill((spec.pixels.fill - mean) * by, plane * width * height, (plane + 1) * width * height),
  );
  const columns = stepsOf(fitted.left, fitted.scaleX, crop.x, crop.width, width);
  const rows = stepsOf(fitted.top, fitted.scaleY, crop.y, crop.height, height);
  planes.forEach(({ mean, by }, plane) => {
    const colour = spec.pixels.order === "rgb" ? plane : 2 - plane;
    for (let row = 0; row < rows.count; row++) {
      const upper = (rows.from[row] ?? 0) * picture.width * 3 + colour;
      const lower = (rows.to[row] ?? 0) * picture.width * 3 + colour;
      const down = rows.part[row] ?? 0;
      let at = plane * width * height + (rows.start + row) * width + columns.start;
      for (let column = 0; column < columns.count; column++) {
        const [left, right, along] = [columns.from[column] ?? 0, columns.to[column] ?? 0, columns.part[column] ?? 0];
        const a = picture.bytes[upper + left * 3] ?? 0;
        const b = picture.bytes[upper + right * 3] ?? 0;
        const c = picture.bytes[lower + left * 3] ?? 0;
        const d = picture.bytes[lower + right * 3] ?? 0;
        const [above, below] = [a + (b - a) * along, c + (d - c) * along];
        data[at++] = (above + (below - above) * down - mean) * by;
      }
    }
  });
  return data;
}

interface Steps {
  /** First pixel of the input that the crop covers, and how many. */
  readonly start: number;
  readonly count: number;
  /** For each, the two pixels of the picture that it lies between, and how far on the way. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly part: Float32Array;
}

function stepsOf(start: number, scale: number, first: number, length: number, size: number): Steps {
  const count = Math.min(size - start, Math.max(1, Math.round(length * scale)));
  const [from, to, part] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)];
  for (let at = 0; at < count; at++) {
    const exact = Math.min(length - 1, Math.max(0, (at + 0.5) / scale - 0.5));
    const whole = Math.floor(exact);
    from[at] = first + whole;
    to[at] = first + Math.min(length - 1, whole + 1);
    part[at] = exact - whole;
  }
  return { start, count, from, to, part };
}

/** What was found in a crop, as parts of the whole picture. */
export function seenIn(
  found: readonly FoundBox[],
  crop: Crop,
  picture: { readonly width: number; readonly height: number },
  spec: ModelSpec,
): readonly SeenObject[] {
  const { scaleX, scaleY, left, top } = fitOf(crop, spec);
  const x = (value: number): number => crop.x + Math.min(crop.width, Math.max(0, (value - left) / scaleX));
  const y = (value: number): number => crop.y + Math.min(crop.height, Math.max(0, (value - top) / scaleY));
  return found.flatMap((box) => {
    const label = spec.labels[box.label] ?? "";
    const [x1, y1, x2, y2] = [x(box.left), y(box.top), x(box.right), y(box.bottom)];
    if (label === "" || !(x2 > x1) || !(y2 > y1)) return [];
    const part = { x: x1 / picture.width, y: y1 / picture.height };
    const size = { width: (x2 - x1) / picture.width, height: (y2 - y1) / picture.height };
    return [{ label, confidence: Math.min(1, box.confidence), box: insidePicture({ ...part, ...size }) }];
  });
}
