import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultArming } from "../../../../src/domain/arming.ts";
import type { Input } from "../../../shared/types.ts";
import { changedInputs, draftOf, modeIdFor, problemOf } from "./arming-draft.ts";

const doorSettings: Omit<Input, "input"> = {
  ...{ name: "Door", enabled: true, kind: "door", board: 1, point: 1, type: "NC", debounceMs: 250 },
  ...{ antiDitherS: 5, recordChannels: [1], postRecordS: 30, maxRecordS: 600, outputs: [], notifiers: [] },
  ...{ zone: "instant", chime: false, swingerAlarms: 0 },
};
const door: Input = { ...doorSettings, input: 1 };
const saved = draftOf(defaultArming, [door, { ...door, input: 2, modes: ["away"] }]);

test("an input that names no modes is armed in all of them", () => {
  assert.deepEqual(saved.zones, {
    1: { zone: "instant", modes: ["home", "night", "away"] },
    2: { zone: "instant", modes: ["away"] },
  });
});

test("only what was changed is saved, and what is armed in all modes names none", () => {
  const inputs = [door, { ...door, input: 2, modes: ["away"] }];
  assert.deepEqual(changedInputs(saved, saved, inputs), []);
  const zones = { ...saved.zones, 2: { zone: "follower", modes: ["away", "home", "night"] } } as const;
  assert.deepEqual(changedInputs({ ...saved, zones }, saved, inputs), [
    { input: 2, settings: { ...doorSettings, zone: "follower" } },
  ]);
});

test("a mode of one's own gets a name for programs that no other has", () => {
  assert.equal(modeIdFor("Büro zu!", []), "bu-ro-zu");
  assert.equal(modeIdFor("Night", ["night"]), "night-2");
  assert.equal(modeIdFor("夜", []), "mode");
  assert.equal(modeIdFor("Disarmed", []), "mode");
});

test("a site needs a mode, each a name, and delays of 0 to 300 s", () => {
  assert.equal(problemOf(saved), undefined);
  assert.equal(problemOf({ ...saved, modes: [] }), "noMode");
  const [home] = defaultArming.modes;
  assert.ok(home !== undefined);
  assert.equal(problemOf({ ...saved, modes: [{ ...home, name: " " }] }), "name");
  assert.equal(problemOf({ ...saved, modes: [{ ...home, exitS: 301 }] }), "delay");
  assert.equal(problemOf({ ...saved, modes: [{ ...home, entryS: Number.NaN }] }), "delay");
});
