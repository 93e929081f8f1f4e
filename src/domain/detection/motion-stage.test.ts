import assert from "node:assert/strict";
import { test } from "node:test";
import { yardCamera, type Box, type Scene } from "../testdata/grey-pictures.ts";
import {
  allCells,
  cells,
  cellsOfHex,
  columns,
  hexOfCells,
  largestGroup,
  noCells,
  packCells,
  packedBytes,
  unpackCells,
} from "./motion-grid.ts";
import { atRest, cellNeeds, holdMotion, motionIn, ruleOf } from "./motion-regions.ts";
import { createMotionStage, type MotionStage } from "./motion-stage.ts";
import { usualRegion } from "./settings.ts";

const whole = ruleOf(usualRegion("Everything"));
const person = (x: number): Box => ({ x, y: 70, w: 9, h: 22 });

/** Shows scenes one after the other; which of them moved. */
function shown(stage: MotionStage, scenes: readonly Scene[], camera = yardCamera()): boolean[] {
  return scenes.map((scene) => motionIn(whole, stage.look(camera(scene)).strength).moves);
}
const quiet = (count: number): Scene[] => Array.from({ length: count }, () => ({}));

test("somebody who walks through the picture moves, never still for two pictures; an empty yard does not", () => {
  const stage = createMotionStage();
  const camera = yardCamera();
  assert.ok(!shown(stage, quiet(100), camera).includes(true));
  const walk = Array.from({ length: 20 }, (_, step): Scene => ({ things: [person(10 + step * 6)] }));
  const moved = shown(stage, walk, camera);
  assert.ok(
    moved.slice(1).every((moves, step, all) => moves || all[step + 1] !== false),
    JSON.stringify(moved),
  );
  // what was behind the person is background still: it settles at once
  assert.ok(!shown(stage, quiet(30), camera).slice(3).includes(true));
});

test("where it moves is told by the cells, and a region that is elsewhere does not move", () => {
  const stage = createMotionStage();
  const camera = yardCamera();
  shown(stage, quiet(20), camera);
  stage.look(camera({ things: [person(40)] }));
  const { strength } = stage.look(camera({ things: [person(44)] }));
  const found = [...strength.keys()].filter((cell) => (strength[cell] ?? 0) > 0);
  assert.ok(found.length >= 3, `${found.length} cells`);
  for (const cell of found) {
    const [x, y] = [(cell % columns) * 8, Math.floor(cell / columns) * 8];
    assert.ok(x >= 32 && x <= 56 && y >= 64 && y <= 96, `cell at ${x}, ${y}`);
  }
  const left = noCells();
  const right = noCells();
  for (let cell = 0; cell < cells; cell++) (cell % columns < columns / 2 ? left : right)[cell] = 1;
  assert.equal(motionIn({ ...whole, cells: left }, strength).moves, true);
  assert.equal(motionIn({ ...whole, cells: right }, strength).moves, false);
});

const lookalikes: readonly (readonly [string, (step: number) => Scene])[] = [
  ["the sensor's noise at night", () => ({ noise: 6 })],
  ["a slow sunrise", (step) => ({ light: step * 0.4 })],
  ["a lamp that is switched on", (step) => ({ light: step > 20 ? 35 : 0 })],
  ["the exposure that jumps", (step) => ({ gain: step % 30 < 15 ? 1 : 1.25 })],
  ["a mast in the wind", (step) => ({ shift: { x: [0, 1, 0, -1][step % 4] ?? 0, y: [0, 0, 1, 0][step % 4] ?? 0 } })],
  ["rain in the light of a lamp", () => ({ drops: 25 })],
];

for (const [name, scene] of lookalikes) {
  test(`${name} is no motion`, () => {
    const stage = createMotionStage();
    const camera = yardCamera();
    shown(
      stage,
      Array.from({ length: 40 }, (_, step) => scene(step)),
      camera,
    );
    const moved = shown(
      stage,
      Array.from({ length: 60 }, (_, step) => scene(step + 40)),
      camera,
    );
    assert.equal(moved.filter(Boolean).length, 0);
  });
  test(`somebody is seen beside ${name}`, () => {
    const stage = createMotionStage();
    const camera = yardCamera();
    const at = (step: number, x: number): Scene => ({ ...scene(step), things: [person(x)] });
    shown(
      stage,
      Array.from({ length: 60 }, (_, step) => scene(step)),
      camera,
    );
    const moved = shown(
      stage,
      Array.from({ length: 24 }, (_, step) => at(step + 60, 20 + step * 5)),
      camera,
    );
    assert.ok(moved.filter(Boolean).length >= 12, `${moved.filter(Boolean).length} of 24`);
  });
}

test("a picture that becomes another one is said to be so, is no motion, and is watched again", () => {
  const stage = createMotionStage();
  const camera = yardCamera();
  shown(stage, quiet(30), camera);
  const states = Array.from({ length: 10 }, () => stage.look(camera({ elsewhere: true })));
  assert.equal(states[0]?.state, "switched");
  assert.equal(states.at(-1)?.state, "watching");
  assert.ok(states.every(({ strength }) => !motionIn(whole, strength).moves));
  const walk = Array.from({ length: 8 }, (_, step): Scene => ({ elsewhere: true, things: [person(10 + step * 6)] }));
  assert.equal(shown(stage, walk, camera).at(-1), true);
});

