import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { ownModel } from "../../platform/model-files.ts";
import { recognised } from "./recognise.ts";
import { madeUpInput } from "./testdata/made-up-input.ts";

interface Reference {
  readonly dims: readonly number[];
  readonly sum: number;
  readonly values: readonly number[];
}

const reference = JSON.parse(
  readFileSync(new URL("./testdata/nanodet-reference.json", import.meta.url), "utf8"),
) as Readonly<Record<string, Reference>>;

test("the converted model answers as the original does, in all six outputs", async () => {
  const session = await InferenceSession.create(ownModel, { intraOpNumThreads: 1 });
  const answer = await session.run({ input: new Tensor("float32", madeUpInput(), [1, 3, 416, 416]) });
  assert.deepEqual(Object.keys(answer).sort(), Object.keys(reference).sort());
  for (const [name, { dims, sum, values }] of Object.entries(reference)) {
    const output = answer[name];
    assert.ok(output !== undefined && output.data instanceof Float32Array);
    const { data } = output;
    assert.deepEqual([...output.dims], [...dims]);
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    values.forEach((value, at) => {
      const here = data[Math.floor((at * data.length) / values.length)] ?? NaN;
      assert.ok(Math.abs(here - value) < 2e-5 * Math.max(1, largest), `${name} ${at}: ${here}, not ${value}`);
    });
    const all = data.reduce((added, value) => added + value, 0);
    assert.ok(Math.abs(all - sum) <= 1e-3 * Math.abs(sum) + 1e-3, `${name}: sum ${all}, not ${sum}`);
  }
});

test("the model that comes with Reed is known by its outputs: NanoDet, 416 pixels, the classes of COCO", async () => {
  const session = await InferenceSession.create(ownModel, { intraOpNumThreads: 1 });
  const shapes = (values: readonly InferenceSession.ValueMetadata[]) =>
    values.map((value) => ({ name: value.name, shape: value.isTensor ? value.shape : [] }));
  const spec = recognised({ inputs: shapes(session.inputMetadata), outputs: shapes(session.outputMetadata) });
  assert.equal(spec.kind, "nanodet");
  assert.deepEqual([spec.input.width, spec.input.height, spec.pixels.order], [416, 416, "bgr"]);
  assert.deepEqual(
    [spec.labels[0], spec.labels[2], spec.labels[79], spec.labels.length],
    ["person", "car", "toothbrush", 80],
  );
});
