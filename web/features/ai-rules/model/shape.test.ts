import assert from "node:assert/strict";
import { test } from "node:test";
import { crossings } from "../../../../src/domain/detection/geometry.ts";
import { mostVertices, ruleScale, type RulePoint } from "../../../../src/domain/detection/rules.ts";
import {
  addPoint,
  arrowStep,
  fromPercent,
  middles,
  movePoint,
  percentOf,
  placeAt,
  removePoint,
  shapeProblem,
  sideMark,
  splitSide,
} from "./shape.ts";

const at = (x: number, y: number): RulePoint => ({ x, y });
const square = [at(0, 0), at(100, 0), at(100, 100), at(0, 100)];
const many = Array.from({ length: mostVertices }, (_, n) => at(n, n * n));

test("a point is added where one clicks, not twice at one place, and never more than there may be", () => {
  assert.deepEqual(addPoint([], placeAt(0.5, 1)), [at(4096, ruleScale)]);
  assert.equal(addPoint(square, at(0, 100)).length, 4, "the second click of a double click");
  assert.equal(addPoint(many, at(5, 5)).length, mostVertices);
});

test("points are dragged no further than the picture goes", () => {
  assert.deepEqual(movePoint(square, 2, at(9999, -3))[2], at(ruleScale, 0));
});

test("a side has a middle at which one more corner can be had, the last one too", () => {
  assert.deepEqual(middles(square, "area").at(-1), at(0, 50));
  assert.equal(middles(square, "line").length, 3);
  assert.deepEqual(splitSide(square, 3), [...square, at(0, 50)]);
  assert.deepEqual(middles(many, "area"), []);
  assert.equal(splitSide(many, 0).length, mostVertices);
  assert.deepEqual(middles([], "area"), []);
});

test("a shape keeps the points that it needs", () => {
  assert.equal(removePoint(square, 1, "area").length, 3);
  assert.equal(removePoint(square.slice(0, 3), 1, "area").length, 3);
  assert.equal(removePoint(square.slice(0, 2), 1, "line").length, 2);
});

test("what is not drawn, or crosses itself, can't be a rule; a line may cross itself", () => {
  assert.equal(shapeProblem(square.slice(0, 2), "area"), "undrawn");
  assert.equal(shapeProblem(square.slice(0, 1), "line"), "undrawn");
  assert.equal(shapeProblem(square, "area"), undefined);
  const bow = [at(0, 0), at(9, 9), at(9, 0), at(0, 9)];
  assert.equal(shapeProblem(bow, "area"), "crosses");
  assert.equal(shapeProblem(bow, "line"), undefined);
});

test("arrow keys go a little, with Shift a lot", () => {
  assert.deepEqual(arrowStep(at(4000, 4000), "ArrowLeft", false), at(3959, 4000));
  assert.deepEqual(arrowStep(at(4000, 4000), "ArrowDown", true), at(4000, 4410));
  assert.equal(arrowStep(at(4000, 4000), "a", false), undefined);
});

test("percents come back as they were given", () => {
  for (let percent = 0; percent <= 100; percent++) assert.equal(percentOf(fromPercent(percent)), percent);
});

test("the arrow of a line points where rules find B", () => {
  const lines = [[at(0, 0), at(0, 90)], [at(90, 10), at(10, 90)], [at(0, 0), at(50, 60), at(100, 0)], [at(5, 5), at(5, 5), at(60, 5)]]; // prettier-ignore
  for (const line of lines) {
    const mark = sideMark(line);
    assert.ok(mark !== undefined);
    const { x, y, toB } = mark;
    const [a, b] = [at(x - toB.x * 3, y - toB.y * 3), at(x + toB.x * 3, y + toB.y * 3)];
    assert.deepEqual(crossings(line, a, b), { aToB: 1, bToA: 0 });
  }
  assert.equal(sideMark([at(3, 3)]), undefined);
});
