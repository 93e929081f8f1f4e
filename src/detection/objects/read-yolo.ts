import { leastConfidence, type FoundBox, type ModelSpec, type OutputTensor } from "./model.ts";

/** Middle and size → corners. */
const cornersOf = (x: number, y: number, width: number, height: number) => ({
  left: x - width / 2,
  top: y - height / 2,
  right: x + width / 2,
  bottom: y + height / 2,
});

interface Best {
  readonly label: number;
  readonly score: number;
}

/** The surest class of one box; `at` says where the score of a class stands. */
function bestOf(data: OutputTensor["data"], classes: number, at: (label: number) => number): Best {
  let [label, score] = [0, -Infinity];
  for (let one = 0; one < classes; one++) {
    const value = Number(data[at(one)]);
    if (value > score) [label, score] = [one, value];
  }
  return { label, score };
}

/** YOLOv8 and later: [1, 4 + classes, boxes], middle and size in pixels of the input, scores 0–1. */
export function readYolo({ dims, data }: OutputTensor): readonly FoundBox[] {
  const [channels, boxes] = [dims[1] ?? 0, dims[2] ?? 0];
  const found: FoundBox[] = [];
  for (let box = 0; box < boxes; box++) {
    const { label, score } = bestOf(data, channels - 4, (one) => (4 + one) * boxes + box);
    if (score <= leastConfidence) continue;
    const of = (channel: number): number => Number(data[channel * boxes + box]);
    found.push({ label, confidence: score, ...cornersOf(of(0), of(1), of(2), of(3)) });
  }
  return found;
}

/** YOLOv5 and v7: [1, boxes, 5 + classes], middle and size in pixels, objectness, scores. */
export function readYoloObjectness({ dims, data }: OutputTensor): readonly FoundBox[] {
  return rowsOf(dims, data, (of) => cornersOf(of(0), of(1), of(2), of(3)));
}

/**
 * YOLOX (`yolox/utils/demo_utils.py`): the same rows, but middles count from their cell in strides, and sizes are
 * logarithms of strides; strides 8, 16 and 32 one after the other.
 */
export function readYolox({ dims, data }: OutputTensor, { input }: ModelSpec): readonly FoundBox[] {
  const cells = [8, 16, 32].flatMap((stride) => {
    const [columns, rows] = [Math.floor(input.width / stride), Math.floor(input.height / stride)];
    return Array.from({ length: columns * rows }, (_, cell) => ({
      stride,
      x: cell % columns,
      y: Math.floor(cell / columns),
    }));
  });
  return rowsOf(dims, data, (of, row) => {
    const { stride, x, y } = cells[row] ?? { stride: 0, x: 0, y: 0 };
    return cornersOf((of(0) + x) * stride, (of(1) + y) * stride, Math.exp(of(2)) * stride, Math.exp(of(3)) * stride);
  });
}

function rowsOf(
  dims: readonly number[],
  data: OutputTensor["data"],
  corners: (of: (column: number) => number, row: number) => ReturnType<typeof cornersOf>,
): readonly FoundBox[] {
  const [rows, width] = [dims[1] ?? 0, dims[2] ?? 0];
  const found: FoundBox[] = [];
  for (let row = 0; row < rows; row++) {
    const objectness = Number(data[row * width + 4]);
    if (objectness <= leastConfidence) continue;
    const { label, score } = bestOf(data, width - 5, (one) => row * width + 5 + one);
    const confidence = objectness * score;
    if (confidence <= leastConfidence) continue;
    found.push({ label, confidence, ...corners((column) => Number(data[row * width + column]), row) });
  }
  return found;
}

/** Suppression inside: [1, boxes, 6], corners in pixels of the input, score, class. */
export function readYoloEnd({ dims, data }: OutputTensor): readonly FoundBox[] {
  return Array.from({ length: dims[1] ?? 0 }, (_, row) => {
    const of = (column: number): number => Number(data[row * 6 + column]);
    const corners = { left: of(0), top: of(1), right: of(2), bottom: of(3) };
    return { ...corners, confidence: of(4), label: Math.round(of(5)) };
  }).filter(({ confidence }) => confidence > leastConfidence);
}
