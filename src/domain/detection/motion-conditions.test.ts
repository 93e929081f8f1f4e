/** What motion makes of weather, light and night, and of somebody who walks through it on a way that is known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { conditions, type Condition } from "../testdata/conditions.ts";
import { yardCamera, type Box, type Scene } from "../testdata/grey-pictures.ts";
import { motionIn, ruleOf } from "./motion-regions.ts";
import { createMotionStage, type MotionFound } from "./motion-stage.ts";
import { usualRegion } from "./settings.ts";

const whole = ruleOf(usualRegion("Everything"));
const walker = (step: number): Box => ({ x: 5 + step * 4, y: 70, w: 9, h: 22 });

/** The next picture of a place in this condition, and what is found in it. */
function watched({ scene, over }: Pick<Condition, "scene" | "over">) {
  const stage = createMotionStage();
  const camera = yardCamera();
  let step = 0;
  return (things: readonly Box[] = []): MotionFound & { readonly moves: boolean } => {
    const picture = camera({ ...scene(step), things });
    const found = stage.look(over?.(picture, step) ?? picture);
    step++;
    return { ...found, moves: motionIn(whole, found.strength).moves };
  };
}
const many = <T>(count: number, of: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => of(n));

for (const condition of conditions) {
  const { name, told, isMotion } = condition;
  test(`${name}: ${isMotion ? "it moves by itself, which is known" : "nothing moves"}; somebody who walks is told`, () => {
    const next = watched(condition);
    many(40, () => next());
    const alone = many(80, () => next().moves).filter(Boolean).length;
    if (isMotion) assert.ok(alone > 0, "it is no limit any more: say so in detection.md");
    else assert.equal(alone, 0);
    const walk = many(30, (step) => next([walker(step)]).moves);
    const share = walk.filter(Boolean).length / walk.length;
    assert.ok(share >= told.share && walk.slice(0, told.by).includes(true), `${share}: ${JSON.stringify(walk)}`);
  });
}

const dark: Scene = { light: -75, clear: 0.45, noise: 5 };
const switches: readonly (readonly [string, Scene, Scene])[] = [
  ["infrared light comes on", dark, { infrared: true }],
  ["the infrared filter goes away by day", {}, { infrared: true }],
  ["infrared light goes off by day", { infrared: true }, {}],
  ["a lamp comes on at night", dark, {}],
  ["a lamp goes off at night", {}, dark],
  ["the exposure is set anew", {}, { gain: 1.3 }],
];

for (const [name, before, after] of switches) {
  test(`${name}: no motion, and who walks is told again within two seconds`, () => {
    let scene = before;
    const next = watched({ scene: () => scene });
    many(60, () => next());
    scene = after;
    assert.equal(many(60, () => next().moves).filter(Boolean).length, 0);
    scene = before;
    assert.equal(many(60, () => next().moves).filter(Boolean).length, 0);
    scene = after;
    const walk = many(30, (step) => next([walker(step)]).moves);
    assert.ok(walk.slice(0, 10).includes(true), JSON.stringify(walk));
  });
}

test("a truck that comes from the side is told from its second picture on, however large; what fills the picture at once as soon as it moves on", () => {
  const next = watched({ scene: () => ({}) });
  many(40, () => next());
  const truck = many(12, (step) => next([{ x: -90 + step * 12, y: 30, w: 100, h: 100 }]).moves);
  assert.deepEqual(
    truck.indexOf(true),
    1 + truck.findIndex((_, step) => -90 + step * 12 + 100 > 8),
    JSON.stringify(truck),
  );
  assert.ok(truck.slice(3).every(Boolean));
  many(60, () => next());
  const near = many(15, (step) => next([{ x: 10 + step * 5, y: 5, w: 95, h: 130 }]).moves);
  assert.ok(near.slice(0, 8).includes(true), JSON.stringify(near));
});
