import assert from "node:assert/strict";
import { test } from "node:test";
import { boxesOf, showsBoxes, turnedAll, turnedOne } from "./boxes.ts";

const cameras = [1, 2, 3];
const shown = (boxes: Parameters<typeof showsBoxes>[0]) => cameras.filter((channel) => showsBoxes(boxes, channel));

test("a camera's boxes are turned on alone, and off alone where all have them", () => {
  const one = turnedOne(boxesOf(false), 2);
  assert.deepEqual(shown(one), [2]);
  assert.deepEqual(shown(turnedOne(one, 2)), []);
  assert.deepEqual(shown(turnedOne(boxesOf(true), 2)), [1, 3]);
});

test("the switch of all turns them off where any has them, else on, and forgets what was different", () => {
  const some = turnedOne(boxesOf(false), 2);
  const none = turnedAll(some, cameras);
  assert.deepEqual(shown(none), []);
  assert.deepEqual(shown(turnedAll(none, cameras)), cameras);
});
