import assert from "node:assert/strict";
import { test } from "node:test";
import type { ObjectPaths } from "../../../src/contract/object-search.ts";
import { boxesAt, joinedWays, trailsAt } from "./ways.ts";

type Point = ObjectPaths["objects"][number]["path"][number];

/** A walk to the right, a tenth of the picture a second, from 1000 on; seen at these ms. */
const answer = (...at: readonly number[]): ObjectPaths => {
  const path = at.map((ms): Point => [ms - (at[0] ?? 0), ms / 10_000, 0.4, 0.1, 0.2]);
  return { objects: [{ id: "1-1", label: "person", confidence: 0.8, from: 1000 + (at[0] ?? 0), path }], to: 0 };
};
const x = (ways: ReturnType<typeof joinedWays>, at: number) =>
  boxesAt(ways, at).map(({ box }) => Math.round(box.x * 1000));

test("between two points a box is where it went straight on, and nowhere before it came and after it went", () => {
  const ways = joinedWays([answer(0, 500, 2000)]);
  assert.deepEqual(x(ways, 999), []);
  assert.deepEqual(x(ways, 1000), [0]);
  assert.deepEqual(x(ways, 1250), [25]);
  assert.deepEqual(x(ways, 2250), [125]);
  assert.deepEqual(x(ways, 3300), [200]);
  assert.deepEqual(x(ways, 3500), []);
});

test("where nobody saw them for some seconds there is no box", () => {
  const ways = joinedWays([answer(0, 200, 5000, 5200)]);
  assert.deepEqual(x(ways, 3000), []);
  assert.deepEqual(x(ways, 6100), [510]);
});

test("who is in two answers is drawn once, and goes on from one to the other", () => {
  const ways = joinedWays([answer(0, 1000, 2000), answer(1000, 2000, 3000)]);
  assert.equal(ways.length, 1);
  assert.deepEqual(
    ways[0]?.steps.map(({ at }) => at),
    [1000, 2000, 3000, 4000],
  );
  assert.deepEqual(x(ways, 3500), [250]);
});

test("the way they came ends where they are, and is that of the last six seconds", () => {
  const ways = joinedWays([answer(0, 2000, 4000, 6000, 8000, 10_000)]);
  const [trail] = trailsAt(ways, 9500);
  assert.deepEqual(
    trail?.steps.map((step) => Math.round((step.x - 0.05) * 1000)),
    [400, 600, 800, 850],
  );
  assert.deepEqual(trailsAt(ways, 900), []);
  assert.deepEqual(trailsAt(ways, 18_000), []);
});
