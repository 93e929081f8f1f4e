import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackedObject } from "../../domain/detection/objects.ts";
import { longestTrackMs, type ObjectRecord } from "../../platform/object-file.ts";
import type { RgbPicture } from "../ports.ts";
import type { PathPiece } from "../../platform/path-file.ts";
import { around, cut } from "./cut-picture.ts";
import { openObjectKeeper } from "./object-keeper.ts";

const picture: RgbPicture = { width: 640, height: 360, bytes: new Uint8Array(640 * 360 * 3).fill(90) };

function person(x: number, confidence = 0.7, track = 1): TrackedObject {
  const box = { x, y: 0.3, width: 0.05, height: 0.4 };
  return { label: "person", confidence, box, track, foot: { x: x + 0.025, y: 0.7 } };
}

function bench(add?: () => Promise<void>) {
  const added: { object: Omit<ObjectRecord, "picture">; jpeg: Uint8Array | undefined }[] = [];
  const pieces: PathPiece[] = [];
  const pictures: string[] = [];
  const lost: string[] = [];
  const told: string[] = [];
  const keeper = openObjectKeeper({
    jpeg: ({ width, height }) => Promise.resolve(Uint8Array.from([width / 10, height / 10])),
    add: add ?? ((object, jpeg) => Promise.resolve(void added.push({ object, jpeg }))),
    addPieces: (all) => Promise.resolve(void pieces.push(...all)),
    picture: ({ id }) => Promise.resolve(void pictures.push(id)),
    tripped: ({ id, label }, { point, at }) =>
      void told.push(`${label} ${id} ${point} ${at}, ${pictures.length} pictures`),
    lost: (reason) => void lost.push(reason),
  });
  const see = (wall: number, tracked: readonly TrackedObject[], moves = true, ended: readonly number[] = []): void =>
    keeper.seen({
      ...{ picture, tracked, ended, wall, tripped: [] },
      onTheMove: new Set(moves ? tracked.map(({ track }) => track) : []),
    });
  const trip = (wall: number, object: TrackedObject, point: number): void =>
    keeper.seen({
      ...{ picture, tracked: [object], ended: [], wall },
      ...{ onTheMove: new Set([object.track]), tripped: [{ track: object.track, point }] },
    });
  return { keeper, added, pieces, pictures, lost, told, see, trip };
}

test("who walked past is written down when gone: from when to when, where, how sure, and the best picture", async () => {
  const { keeper, added, pieces, see } = bench();
  [0, 200, 400, 600, 800, 1000].forEach((ms, index) =>
    see(5000.1748 + ms, [person(0.1 + index * 0.02, 0.5 + index * 0.05)]),
  );
  see(7000, [], true, [1]);
  await keeper[Symbol.asyncDispose]();
  assert.deepEqual(
    added.map(({ object: { id, from, to, confidence } }) => [id, from, to, confidence]),
    [["5000-1", 5000, 6000, 0.75]],
  );
  const path = pieces.flatMap(({ steps }) => steps.map(({ at, box }) => [at, Math.round(box.x * 100)]));
  assert.deepEqual(
    [path[0], path.at(-1)],
    [
      [5000, 10],
      [6000, 20],
    ],
  );
  assert.deepEqual(
    added.map(({ jpeg }) => jpeg?.length),
    [2],
  );
});

test("where somebody is can be read while they are there: no piece is later than a few seconds, none overlaps", async () => {
  const { keeper, added, pieces, see } = bench();
  for (let ms = 0; ms <= 30_000; ms += 200) see(ms, [person(0.1 + ms / 50_000)]);
  await until(() => (pieces.at(-1)?.steps.at(-1)?.at ?? 0) >= 25_000);
  assert.equal(added.length, 0);
  const times = pieces.flatMap(({ steps }) => steps.map(({ at }) => at));
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(times).size, times.length);
  await keeper[Symbol.asyncDispose]();
});

test("of who stood there for an hour before they moved, only the last seconds before are kept", async () => {
  const { keeper, pieces, see } = bench();
  for (let ms = 0; ms < 60_000; ms += 400) see(ms, [person(0.5 + (ms % 800) / 10_000)], false);
  for (let ms = 60_000; ms < 61_000; ms += 200) see(ms, [person(0.5)]);
  await keeper[Symbol.asyncDispose]();
  const first = pieces[0]?.steps[0]?.at ?? 0;
  assert.ok(first >= 49_000 && first < 60_000, String(first));
});

test("who closes something of the board has a picture at once, and all that they closed when gone", async () => {
  const { keeper, added, pieces, told, see, trip } = bench();
  for (let ms = 0; ms < 800; ms += 200) see(ms, [person(0.5)]);
  trip(800, person(0.52), 11);
  trip(1000, person(0.53), 11);
  await until(() => told.length > 0);
  assert.deepEqual(told, ["person 0-1 11 800, 1 pictures"], "it is told once, when the picture lies there");
  assert.equal(added.length, 0);
  assert.deepEqual(pieces.at(-1)?.tripped, [{ point: 11, at: 800 }]);
  trip(9000, person(0.54), 21);
  see(12_000, [], true, [1]);
  await keeper[Symbol.asyncDispose]();
  assert.deepEqual(
    added.map(({ object, jpeg }) => [object.tripped, jpeg?.length]),
    [
      [
        [
          { point: 11, at: 800 },
          { point: 21, at: 9000 },
        ],
        2,
      ],
    ],
  );
});

/** Without waiting for real time: writings are promises that are done already. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !isTrue(); turn++) await Promise.resolve();
  assert.ok(isTrue());
}

test("a parked car and what was seen twice are not written", async () => {
  const { keeper, added, see } = bench();
  for (let ms = 0; ms < 4000; ms += 200) see(ms, [person(0.5)], false);
  see(4000, [person(0.1, 0.7, 2)]);
  see(4200, [person(0.1, 0.7, 2)]);
  await keeper[Symbol.asyncDispose]();
  assert.deepEqual(added, []);
});

test("somebody who stays is written down in parts", async () => {
  const { keeper, added, see } = bench();
  for (let ms = 0; ms <= longestTrackMs + 4000; ms += 1000) see(ms, [person(0.5)]);
  await keeper[Symbol.asyncDispose]();
  assert.deepEqual(
    added.map(({ object }) => object.from),
    [0, longestTrackMs],
  );
});

test("a disk that refuses is said, and the next one is tried", async () => {
  const { keeper, lost, see } = bench(() => Promise.reject(new Error("no space left")));
  for (let ms = 0; ms < 1000; ms += 200) see(ms, [person(0.5)]);
  keeper.ended();
  await keeper[Symbol.asyncDispose]();
  assert.deepEqual(lost, ["no space left"]);
});

test("the picture of an object has a little around it, stays in the picture and is made smaller", () => {
  assert.deepEqual(around({ x: 0.95, y: 0, width: 0.05, height: 0.5 }, picture), {
    x: 601,
    y: 0,
    width: 39,
    height: 216,
  });
  const small = cut(picture, { x: 0, y: 0, width: 640, height: 360 }, 320);
  assert.deepEqual([small.width, small.height, small.bytes.length, small.bytes[77]], [320, 180, 320 * 180 * 3, 90]);
  const kept = cut(picture, { x: 600, y: 300, width: 33, height: 17 }, 320);
  assert.deepEqual([kept.width, kept.height], [33, 17]);
});
