import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf, motionAsk, motionAt, motionPaths, wasWatched } from "./motion.ts";

const day = 86_400_000;
const view = { from: 10 * day, to: 11 * day };

test("a day is asked for with half a day on each side, in steps of a pixel or two, and a pan needs no new request", () => {
  const asked = motionAsk(view);
  assert.ok(asked.from <= 9.5 * day && asked.to >= 11.5 * day);
  assert.ok((asked.to - asked.from) / asked.stepMs <= 4000);
  assert.deepEqual(motionAsk({ from: view.from + 1000, to: view.to + 1000 }).stepMs, asked.stepMs);
  assert.equal(asked.from % asked.stepMs, 0);
});

test("whatever length is looked at, no more is asked for than the server gives", () => {
  for (let length = 20_000; length <= 32 * day; length *= 1.3) {
    const { from, to, stepMs } = motionAsk({ from: 100 * day + 7, to: 100 * day + 7 + length });
    assert.ok(from <= 100 * day + 7 && to >= 100 * day + 7 + length, String(length));
    assert.ok((to - from) / stepMs <= 4000 && to - from <= 40 * day && stepMs >= 1000, String(length));
  }
});

const line = { from: 0, stepMs: 1000, steps: [-1, 0, 255, 51, 0, -1] };

test("a moment that nobody looked at is not called still", () => {
  assert.deepEqual(
    [500, 1500, 2500, 3500, 5500, 99_000, -5].map((wall) => motionAt(line, wall)),
    ["unwatched", "still", { percent: 100 }, { percent: 20 }, "unwatched", "unwatched", "unwatched"],
  );
});

test("a strip has a line under what was watched, and motion standing on it as high as it was strong", () => {
  const paths = motionPaths(line, { from: 0, to: 6000 }, 60, { y: 20, height: 10 });
  assert.equal(paths.watched, "M10 20h10M20 20h10M30 20h10M40 20h10");
  assert.equal(paths.moved, "M20 20v-10h10v10zM30 20v-5.6h10v5.6z");
});

test("of steps that share a pixel the strongest is drawn, so that a short motion is seen in a long day", () => {
  const steps = Array.from({ length: 600 }, (_, at) => (at === 333 ? 255 : 0));
  const { moved } = motionPaths({ from: 0, stepMs: 1000, steps }, { from: 0, to: 600_000 }, 60, { y: 5, height: 5 });
  assert.equal(moved, "M33 5v-5h1v5z");
});

test("a camera that nobody watched has no strip", () => {
  assert.equal(wasWatched({ ...line, steps: [-1, -1] }), false);
  assert.equal(wasWatched(line), true);
  const motion = { from: 5, stepMs: 10, channels: [{ channel: 2, steps: [1] }] };
  assert.deepEqual(lineOf(motion, 2), { from: 5, stepMs: 10, steps: [1] });
  assert.equal(lineOf(motion, 1), undefined);
  assert.equal(lineOf(undefined, 1), undefined);
});
