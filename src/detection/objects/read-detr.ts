import { leastConfidence, type FoundBox, type ModelSpec, type Outputs } from "./model.ts";

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Names of the outputs by exporter: Hugging Face, RF-DETR (`rfdetr/deploy/export.py`). */
export const detrOutputs = [
  { logits: "logits", boxes: "pred_boxes" },
  { logits: "labels", boxes: "dets" },
] as const;

/**
 * Queries: [1, queries, classes] logits, each class for itself (sigmoid, as Deformable DETR and its followers train), and
 * [1, queries, 4] middle and size as parts of the input.
 */
export function readDetr(outputs: Outputs, { input }: ModelSpec): readonly FoundBox[] {
  const names = detrOutputs.find(({ logits, boxes }) => outputs[logits] !== undefined && outputs[boxes] !== undefined);
  const [logits, boxes] = [outputs[names?.logits ?? ""], outputs[names?.boxes ?? ""]];
  if (logits === undefined || boxes === undefined) throw new Error("the model gave no boxes");
  const [queries, classes] = [logits.dims[1] ?? 0, logits.dims[2] ?? 0];
  const found: FoundBox[] = [];
  for (let query = 0; query < queries; query++) {
    let [label, most] = [0, -Infinity];
    for (let one = 0; one < classes; one++) {
      const logit = Number(logits.data[query * classes + one]);
      if (logit > most) [label, most] = [one, logit];
    }
    const confidence = sigmoid(most);
    if (confidence <= leastConfidence) continue;
    const of = (column: number): number => Number(boxes.data[query * 4 + column]);
    const [x, y] = [of(0) * input.width, of(1) * input.height];
    const [width, height] = [of(2) * input.width, of(3) * input.height];
    const corners = { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
    found.push({ label, confidence, ...corners });
  }
  return found;
}

/** Ready made: labels [1, n], boxes [1, n, 4] as corners in pixels of the size that was asked for, scores [1, n]. */
export function readDetrBoxes(outputs: Outputs): readonly FoundBox[] {
  const { labels, boxes, scores } = outputs;
  if (labels === undefined || boxes === undefined || scores === undefined) throw new Error("the model gave no boxes");
  return Array.from({ length: scores.dims[1] ?? 0 }, (_, row) => {
    const of = (column: number): number => Number(boxes.data[row * 4 + column]);
    return { label: Number(labels.data[row]), confidence: Number(scores.data[row]), ...cornersOf(of) };
  }).filter(({ confidence }) => confidence > leastConfidence);
}

const cornersOf = (of: (column: number) => number) => ({ left: of(0), top: of(1), right: of(2), bottom: of(3) });
