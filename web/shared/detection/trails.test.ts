import assert from "node:assert/strict";
import { test } from "node:test";
import { boxColor, pathOfTrail } from "./trails.ts";

test("a way is drawn in the picture's pixels", () => {
  const steps = [
    { at: 1, x: 0.25, y: 0.5 },
    { at: 2, x: 0.5, y: 0.5 },
  ];
  assert.equal(pathOfTrail({ track: "1", label: "person", steps }, 640, 360), "M160 180L320 180");
});

test("people, vehicles and anything else have colours of their own", () => {
  assert.equal(new Set(["person", "car", "dog"].map(boxColor)).size, 3);
  assert.equal(boxColor("car"), boxColor("truck"));
});
