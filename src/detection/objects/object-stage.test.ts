import assert from "node:assert/strict";
import { test } from "node:test";
import { cells, columns, rows } from "../../domain/detection/motion-grid.ts";
import type { SeenObject } from "../../domain/detection/objects.ts";
import { detectionPoints } from "../../domain/detection/points.ts";
import type { VideoDetectionSettings } from "../../domain/detection/settings.ts";
import type { PointLevel } from "../../domain/detection/video-stages.ts";
import type { Crop, DecodedPicture, LookedAt, ObjectDetector } from "../ports.ts";
import { openObjectStage, wantsObjects, type ObjectsSeen } from "./object-stage.ts";

const settings: VideoDetectionSettings = {
  kind: "video-detection",
  channel: 3,
  smart: { human: true, vehicle: false, sensitivity: "high" },
  rules: [
    {
      ...{ kind: "intrusion", rule: 2, name: "Yard", enabled: true, targets: ["human"], sensitivity: 10 },
      ...{ action: "appear", direction: "both" },
      area: [
        { x: 4096, y: 0 },
        { x: 8191, y: 0 },
        { x: 8191, y: 8191 },
        { x: 4096, y: 8191 },
      ],
    },
  ],
};
const yard = detectionPoints.rule + 2;

interface Asked {
  readonly crops: readonly Crop[];
  answer(objects: readonly SeenObject[] | undefined | Error): Promise<void>;
}

/** A stage whose detector answers when it is told to, and pictures of 640 × 360, five a second. */
function bench(of = settings) {
  const asked: Asked[] = [];
  const said: { readonly at: number; readonly points: readonly PointLevel[] }[] = [];
  const kept: ObjectsSeen[] = [];
  let ended = 0;
  const detector: ObjectDetector = {
    ...{ name: "told", side: 416 },
    look: (_channel, _picture, crops) =>
      new Promise((resolve, reject) => {
        asked.push({
          crops,
          async answer(objects) {
            if (objects instanceof Error) reject(objects);
            else resolve(objects);
            await new Promise((settled) => setImmediate(settled));
          },
        });
      }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const stage = openObjectStage(
    { channel: 3, board: 7, settings: of, keepDays: 30 },
    {
      detector,
      keeper: {
        seen: (seen) => void kept.push(seen),
        ended() {
          ended++;
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      say: (points, at) => void said.push({ at, points }),
      answered: () => void drawn.push(stage.newest?.wall),
    },
  );
  const drawn: (number | undefined)[] = [];
  let at = 0;
  const picture: DecodedPicture = {
    ...{ pts: 0, width: 640, height: 360 },
    grey: () => new Uint8Array(),
    rgb: () => ({ width: 640, height: 360, bytes: new Uint8Array(640 * 360 * 3) }),
  };
  /** Shows the next picture, in which it moves at this part of the width. */
  const show = (moving?: number, ms = 200): number => {
    at += ms;
    const strength = new Uint8Array(cells);
    if (moving !== undefined) {
      const x = Math.min(columns - 1, Math.floor(moving * columns));
      for (let y = 0; y < rows; y++) strength[y * columns + x] = 200;
    }
    const found = {
      state: "watching",
      motion: { strength, raw: strength, state: "watching" },
      regions: [],
      points: [],
      moved: undefined,
    };
    stage.look({ picture, found, arrival: at, wall: 1000 + at } as unknown as LookedAt);
    return at;
  };
  const last = (point: number): PointLevel | undefined =>
    said.flatMap(({ points }) => points).findLast((one) => one.point === point);
  return { stage, asked, said, kept, show, last, drawn, endings: () => ended };
}

const person = (x: number): SeenObject => ({
  label: "person",
  confidence: 0.8,
  box: { x, y: 0.3, width: 0.04, height: 0.4 },
});

test("where nothing moves nobody is looked for, and the points are open", () => {
  const { asked, show, last } = bench();
  show();
  assert.equal(asked.length, 0);
  assert.deepEqual(
    [last(yard)?.level, last(detectionPoints.human)?.level, last(detectionPoints.vehicle)],
    ["open", "open", undefined],
  );
});

test("somebody who walks into the yard closes its contact and that of people, as of the picture that showed it", async () => {
  const { asked, said, show, last, stage, kept } = bench();
  const came: number[] = [];
  for (const x of [0.42, 0.44, 0.46, 0.48, 0.5, 0.52]) {
    came.push(show(x + 0.02));
    await asked.at(-1)?.answer([person(x)]);
  }
  assert.equal(last(yard)?.title, 'a person is in "Yard"');
  assert.equal(last(detectionPoints.human)?.title, "a person moves");
  const closed = said.find(({ points }) => points.some(({ point, level }) => point === yard && level === "closed"));
  assert.ok(closed !== undefined && came.includes(closed.at));
  assert.equal(stage.newest?.objects[0]?.label, "person");
  assert.deepEqual([...(kept.at(-1)?.onTheMove ?? [])], [1]);
  const by = kept.flatMap(({ tripped }) => tripped.map(({ track, point }) => `${track} ${point}`));
  assert.deepEqual(new Set(by), new Set([`1 ${yard}`, `1 ${detectionPoints.human}`]), "who did it is kept with them");
});

test("who is there is told with the time of the picture they were in, however late the answer", async () => {
  const { asked, show, stage, drawn } = bench();
  const at = show(0.5);
  show(0.5);
  assert.deepEqual(drawn, [], "no answer yet");
  await asked[0]?.answer([person(0.5)]);
  assert.deepEqual([stage.newest?.wall, drawn], [1000 + at, [1000 + at]]);
});

test("while the detector still looks, nothing is called quiet; who stands still is looked for now and then", async () => {
  const { asked, said, show } = bench();
  for (const x of [0.5, 0.51, 0.52]) {
    show(x + 0.02);
    await asked.at(-1)?.answer([person(x)]);
  }
  const before = said.length;
  show(0.54);
  show();
  assert.equal(said.length, before, "the answer is not there yet");
  await asked.at(-1)?.answer([person(0.52)]);
  const count = asked.length;
  for (let pictures = 0; pictures < 20; pictures++) {
    show();
    await asked.at(-1)?.answer([person(0.52)]);
  }
  assert.equal(asked.length - count, 5, "each 800 ms of 4 s");
});

test("a model that fails makes the points unknown with its reason, and an answer from before changes nothing", async () => {
  const { asked, show, last, endings, said } = bench();
  show(0.5);
  show(0.5);
  await asked[0]?.answer(new Error("the model does not answer"));
  assert.deepEqual([last(yard)?.level, last(yard)?.reason], ["unknown", "the model does not answer"]);
  assert.equal(endings(), 1);
  const count = said.length;
  await asked[1]?.answer([person(0.5)]);
  assert.equal(said.length, count);
  show(0.5);
  await asked[2]?.answer([]);
  assert.equal(last(yard)?.level, "open");
});

test("after the camera was away nobody is followed any more", async () => {
  const { asked, show, stage } = bench();
  for (const x of [0.5, 0.51]) {
    show(x);
    await asked.at(-1)?.answer([person(x)]);
  }
  assert.equal(stage.newest?.objects.length, 1);
  stage.blind("no pictures come");
  assert.equal(stage.newest, undefined);
});

test("only smart motion and rules that are on want objects; motion regions do not", () => {
  assert.equal(wantsObjects(settings), true);
  assert.equal(
    wantsObjects({ ...settings, rules: [], smart: { human: false, vehicle: false, sensitivity: "low" } }),
    false,
  );
  assert.equal(wantsObjects({ kind: "video-detection", channel: 1, motion: { regions: [], holdS: 5 } }), false);
});
