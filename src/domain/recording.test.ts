import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, minutes } from "../kernel/time.ts";
import { recordingPlan, recordingPlanChangesAt } from "./recording-plan.ts";
import { fragmentDueAt, fragmentEndsBefore, segmentCut, type OpenSegment, type UnitFacts } from "./segment-cutter.ts";

const settings = { segmentMs: minutes(5) };
const open: OpenSegment = { session: 1, startedAt: instant(0), bytes: 100, stepped: false };
const unit = (part: Partial<UnitFacts>): UnitFacts => ({
  session: 1,
  key: true,
  arrival: instant(1000),
  bytes: 10,
  parametersChanged: false,
  ...part,
});

test("a segment ends with the first key frame at its length, and not before", () => {
  assert.equal(segmentCut(settings, open, unit({ arrival: instant(minutes(5) - 1) })), undefined);
  assert.equal(segmentCut(settings, open, unit({ arrival: instant(minutes(5)) })), "length");
  assert.equal(segmentCut(settings, open, unit({ arrival: instant(minutes(5)), key: false })), undefined);
});

test("new parameter sets and a new session begin a segment at once, a clock step at the next key frame", () => {
  assert.equal(segmentCut(settings, open, unit({ parametersChanged: true })), "parameters");
  assert.equal(segmentCut(settings, open, unit({ session: 2 })), "session");
  assert.equal(segmentCut(settings, { ...open, stepped: true }, unit({ key: false })), undefined);
  assert.equal(segmentCut(settings, { ...open, stepped: true }, unit({})), "clock-step");
});

test("a stream without key frames, or a file that gets too large, is cut anyway", () => {
  assert.equal(segmentCut(settings, open, unit({ key: false, arrival: instant(minutes(10)) })), "hard-cap");
  assert.equal(segmentCut({ ...settings, maxBytes: 105 }, open, unit({ key: false })), "hard-cap");
});

test("a fragment ends within a second, with an alarm within half a second, whatever the GOP", () => {
  assert.equal(fragmentEndsBefore(instant(0), { arrival: instant(999) }, false), false);
  assert.equal(fragmentEndsBefore(instant(0), { arrival: instant(1000) }, false), true);
  assert.equal(fragmentEndsBefore(instant(0), { arrival: instant(500) }, true), true);
  assert.equal(fragmentDueAt(instant(0), true), 500);
});

test("a channel records by its mode, and while anything holds it", () => {
  const hold = { by: "edge", from: instant(0), boundAt: instant(1000) };
  const plan = (recordMode: "continuous" | "alarm" | "off", held: boolean, enabled = true) =>
    recordingPlan({ enabled, recordMode }, held ? [hold] : [], instant(500));
  assert.deepEqual(plan("continuous", false), { record: true, cause: "continuous", fragmentMs: 1000 });
  assert.deepEqual(plan("continuous", true), { record: true, cause: "alarm", fragmentMs: 500 });
  assert.deepEqual(plan("alarm", true), { record: true, cause: "alarm", fragmentMs: 500 });
  assert.deepEqual(plan("alarm", false), { record: false, reason: "nothing holds it" });
  assert.deepEqual(plan("off", true), { record: false, reason: "switched off" });
  assert.deepEqual(plan("continuous", true, false), { record: false, reason: "switched off" });
  assert.equal(recordingPlanChangesAt([hold]), 1000);
});
