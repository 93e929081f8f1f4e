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
  using model = startModelProcess({ clock: systemClock() });
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
  using model = startModelProcess({ clock, script: new URL(`file://${hung}`) });
  const opening = assert.rejects(model.open("x.onnx"), /does not answer/);
  clock.advance(60_000);
  await opening;
  assert.equal(model.alive, false);
  await assert.rejects(model.look(picture, whole), /does not answer/);
});

test("one that ends in the middle of a picture says so, and what it wrote last is told", async () => {
  const crash = join(folder, "crash.mjs");
  writeFileSync(
    crash,
    `import { writeSync } from "node:fs";
     process.once("message", () => { writeSync(2, "no such operator\\n"); process.kill(process.pid, "SIGSEGV"); });`,
  );
  const told: string[] = [];
  const ended = (...words: string[]) => void told.push(...words);
  using model = startModelProcess({ clock: systemClock(), script: new URL(`file://${crash}`), ended });
  await assert.rejects(model.look(picture, whole), /ended \(SIGSEGV\)/);
  assert.deepEqual(told, ["the model's process ended (SIGSEGV)", "no such operator\n"]);
});

test("one that takes more memory than it may is ended, and one that is closed is nobody's complaint", async () => {
  const greedy = join(folder, "greedy.mjs");
  writeFileSync(
    greedy,
    "process.once('message', () => { for (const kept = []; ;) kept.push(Buffer.alloc(1e6, 1)); });",
  );
  const told: string[] = [];
  const options = { clock: systemClock(), ended: (why: string) => void told.push(why), mostBytes: 400 * 1024 ** 2 };
  using model = startModelProcess({ ...options, script: new URL(`file://${greedy}`) });
  await assert.rejects(model.look(picture, whole), /took more than 400 MB of memory/);
  assert.deepEqual(told, ["the model took more than 400 MB of memory"]);
  const closed = startModelProcess(options);
  closed[Symbol.dispose]();
  await assert.rejects(closed.look(picture, whole), /is closed/);
  assert.equal(told.length, 1);
});
