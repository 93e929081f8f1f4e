import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "../../../shared/types.ts";
import { activeWhenApplied, logicalState, problemOf, settingsOf, whenCut, withKind, whenActs } from "./settings.ts";

const input: Input = {
  input: 3,
  name: "Front door",
  enabled: true,
  kind: "door",
  board: 1,
  point: 1,
  type: "NC",
  debounceMs: 250,
  antiDitherS: 5,
  recordChannels: [1],
  postRecordS: 30,
  maxRecordS: 600,
  outputs: [{ output: 1, holdS: 10 }],
  notifiers: [],
  zone: "instant",
  chime: false,
  swingerAlarms: 0,
  live: { input: 3, level: "closed", active: false, since: 1 },
};
const saved = settingsOf(input);

test("what is sent back has neither the number nor what is true now", () => {
  assert.deepEqual(Object.keys(saved).includes("live"), false);
  assert.deepEqual(Object.keys(saved).includes("input"), false);
});

test("a button is open at rest and short in its bounce, a door closed at rest", () => {
  assert.deepEqual(withKind("button"), { kind: "button", type: "NO", debounceMs: 50 });
  assert.deepEqual(withKind("door"), { kind: "door", type: "NC", debounceMs: 250 });
});

test("the logical state follows level and type, and nothing is at rest that is not known", () => {
  assert.equal(logicalState("closed", "NC"), "rest");
  assert.equal(logicalState("open", "NC"), "active");
  assert.equal(logicalState("closed", "NO"), "active");
  assert.equal(logicalState("fault", "NC"), "unknown");
});

test("it warns where the input is active when it is enabled, or becomes so by another type", () => {
  assert.equal(activeWhenApplied({ ...saved, enabled: false }, saved, "open"), true);
  assert.equal(activeWhenApplied({ ...saved, enabled: false }, saved, "closed"), false);
  assert.equal(activeWhenApplied(saved, { ...saved, type: "NO" }, "closed"), true);
  assert.equal(activeWhenApplied(saved, { ...saved, name: "x" }, "open"), false);
  assert.equal(activeWhenApplied(saved, { ...saved, enabled: false, type: "NO" }, "closed"), false);
});

test("what lies outside its range, or has no name, is not applied", () => {
  assert.equal(problemOf(saved), undefined);
  assert.equal(problemOf({ ...saved, name: " " }), "name");
  assert.equal(problemOf({ ...saved, debounceMs: Number.NaN }), "debounceMs");
  assert.equal(problemOf({ ...saved, maxRecordS: 5 }), "maxRecordS");
  assert.equal(problemOf({ ...saved, outputs: [{ output: 1, holdS: 301 }] }), "outputHoldS");
});

test("a cut cable alarms with NC and goes unnoticed with NO", () => {
  assert.deepEqual([whenCut("NC"), whenCut("NO")], ["alarm", "unnoticed"]);
});

test("the sentence above the outputs says when they act: by the zone, not always only while armed", () => {
  assert.deepEqual(
    (["instant", "entry-exit", "24h-audible", "24h-silent", "key-switch", "record-only"] as const).map(whenActs),
    ["armed", "armed", "always", "silent", "never", "never"],
  );
});
