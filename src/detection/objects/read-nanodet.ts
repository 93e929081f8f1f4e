import { leastConfidence, type FoundBox, type ModelSpec, type OutputTensor, type Outputs } from "./model.ts";

const strides = [8, 16, 32] as const;

/**
 * NanoDet's heads (RangiLyu/nanodet, `nanodet_head.py`): for each cell the scores of all classes, and for each side of
 * the box a distribution over distances of 0–n strides (generalised focal loss, Li et al. 2020), of which the mean counts.
 */
export function readNanodet(outputs: Outputs, { input, labels }: ModelSpec): readonly FoundBox[] {
  return strides.flatMap((stride) => {
    const [scores, sides] = [outputs[`cls_pred_stride_${stride}`], outputs[`dis_pred_stride_${stride}`]];
    if (scores === undefined || sides === undefined) throw new Error(`the model has no head of stride ${stride}`);
    return headOf(scores, sides, stride, { columns: Math.ceil(input.width / stride), classes: labels.length });
  });
}

function headOf(
  scores: OutputTensor,
  sides: OutputTensor,
  stride: number,
  { columns, classes }: { readonly columns: number; readonly classes: number },
): readonly FoundBox[] {
  const cells = scores.dims[1] ?? 0;
  const bins = (sides.dims[2] ?? 0) / 4;
  const found: FoundBox[] = [];
  for (let cell = 0; cell < cells; cell++) {
    let [label, confidence] = [-1, leastConfidence];
    for (let one = 0; one < classes; one++) {
      const score = Number(scores.data[cell * classes + one]);
      if (score > confidence) [label, confidence] = [one, score];
    }
    if (label < 0) continue;
    const [x, y] = [((cell % columns) + 0.5) * stride, (Math.floor(cell / columns) + 0.5) * stride];
    const side = (which: number): number => stride * meanOf(sides.data, (cell * 4 + which) * bins, bins);
    found.push({ label, confidence, left: x - side(0), top: y - side(1), right: x + side(2), bottom: y + side(3) });
  }
  return found;
}

/** Mean of the distribution that these logits are. */
function meanOf(logits: OutputTensor["data"], from: number, bins: number): number {
  let most = -Infinity;
  for (let bin = 0; bin < bins; bin++) most = Math.max(most, Number(logits[from + bin]));
  let [sum, weighted] = [0, 0];
  for (let bin = 0; bin < bins; bin++) {
    const weight = Math.exp(Number(logits[from + bin]) - most);
    sum += weight;
    weighted += weight * bin;
  }
  return weighted / sum;
}
