#!/usr/bin/env node
/**
 * What NanoDet's original weights answer to a made-up picture, in TensorFlow.js, for `nanodet.test.ts` to compare with.
 * TensorFlow.js is no dependency of this project: it is installed beside it for this one run.
 *
 *   mkdir /tmp/tfjs && cd /tmp/tfjs && npm i @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-converter@4.22.0 \
 *     @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
 *   node tools/nanodet-reference.mjs /tmp/tfjs package/models/nanodet.json \
 *     src/detection/objects/testdata/nanodet-reference.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { madeUpInput } from "../src/detection/objects/testdata/made-up-input.ts";

const [installed, from, to] = process.argv.slice(2);
if (to === undefined) throw new Error("usage: nanodet-reference.mjs folder-of-tfjs nanodet.json reference.json");
const require = createRequire(join(installed, "x.js"));
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");
const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
const { loadGraphModel } = require("@tensorflow/tfjs-converter");
setWasmPaths(join(installed, "node_modules/@tensorflow/tfjs-backend-wasm/dist/"));

const original = JSON.parse(readFileSync(from, "utf8"));
const [{ weights, paths }] = original.weightsManifest;
const bytes = Uint8Array.from(readFileSync(join(dirname(from), paths[0])));
await tf.setBackend("wasm");
const model = await loadGraphModel({
  load: async () => ({ ...original, weightSpecs: weights, weightData: bytes.buffer }),
});
const names = ["Identity", "Identity_1", "Identity_2", "Identity_3", "Identity_4", "Identity_5"];
const here = ["cls_pred_stride_8", "cls_pred_stride_16", "cls_pred_stride_32"];
const sides = ["dis_pred_stride_8", "dis_pred_stride_16", "dis_pred_stride_32"];
const input = tf.tensor(madeUpInput(), [1, 3, 416, 416]);
const answers = model.execute(input, names);
/** Values that are kept of each output, evenly over it. */
const kept = 251;
const reference = Object.fromEntries(
  answers.map((answer, at) => {
    const data = answer.dataSync();
    const values = Array.from({ length: kept }, (_, n) => data[Math.floor((n * data.length) / kept)]);
    const sum = data.reduce((all, value) => all + value, 0);
    const rounded = values.map((value) => Number(value.toPrecision(6)));
    return [[...here, ...sides][at], { dims: answer.shape, sum: Number(sum.toPrecision(6)), values: rounded }];
  }),
);
writeFileSync(to, `${JSON.stringify(reference)}\n`);
console.log(`${to}: ${answers.length} outputs in ${tf.getBackend()}`);
