import assert from "node:assert/strict";
import { test } from "node:test";
import { asPut, groupsProblem, withStrict } from "./groups.ts";

const doors = { name: "Doors", volumes: ["a"], channels: [1] };

test("each reason why groups can't be meant has words of its own", () => {
  const problems = [
    [doors],
    [{ ...doors, name: "" }],
    [doors, { ...doors, channels: [] }],
    [{ ...doors, volumes: [] }],
    [doors, { ...doors, name: "Yard" }],
  ].map(groupsProblem);
  assert.deepEqual(problems, [undefined, "name", "alike", "volume", "camera"]);
});

test("only what was set is put", () => {
  const answer = { ...doors, strict: false, place: "own", to: "a" };
  assert.deepEqual(asPut(answer), doors);
  assert.deepEqual(withStrict(answer, true), { ...doors, strict: true });
});
