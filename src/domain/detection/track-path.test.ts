import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boxBetween, createPathThinner, longestStepMs, type PathStep } from "./track-path.ts";

const step = (at: number, x: number, height = 0.3): PathStep => ({ at, box: { x, y: 0.4, width: 0.1, height } });

function thinned(steps: readonly PathStep[]): readonly PathStep[] {
  const thinner = createPathThinner();
  return [...steps.flatMap((one) => thinner.add(one)), ...thinner.flush()];
}

test("who walks straight on needs a point every two seconds, and one more where they turn", () => {
  const there = Array.from({ length: 20 }, (_, index) => step(index * 200, index * 0.02));
  const back = Array.from({ length: 20 }, (_, index) => step(4000 + index * 200, 0.4 - index * 0.02));
  const points = thinned([...there, ...back]);
  assert.deepEqual(points[0], there[0]);
  assert.deepEqual(points.at(-1), back.at(-1));
  assert.ok(points.length <= 7, `${points.length} points`);
  assert.ok(points.some(({ at }) => Math.abs(at - 4000) <= 200));
});

test("between the points nobody is farther from where they were seen than a part of their size", () => {
  const way = fc.array(
    fc.record({ x: fc.double({ min: 0, max: 0.9, noNaN: true }), pause: fc.integer({ min: 100, max: 900 }) }),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(way, (places) => {
      let at = 0;
      const steps = places.map(({ x, pause }) => step((at += pause), x));
      const points = thinned(steps);
      for (const one of steps) {
        const after = points.find((point) => point.at >= one.at);
        const before = points.findLast((point) => point.at <= one.at);
        assert.ok(after !== undefined && before !== undefined);
        assert.ok(Math.abs(boxBetween(before, after, one.at).x - one.box.x) <= 0.06 * 0.3 + 1e-9);
        assert.ok(after.at - before.at <= longestStepMs);
      }
      assert.ok(new Set(points).size === points.length && points.every((point) => steps.includes(point)));
    }),
  );
});

test("what was given out once is not given again after a pause in the writing", () => {
  const thinner = createPathThinner();
  assert.deepEqual(thinner.add(step(0, 0)), [step(0, 0)]);
  assert.deepEqual(thinner.flush(), []);
  assert.deepEqual(thinner.add(step(200, 0.1)), []);
  assert.deepEqual(thinner.flush(), [step(200, 0.1)]);
  assert.deepEqual(thinner.flush(), []);
});
