import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { shippedModel, usualModel } from "../domain/detection/object-model.ts";
import { descriptionOf, modelFile, modelStamp, ownModel, runningModel } from "./model-files.ts";

test("the chosen model runs; where none is, one that somebody put there, else Reed's own", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-chosen-"));
  t.after(() => rmSync(folder, { recursive: true }));
  assert.equal(runningModel(join(folder, "not there"), undefined), shippedModel);
  assert.equal(modelFile(folder, shippedModel), ownModel);
  assert.ok(existsSync(ownModel));
  writeFileSync(join(folder, `${usualModel}.onnx`), "");
  assert.equal(runningModel(folder, undefined), usualModel);
  assert.equal(runningModel(folder, shippedModel), shippedModel);
  assert.equal(runningModel(folder, "yolox"), "yolox", "also while it is not there: another one never runs instead");
  assert.equal(modelFile(folder, "yolox"), join(folder, "yolox.onnx"));
});

test("another file or another description is seen by its size or its time", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-stamp-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "a.onnx");
  assert.equal(modelStamp(file), undefined);
  const stamps = new Set<string | undefined>();
  writeFileSync(file, "one");
  stamps.add(modelStamp(file));
  utimesSync(file, 5, 5);
  stamps.add(modelStamp(file));
  writeFileSync(descriptionOf(file), "{}");
  stamps.add(modelStamp(file));
  assert.equal(stamps.size, 3);
  assert.equal(modelStamp(file), modelStamp(file));
});
