/** What is known of a model that finds objects, before and while it runs. */

export const modelKinds = ["nanodet", "yolox", "yolo", "yolo-objectness", "yolo-end", "detr", "detr-boxes"] as const;
/**
 * How a model says what it sees.
 * - `nanodet`: three heads, a distribution for each side of a box (RangiLyu/nanodet).
 * - `yolox`: cells that have to be turned into boxes (Megvii-BaseDetection/YOLOX).
 * - `yolo`: boxes and scores, channels first (exports of YOLOv8 and later).
 * - `yolo-objectness`: boxes, objectness and scores (exports of YOLOv5 and v7).
 * - `yolo-end`: at most some hundred boxes with score and class (exports with suppression inside, YOLOv10).
 * - `detr`: queries with boxes and logits (DETR, RT-DETR, D-FINE, RF-DETR).
 * - `detr-boxes`: labels, boxes and scores, ready made (D-FINE's and RT-DETR's own export).
 */
export type ModelKind = (typeof modelKinds)[number];

export const pixelOrders = ["rgb", "bgr"] as const;
export const pixelFits = ["middle", "corner", "stretch"] as const;

export interface Pixels {
  readonly order: (typeof pixelOrders)[number];
  /** What the model gets is (pixel − mean) / deviation, of 0–255, in its order. */
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
  /** Shape kept, in the middle or the upper left corner, the rest filled; or stretched. */
  readonly fit: (typeof pixelFits)[number];
  /** What the rest is filled with, 0–255. */
  readonly fill: number;
}

/** What stands beside a model, in `<its id>.model.json`; all of it may be left out. */
export interface ModelDescription {
  /** For people; absent: its id. */
  readonly name?: string;
  readonly kind?: ModelKind;
  /** Of the input, where the model leaves it open. */
  readonly width?: number;
  readonly height?: number;
  readonly pixels?: Partial<Pixels>;
  /** By class number. */
  readonly labels?: readonly string[];
  /** For people: under which licence the weights may be used. */
  readonly licence?: string;
  /** For people: who made it, or where it is from. */
  readonly source?: string;
}

/** The model that comes with Reed. */
export const shippedModel = "nanodet";
/** The model of a site that has chosen none, where somebody put one under this name. */
export const usualModel = "detector";

/** A model's id is the name of its file without `.onnx`. */
export const modelId = /^[a-z0-9][a-z0-9._-]{0,59}$/i;
