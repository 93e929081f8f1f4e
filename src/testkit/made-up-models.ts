/** Models that say the same whatever they are shown: their outputs are constants. */
import { onnxFile, type OnnxNode, type OnnxValue, type Tensor } from "./onnx-writer.ts";

export interface Said {
  readonly name: string;
  readonly dims: readonly number[];
  /** Values by place; all others are 0, or `rest`. */
  readonly values: Readonly<Record<number, number>>;
  readonly rest?: number;
  readonly type?: "int64";
}

/** A model file with one picture input, perhaps one for its size, and these outputs. */
export function modelSaying(
  outputs: readonly Said[],
  input: readonly (number | string)[] = [1, 3, 64, 64],
  more: readonly OnnxValue[] = [],
): Uint8Array<ArrayBuffer> {
  const tensors = outputs.map((output): Tensor => ({
    name: `${output.name}_said`,
    dims: output.dims,
    data: dataOf(output),
  }));
  const nodes: OnnxNode[] = outputs.map(({ name }) => ({ op: "Identity", inputs: [`${name}_said`], outputs: [name] }));
  return onnxFile({
    name: "made-up",
    inputs: [{ name: "images", dims: input }, ...more],
    outputs: outputs.map(({ name, dims, type }) => ({ name, dims, ...(type === undefined ? {} : { type }) })),
    nodes,
    tensors,
  });
}

function dataOf({ dims, values, rest = 0, type }: Said): Tensor["data"] {
  const count = dims.reduce((product, side) => product * side, 1);
  const all = Array.from({ length: count }, (_, at) => values[at] ?? rest);
  return type === "int64" ? { type, values: all } : { type: "float", values: Float32Array.from(all) };
}

/** The 84 cells of strides 8, 16 and 32 in a picture of 64 × 64. */
export const cells64 = 64 + 16 + 4;
