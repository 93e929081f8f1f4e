import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { RgbPicture } from "../ports.ts";
import { readDescription } from "./description.ts";
import { recognised, type ModelShapes } from "./recognise.ts";
import { openModel } from "./session.ts";
import { descriptionOf } from "../../platform/model-files.ts";
import { cells64, modelSaying, type Said } from "../../testkit/made-up-models.ts";

let folder = "";
before(() => void (folder = mkdtempSync(join(tmpdir(), "reed-models-"))));
after(() => rmSync(folder, { recursive: true }));

/** 128 × 128, so that each pixel of a model of 64 × 64 is two. */
const picture: RgbPicture = { width: 128, height: 128, bytes: new Uint8Array(128 * 128 * 3) };
const whole = [{ x: 0, y: 0, width: 128, height: 128 }];
let count = 0;

/** What a model with these outputs sees, boxes in thousandths of the picture. */
async function seenBy(outputs: readonly Said[], description?: object, more: Parameters<typeof modelSaying>[2] = []) {
  const file = join(folder, `${++count}.onnx`);
  writeFileSync(file, modelSaying(outputs, [1, 3, 64, 64], more));
  if (description !== undefined) writeFileSync(descriptionOf(file), JSON.stringify(description));
  const model = await openModel(file);
  const objects = await model.detect(picture, whole);
  const part = (value: number): number => Math.round(value * 1000);
  return {
    kind: model.spec.kind,
    objects: objects.map(({ label, confidence, box: { x, y, width, height } }) =>
      [label, Math.round(confidence * 100) / 100, ...[x, y, width, height].map(part)].join(" "),
    ),
  };
}

const row = (at: number, width: number, values: readonly number[], column = 0): Readonly<Record<number, number>> =>
  Object.fromEntries(values.map((value, index) => [at * width + column + index, value]));

// a box from 16, 8 to 48, 56 of 64 × 64 in each of these, class 2 of COCO
const same = ["car 0.8 250 125 500 750"];

test("YOLOX is known by its cells, and a cell's box is in strides and logarithms", async () => {
  // cell 5 of stride 16 (column 1, row 1): middle 32, 32 is one stride off; 32 × 48 pixels
  const cell = 64 + 5;
  const values = { ...row(cell, 85, [1, 1, Math.log(2), Math.log(3), 1]), [cell * 85 + 5 + 2]: 0.8 };
  assert.deepEqual(await seenBy([{ name: "output", dims: [1, cells64, 85], values }]), {
    kind: "yolox",
    objects: same,
  });
});

test("an export of YOLOv8 and later is known by its cells in the last place", async () => {
  const at = (channel: number, box: number): number => channel * cells64 + box;
  const values = { [at(0, 7)]: 32, [at(1, 7)]: 32, [at(2, 7)]: 32, [at(3, 7)]: 48, [at(4 + 2, 7)]: 0.8 };
  assert.deepEqual(await seenBy([{ name: "output0", dims: [1, 84, cells64], values }]), {
    kind: "yolo",
    objects: same,
  });
});

test("an export of YOLOv5 is known by three boxes a cell, one with suppression inside by its six columns", async () => {
  const v5 = { ...row(9, 85, [32, 32, 32, 48, 1]), [9 * 85 + 5 + 2]: 0.8 };
  assert.deepEqual(await seenBy([{ name: "output", dims: [1, 3 * cells64, 85], values: v5 }]), {
    ...{ kind: "yolo-objectness", objects: same },
  });
  const end = row(3, 6, [16, 8, 48, 56, 0.8, 2]);
  assert.deepEqual(await seenBy([{ name: "output0", dims: [1, 300, 6], values: end }]), {
    kind: "yolo-end",
    objects: same,
  });
});

