import assert from "node:assert/strict";
import { test } from "node:test";
import { rangeTicks } from "./range-ticks.ts";

const values = ["a", "b", "c", "d"];

test("a press turns one box, a press with shift all from the one before to this one", () => {
  assert.deepEqual(rangeTicks(values, [], { now: "b", on: true }), ["b"]);
  assert.deepEqual(rangeTicks(values, ["b"], { now: "d", on: true, from: "b" }), ["b", "c", "d"]);
  assert.deepEqual(rangeTicks(values, ["b"], { now: "a", on: true, from: "b" }), ["a", "b"]);
  assert.deepEqual(rangeTicks(values, values, { now: "b", on: false, from: "c" }), ["a", "d"]);
});

test("the box pressed before may be gone meanwhile", () => {
  assert.deepEqual(rangeTicks(values, ["a"], { now: "c", on: true, from: "gone" }), ["a", "c"]);
});
