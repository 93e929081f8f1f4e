/**
 * Writes ONNX files (`onnx.proto3` of ONNX 1.8, IR version 7) without a library: what the conversion of a model and the
 * made-up graphs of tests need, and no more. Numbers of fields stand beside their names in that file.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export type TensorData =
  | { readonly type: "float"; readonly values: Float32Array }
  | { readonly type: "float16"; readonly bits: Uint16Array }
  | { readonly type: "int64"; readonly values: readonly number[] };

export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
  readonly floats?: Readonly<Record<string, number>>;
  readonly strings?: Readonly<Record<string, string>>;
}

/** A dimension is a number, or a name where it may be any. */
export interface OnnxValue {
  readonly name: string;
  readonly dims: readonly (number | string)[];
  readonly type?: "float" | "int64";
}

export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly Tensor[];
  /** Said in the file, e.g. where the weights are from. */
  readonly notes?: Readonly<Record<string, string>>;
}

const typeNumber = { float: 1, int64: 7, float16: 10 } as const;
const opset = 13;
const irVersion = 7;

/** The file. */
export function onnxFile(graph: OnnxGraph): Bytes {
  return join([
    numberField(1, irVersion),
    textField(2, "reed"),
    field(7, graphOf(graph)),
    field(8, join([textField(1, ""), numberField(2, opset)])),
    ...Object.entries(graph.notes ?? {}).map(([key, value]) =>
      field(14, join([textField(1, key), textField(2, value)])),
    ),
  ]);
}

function graphOf({ name, inputs, outputs, nodes, tensors }: OnnxGraph): Bytes {
  return join([
    ...nodes.map((node) => field(1, nodeOf(node))),
    textField(2, name),
    ...tensors.map((tensor) => field(5, tensorOf(tensor))),
    ...inputs.map((value) => field(11, valueOf(value))),
    ...outputs.map((value) => field(12, valueOf(value))),
  ]);
}

function nodeOf({ op, inputs, outputs, ints = {}, floats = {}, strings = {} }: OnnxNode): Bytes {
  const attribute = (name: string, type: number, value: Bytes): Bytes =>
    field(5, join([textField(1, name), value, numberField(20, type)]));
  return join([
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(3, outputs[0] ?? op),
    textField(4, op),
    ...Object.entries(ints).map(([name, value]) =>
      typeof value === "number"
        ? attribute(name, 2, numberField(3, value))
        : attribute(name, 7, join(value.map((one) => numberField(8, one)))),
    ),
    ...Object.entries(floats).map(([name, value]) => attribute(name, 1, floatField(2, value))),
    ...Object.entries(strings).map(([name, value]) => attribute(name, 3, textField(4, value))),
  ]);
}

function tensorOf({ name, dims, data }: Tensor): Bytes {
  return join([
    ...dims.map((dim) => numberField(1, dim)),
    numberField(2, typeNumber[data.type]),
    textField(8, name),
    field(9, rawOf(data)),
  ]);
}

/** Little endian, as `raw_data` is. */
function rawOf(data: TensorData): Bytes {
  const width = { float: 4, float16: 2, int64: 8 }[data.type];
  const count = data.type === "float16" ? data.bits.length : data.values.length;
  const view = new DataView(new ArrayBuffer(width * count));
  if (data.type === "float") data.values.forEach((value, at) => view.setFloat32(at * 4, value, true));
  else if (data.type === "float16") data.bits.forEach((bits, at) => view.setUint16(at * 2, bits, true));
  else data.values.forEach((value, at) => view.setBigInt64(at * 8, BigInt(value), true));
  return new Uint8Array(view.buffer);
}

function valueOf({ name, dims, type = "float" }: OnnxValue): Bytes {
  const shape = dims.map((dim) => field(1, typeof dim === "number" ? numberField(1, dim) : textField(2, dim)));
  const tensor = join([numberField(1, typeNumber[type]), field(2, join(shape))]);
  return join([textField(1, name), field(2, field(1, tensor))]);
}

/** Protocol buffers: a field is its number and kind, then a varint, four bytes, or a length and that many bytes. */
function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}

const numberField = (number: number, value: number): Bytes => join([varint(number << 3), varint(value)]);
const field = (number: number, bytes: Bytes): Bytes => join([varint((number << 3) | 2), varint(bytes.length), bytes]);
const textField = (number: number, text: string): Bytes => field(number, new TextEncoder().encode(text));

function floatField(number: number, value: number): Bytes {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  return join([varint((number << 3) | 5), new Uint8Array(view.buffer)]);
}

const join = (parts: readonly Bytes[]): Bytes => Buffer.concat(parts);
