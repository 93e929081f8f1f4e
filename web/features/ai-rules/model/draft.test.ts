import assert from "node:assert/strict";
import { test } from "node:test";
import type { DetectionRule } from "../../../../src/domain/detection/rules.ts";
import { changeInput, inputAt, planOf, type LinkedDraft } from "../../../shared/detection/linked-inputs.ts";
import {
  addCameraRule,
  changeRule,
  copyOnto,
  draftOf,
  isSmart,
  problemOf,
  removeCameraRule,
  removeRule,
  renameCameraRule,
  rulesOf,
  switchSmart,
  withSmartSensitivity,
} from "./draft.ts";
import { newRule, withShape } from "./rules.ts";

const camera = { channel: 3, name: "Drive" };
const nothing: LinkedDraft = { settings: { videoLoss: true }, inputs: [] };
const line = [
  { x: 0, y: 4000 },
  { x: 8000, y: 4000 },
];
const gate = withShape(newRule("tripwire", 1, "Gate"), line);
const fence: DetectionRule = { ...gate, rule: 4, name: "Fence" };

/** As it is read again after it was applied to a camera whose board is 9: its inputs are numbered from 20. */
const applied = ({ settings, inputs }: LinkedDraft): LinkedDraft => ({
  settings,
  inputs: inputs.map((one, index) => ({ input: one.input ?? 20 + index, settings: { ...one.settings, board: 9 } })),
});

const both = applied(changeRule(changeRule(nothing, gate, camera), fence, camera));

test("a rule has its alarm input on its point, which records its own camera and bounces not", () => {
  const { settings } = inputAt(changeRule(nothing, gate, camera), 11) ?? {};
  assert.deepEqual(
    [settings?.name, settings?.kind, settings?.type, settings?.debounceMs, settings?.recordChannels, settings?.enabled],
    ["Drive: Gate", "video-rule", "NO", 0, [3], true],
  );
  assert.deepEqual(
    planOf(nothing, changeRule(nothing, gate, camera)).map(({ kind }) => kind),
    ["settings", "add"],
  );
});

test("a rule that is off has its input off, which keeps what it is linked to", () => {
  const linked = changeInput(both, 11, { notifiers: [1] });
  const off = changeRule(linked, { ...gate, enabled: false }, camera);
  assert.deepEqual([inputAt(off, 11)?.settings.enabled, inputAt(off, 11)?.settings.notifiers], [false, [1]]);
  assert.deepEqual(changeRule(off, gate, camera), linked);
});

test("an input that somebody switched off alone stays off when its rule is drawn anew", () => {
  const alone = changeInput(both, 11, { enabled: false });
  assert.equal(inputAt(changeRule(alone, withShape(gate, line.toReversed()), camera), 11)?.settings.enabled, false);
});

test("the input is called as its rule is, unless it got a name of its own", () => {
  assert.equal(inputAt(changeRule(both, { ...gate, name: "Door" }, camera), 11)?.settings.name, "Drive: Door");
  const own = changeInput(both, 11, { name: "Somebody is coming" });
  assert.equal(inputAt(changeRule(own, { ...gate, name: "Door" }, camera), 11)?.settings.name, "Somebody is coming");
});

test("a rule that is removed takes its input with it, and no other's", () => {
  const less = removeRule(both, 1);
  assert.deepEqual(
    planOf(both, less).map((step) => [step.kind, "input" in step ? step.input : undefined]),
    [
      ["remove", 20],
      ["settings", undefined],
    ],
  );
  assert.deepEqual(removeRule(removeRule(changeRule(nothing, gate, camera), 1), 7), nothing);
});

const people = { camera, what: "People", saved: nothing };

test("smart motion is on for people, vehicles or both, and is nothing when it is for neither", () => {
  const on = switchSmart(nothing, "human", true, people);
  assert.deepEqual(on.settings.smart, { human: true, vehicle: false, sensitivity: "middle" });
  assert.equal(inputAt(on, 21)?.settings.name, "Drive: People");
  assert.deepEqual(switchSmart(on, "human", false, people), nothing);
  const high = withSmartSensitivity(applied(on), "high");
  const off = switchSmart(high, "human", false, { ...people, saved: high });
  assert.deepEqual(off, nothing);
  assert.deepEqual(
    planOf(high, off).map(({ kind }) => kind),
    ["remove", "settings"],
  );
  const again = switchSmart(off, "human", true, { ...people, saved: high });
  assert.deepEqual(inputAt(again, 21), inputAt(high, 21), "its removal was not applied yet");
});

