import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ownModel } from "../../platform/model-files.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { ModelProcess } from "./model-process.ts";
import { startObjectStages } from "./object-stages.ts";

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};

/** A model that opens any file that is there, and sees nothing. */
const startIn = (files: string[]) => (): ModelProcess => ({
  alive: true,
  open(file) {
    files.push(file);
    const opened = { kind: "opened", spec: { input: { width: 64, height: 64 } }, description: {} };
    return Promise.resolve(opened as never);
  },
  look: () => Promise.resolve({ kind: "seen", objects: [], ms: 5 }),
  [Symbol.dispose]: () => undefined,
});

async function started(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), "reed-stages-"));
  const models = join(data, "models");
  mkdirSync(models);
  const files: string[] = [];
  const nothing = () => undefined;
  const stages = await startObjectStages({
    ...{ clock: fakeClock(), folder: join(data, "detection"), models, start: startIn(files) },
    ...{ opened: nothing, warn: nothing },
  });
  t.after(async () => {
    await stages[Symbol.asyncDispose]();
    rmSync(data, { recursive: true });
  });
  const look = (settings: object) => {
    const wanted = {
      channel: 1,
      board: 1,
      keepDays: 1,
      settings: { kind: "video-detection", channel: 1, ...settings },
    };
    return stages.open(wanted as never, nothing, nothing);
  };
  const file = (id: string, at: number) => {
    const path = join(models, `${id}.onnx`);
    writeFileSync(path, "model");
    utimesSync(path, at, at);
    return path;
  };
  return { stages, files, look, file };
}

test("no model is opened while no camera wants objects; with the first one it is proved and told", async (t) => {
  const { stages, files, look } = await started(t);
  look({ videoLoss: true });
  stages.tick();
  assert.deepEqual([files, stages.running], [[], undefined]);
  look({ smart: { human: true, vehicle: false, sensitivity: "middle" } });
  stages.tick();
  await until(() => stages.running?.state === "open");
  assert.deepEqual(files, [ownModel]);
  assert.deepEqual(stages.running, { model: "nanodet", state: "open", reason: "", failures: 0, lookMs: 5 });
});

test("the model that is chosen takes over without a restart, also by hand, and also when its file becomes another one", async (t) => {
  const { stages, files, look, file } = await started(t);
  look({ smart: { human: true, vehicle: false, sensitivity: "middle" } });
  stages.choose(undefined);
  await until(() => stages.running?.state === "open");
  const [yolox, detector] = [file("yolox", 5), file("detector", 5)];
  stages.tick();
  await until(() => files.length === 2 && stages.running?.state === "open");
  stages.choose("yolox");
  await until(() => files.length === 3 && stages.running?.state === "open");
  assert.equal(stages.running?.model, "yolox");
  stages.tick();
  file("yolox", 6);
  stages.tick();
  await until(() => files.length === 4 && stages.running?.state === "open");
  assert.deepEqual(files, [ownModel, detector, yolox, yolox]);
});
