import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, noCells, rows, type CellMap } from "./motion-grid.ts";
import type { ObjectBox, TrackedObject } from "./objects.ts";
import type { SmartMotionSettings } from "./settings.ts";
import { noSmartState, smartMoving, stepSmart, type SmartState } from "./smart-motion.ts";
import { movedWithin, movingShare, stepTrackMotion, type TrackMotion } from "./track-motion.ts";

const both: SmartMotionSettings = { human: true, vehicle: true, sensitivity: "middle" };

function object(label: string, x: number, confidence = 0.7): TrackedObject {
  const box = label === "person" ? { x, y: 0.4, width: 0.1, height: 0.3 } : { x, y: 0.4, width: 0.3, height: 0.2 };
  return { label, confidence, box, track: 1, foot: { x: box.x + box.width / 2, y: box.y + box.height } };
}

/** All cells under a box move. */
function under({ x, y, width, height }: ObjectBox): CellMap {
  const map = noCells();
  for (let cell = 0; cell < map.length; cell++) {
    const [at, down] = [((cell % columns) + 0.5) / columns, (Math.floor(cell / columns) + 0.5) / rows];
    if (at > x && at < x + width && down > y && down < y + height) map[cell] = 1;
  }
  return map;
}

interface Picture {
  readonly tracked: readonly TrackedObject[];
  readonly moving: CellMap;
}

/** Pictures five times a second. */
function run(pictures: readonly Picture[], settings = both): { state: SmartState; at: number } {
  let state = noSmartState;
  let motion: readonly TrackMotion[] = [];
  pictures.forEach(({ tracked, moving }, index) => {
    const at = (index + 1) * 200;
    motion = stepTrackMotion(motion, tracked, moving, at);
    state = stepSmart(settings, state, { tracked, onTheMove: movedWithin(motion, at, 0), at, holdMs: 5000 });
  });
  return { state, at: pictures.length * 200 };
}

const walking = (count: number, confidence = 0.7): readonly Picture[] =>
  Array.from({ length: count }, (_, index) => {
    const one = object("person", 0.1 + index * 0.02, confidence);
    return { tracked: [one], moving: under(one.box) };
  });

test("somebody who walks closes the contact of people until the hold after the last motion is over", () => {
  const { state, at } = run(walking(3));
  assert.deepEqual(smartMoving(state, at), { human: "a person moves" });
  assert.deepEqual(smartMoving(state, at + 4999), { human: "a person moves" });
  assert.deepEqual(smartMoving(state, at + 5000), {});
});

test("low wants to be surer and to see it longer than middle, and middle than high", () => {
  const closes = (sensitivity: SmartMotionSettings["sensitivity"], count: number, confidence: number): boolean => {
    const { state, at } = run(walking(count, confidence), { ...both, sensitivity });
    return smartMoving(state, at).human !== undefined;
  };
  assert.deepEqual(
    (["low", "middle", "high"] as const).map((one) => [
      closes(one, 2, 0.9),
      closes(one, 3, 0.55),
      closes(one, 4, 0.65),
    ]),
    [
      [false, false, true],
      [false, true, true],
      [true, true, true],
    ],
  );
  assert.equal(closes("high", 10, 0.39), false);
});

test("a branch that moves beside somebody who stands still is no motion of people", () => {
  const still = object("person", 0.1);
  const beside = under({ x: 0.6, y: 0.1, width: 0.3, height: 0.3 });
  const { state, at } = run(Array.from({ length: 10 }, () => ({ tracked: [still], moving: beside })));
  assert.deepEqual(smartMoving(state, at), {});
});

test("a parked van does not move because somebody walks past it; one that drives does", () => {
  const van = object("truck", 0.4);
  const parked = Array.from({ length: 10 }, () => ({ tracked: [van], moving: under(van.box) }));
  assert.deepEqual(smartMoving(run(parked).state, 2000), {});
  const driving = Array.from({ length: 8 }, (_, index) => {
    const one = object("truck", 0.1 + index * 0.03);
    return { tracked: [one], moving: under(one.box) };
  });
  const { state, at } = run(driving);
  assert.deepEqual(smartMoving(state, at), { vehicle: "a vehicle moves" });
});

test("a class that was not asked for, and what is neither, closes nothing", () => {
  const dog = Array.from({ length: 6 }, () => ({
    tracked: [{ ...object("person", 0.1), label: "dog" }],
    moving: noCells().fill(1),
  }));
  assert.deepEqual(smartMoving(run(dog).state, 1200), {});
  const { state, at } = run(walking(6), { ...both, human: false });
  assert.deepEqual(smartMoving(state, at), {});
});

test("something smaller than a cell moves when its cell does", () => {
  const tiny = { x: 0.5, y: 0.5, width: 0.01, height: 0.01 };
  assert.equal(movingShare(tiny, noCells()), 0);
  assert.equal(movingShare(tiny, noCells().fill(1)), 1);
  assert.equal(movingShare({ x: 0.99, y: 0.99, width: 0.2, height: 0.2 }, noCells().fill(1)), 1);
});

test("who moved is remembered while they stand still, and forgotten when they are not seen", () => {
  const [picture] = walking(1);
  const moved = stepTrackMotion([], picture?.tracked ?? [], picture?.moving ?? noCells(), 1000);
  const still = stepTrackMotion(moved, picture?.tracked ?? [], noCells(), 9000);
  assert.deepEqual([...movedWithin(still, 9000, 8000)], [1]);
  assert.deepEqual([...movedWithin(still, 9000, 7999)], []);
  assert.deepEqual(stepTrackMotion(still, [], noCells(), 19_001), []);
});
