import assert from "node:assert/strict";
import { test } from "node:test";
import { presetChoices, presetIn, presetText } from "./preset-text.ts";

const known = [
  { preset: 1, name: "Home" },
  { preset: 7, name: "Gate & yard" },
  { preset: 9, name: "" },
];

test("a preset is shown by its number and the camera's name for it, by its number where there is none", () => {
  assert.deepEqual(presetChoices(known), ["1 · Home", "7 · Gate & yard", "9"]);
  assert.deepEqual([presetText(7, known), presetText(7), presetText(3, known)], ["7 · Gate & yard", "7", "3"]);
  assert.deepEqual([presetText(undefined, known), presetText(Number.NaN, known)], ["", ""]);
});

test("a preset is chosen from the list, by its number, or by its name as the camera has it", () => {
  for (const text of ["7", " 7 ", "7 · Gate & yard", "gate & YARD"]) assert.equal(presetIn(text, known), 7, text);
  assert.equal(presetIn("12"), 12, "a number that no camera was asked for");
  assert.equal(presetIn(""), undefined);
  for (const text of ["0", "256", "yard", "1.5", "7 gates", "-1"]) assert.ok(Number.isNaN(presetIn(text, known)), text);
});
