import assert from "node:assert/strict";
import { test } from "node:test";
import { withChanges, type DetectionFields } from "./linked-inputs.ts";

const saved: DetectionFields = { tamper: { sensitivity: 3 }, videoLoss: true };

test("what somebody set meanwhile on another page stays, and what was changed here is as it was changed", () => {
  const now: DetectionFields = { ...saved, smart: { human: true, vehicle: false, sensitivity: "low" } };
  assert.deepEqual(withChanges(now, saved, { tamper: { sensitivity: 5 }, videoLoss: true }), {
    ...now,
    tamper: { sensitivity: 5 },
  });
  assert.deepEqual(withChanges(now, saved, { videoLoss: true, sceneChange: true }), {
    videoLoss: true,
    sceneChange: true,
    smart: now.smart,
  });
});

test("what was not changed here is as it is by now, also when that is gone", () => {
  assert.deepEqual(withChanges({}, saved, { ...saved, sceneChange: true }), { sceneChange: true });
});
