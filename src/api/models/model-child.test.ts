import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../platform/clock.ts";
import { ownModel } from "../../platform/model-files.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { modelSaying } from "../../testkit/made-up-models.ts";
import { modelChild } from "./model-child.ts";

let folder = "";
before(() => void (folder = mkdtempSync(join(tmpdir(), "reed-trial-"))));
after(() => rmSync(folder, { recursive: true }));

const script = fileURLToPath(new URL("../../detection/objects/trial-child.ts", import.meta.url));
const text = (name: string, source: string): string => {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
};

test("a model is opened, described and timed in a process of its own; a file that is none is refused with why", async () => {
  const ask = modelChild({ clock: systemClock(), script });
  const own = await ask({ kind: "check", file: ownModel });
  assert.ok(own.kind === "checked");
  assert.deepEqual([own.facts.kind, own.facts.width, own.facts.labels.length], ["nanodet", 416, 80]);
  assert.ok(own.facts.lookMs > 0);
  await assert.rejects(ask({ kind: "check", file: text("a.onnx", "no model") }), /no ONNX model that can be run/);
  await assert.rejects(ask({ kind: "check", file: join(folder, "b.onnx") }), /there is no file b\.onnx/);
  const values = { 0: 16, 1: 8, 2: 48, 3: 56, 4: 0.8, 5: 1 };
  const file = join(folder, "made-up.onnx");
  writeFileSync(file, modelSaying([{ name: "output0", dims: [1, 300, 6], values }]));
  const described = await ask({ kind: "check", file, description: '{"labels":["gull","fox"]}' });
  assert.ok(described.kind === "checked");
  assert.deepEqual(described.facts.labels, ["gull", "fox"]);
  await assert.rejects(ask({ kind: "check", file, description: "{" }), /no JSON/);
});

test("a process that can't be started is a refusal, whatever fails behind it", async (t) => {
  const { execPath } = process;
  t.after(() => void (process.execPath = execPath));
  process.execPath = join(folder, "nowhere");
  const picture = new Uint8Array(1_000_000);
  await assert.rejects(
    modelChild({ clock: systemClock(), script, before: [] })({ kind: "try", file: ownModel, picture }),
    /ENOENT/,
  );
  // by `setpriv`, where it is there: it was started, and says that the program was not
  await assert.rejects(
    modelChild({ clock: systemClock(), script })({ kind: "try", file: ownModel, picture }),
    /ENOENT|ended \(exit code 127\)|takes nothing more/,
  );
});

test("one that hangs or takes too much memory is ended, and the next one is asked", async () => {
  const clock = fakeClock();
  const hung = text("hung.mjs", "process.on('message', () => undefined); setInterval(() => undefined, 1000);");
  const asked = modelChild({ clock, script: hung })({ kind: "check", file: "x" });
  const refused = assert.rejects(asked, /does not answer/);
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(100_000);
  await refused;
  const greedy = modelChild({ clock: systemClock(), script: hung, mostBytes: 1024 ** 2 });
  await assert.rejects(greedy({ kind: "check", file: "x" }), /more than 1 MB of memory/);
  const crash = text("crash.mjs", "process.once('message', () => process.kill(process.pid, 'SIGSEGV'));");
  await assert.rejects(modelChild({ clock: systemClock(), script: crash })({ kind: "check", file: "x" }), /SIGSEGV/);
});
