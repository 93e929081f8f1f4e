import assert from "node:assert/strict";
import { test } from "node:test";
import { yardCamera, type Scene } from "../testdata/grey-pictures.ts";
import { createSceneStage, createTamperStage, type ViewStage } from "./view-stages.ts";

/** Shows a scene once every so many seconds; what was said last of each second. */
function watch(stage: ViewStage, start: number, scenes: readonly Scene[], camera = yardCamera(), apartS = 1): string[] {
  return scenes.map((scene, second) => {
    const found = stage.look(camera(scene), (start + second * apartS) * 1000);
    return found.kind === "changed" ? found.how : found.kind;
  });
}
const times = (count: number, scene: (second: number) => Scene): Scene[] =>
  Array.from({ length: count }, (_, second) => scene(second));

/** A tamper stage that knows its camera. */
function settled(sensitivity: number, camera = yardCamera(), scene: Scene = {}): ViewStage {
  const stage = createTamperStage(sensitivity);
  watch(
    stage,
    0,
    times(60, () => scene),
    camera,
  );
  return stage;
}

const tricks: readonly (readonly [string, Scene, string])[] = [
  ["a black cloth over the lens", { cover: { level: 8, from: 0 } }, "covered"],
  ["a bright sheet before the lens", { cover: { level: 190, from: 0 } }, "covered"],
  ["a lens that was turned out of focus", { blur: 3 }, "defocused"],
  ["a camera that was turned away", { elsewhere: true }, "turned"],
];
for (const [name, scene, how] of tricks) {
  test(`${name} is ${how} at the middle sensitivity, after it has stayed so for 6 s`, () => {
    const camera = yardCamera();
    const said = watch(
      settled(3, camera),
      60,
      times(20, () => scene),
      camera,
    );
    assert.deepEqual(new Set(said.slice(0, 6)), new Set(["well"]), said.join(" "));
    assert.deepEqual(new Set(said.slice(7)), new Set([how]), said.join(" "));
  });
}

const harmless: readonly (readonly [string, (second: number) => Scene])[] = [
  ["a lamp that is switched on", () => ({ light: 60 })],
  ["a lamp that is switched off", () => ({ gain: 0.5, noise: 3 })],
  ["infrared light", () => ({ infrared: true, noise: 4 })],
  ["the night's noise", () => ({ gain: 0.4, noise: 7 })],
  ["fog that comes within a minute and a half", (second) => ({ clear: Math.max(0.35, 1 - second / 50) })],
  ["dusk", (second) => ({ gain: Math.max(0.45, 1 - second / 60), noise: 2 + second / 25 })],
  ["a lorry before a third of the picture", () => ({ things: [{ x: 20, y: 30, w: 90, h: 90 }] })],
  [
    "a crowd",
    (second) => ({
      things: Array.from({ length: 12 }, (_, n) => ({
        x: (n * 31 + second * 7) % 160,
        y: 40 + ((n * 17) % 80),
        w: 9,
        h: 22,
      })),
    }),
  ],
];
for (const [name, scene] of harmless) {
  test(`${name} is no tampering at the middle sensitivity`, () => {
    const camera = yardCamera();
    const said = watch(settled(3, camera), 60, times(50, scene), camera, 3);
    assert.deepEqual(new Set(said), new Set(["well"]), `${said.findIndex((one) => one !== "well")}`);
  });
}

test("day that comes back after a night is no tampering either", () => {
  const camera = yardCamera();
  const stage = settled(3, camera, { infrared: true, noise: 6 });
  assert.deepEqual(
    new Set(
      watch(
        stage,
        60,
        times(60, () => ({})),
        camera,
      ),
    ),
    new Set(["well"]),
  );
});

test("the higher the sensitivity the sooner: half a hand before the lens is seen at 6, not at 3", () => {
  const camera = yardCamera();
  const half: Scene = { cover: { level: 40, from: 70 } };
  assert.ok(
    watch(
      settled(6, camera),
      60,
      times(10, () => half),
      camera,
    ).includes("covered"),
  );
  assert.ok(
    !watch(
      settled(3, camera),
      60,
      times(10, () => half),
      camera,
    ).includes("covered"),
  );
  const first = [1, 2, 3, 4, 5, 6].map((sensitivity) =>
    watch(
      settled(sensitivity, camera),
      60,
      times(20, () => ({ cover: { level: 8, from: 0 } })),
      camera,
    ).indexOf("covered"),
  );
  assert.deepEqual(
    first,
    [...first].sort((a, b) => b - a),
    first.join(" "),
  );
  assert.ok(first.every((second) => second > 0));
});

test("a covered camera stays covered, however long; a turned one is the usual one after ten minutes", () => {
  const camera = yardCamera();
  const covered = settled(3, camera);
  assert.equal(
    watch(
      covered,
      60,
      times(700, () => ({ cover: { level: 8, from: 0 } })),
      camera,
    ).at(-1),
    "covered",
  );
  assert.equal(
    watch(
      covered,
      760,
      times(3, () => ({})),
      camera,
    ).at(-1),
    "well",
  );
  const turned = settled(3, camera);
  const said = watch(
    turned,
    60,
    times(640, () => ({ elsewhere: true })),
    camera,
  );
  assert.deepEqual([said[59], said.at(-1)], ["turned", "well"]);
});

test("a bare wall is said to be too bare to tell, and before eight pictures nothing is said", () => {
  const camera = yardCamera();
  const said = watch(
    createTamperStage(3),
    0,
    times(30, () => ({ cover: { level: 120, from: 0 } })),
    camera,
  );
  assert.deepEqual([said[0], said[7], said.at(-1)], ["learning", "learning", "bare"]);
});

test("a scene that becomes another one is told after 3 s, for 10 s, and then is the scene", () => {
  const camera = yardCamera();
  const stage = createSceneStage();
  watch(
    stage,
    0,
    times(30, () => ({})),
    camera,
  );
  const said = watch(
    stage,
    30,
    times(40, () => ({ elsewhere: true })),
    camera,
  );
  assert.deepEqual([said[2], said[3], said[12]], ["well", "turned", "turned"]);
  assert.deepEqual(new Set(said.slice(14)), new Set(["well"]));
  assert.equal(
    watch(
      stage,
      70,
      times(10, () => ({})),
      camera,
    ).at(-1),
    "turned",
    "the way back is a change too",
  );
});

test("light, infrared and people are no change of scene", () => {
  for (const [name, scene] of harmless) {
    const camera = yardCamera();
    const stage = createSceneStage();
    watch(
      stage,
      0,
      times(40, () => ({})),
      camera,
    );
    assert.ok(!watch(stage, 40, times(100, scene), camera).includes("turned"), name);
  }
});