test("motion's inputs are not this page's", () => {
  const row = { ...(inputAt(both, 11)?.settings ?? assert.fail()), board: 9 };
  const inputs = [
    { ...row, input: 1, point: 1 },
    { ...row, input: 2 },
    { ...row, input: 3, board: 8 },
    { ...row, input: 4, point: 22 },
  ];
  assert.deepEqual(
    draftOf({}, 9, inputs).inputs.map(({ input }) => input),
    [2, 4],
  );
});

test("what keeps it from being applied is said of the rule that it is about", () => {
  assert.equal(problemOf(both), undefined);
  const undrawn = changeRule(both, newRule("loitering", 2, "Yard"), camera);
  const problem = problemOf(undrawn);
  assert.deepEqual(problem?.kind === "rule" && [problem.rule.name, problem.problem], ["Yard", "undrawn"]);
  assert.deepEqual(problemOf(changeInput(both, 11, { postRecordS: -1 })), { kind: "linkage", problem: "postRecordS" });
});

test("rules that are copied leave the rules that are drawn in the other camera alone", () => {
  const there = { channel: 5, name: "Yard" };
  const heard: LinkedDraft = { settings: { own: { kind: "dahua", port: 80 } }, inputs: [] };
  const had = applied(addCameraRule(heard, { rule: 1, name: "Dock", said: "Dock" }, there));
  const from = { draft: changeInput(both, 11, { postRecordS: 77 }), camera };
  const copy = copyOnto(from, { draft: had, camera: there }, ["rules", "linkage"], () => "x");
  assert.deepEqual(
    rulesOf(copy).map(({ rule, name }) => [rule, name]),
    [
      [2, "Gate"],
      [4, "Fence"],
    ],
  );
  assert.equal(inputAt(copy, 11), inputAt(had, 11));
  assert.equal(inputAt(copy, 12)?.settings.postRecordS, 77);
  const back = copyOnto({ draft: had, camera: there }, { draft: both, camera }, ["rules", "linkage"], () => "x");
  assert.deepEqual(rulesOf(back), []);
});

test("copied onto another camera, it has these rules and no others, linked to its own pictures", () => {
  const from = {
    draft: changeInput(switchSmart(both, "vehicle", true, people), 11, { recordChannels: [3, 7] }),
    camera,
  };
  const there = { channel: 5, name: "Yard" };
  const had = applied(changeRule(changeRule(nothing, { ...gate, name: "Old" }, there), { ...gate, rule: 2 }, there));
  const copy = copyOnto(from, { draft: had, camera: there }, ["rules", "linkage"], () => "x");
  assert.deepEqual(rulesOf(copy), rulesOf(from.draft));
  assert.deepEqual(inputAt(copy, 11)?.settings.recordChannels, [5, 7]);
  assert.equal(inputAt(copy, 11)?.settings.name, "Yard: Gate");
  assert.equal(inputAt(copy, 11)?.input, 20);
  assert.equal(inputAt(copy, 12), undefined);
  assert.equal(copy.settings.videoLoss, true);
  assert.equal(isSmart(copy, "vehicle"), false);
  assert.equal(
    isSmart(
      copyOnto(from, { draft: had, camera: there }, ["smart"], () => "x"),
      "vehicle",
    ),
    true,
  );
});

test("a rule of the camera itself has its alarm input, which is called like it and goes with it", () => {
  const listened: LinkedDraft = { ...nothing, settings: { own: { kind: "dahua", port: 80 } } };
  const added = addCameraRule(listened, { rule: 2, name: "Einfahrt", said: "Einfahrt" }, camera);
  assert.deepEqual(added.settings.own?.rules, [{ rule: 2, name: "Einfahrt", said: "Einfahrt" }]);
  assert.equal(inputAt(added, 12)?.settings.kind, "video-rule");
  const renamed = renameCameraRule(added, 2, "Gate", camera);
  assert.equal(inputAt(renamed, 12)?.settings.name, "Drive: Gate");
  assert.equal(renamed.settings.own?.rules?.[0]?.said, "Einfahrt", "the camera goes on calling it so");
  const named = changeInput(renamed, 12, { name: "My own" });
  assert.equal(inputAt(renameCameraRule(named, 2, "Yard", camera), 12)?.settings.name, "My own");
  assert.deepEqual(problemOf(renameCameraRule(added, 2, " ", camera)), { kind: "cameraRule" });
  const gone = removeCameraRule(added, 2);
  assert.deepEqual([gone.settings.own?.rules, inputAt(gone, 12)], [undefined, undefined]);
});
