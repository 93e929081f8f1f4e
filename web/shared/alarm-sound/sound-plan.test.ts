import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alarm } from "../../../src/contract/alarm.ts";
import { nextSound, silentStart } from "./sound-plan.ts";

const alarm = (id: string, at: number, page?: Alarm["page"]): Alarm => ({
  ...{ id, input: 1, name: "Door", at, lastAt: at, edges: 1, state: "new", verdict: "open" },
  ...{ sentence: "", cameras: [], faults: [], severity: "warning", locked: false },
  ...(page === undefined ? {} : { page }),
});
const siren = { popup: true, sound: "siren", voice: "" } as const;

test("an alarm without sound is silent; one with it sounds once and ends when somebody acknowledged it", () => {
  assert.equal(nextSound(silentStart, [alarm("a", 1)]).step.kind, "go-on");
  const first = nextSound(silentStart, [alarm("a", 1, siren)]);
  assert.deepEqual(first.step, { kind: "play", sound: "siren", voice: "" });
  const second = nextSound(first.next, [alarm("a", 1, siren)]);
  assert.equal(second.step.kind, "go-on");
  const third = nextSound(second.next, []);
  assert.equal(third.step.kind, "stop");
  assert.equal(nextSound(third.next, [alarm("a", 1, siren)]).step.kind, "go-on", "it does not begin again");
});

test("a newer alarm takes the sound over; of several at once the newest speaks", () => {
  const first = nextSound(silentStart, [alarm("a", 1, siren)]);
  const voice = { popup: true, sound: "off", voice: "Back door" } as const;
  const second = nextSound(first.next, [alarm("b", 2, siren), alarm("c", 3, voice), alarm("a", 1, siren)]);
  assert.deepEqual(second.step, { kind: "play", sound: "off", voice: "Back door" });
  assert.equal(nextSound(second.next, [alarm("b", 2, siren), alarm("c", 3, voice)]).step.kind, "go-on");
});
