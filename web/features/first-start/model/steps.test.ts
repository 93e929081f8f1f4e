import assert from "node:assert/strict";
import { test } from "node:test";
import { firstSteps, type FirstStepState } from "../../../../src/domain/first-steps.ts";
import { isStep, leftSteps, openStep, stepAfter } from "./steps.ts";

const states = (...given: FirstStepState["state"][]): FirstStepState[] =>
  given.map((state, at) => ({ step: firstSteps[at] ?? "administrator", state }));

test("the path goes on where something is open, and comes back to what was skipped", () => {
  assert.equal(openStep(states("done", "done", "skipped", "open", "open")), "cameras");
  assert.equal(openStep(states("done", "done", "skipped", "done", "done")), "storage");
  assert.equal(openStep(states("done", "done", "done", "done", "done")), undefined);
});

test("what was skipped is still to do", () => {
  const left = leftSteps(states("done", "skipped", "done", "open", "done"));
  assert.deepEqual(
    left.map(({ step }) => step),
    ["site", "cameras"],
  );
});

test("steps follow each other up to the alarm input", () => {
  assert.equal(stepAfter("administrator"), "site");
  assert.equal(stepAfter("input"), undefined);
  assert.deepEqual([isStep("storage"), isStep("nothing"), isStep(undefined)], [true, false, false]);
});
