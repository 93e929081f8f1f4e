import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { systemClock } from "../../platform/clock.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { startModelProcess } from "./model-process.ts";
import { modelSaying } from "../../testkit/made-up-models.ts";

let folder = "";
before(() => void (folder = mkdtempSync(join(tmpdir(), "reed-model-"))));
after(() => rmSync(folder, { recursive: true }));

const picture = { width: 64, height: 64, bytes: new Uint8Array(64 * 64 * 3) };
const whole = [{ x: 0, y: 0, width: 64, height: 64 }];

function madeUp(): string {
  const file = join(folder, "a.onnx");
  const values = { 0: 16, 1: 8, 2: 48, 3: 56, 4: 0.8, 5: 2 };
  writeFileSync(file, modelSaying([{ name: "output0", dims: [1, 300, 6], values }]));
  return file;
}

test("a model runs in a process of its own, and a file that is none is refused with why", async () => {
  using model = startModelProcess(systemClock());
  await assert.rejects(model.open(join(folder, "nothing.onnx")), /nothing\.onnx/);
  await assert.rejects(model.look(picture, whole), /no model is open/);
  const { spec } = await model.open(madeUp());
  assert.equal(spec.kind, "yolo-end");
  const { objects } = await model.look(picture, whole);
  assert.deepEqual(
    objects.map(({ label, box }) => [label, box.x, box.y]),
    [["car", 0.25, 0.125]],
  );
});

test("one that hangs is ended, and everything rejects from then on", async () => {
  const clock = fakeClock();
  // no process of ours: it never answers
  const hung = join(folder, "hung.mjs");
  writeFileSync(hung, "setInterval(() => undefined, 1000);");
  using model = startModelProcess(clock, new URL(`file://${hung}`));
  const opening = assert.rejects(model.open("x.onnx"), /does not answer/);
  clock.advance(60_000);
  await opening;
  assert.equal(model.alive, false);
  await assert.rejects(model.look(picture, whole), /does not answer/);
});

test("one that ends in the middle of a picture says so", async () => {
  const crash = join(folder, "crash.mjs");
  writeFileSync(crash, 'process.once("message", () => process.kill(process.pid, "SIGSEGV"));');
  using model = startModelProcess(systemClock(), new URL(`file://${crash}`));
  await assert.rejects(model.look(picture, whole), /ended \(SIGSEGV\)/);
});
