import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackedObject } from "../../../src/domain/detection/objects.ts";
import { boxColor, pathOfTrail, withObjects, type Trail } from "./trails.ts";

const seen = (track: number, x: number): TrackedObject => ({
  ...{ track, label: "person", confidence: 1, foot: { x, y: 0.5 } },
  box: { x: x - 0.05, y: 0.3, width: 0.1, height: 0.2 },
});

test("an object's way grows with each picture and stays a while after it was seen last", () => {
  let trails = withObjects([], [seen(1, 0.1)], 1000);
  trails = withObjects(trails, [seen(1, 0.2), seen(2, 0.9)], 1200);
  assert.deepEqual(
    trails.map(({ track, steps }) => [track, steps.length]),
    [
      [1, 2],
      [2, 1],
    ],
  );
  const later = withObjects(trails, [], 7100);
  assert.deepEqual(
    later.map(({ track, steps }) => [track, steps.length]),
    [
      [1, 1],
      [2, 1],
    ],
  );
  assert.deepEqual(withObjects(later, [], 7300), []);
});

test("a way has no more than so many places, and none twice for one picture", () => {
  let trails: readonly Trail[] = [];
  for (let n = 0; n < 100; n++) trails = withObjects(trails, [seen(1, n / 100)], n * 10);
  assert.deepEqual(
    trails.map(({ steps }) => [steps.length, steps.at(-1)?.x]),
    [[40, 0.99]],
  );
  assert.equal(withObjects(withObjects([], [seen(1, 0)], 5), [seen(1, 0)], 5)[0]?.steps.length, 1);
});

test("a way is drawn in the picture's pixels", () => {
  const [trail] = withObjects(withObjects([], [seen(1, 0.25)], 1), [seen(1, 0.5)], 2);
  assert.equal(trail === undefined ? "" : pathOfTrail(trail, 640, 360), "M160 180L320 180");
});

test("people, vehicles and anything else have colours of their own", () => {
  assert.equal(new Set(["person", "car", "dog"].map(boxColor)).size, 3);
  assert.equal(boxColor("car"), boxColor("truck"));
});
