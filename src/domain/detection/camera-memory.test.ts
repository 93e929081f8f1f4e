import assert from "node:assert/strict";
import { test } from "node:test";
import { after, instant } from "../../kernel/time.ts";
import { createCameraMemory, mostAtOnce, pulseHolds } from "./camera-memory.ts";
import type { CameraSaid } from "./camera-said.ts";
import { leftForUs, lookerOf, onlyTheCameras, type OwnDetection } from "./own-settings.ts";
import { pointsOfDetection } from "./points.ts";
import { usualRegion, type VideoDetectionSettings } from "./settings.ts";

const own: OwnDetection = { kind: "dahua", port: 80, rules: [{ rule: 2, name: "Drive", said: "Einfahrt" }] };
const settings: VideoDetectionSettings = {
  ...{ kind: "video-detection", channel: 1, own },
  motion: { regions: [usualRegion("Gate"), usualRegion("Yard")], holdS: 5 },
  ...({ tamper: { sensitivity: 3 }, videoLoss: true } as const),
  smart: { human: true, vehicle: true, sensitivity: "middle" },
};
const [gate, yard, tamper, loss, drive, human] = [1, 2, 5, 7, 12, 21];
const at = instant(1000);

const said = (what: CameraSaid["what"], phase: CameraSaid["phase"], more: Partial<CameraSaid> = {}): CameraSaid => ({
  ...{ what, phase, at, code: what },
  ...more,
});

function memory(online = true) {
  const made = createCameraMemory(at);
  made.offered({
    things: new Map([...(["motion", "tamper", "human"] as const)].map((thing) => [thing, true])),
    rules: [],
  });
  if (online) made.heard({ kind: "online" }, at);
  return { made, of: (point: number) => made.levelOf(settings, point)?.level, ...made };
}
const words = (row: ReturnType<typeof memory>, ...points: number[]) => points.map(row.of).join(" ");

test("while a camera is not heard nothing of it is known; what it does not have is never at rest", () => {
  const on = memory(false);
  assert.equal(words(on, gate, tamper, drive, human), "unknown unknown unknown unknown");
  on.heard({ kind: "online" }, at);
  assert.equal(words(on, gate, tamper, drive, human, loss), "open open open open unknown");
  on.said(said("tamper", "start"));
  on.heard({ kind: "lost", reason: "cut" }, instant(2000));
  assert.deepEqual(on.made.levelOf(settings, tamper), { point: 5, level: "unknown", at: 2000, reason: "cut" });
  on.heard({ kind: "online" }, instant(3000));
  assert.equal(on.of(tamper), "open", "what was so before is asked anew");
});

test("motion is in the region of its name, else of its number; a camera that does not say where means all", () => {
  const on = memory();
  on.said(said("motion", "start", { regions: [{ name: " yard ", index: 0 }] }));
  assert.equal(words(on, gate, yard), "open closed");
  on.said(said("motion", "stop", { regions: [{ name: "Yard" }] }));
  on.said(said("motion", "start", { regions: [{ name: "Region1", index: 0 }] }));
  assert.equal(words(on, gate, yard), "closed open");
  on.said(said("motion", "stop"));
  on.said(said("motion", "start"));
  assert.equal(words(on, gate, yard), "closed closed");
  const single = { ...settings, motion: { regions: [usualRegion("All")], holdS: 5 } };
  on.said(said("motion", "stop"));
  on.said(said("motion", "start", { regions: [{ name: "Third", index: 2 }] }));
  assert.equal(on.made.levelOf(single, gate)?.level, "closed", "the only region stands for the whole picture");
});

test("motion that began before somebody listened, of no region, ends with the region that the camera names then", () => {
  const on = memory();
  on.said(said("motion", "start"));
  on.said(said("motion", "start", { regions: [{ name: "Yard" }] }));
  assert.equal(words(on, gate, yard), "closed closed");
  on.said(said("motion", "stop", { regions: [{ name: "Gate" }] }));
  assert.equal(words(on, gate, yard), "open closed");
  on.said(said("motion", "stop", { regions: [{ name: "Yard" }] }));
  assert.equal(words(on, gate, yard), "open open");
});

test("a rule of the camera is known by its name, with who it was; a pulse lasts a bounded while", () => {
  const on = memory();
  on.said(said("rule", "pulse", { rule: "EINFAHRT", target: "human" }));
  assert.deepEqual(on.made.levelOf(settings, drive), {
    ...{ point: drive, level: "closed", at },
    title: 'a person: "EINFAHRT", said by the camera',
  });
  assert.equal(on.pass(at), after(at, pulseHolds));
  assert.equal(on.pass(after(at, pulseHolds)), undefined);
  assert.equal(on.of(drive), "open");
  on.said(said("rule", "start", { rule: "Another" }));
  assert.equal(on.of(drive), "open");
  on.said(said("rule", "start", { rule: "Einfahrt" }));
  on.said(said("rule", "stop", { code: "other" }));
  assert.equal(on.of(drive), "closed");
  on.said(said("rule", "stop"));
  assert.equal(on.of(drive), "open", "an end without a name ends all of its code");
});

