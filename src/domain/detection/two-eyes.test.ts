import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../kernel/time.ts";
import type { Level } from "../level.ts";
import { createCameraMemory } from "./camera-memory.ts";
import type { CameraSaid } from "./camera-said.ts";
import type { OwnDetection } from "./own-settings.ts";
import type { VideoDetectionSettings } from "./settings.ts";
import { createTwoEyes, saidByCamera } from "./two-eyes.ts";

const [tamper, scene, rule] = [5, 6, 13];
const away = "the detection process is away";

function watched(looks: OwnDetection["looks"] = {}) {
  const own: OwnDetection = { kind: "dahua", port: 80, looks, rules: [{ rule: 3, name: "Drive", said: "Drive" }] };
  const settings: VideoDetectionSettings = {
    ...({ kind: "video-detection", channel: 1, tamper: { sensitivity: 3 }, sceneChange: true } as const),
    own,
  };
  const word = createCameraMemory(instant(0));
  word.offered({ things: new Map([["tamper", true]]), rules: [] });
  const eyes = createTwoEyes(settings);
  const told: string[] = [];
  const hear = (levels: ReturnType<typeof eyes.heard>) =>
    told.push(...levels.map(({ point, level, reason }) => [point, level, reason].join(" ").trim()));
  let now = 0;
  return {
    eyes,
    told,
    last: () => told.splice(0).join(", "),
    online: () => (word.heard({ kind: "online" }, instant(++now)), hear(eyes.heard(instant(now), word))),
    lost: () => (word.heard({ kind: "lost", reason: "cut" }, instant(++now)), hear(eyes.heard(instant(now), word))),
    says: (what: CameraSaid["what"], phase: CameraSaid["phase"], more: Partial<CameraSaid> = {}) => {
      word.said({ ...{ what, phase, at: instant(++now), code: what }, ...more });
      hear(eyes.heard(instant(now), word));
    },
    sees: (point: number, level: Level, reason?: string) =>
      hear(eyes.saw([{ ...{ point, level, at: instant(++now) }, ...(reason === undefined ? {} : { reason }) }], word)),
    blind: () => hear(eyes.blind(away, instant(++now), word)),
    said: () => [...saidByCamera(settings, word)].join(),
  };
}

test("the camera's word is taken for what it has, ours for what it has not; gone it is unknown until we have looked", () => {
  const on = watched();
  assert.equal(on.said(), "", "not heard yet");
  on.online();
  on.sees(scene, "open");
  assert.equal(on.said(), "tamper");
  assert.equal(on.last(), "5 open, 6 unknown the camera itself does not tell this, 13 open, 6 open");
  on.says("tamper", "start");
  on.sees(tamper, "open");
  assert.equal(on.last(), "5 closed", "what we see of it does not count");
  on.lost();
  assert.equal(on.said(), "");
  assert.equal(on.last(), "5 unknown cut, 13 unknown cut", "what we saw before it took over is no look of now");
  on.sees(tamper, "open");
  assert.equal(on.last(), "5 open", "ours meanwhile");
  on.online();
  assert.equal(on.last(), "13 open", "back, it agrees");
});

test("a camera that alone is asked is waited for; without it nothing is known, whatever we see", () => {
  const on = watched({ tamper: "camera", sceneChange: "camera" });
  on.online();
  on.sees(scene, "closed");
  assert.equal(on.last(), "5 open, 6 unknown the camera itself does not tell this, 13 open");
  on.lost();
  on.sees(tamper, "open");
  assert.equal(on.last(), "5 unknown cut, 6 unknown cut, 13 unknown cut");
  assert.equal(on.said(), "tamper,sceneChange", "we do not look for it");
});

test("of both, seen by one is seen; at rest it is when one knows and none sees it", () => {
  const on = watched({ tamper: "both", sceneChange: "reed" });
  on.online();
  on.sees(tamper, "open");
  on.sees(tamper, "closed");
  on.says("tamper", "start");
  on.sees(tamper, "open");
  on.says("tamper", "stop");
  assert.equal(on.last(), "5 open, 13 open, 5 closed, 5 open");
  on.lost();
  on.blind();
  assert.equal(on.last(), "13 unknown cut, 5 unknown cut, 6 unknown the detection process is away");
});

test("the process away makes unknown what it looks for, and nothing else; rules of the camera are its own", () => {
  const on = watched();
  on.online();
  on.sees(scene, "open");
  on.last();
  on.blind();
  assert.equal(on.last(), "6 unknown the detection process is away");
  on.says("rule", "pulse", { rule: "Drive" });
  on.sees(rule, "open");
  assert.equal(on.last(), "13 closed");
});

test("the board hears of nothing before what it heard last", () => {
  const own: OwnDetection = { kind: "dahua", port: 80 };
  const settings: VideoDetectionSettings = { kind: "video-detection", channel: 1, sceneChange: true, own };
  const word = createCameraMemory(instant(0));
  const eyes = createTwoEyes(settings);
  word.heard({ kind: "online" }, instant(1));
  eyes.saw([{ point: scene, level: "closed", at: instant(50) }], word);
  word.offered({ things: new Map([["sceneChange", true]]), rules: [] });
  assert.deepEqual(eyes.heard(instant(60), word), [{ point: scene, level: "open", at: 50 }]);
});
