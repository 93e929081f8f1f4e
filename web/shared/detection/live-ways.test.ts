import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackedObject } from "../../../src/domain/detection/objects.ts";
import { noWays, withLook, type LiveWays } from "./live-ways.ts";
import { boxesAt, trailsAt } from "./ways.ts";

const seen = (track: number, x: number, confidence = 1): TrackedObject => ({
  ...{ track, label: "person", confidence, foot: { x: x + 0.05, y: 0.5 } },
  box: { x, y: 0.3, width: 0.1, height: 0.2 },
});
const grown = (...looks: readonly (readonly [at: number, ...objects: readonly TrackedObject[]])[]): LiveWays =>
  looks.reduce<LiveWays>((ways, [objectsWall, ...objects]) => withLook(ways, { objects, objectsWall }), noWays);
const x = ({ ways }: LiveWays, at: number) => boxesAt(ways, at).map(({ id, box }) => [id, Math.round(box.x * 100)]);

test("a picture older than the newest look is drawn between the two looks around it, and not before the first", () => {
  const ways = grown([1000, seen(1, 0.1)], [1200, seen(1, 0.2)]);
  assert.deepEqual(x(ways, 1100), [["1", 15]]);
  assert.deepEqual(x(ways, 999), []);
});

test("who is still there stands where they were seen until they are seen elsewhere; who is gone goes with the picture", () => {
  const here = grown([1000, seen(1, 0.1), seen(2, 0.5)], [1200, seen(1, 0.2)]);
  assert.deepEqual(x(here, 1100), [
    ["1", 15],
    ["2", 50],
  ]);
  assert.deepEqual(x(here, 1500), [["1", 20]]);
  assert.deepEqual(x(here, 4900), [["1", 20]], "they are looked for when something moves");
  const back = withLook(here, { objects: [seen(2, 0.6)], objectsWall: 1600 });
  assert.deepEqual(x(back, 1600), [
    ["2", 60],
    ["1", 20],
  ]);
  assert.deepEqual(x(back, 1700), [["2", 60]]);
});

test("a way is that of the last six seconds of the picture that is shown, in no more than so many places", () => {
  const looks = Array.from({ length: 100 }, (_, n) => [n * 200, seen(1, n / 100)] as const);
  const ways = grown(...looks);
  const [trail] = trailsAt(ways.ways, 18_000);
  assert.deepEqual([trail?.steps[0]?.at, trail?.steps.at(-1)?.at], [12_000, 18_000]);
  assert.deepEqual(trailsAt(grown(...looks, [26_000]).ways, 26_000), []);
  assert.ok((ways.ways[0]?.steps.length ?? 0) < 50, "what is too old to be drawn is forgotten");
});

test("the same answer told again changes nothing; without one, and after a clock set back, nobody is there", () => {
  const ways = grown([1000, seen(1, 0.1)]);
  assert.equal(withLook(ways, { objects: [seen(1, 0.1)], objectsWall: 1000 }), ways);
  assert.equal(withLook(ways, { objects: [] }), noWays);
  const back = withLook(ways, { objects: [seen(1, 0.7)], objectsWall: 500 });
  assert.deepEqual([back.ways[0]?.steps.length, x(back, 600)], [1, [["1", 70]]]);
});

test("how sure the detector is, is that of the newest look", () => {
  const { ways } = grown([1000, seen(1, 0.1, 0.5)], [1200, seen(1, 0.2, 0.9)]);
  assert.equal(boxesAt(ways, 1100)[0]?.confidence, 0.9);
});