test("two codes of one thing end apart; a thing that is heard is had, until the camera's settings say that it is off", () => {
  const on = memory();
  on.said(said("tamper", "start", { code: "VideoBlind" }));
  on.said(said("tamper", "start", { code: "VideoUnFocus" }));
  on.said(said("tamper", "stop", { code: "VideoBlind" }));
  assert.equal(on.of(tamper), "closed");
  on.said(said("videoLoss", "stop"));
  assert.equal(on.of(loss), "open");
  on.offered({ things: new Map([["videoLoss", false]]), rules: [] });
  assert.equal(on.of(loss), "unknown");
});

test("a camera that names more and more is not believed without bound", () => {
  const on = memory();
  for (let one = 0; one < mostAtOnce * 2; one++) on.said(said("rule", "start", { rule: `r${one}` }));
  on.said(said("rule", "start", { rule: "Einfahrt" }));
  assert.equal(on.of(drive), "open");
});

test("what the camera says is left out of what we look at; its own rules never are ours", () => {
  assert.deepEqual(pointsOfDetection(settings), [1, 2, 5, 7, 12, 21, 22]);
  assert.deepEqual(pointsOfDetection(leftForUs(settings, new Set())), [1, 2, 5, 7, 21, 22]);
  assert.deepEqual(pointsOfDetection(leftForUs(settings, new Set(["motion", "human"]))), [5, 7, 22]);
  assert.equal(leftForUs(settings, new Set(["human", "vehicle"])).smart, undefined);
  const plain = leftForUs({ kind: "video-detection", channel: 1, videoLoss: true }, new Set(["videoLoss"]));
  assert.deepEqual(pointsOfDetection(plain), [7], "nobody listens to this camera");
});

test("the camera is asked first wherever somebody listens to it, but for whether its pictures come", () => {
  assert.equal(lookerOf(settings, "motion"), "camera-else-reed");
  assert.equal(lookerOf(settings, "videoLoss"), "reed");
  assert.equal(lookerOf({}, "motion"), "reed");
  const chosen = { own: { ...own, looks: { motion: "camera", tamper: "both" } } as const };
  assert.deepEqual([...onlyTheCameras(chosen)], ["motion"]);
});

test("one of two rules of a kind is running, and the camera does not say which: neither is at rest", () => {
  const on = memory();
  const two = { ...settings, own: { ...own, rules: [...(own.rules ?? []), { rule: 3, name: "Lawn", said: "Rasen" }] } };
  const levels = () => [drive, drive + 1].map((point) => on.made.levelOf(two, point)?.level).join(" ");
  const named = (name: string, code: string) => ({ name, code });
  on.offered({ things: new Map(), rules: [named("einfahrt", "CrossLine"), named("Rasen", "CrossRegion")] });
  on.said(said("rule", "start", { code: "CrossRegion" }));
  assert.equal(levels(), "open unknown", "of its kind alone");
  on.said(said("rule", "start", { code: "CrossRegion", rule: "Rasen" }));
  assert.equal(levels(), "open closed");
  on.said(said("rule", "stop", { code: "CrossRegion", rule: "Rasen" }));
  assert.equal(levels(), "open open", "it was the only one of its kind");
  on.offered({ things: new Map(), rules: [named("einfahrt", "CrossRegion"), named("Rasen", "CrossRegion")] });
  on.said(said("rule", "stop", { code: "CrossRegion" }));
  on.said(said("rule", "start", { code: "CrossRegion" }));
  on.said(said("rule", "stop", { code: "CrossRegion", rule: "Rasen" }));
  assert.equal(levels(), "unknown open", "the other one may be running still");
  on.said(said("rule", "stop", { code: "CrossRegion" }));
  assert.equal(levels(), "open open");
  on.offered({ things: new Map(), rules: [named("einfahrt", "CrossLine"), named("Rasen", "CrossRegion")] });
  for (const code of ["CrossLine", "CrossRegion"]) on.said(said("rule", "start", { code }));
  assert.equal(levels(), "unknown unknown", "of each kind one");
  on.said(said("rule", "stop", { code: "CrossRegion" }));
  assert.equal(levels(), "unknown open");
  on.said(said("rule", "stop", { code: "CrossLine" }));
  on.offered({ things: new Map(), rules: [] });
  on.said(said("rule", "start", { code: "CrossLine" }));
  assert.equal(levels(), "unknown unknown", "of what kind they are is not known");
  on.said(said("rule", "stop", { code: "CrossLine" }));
  assert.equal(levels(), "open open");
});
