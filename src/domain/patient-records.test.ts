import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineRecord } from "./engine-records.ts";
import { mayWait } from "./patient-records.ts";
import type { AlarmInputSettings } from "./site-config.ts";
import { engineWorld } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";

/** Whether each step of an edge, its footage and its end may be synced later. */
function stepsOf(
  more: Partial<AlarmInputSettings>,
  { armed = true, walked = false, overBefore = false } = {},
): boolean[] {
  const settings = input(1, {
    ...{ type: "NO", debounceMs: 0, kind: "video-motion", zone: "record-only" },
    linkage: linkage({ recordChannels: [1], outputs: [], notifiers: [1] }),
    ...more,
  });
  const told: boolean[] = [];
  const world = engineWorld(site({ inputs: [settings] }), () => undefined);
  world.contact(1, 1, "open", "state");
  if (armed) world.do({ kind: "arm", armed: true, by: "anna" });
  world.pass(120_000);
  const terms = { walkId: "w", by: "anna", inputs: [1], minutes: 5, pulse: false, locks: [], send: [] };
  if (walked) world.do({ kind: "walk-start", terms });
  const step = (act: () => void) => {
    const before = world.state;
    const known = world.journal.length;
    act();
    const records: readonly EngineRecord[] = world.journal.slice(known);
    if (records.length > 0) told.push(mayWait(records, [before, world.state]));
  };
  step(() => world.contact(1, 1, "closed"));
  const [hold] = [...world.state.holds.values()];
  const holdId = hold?.holdId ?? "";
  step(() => world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } }));
  const ends = [
    () => world.contact(1, 1, "open"),
    () => world.do({ kind: "hold-closed", holdId, result: "done", reason: "", gaps: [] }),
  ];
  for (const end of overBefore ? ends.reverse() : ends) step(end);
  return [...new Set(told)];
}

test("motion and rules that call nobody may be synced later, from the edge to the receipt", () => {
  assert.deepEqual(stepsOf({}), [true]);
  assert.deepEqual(stepsOf({ kind: "video-rule" }, { armed: false }), [true]);
  assert.deepEqual(stepsOf({ zone: "instant" }, { armed: false }), [true]);
});

test("an alarm, a contact, tampering with a camera and a walk test wait for nothing", () => {
  assert.deepEqual(stepsOf({ zone: "instant" }), [false]);
  assert.deepEqual(stepsOf({ zone: "instant" }, { overBefore: true }), [false], "its end is of the alarm, too");
  assert.deepEqual(stepsOf({ kind: "door" })[0], false);
  assert.equal(stepsOf({ kind: "video-tamper" })[0], false);
  assert.equal(stepsOf({ zone: "instant" }, { armed: false, walked: true })[0], false);
});
