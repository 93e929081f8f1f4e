import assert from "node:assert/strict";
import { test } from "node:test";
import { aroundTheClock, inputKinds, usualDebounceMs, usualType } from "./input-kind.ts";
import { ranges } from "./site-config.ts";

test("what guards against people breaks its loop, so that a cut cable is noticed; smoke, water and buttons close theirs", () => {
  assert.deepEqual(
    inputKinds.filter((kind) => usualType[kind] === "NC"),
    ["door", "window", "pir", "glass", "panic", "tamper"],
  );
});

test("every kind has a debounce that may be set, and what moves only for a moment has a short one", () => {
  const [least, most] = ranges.debounceMs;
  for (const kind of inputKinds) assert.ok(usualDebounceMs[kind] >= least && usualDebounceMs[kind] <= most, kind);
  for (const kind of ["glass", "panic", "key-switch", "button"] as const) assert.ok(usualDebounceMs[kind] <= 100, kind);
});

test("smoke, water, panic and tamper matter at any hour", () => {
  assert.deepEqual(inputKinds.filter(aroundTheClock), ["smoke", "water", "panic", "tamper"]);
});
