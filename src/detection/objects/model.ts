import type { ModelKind, Pixels } from "../../domain/detection/object-model.ts";

/** What has to be known of a detector to run it. */
export interface ModelSpec {
  readonly kind: ModelKind;
  readonly input: { readonly name: string; readonly width: number; readonly height: number };
  /** A second input that wants the picture's size (`detr-boxes`). */
  readonly sizeInput?: string;
  readonly pixels: Pixels;
  /** By class number; empty where there is none. */
  readonly labels: readonly string[];
}

/** An output of a model. */
export interface OutputTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array | Int32Array;
}

export type Outputs = Readonly<Record<string, OutputTensor>>;

/** What a model found, in the model's own input: pixels, not parts. */
export interface FoundBox {
  readonly label: number;
  readonly confidence: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Below this nothing is looked at: trackers use unsure objects, but noise helps nobody. */
export const leastConfidence = 0.15;
