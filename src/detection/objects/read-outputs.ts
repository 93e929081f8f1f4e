import type { FoundBox, ModelSpec, OutputTensor, Outputs } from "./model.ts";
import { readDetr, readDetrBoxes } from "./read-detr.ts";
import { readNanodet } from "./read-nanodet.ts";
import { readYolo, readYoloEnd, readYoloObjectness, readYolox } from "./read-yolo.ts";

/** What the model's outputs say; throws a sentence when they are not what its kind gives. */
export function readOutputs(outputs: Outputs, spec: ModelSpec): readonly FoundBox[] {
  switch (spec.kind) {
    case "nanodet":
      return readNanodet(outputs, spec);
    case "yolox":
      return readYolox(only(outputs), spec);
    case "yolo":
      return readYolo(only(outputs));
    case "yolo-objectness":
      return readYoloObjectness(only(outputs));
    case "yolo-end":
      return readYoloEnd(only(outputs));
    case "detr":
      return readDetr(outputs, spec);
    case "detr-boxes":
      return readDetrBoxes(outputs);
  }
}

/** The first output with three dimensions; others are masks or key points. */
function only(outputs: Outputs): OutputTensor {
  const found = Object.values(outputs).find(({ dims }) => dims.length === 3);
  if (found === undefined) throw new Error("the model gave no boxes");
  return found;
}
