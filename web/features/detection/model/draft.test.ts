import assert from "node:assert/strict";
import { test } from "node:test";
import { allCells, hexOfCells } from "../../../../src/domain/detection/motion-grid.ts";
import { copyOnto } from "./copy.ts";
import {
  addRegion,
  changeRegion,
  draftOf,
  isOn,
  isSaved,
  linkEvent,
  problemOf,
  regionsOf,
  removeRegion,
  renameRegion,
  switchEvent,
  withEveryPicture,
  type Named,
  type SingleEvent,
} from "./draft.ts";
import { changeInput, inputAt, planOf, type LinkedDraft } from "../../../shared/detection/linked-inputs.ts";

const nothing: LinkedDraft = { settings: {}, inputs: [] };
const named: Named = { channel: { channel: 3, name: "Front door" }, nameOf: (event) => event };

const switchOn = (event: SingleEvent, draft: LinkedDraft = nothing): LinkedDraft =>
  switchEvent(draft, event, true, { named, saved: nothing });

/** As it is read again after it was applied to a camera whose board is 9: its inputs are numbered from 20. */
const applied = ({ settings, inputs }: LinkedDraft): LinkedDraft => ({
  settings,
  inputs: inputs.map((one, index) => ({ input: one.input ?? 20 + index, settings: { ...one.settings, board: 9 } })),
});

test("the first region watches the whole picture, the next is empty until it is drawn", () => {
  const one = addRegion(nothing, "Yard", named);
  assert.equal(regionsOf(one)[0]?.cells, hexOfCells(allCells()));
  const two = addRegion(one, "Gate", named);
  assert.deepEqual(problemOf(two), { kind: "empty" });
  assert.equal(problemOf(changeRegion(two, 1, { cells: hexOfCells(allCells()) })), undefined);
  const five = addRegion(addRegion(addRegion(two, "c", named), "d", named), "e", named);
  assert.equal(regionsOf(five).length, 4);
});

test("an event that is switched on has an alarm input that records its own camera, and bounces not", () => {
  const { settings } = inputAt(switchOn("videoLoss"), 7) ?? {};
  assert.deepEqual(
    [settings?.name, settings?.kind, settings?.type, settings?.debounceMs, settings?.recordChannels],
    ["Front door: videoLoss", "video-loss", "NO", 0, [3]],
  );
  assert.equal(inputAt(addRegion(nothing, "Yard", named), 1)?.settings.name, "Front door: Yard");
});

test("what is watched without an alarm input is in force all the same, and gets one where it is asked for", () => {
  const { settings } = switchOn("videoLoss", addRegion(nothing, "Yard", named));
  const bare: LinkedDraft = { settings, inputs: [] };
  assert.deepEqual([isSaved(bare, 1), isSaved(bare, 2), isSaved(bare, 7)], [true, false, true]);
  const linked = linkEvent(bare, { point: 1, event: "motion", what: "Yard" }, named);
  assert.deepEqual(
    linked.inputs.map(({ settings: { name, kind, point } }) => [name, kind, point]),
    [["Front door: Yard", "video-motion", 1]],
  );
  assert.deepEqual(linkEvent(linked, { point: 1, event: "motion", what: "Other" }, named), linked);
});

test("an alarm input is called like its region until it is made, and then as it was called", () => {
  const draft = addRegion(nothing, "Region 1", named);
  const renamed = renameRegion(draft, 0, "Path", named);
  assert.deepEqual([regionsOf(renamed)[0]?.name, inputAt(renamed, 1)?.settings.name], ["Path", "Front door: Path"]);
  const later = renameRegion(applied(renamed), 0, "Gate", named);
  assert.deepEqual([regionsOf(later)[0]?.name, inputAt(later, 1)?.settings.name], ["Gate", "Front door: Path"]);
});

test("what is seen is on the timeline only until somebody chooses that it shall alarm, tampering too", () => {
  for (const event of ["tamper", "sceneChange", "videoLoss", "audioRise"] as const)
    assert.equal(switchOn(event).inputs[0]?.settings.zone, "record-only", event);
});

