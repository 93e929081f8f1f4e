import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../../src/kernel/time.ts";
import type { CameraWord } from "../../../src/messages/detection.ts";
import type { LinkedDraft } from "./linked-inputs.ts";
import {
  askedThings,
  freeRule,
  ownRulesOf,
  switchOwn,
  whoseNow,
  withAddress,
  withLooker,
  withOwnRules,
} from "./own.ts";

const draft: LinkedDraft = { settings: { tamper: { sensitivity: 3 }, videoLoss: true }, inputs: [] };
const listened = switchOwn(draft, true, undefined);
const word = (state: CameraWord["state"], has: CameraWord["has"] = []): CameraWord => ({
  ...{ channel: 1, state, reason: "", since: wallTime(0), has, does: [], rules: [], heard: [], dropped: 0 },
});

test("listened to, the camera is asked first; switched off, nothing of it is left", () => {
  assert.deepEqual(listened.settings.own, { kind: "dahua", port: 80 });
  assert.deepEqual(switchOwn(listened, false, undefined).settings, draft.settings);
  assert.equal(switchOwn(draft, true, { kind: "dahua", port: 8080 }).settings.own?.port, 8080);
  assert.equal(withAddress(listened, { port: 81, input: 3 }).settings.own?.input, 3);
  assert.equal(withLooker(draft, "tamper", "both"), draft, "nobody listens to it");
});

test("whose word it is follows the choice, and whether the camera is heard and has it", () => {
  const { settings } = listened;
  assert.equal(whoseNow(settings, "tamper", undefined), "reed");
  assert.equal(whoseNow(settings, "tamper", word("online")), "reed");
  assert.equal(whoseNow(settings, "tamper", word("online", ["tamper"])), "camera");
  assert.equal(whoseNow(settings, "tamper", word("lost", ["tamper"])), "reed");
  assert.equal(whoseNow(settings, "videoLoss", word("online", ["videoLoss"])), "reed");
  const alone = withLooker(listened, "tamper", "camera").settings;
  assert.equal(whoseNow(alone, "tamper", word("lost", ["tamper"])), "nobody");
  const both = withLooker(listened, "tamper", "both").settings;
  assert.equal(whoseNow(both, "tamper", word("online", ["tamper"])), "both");
});

test("the camera's rules and ours share their numbers", () => {
  const drawn = { rules: [{ rule: 1 }] } as unknown as LinkedDraft["settings"];
  const both = withOwnRules({ ...listened, settings: { ...listened.settings, ...drawn } }, [
    { rule: 3, name: "Gate", said: "Gate" },
    { rule: 2, name: "Drive", said: "Drive" },
  ]);
  assert.deepEqual(
    ownRulesOf(both).map(({ rule }) => rule),
    [2, 3],
  );
  assert.equal(freeRule(both), 4);
  assert.equal(withOwnRules(both, []).settings.own?.rules, undefined);
  const ten = Array.from({ length: 10 }, (_, at) => ({ rule: at + 1, name: "x", said: "x" }));
  assert.equal(freeRule(withOwnRules(listened, ten)), undefined, "there are ten");
});

test("only what is watched for is asked of anybody", () => {
  assert.deepEqual(askedThings(draft.settings), ["tamper", "videoLoss"]);
});
