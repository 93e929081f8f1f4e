import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plannedCrops, type CropPlan } from "./crops.ts";
import { allCells, cells, columns, noCells, rows, type CellMap } from "./motion-grid.ts";

const fullHd: CropPlan = { width: 1920, height: 1080, modelSide: 416, most: 3 };

const moving = (...at: readonly (readonly [x: number, y: number])[]): CellMap => {
  const map = noCells();
  for (const [x, y] of at) map[y * columns + x] = 1;
  return map;
};

test("where nothing moves and nobody is followed, nobody looks", () => {
  assert.deepEqual(plannedCrops(noCells(), [], fullHd), []);
});

test("something small far away is looked at from near: a square of the model's own size around it", () => {
  const [crop, ...more] = plannedCrops(moving([10, 9], [10, 10]), [], fullHd);
  assert.deepEqual(more, []);
  assert.deepEqual([crop?.width, crop?.height], [416, 416]);
});

test("two things apart have a look each, two beside each other one", () => {
  assert.equal(plannedCrops(moving([1, 2], [20, 15]), [], fullHd).length, 2);
  assert.equal(plannedCrops(moving([9, 8], [12, 8]), [], fullHd).length, 1);
});

test("when it moves everywhere, and when the picture is hardly larger than the model's, it is looked at as a whole", () => {
  const whole = (plan: CropPlan) => [{ x: 0, y: 0, width: plan.width, height: plan.height }];
  assert.deepEqual(plannedCrops(allCells(), [], fullHd), whole(fullHd));
  const small = { ...fullHd, width: 480, height: 270 };
  assert.deepEqual(plannedCrops(moving([3, 3]), [], small), whole(small));
  const scattered = moving([0, 0], [21, 0], [0, 17], [21, 17], [10, 8]);
  assert.deepEqual(plannedCrops(scattered, [], fullHd), whole(fullHd));
});

test("somebody who is followed and stands still is looked at", () => {
  const [crop] = plannedCrops(noCells(), [{ x: 0.5, y: 0.5, width: 0.05, height: 0.2 }], fullHd);
  assert.ok(crop !== undefined && crop.x < 960 && crop.x + crop.width > 1056 && crop.y + crop.height > 756);
});

test("whatever moves is inside of a crop, crops are squares in the picture, and few", () => {
  const maps = fc.uniqueArray(fc.integer({ min: 0, max: cells - 1 }), { minLength: 1, maxLength: 12 });
  const plans = fc.record({
    width: fc.integer({ min: 64, max: 3840 }),
    height: fc.integer({ min: 64, max: 2160 }),
    modelSide: fc.constantFrom(320, 416, 640),
    most: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(maps, plans, (at, plan) => {
      const map = noCells();
      for (const cell of at) map[cell] = 1;
      const crops = plannedCrops(map, [], plan);
      assert.ok(crops.length >= 1 && crops.length <= Math.max(1, plan.most));
      for (const { x, y, width, height } of crops) {
        assert.ok(x >= 0 && y >= 0 && x + width <= plan.width && y + height <= plan.height);
        const isWhole = width === plan.width || height === plan.height;
        assert.ok(isWhole || width === height);
      }
      for (const cell of at) {
        const middle = { x: (((cell % columns) + 0.5) * plan.width) / columns };
        const y = ((Math.floor(cell / columns) + 0.5) * plan.height) / rows;
        const isCovered = crops.some(
          (crop) => middle.x >= crop.x && middle.x <= crop.x + crop.width && y >= crop.y && y <= crop.y + crop.height,
        );
        assert.ok(isCovered, `cell ${cell} is in no crop`);
      }
    }),
  );
});