test("switched off it takes its alarm input with it, and has it again when that was not applied yet", () => {
  const saved = changeInput(applied(switchOn("tamper")), 5, { notifiers: [1] });
  const off = switchEvent(saved, "tamper", false, { named, saved });
  assert.deepEqual(off, nothing);
  assert.deepEqual(switchEvent(off, "tamper", true, { named, saved }), saved);
  assert.deepEqual(
    planOf(saved, off).map(({ kind }) => kind),
    ["remove", "settings"],
  );
});

test("loss and rise of the sound are switched apart from each other", () => {
  const both = switchOn("audioRise", switchOn("audioLoss"));
  const rise = switchEvent(both, "audioLoss", false, { named, saved: nothing });
  assert.deepEqual(rise.settings, { audio: { rise: { sensitivity: 50, threshold: 50 } } });
  assert.deepEqual(switchEvent(rise, "audioRise", false, { named, saved: nothing }).settings, {});
});

test("a region that goes takes its input with it, and those behind move up before their old points are taken away", () => {
  const three = applied(addRegion(addRegion(addRegion(nothing, "a", named), "b", named), "c", named));
  const two = removeRegion(three, 0);
  assert.deepEqual(
    two.inputs.map(({ input, settings }) => [input, settings.point]),
    [
      [21, 1],
      [22, 2],
    ],
  );
  assert.deepEqual(
    planOf(three, two).map((step) => (step.kind === "change" ? [step.kind, step.settings.point] : step.kind)),
    ["remove", ["change", 1], ["change", 2], "settings"],
  );
  assert.deepEqual(removeRegion(addRegion(nothing, "a", named), 0), nothing);
});

test("the input of tampering stays where it is when a region goes", () => {
  const draft = applied(switchOn("tamper", addRegion(nothing, "a", named)));
  assert.equal(inputAt(removeRegion(draft, 0), 5)?.input, 21);
});

test("every picture is looked at where somebody says so, and is not a setting any more when it is switched off", () => {
  const draft = switchOn("tamper");
  assert.equal(withEveryPicture(draft, true).settings.everyPicture, true);
  assert.deepEqual(withEveryPicture(withEveryPicture(draft, true), false), draft);
});

test("what was not touched is not sent", () => {
  const saved = applied(switchOn("tamper", addRegion(nothing, "a", named)));
  assert.deepEqual(planOf(saved, saved), []);
  assert.deepEqual(
    planOf(saved, changeInput(saved, 5, { zone: "instant" })).map(({ kind }) => kind),
    ["change"],
  );
  assert.deepEqual(
    planOf(nothing, saved).map(({ kind }) => kind),
    ["change", "change", "settings"],
  );
});

test("inputs on points of rules are not this page's", () => {
  const row = { ...(inputAt(addRegion(nothing, "a", named), 1)?.settings ?? assert.fail()), board: 9 };
  const inputs = [
    { ...row, input: 1 },
    { ...row, input: 2, point: 11 },
    { ...row, input: 3, board: 8 },
  ];
  assert.deepEqual(
    draftOf({}, 9, inputs).inputs.map(({ input }) => input),
    [1],
  );
});

test("copied onto another camera, regions and linkage are those of the first, of the other's own pictures", () => {
  const from = applied(
    changeInput(switchOn("tamper", addRegion(nothing, "Yard", named)), 1, { recordChannels: [3, 7] }),
  );
  const there: Named = { ...named, channel: { channel: 4, name: "Back door" } };
  const had = applied(addRegion(addRegion(nothing, "x", there), "y", there));
  const copy = copyOnto({ draft: from, channel: 3 }, had, ["motion", "linkage"], there);
  assert.deepEqual(
    regionsOf(copy).map(({ name }) => name),
    ["Yard"],
  );
  assert.deepEqual(inputAt(copy, 1)?.settings.recordChannels, [4, 7]);
  assert.equal(inputAt(copy, 1)?.input, 20);
  assert.equal(isOn(copy, "tamper"), false);
  assert.deepEqual(
    planOf(had, copy).map(({ kind }) => kind),
    ["remove", "change", "settings"],
  );
  const tamper = copyOnto({ draft: from, channel: 3 }, had, ["tamper"], there);
  assert.deepEqual([isOn(tamper, "tamper"), regionsOf(tamper).length], [true, 2]);
});
