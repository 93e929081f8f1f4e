import assert from "node:assert/strict";
import { test } from "node:test";
import { newestFirst } from "./walk-order.ts";

test("the contact that was tripped last is on top, and a camera that sees somebody again and again does not push it down", () => {
  const rows = [
    { name: "Window", kind: "window", trips: [] },
    { name: "Gate", kind: "door", trips: [] },
    { name: "Yard", kind: "video-motion", trips: [20, 35, 50, 65] },
    { name: "Door", kind: "door", trips: [10, 60] },
    { name: "Path", kind: "video-rule", trips: [30, 61] },
  ] as const;
  assert.deepEqual(
    newestFirst(rows).map(({ name }) => name),
    ["Door", "Path", "Yard", "Window", "Gate"],
  );
});
