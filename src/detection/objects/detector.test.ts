import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { RgbPicture } from "../ports.ts";
import { startDetector } from "./detector.ts";
import type { ModelProcess } from "./model-process.ts";

/** A picture that is known by its width. */
const picture = (width: number): RgbPicture => ({ width, height: 1, bytes: new Uint8Array(width * 3) });

/** A model that answers when it is told to. */
function heldModel() {
  const asked: number[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const files: string[] = [];
  let alive = true;
  const model: ModelProcess = {
    get alive() {
      return alive;
    },
    open(file) {
      files.push(file);
      return Promise.resolve({
        kind: "opened",
        spec: { input: { width: 640, height: 384 } },
        description: {},
      } as never);
    },
    look: ({ width }) =>
      new Promise((resolve, reject) => {
        asked.push(width);
        answers.push((error) => {
          if (error === undefined) resolve({ kind: "seen", objects: [], ms: 40 });
          else reject(error);
        });
      }),
    [Symbol.dispose]() {
      alive = false;
    },
  };
  return { model, asked, files, answer: (error?: Error) => answers.shift()?.(error) };
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setImmediate(resolve));
}

test("one picture is looked at at a time, channels take turns, and of each channel the newest picture counts", async () => {
  const held = heldModel();
  const detector = startDetector({ clock: fakeClock(), file: "m.onnx", start: () => held.model });
  const looks = [
    detector.look(1, picture(11), []),
    detector.look(1, picture(12), []),
    detector.look(2, picture(21), []),
    detector.look(1, picture(13), []),
    detector.look(2, picture(22), []),
  ];
  await until(() => held.asked.length === 1);
  for (let count = 1; count <= 3; count++) {
    await until(() => held.asked.length === count);
    held.answer();
  }
  const seen = (await Promise.all(looks)).map((objects) => objects !== undefined);
  assert.deepEqual(held.asked, [11, 13, 22]);
  assert.deepEqual(seen, [true, false, false, true, true]);
  assert.deepEqual(held.files, ["m.onnx"], "the model is opened once");
  assert.equal(detector.side, 640, "what its crops are planned for");
  await detector[Symbol.asyncDispose]();
});

test("a model that fails is started anew, not at once; until then everybody hears why", async () => {
  const clock = fakeClock();
  const helds = [heldModel(), heldModel()];
  let started = 0;
  const detector = startDetector({
    clock,
    file: "m.onnx",
    start: () => helds[started++]?.model ?? assert.fail("started too often"),
  });
  const first = assert.rejects(detector.look(1, picture(1), []), /out of memory/);
  await until(() => helds[0]?.asked.length === 1);
  helds[0]?.answer(new Error("out of memory"));
  await first;
  assert.equal(helds[0]?.model.alive, false);
  await assert.rejects(detector.look(1, picture(2), []), /out of memory/);
  assert.equal(started, 1);
  clock.advance(1000);
  const later = detector.look(1, picture(3), []);
  await until(() => helds[1]?.asked.length === 1);
  helds[1]?.answer();
  assert.deepEqual(await later, []);
  await detector[Symbol.asyncDispose]();
  await assert.rejects(detector.look(1, picture(4), []), /closed/);
});

test("another model takes over at once; what the one before was asked is answered by nobody, and its failure is forgotten", async () => {
  const helds = [heldModel(), heldModel(), heldModel()];
  let started = 0;
  const start = () => helds[started++]?.model ?? assert.fail("started too often");
  const detector = startDetector({ clock: fakeClock(), file: "a.onnx", start });
  const asked = assert.rejects(detector.look(1, picture(1), []), /another model takes over/);
  await until(() => helds[0]?.asked.length === 1);
  detector.use("b.onnx");
  assert.equal(helds[0]?.model.alive, false);
  helds[0].answer();
  await asked;
  const failing = assert.rejects(detector.look(1, picture(2), []), /no memory/);
  await until(() => helds[1]?.asked.length === 1);
  helds[1]?.answer(new Error("no memory"));
  await failing;
  assert.deepEqual(
    [detector.status.state, detector.status.reason, detector.status.failures],
    ["failed", "no memory", 1],
  );
  detector.use("c.onnx");
  assert.deepEqual(detector.status, { state: "idle", reason: "", failures: 0 });
  const seen = detector.look(1, picture(3), []);
  await until(() => helds[2]?.asked.length === 1);
  helds[2]?.answer();
  assert.deepEqual(await seen, []);
  assert.deepEqual(
    helds.flatMap(({ files }) => files),
    ["a.onnx", "b.onnx", "c.onnx"],
  );
  await detector[Symbol.asyncDispose]();
});

test("a model is proved by an empty picture before somebody moves, once, and its looks are timed", async () => {
  const held = heldModel();
  const detector = startDetector({ clock: fakeClock(), file: "m.onnx", start: () => held.model });
  detector.prove();
  detector.prove();
  await until(() => held.asked.length === 1);
  held.answer();
  await until(() => detector.status.state === "open");
  await until(() => detector.status.lookMs !== undefined);
  assert.deepEqual(detector.status, { state: "open", reason: "", failures: 0, lookMs: 40 });
  detector.prove();
  const seen = detector.look(1, picture(7), [
    { x: 0, y: 0, width: 1, height: 1 },
    { x: 0, y: 0, width: 1, height: 1 },
  ]);
  await until(() => held.asked.length === 2);
  held.answer();
  await seen;
  assert.deepEqual(held.asked, [64, 7]);
  assert.equal(detector.status.lookMs, 40, "of two looks of 40 and 20 ms (two crops) the later one of the middle");
  await detector[Symbol.asyncDispose]();
});