test("RF-DETR numbers its classes as COCO does itself; D-FINE says boxes in pixels of the size it was told", async () => {
  const logit = Math.log(0.8 / 0.2);
  const boxes = row(11, 4, [0.5, 0.5, 0.5, 0.75]);
  const detr: Said[] = [
    { name: "dets", dims: [1, 300, 4], values: boxes },
    // 3 in COCO's own list is a car
    { name: "labels", dims: [1, 300, 91], values: { [11 * 91 + 3]: logit }, rest: -9 },
  ];
  assert.deepEqual(await seenBy(detr), { kind: "detr", objects: same });
  const fine: Said[] = [
    { name: "labels", dims: [1, 300], values: { 4: 2 }, type: "int64" },
    { name: "boxes", dims: [1, 300, 4], values: row(4, 4, [16, 8, 48, 56]) },
    { name: "scores", dims: [1, 300], values: { 4: 0.8 } },
  ];
  const size = [{ name: "orig_target_sizes", dims: [1, 2], type: "int64" as const }];
  assert.deepEqual(await seenBy(fine, undefined, size), { kind: "detr-boxes", objects: same });
});

test("a model with classes of its own is refused with what to do, and runs when its description names them", async () => {
  const at = (channel: number): number => channel * cells64 + 7;
  const values = { [at(0)]: 32, [at(1)]: 32, [at(2)]: 32, [at(3)]: 48, [at(4 + 1)]: 0.8 };
  const outputs: Said[] = [{ name: "output0", dims: [1, 6, cells64], values }];
  await assert.rejects(seenBy(outputs), /tells 2 classes apart.*\.model\.json.*"labels"/);
  const told = await seenBy(outputs, { labels: ["gull", "fox"], licence: "ours" });
  assert.deepEqual(told.objects, ["fox 0.8 250 125 500 750"]);
});

const shapes = (
  outputs: ModelShapes["outputs"],
  input: readonly (number | string)[] = [1, 3, 640, 640],
): ModelShapes => ({
  inputs: [{ name: "images", shape: input }],
  outputs,
});

test("an input that is left open is 640 pixels, or as the description says", () => {
  const open = shapes([{ name: "output0", shape: [1, 84, "anchors"] }], ["batch", 3, "height", "width"]);
  const spec = recognised(open, { kind: "yolo", width: 320, height: 256 });
  assert.deepEqual(spec.input, { name: "images", width: 320, height: 256 });
  assert.equal(recognised(open, { kind: "yolo" }).input.width, 640);
});

test("what is no detector says what it has instead", () => {
  assert.throws(
    () => recognised(shapes([{ name: "prob", shape: [1, 1000] }])),
    /no kind that is known \(prob 1×1000\).*"kind".*yolox/,
  );
  assert.throws(
    () => recognised({ inputs: [{ name: "audio", shape: [1, 16000] }], outputs: [] }),
    /no input .* picture \(audio 1×16000\)/,
  );
  assert.throws(() => recognised(shapes([], [1, 640, 640, 3])), /1×3×height×width, this one wants 1×640×640×3/);
  assert.throws(() => recognised(shapes([], [1, 3, 4096, 4096])), /4096×4096; at most 1920/);
});

test("a description says which of its words is wrong", () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["{", /no JSON/],
    ["[]", /JSON object/],
    ['{"kidn":"yolo"}', /has "kidn"; it may have kind/],
    ['{"kind":"yolov99"}', /"kind" .* one of nanodet, yolox/],
    ['{"width":16}', /"width" .* from 32 to 1920/],
    ['{"mean":[1,2]}', /"mean" .* three numbers/],
    ['{"deviation":[1,0,1]}', /"deviation" .* three numbers/],
    ['{"labels":[]}', /"labels" .* list of names/],
    ['{"licence":7}', /"licence" .* text/],
  ];
  for (const [text, message] of wrong) assert.throws(() => readDescription(text), message);
  assert.deepEqual(readDescription('{"order":"bgr","fill":0,"labels":["a"],"source":"x"}'), {
    ...{ pixels: { order: "bgr", fill: 0 }, labels: ["a"], source: "x" },
  });
});

test("a file that is no model is refused", async () => {
  const file = join(folder, "text.onnx");
  writeFileSync(file, "this is no model");
  await assert.rejects(openModel(file), Error);
});
