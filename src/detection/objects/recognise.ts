import { modelKinds, type ModelDescription, type ModelKind, type Pixels } from "../../domain/detection/object-model.ts";
import { coco80, coco91 } from "./coco.ts";
import type { ModelSpec } from "./model.ts";
import { detrOutputs } from "./read-detr.ts";

/** An input or output as the runtime tells of it; a dimension that may be any is a name or -1. */
export interface ValueShape {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface ModelShapes {
  readonly inputs: readonly ValueShape[];
  readonly outputs: readonly ValueShape[];
}

/** Models that say no size are fed with this many pixels a side. */
const usualSide = 640;
const mostSide = 1920;

const zeroToOne = { mean: [0, 0, 0], deviation: [255, 255, 255] } as const;
/** ImageNet's, of red, green and blue (PyTorch's model zoo). */
const imageNet = { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] } as const;

/** What each kind was trained with; a description beside the file may say otherwise. */
const usualPixels: Readonly<Record<ModelKind, Pixels>> = {
  nanodet: {
    order: "bgr",
    mean: [103.53, 116.28, 123.675],
    deviation: [57.375, 57.12, 58.395],
    fit: "middle",
    fill: 0,
  },
  yolox: { order: "bgr", mean: [0, 0, 0], deviation: [1, 1, 1], fit: "corner", fill: 114 },
  yolo: { order: "rgb", ...zeroToOne, fit: "middle", fill: 114 },
  "yolo-objectness": { order: "rgb", ...zeroToOne, fit: "middle", fill: 114 },
  "yolo-end": { order: "rgb", ...zeroToOne, fit: "middle", fill: 114 },
  detr: { order: "rgb", ...imageNet, fit: "stretch", fill: 0 },
  "detr-boxes": { order: "rgb", ...zeroToOne, fit: "stretch", fill: 0 },
};

/**
 * What a model is, by the names and shapes of its inputs and outputs and by what is written beside it. Throws a sentence
 * that says what to do when it can't be known.
 */
export function recognised({ inputs, outputs }: ModelShapes, told: ModelDescription = {}): ModelSpec {
  const picture = inputs.find(({ shape }) => shape.length === 4);
  if (picture === undefined) throw new Error(`no input of the model is a picture (${shapesOf(inputs)})`);
  const input = { name: picture.name, ...sizeOf(picture, told) };
  const kind = told.kind ?? kindOf(outputs, input);
  if (kind === undefined)
    throw new Error(
      `the outputs are of no kind that is known (${shapesOf(outputs)}); write "kind" into the .model.json file beside it: ${modelKinds.join(", ")}`,
    );
  const sizeInput = inputs.find(({ name, shape }) => name !== picture.name && shape.length === 2)?.name;
  return {
    kind,
    input,
    ...(kind === "detr-boxes" && sizeInput !== undefined ? { sizeInput } : {}),
    pixels: { ...usualPixels[kind], ...told.pixels },
    labels: told.labels ?? labelsFor(classesOf(kind, outputs)),
  };
}

const shapesOf = (values: readonly ValueShape[]): string =>
  values.map(({ name, shape }) => `${name} ${shape.join("×")}`).join(", ");

function sizeOf({ shape }: ValueShape, told: ModelDescription): { readonly width: number; readonly height: number } {
  const [, channels, height, width] = shape;
  if (typeof channels === "number" && channels > 0 && channels !== 3)
    throw new Error(`the picture has to come as 1×3×height×width, this one wants ${shape.join("×")}`);
  const side = (own: number | string | undefined, said: number | undefined): number =>
    typeof own === "number" && own > 0 ? own : (said ?? usualSide);
  const size = { width: side(width, told.width), height: side(height, told.height) };
  if (size.width > mostSide || size.height > mostSide)
    throw new Error(`the model wants pictures of ${size.width}×${size.height}; at most ${mostSide} a side`);
  return size;
}

function kindOf(outputs: readonly ValueShape[], input: { readonly width: number; readonly height: number }) {
  const has = (name: string): boolean => outputs.some((output) => output.name === name);
  if (has("cls_pred_stride_8") && has("dis_pred_stride_8")) return "nanodet";
  if (detrOutputs.some(({ logits, boxes }) => has(logits) && has(boxes))) return "detr";
  if (has("labels") && has("boxes") && has("scores")) return "detr-boxes";
  const [, rows, columns] = outputs.find(({ shape }) => shape.length === 3)?.shape ?? [];
  if (columns === 6 && (typeof rows !== "number" || rows <= 1000)) return "yolo-end";
  const cells = [8, 16, 32].reduce((sum, s) => sum + Math.floor(input.width / s) * Math.floor(input.height / s), 0);
  if (columns === cells) return "yolo";
  if (typeof columns !== "number" || columns < 6) return undefined;
  if (rows === cells) return "yolox";
  return rows === 3 * cells ? "yolo-objectness" : undefined;
}

/** How many classes it tells apart; undefined when its shape does not say. */
function classesOf(kind: ModelKind, outputs: readonly ValueShape[]): number | undefined {
  const number = (value: number | string | undefined, less = 0) =>
    typeof value === "number" && value > less ? value - less : undefined;
  const boxes = outputs.find(({ shape }) => shape.length === 3)?.shape ?? [];
  if (kind === "nanodet") return number(outputs.find(({ name }) => name.startsWith("cls_pred"))?.shape[2]);
  if (kind === "yolo") return number(boxes[1], 4);
  if (kind === "yolox" || kind === "yolo-objectness") return number(boxes[2], 5);
  if (kind !== "detr") return undefined;
  const logits = outputs.find(({ name }) => detrOutputs.some((names) => names.logits === name));
  return number(logits?.shape[2]);
}

function labelsFor(classes: number | undefined): readonly string[] {
  if (classes === undefined || classes === coco80.length) return coco80;
  if (classes === 90 || classes === coco91.length) return coco91;
  throw new Error(
    `the model tells ${classes} classes apart and nothing says which; write their names into the .model.json file beside it: "labels": ["person", …]`,
  );
}