test("a thing that was put down is background after a while", () => {
  const stage = createMotionStage();
  const camera = yardCamera();
  shown(stage, quiet(20), camera);
  const moved = shown(
    stage,
    Array.from({ length: 600 }, () => ({ things: [person(60)] })),
    camera,
  );
  assert.equal(moved[2], true);
  assert.equal(moved.at(-1), false);
});

test("what is learnt goes by time: a thing that was put down is background as soon with half as many pictures", () => {
  const secondsToRest = (everyMs: number): number => {
    const stage = createMotionStage();
    const camera = yardCamera();
    for (let at = 0; at < 8000; at += everyMs) stage.look(camera(), at);
    let last = 0;
    for (let at = 8000; at < 128_000; at += everyMs) {
      const { strength } = stage.look(camera({ things: [person(60)] }), at);
      if (motionIn(whole, strength).moves) last = at;
    }
    return (last - 8000) / 1000;
  };
  const [usual, half] = [secondsToRest(200), secondsToRest(400)];
  assert.ok(usual > 10 && Math.abs(half - usual) < usual * 0.15, `${usual} s and ${half} s`);
});

test("pictures seconds apart tell noise, light and rain from motion as well, and show somebody who stays", () => {
  for (const scene of [{ noise: 6 }, { drops: 25 }] as const) {
    const stage = createMotionStage();
    const camera = yardCamera();
    let at = 0;
    const next = (step: number, more: Scene = {}): boolean =>
      motionIn(whole, stage.look(camera({ ...scene, light: step, ...more }), (at += 2000)).strength).moves;
    for (let step = 0; step < 20; step++) next(0);
    assert.ok(![...Array(60).keys()].some((step) => next(step)), JSON.stringify(scene));
    next(60, { things: [person(40)] });
    assert.equal(next(60, { things: [person(46)] }), true, JSON.stringify(scene));
  }
});

test("what moved long ago does not make a single picture's change last", () => {
  const stage = createMotionStage();
  const camera = yardCamera();
  for (let at = 0; at < 6000; at += 200) stage.look(camera(), at);
  const walking = camera({ things: [person(40)] });
  assert.equal(motionIn(whole, stage.look(walking, 6000).raw).moves, true, "raw: this picture alone");
  assert.equal(motionIn(whole, stage.look(camera({ things: [person(44)] }), 17_000).strength).moves, false);
  assert.equal(motionIn(whole, stage.look(camera({ things: [person(48)] }), 17_200).strength).moves, true);
});

test("the higher the sensitivity the less of a cell has to move; the threshold is the share of the region", () => {
  assert.equal(cellNeeds(100), 1);
  for (let level = 1; level <= 100; level++) assert.ok(cellNeeds(level) <= cellNeeds(level - 1));
  const strength = new Uint8Array(cells);
  for (const cell of [100, 101, 102, 103]) strength[cell] = 200;
  assert.deepEqual(motionIn(whole, strength), { moves: true, percent: Math.sqrt(4 / cells) * 100 });
  assert.equal(motionIn({ ...whole, threshold: 11 }, strength).moves, false);
  assert.equal(motionIn({ ...whole, sensitivity: 0 }, strength).moves, false);
  assert.deepEqual(motionIn({ ...whole, cells: noCells() }, strength), { moves: false, percent: 0 });
});

test("what moves has to be so many cells in one piece; a region of three cells takes one", () => {
  const strength = new Uint8Array(cells);
  for (const cell of [0, 1, 2, 100, 102, 104]) strength[cell] = 200;
  const region = { ...usualRegion("Yard"), threshold: 0 };
  assert.equal(motionIn(ruleOf({ ...region, leastCells: 3 }), strength).moves, true);
  assert.equal(motionIn(ruleOf({ ...region, leastCells: 4 }), strength).moves, false);
  const three = noCells();
  for (const cell of [104, 105, 106]) three[cell] = 1;
  assert.equal(motionIn(ruleOf({ ...region, cells: hexOfCells(three) }), strength).moves, true);
  assert.equal(motionIn(ruleOf({ ...region, cells: hexOfCells(three), leastCells: 9 }), strength).moves, false);
});

test("a region stays in motion for its hold after the last picture that moved", () => {
  const shown = [true, false, false, true, false, false, false, false];
  let held = atRest;
  const closed = shown.map((moves, second) => (held = holdMotion(held, moves, second * 1000, 3000)).closed);
  assert.deepEqual(closed, [true, true, true, true, true, true, false, false]);
  assert.equal(holdMotion({ closed: true, last: 0 }, false, 1, 0).closed, false);
});

test("a picture of another size is refused, and a map of cells is read as it was written", () => {
  assert.throws(() => createMotionStage().look(new Uint8Array(10)), /10 pixels/);
  const map = noCells();
  for (let cell = 0; cell < cells; cell += 5) map[cell] = 1;
  assert.deepEqual(cellsOfHex(hexOfCells(map)), map);
  assert.deepEqual(unpackCells(packCells(map)), map);
  assert.equal(packCells(map).length, packedBytes);
  assert.equal(cellsOfHex("f".repeat(98)), undefined);
  assert.equal(cellsOfHex("g".repeat(99)), undefined);
  assert.equal(largestGroup(allCells()), cells);
  assert.equal(largestGroup(map), 1);
});
