import assert from "node:assert/strict";
import { test } from "node:test";
import { noMarks, stepsOf, type FirstStepFacts, type FirstStepMarks } from "./first-steps.ts";

const nothing: FirstStepFacts = { named: false, channels: 0, inputs: 0, tripped: false };
const states = (marks: FirstStepMarks, facts: FirstStepFacts) =>
  stepsOf(marks, facts)
    .map(({ step, state }) => `${step} ${state}`)
    .join(", ");

test("a new site has its administrator and four steps before it", () => {
  assert.equal(states(noMarks, nothing), "administrator done, site open, storage open, cameras open, input open");
});

test("what was skipped stays skipped until the thing is there", () => {
  const skipped: FirstStepMarks = { marks: { site: "done", cameras: "skipped", input: "skipped" }, dismissed: false };
  assert.equal(states(skipped, nothing), "administrator done, site done, storage open, cameras skipped, input skipped");
  const wired = { named: false, channels: 1, inputs: 1, tripped: true };
  assert.equal(states(skipped, wired), "administrator done, site done, storage open, cameras done, input done");
});

test("an alarm input is done when it was tripped, not when it was written down", () => {
  const wired = { named: false, channels: 1, inputs: 1, tripped: false };
  assert.match(states(noMarks, wired), /input open$/);
});

test("a site that was given its name elsewhere needs no step for it", () => {
  assert.match(states(noMarks, { ...nothing, named: true }), /site done, storage open/);
});
