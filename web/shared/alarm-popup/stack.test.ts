import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alarm } from "../../../src/contract/alarm.ts";
import { camerasOf, freshMs, noticeMs, stackOf } from "./stack.ts";

const alarm = (id: string, at: number, part: Partial<Alarm> = {}): Alarm => ({
  ...{ id, input: 1, name: "Door", at, lastAt: at, edges: 1, state: "new", verdict: "open" },
  ...{ sentence: "", cameras: [], faults: [], severity: "warning", locked: false },
  ...part,
});
const camera = (channel: number): Alarm["cameras"][number] => ({ channel, name: "", outcome: "recording" });
const ids = (alarms: readonly Alarm[]) => alarms.map(({ id }) => id);
const nothing = new Set<string>();

test("several at once stack, the newest in front, and the rest is counted", () => {
  const stack = stackOf([alarm("a", 1), alarm("b", 3), alarm("c", 2), alarm("d", 0)], {
    now: 10,
    dismissed: nothing,
    most: 3,
  });
  assert.deepEqual(ids(stack.shown), ["b", "c", "a"]);
  assert.equal(stack.more, 1);
});

test("what is acknowledged, put away, or long over does not come to the front", () => {
  const alarms = [
    alarm("seen", 1, { state: "acknowledged" }),
    alarm("away", 1),
    alarm("old", 0),
    alarm("old but raised again", 0, { lastAt: 5 }),
  ];
  const stack = stackOf(alarms, { now: freshMs, dismissed: new Set(["away"]), most: 3 });
  assert.deepEqual(ids(stack.shown), ["old but raised again"]);
});

test("an alarm whose linkage wants no pop-up stays in the inbox", () => {
  const page = { popup: false, sound: "off", voice: "" } as const;
  assert.deepEqual(ids(stackOf([alarm("a", 1, { page })], { now: 2, dismissed: nothing, most: 3 }).shown), []);
});

test("where somebody works on something else, an alarm leaves the front sooner", () => {
  const options = { now: noticeMs, dismissed: nothing, most: 3 };
  assert.deepEqual(ids(stackOf([alarm("a", 0)], options).shown), ["a"]);
  assert.deepEqual(ids(stackOf([alarm("a", 0)], { ...options, fresh: noticeMs }).shown), []);
});

test("cameras of all alarms come once each, those of the newest first", () => {
  const alarms = [
    alarm("b", 2, { cameras: [camera(4), camera(2)] }),
    alarm("a", 1, { cameras: [camera(2), camera(1)] }),
  ];
  assert.deepEqual(camerasOf(alarms, 4), [4, 2, 1]);
  assert.deepEqual(camerasOf(alarms, 2), [4, 2]);
});
