import assert from "node:assert/strict";
import { test } from "node:test";
import type { SeenObject } from "./objects.ts";
import { suppressed } from "./suppress.ts";

const seen = (label: string, confidence: number, x: number, width = 0.2, height = 0.2): SeenObject => ({
  label,
  confidence,
  box: { x, y: 0.3, width, height },
});

test("boxes of one thing become the surest of them, whatever kind of vehicle they say", () => {
  const found = suppressed([seen("car", 0.5, 0.1), seen("truck", 0.6, 0.11), seen("car", 0.4, 0.6)]);
  assert.deepEqual(
    found.map(({ label, box }) => [label, box.x]),
    [
      ["truck", 0.11],
      ["car", 0.6],
    ],
  );
});

test("a person in front of a car stays a person beside a car", () => {
  assert.equal(suppressed([seen("person", 0.5, 0.1), seen("car", 0.6, 0.1)]).length, 2);
});

test("half a person, cut off by the edge of a crop, is the whole one of the other crop", () => {
  const whole = seen("person", 0.8, 0.1, 0.1, 0.4);
  const half = seen("person", 0.6, 0.105, 0.09, 0.19);
  assert.deepEqual(suppressed([half, whole]), [whole]);
});

test("a child in front of a grown-up is not swallowed", () => {
  const grown = seen("person", 0.8, 0.1, 0.2, 0.6);
  const child = seen("person", 0.6, 0.12, 0.08, 0.2);
  assert.equal(suppressed([grown, child]).length, 2);
});
