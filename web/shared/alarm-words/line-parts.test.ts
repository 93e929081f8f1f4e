import assert from "node:assert/strict";
import { test } from "node:test";
import { lineParts } from "./line-parts.ts";

const camera = (name: string, outcome: "recorded" | "failed", more: object = {}) => ({
  channel: 1,
  name,
  outcome,
  ...more,
});

test("a good alarm says how many cameras and the least that was reached before, and that it is saved", () => {
  const cameras = [
    camera("Yard", "recorded", { preAchievedMs: 12_000 }),
    camera("Hall", "recorded", { preAchievedMs: 10_400 }),
  ];
  assert.deepEqual(lineParts({ verdict: "good", cameras, faults: [] }), [
    { kind: "recorded", cameras: 2, of: 2, beforeMs: 10_400 },
    { kind: "saved" },
  ]);
});

test("a bad one names the camera and the reason", () => {
  const cameras = [camera("Yard", "recorded"), camera("Hall", "failed", { reason: "camera offline" })];
  const faults = [{ kind: "output" as const, number: 1, reason: "not confirmed within 5 s" }];
  assert.deepEqual(lineParts({ verdict: "bad", cameras, faults }), [
    { kind: "recorded", cameras: 1, of: 2 },
    { kind: "no-footage", camera: "Hall", reason: "camera offline" },
    { kind: "output", number: 1, reason: "not confirmed within 5 s" },
  ]);
});

test("an alarm without cameras says so and is not called saved", () => {
  assert.deepEqual(lineParts({ verdict: "good", cameras: [], faults: [] }), [{ kind: "no-camera" }]);
});
