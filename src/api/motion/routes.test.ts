import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { MotionSearchAnswer, MotionTimeline } from "../../contract/motion.ts";
import { hexOfCells, noCells, packCells } from "../../domain/detection/motion-grid.ts";
import { visitMotion } from "../../platform/motion-file.ts";
import { writeMotion, writeWorstDay } from "../../testkit/motion-day.ts";
import { testSite } from "../test-site.test.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const midnight = Date.UTC(2026, 10, 23);
const dayMs = 86_400_000;

const mapOf = (...at: readonly number[]) => {
  const map = noCells();
  for (const cell of at) map[cell] = 1;
  return map;
};
const packed = (...at: readonly number[]) => packCells(mapOf(...at));
const hex = (...at: readonly number[]) => hexOfCells(mapOf(...at));

test("the timeline has how much moved in each step, and steps that nobody watched", async (t) => {
  const site = await testSite(t);
  await writeMotion(join(site.detectionFolder, "1"), {
    from: noon,
    to: noon + 120_000,
    moved: [
      { wall: noon + 3000, intensity: 40, cells: packed(0) },
      { wall: noon + 61_000, intensity: 90, cells: packed(0) },
    ],
  });
  const get = async (stepMs: number, from = noon - 60_000) => {
    const url = `/api/timeline/motion?channels=1,2&from=${from}&to=${noon + 180_000}&stepMs=${stepMs}`;
    return (await site.send("GET", url, site.key("footage"))).body as MotionTimeline;
  };
  const nothing = [-1, -1, -1, -1];
  assert.deepEqual((await get(60_000)).channels, [
    { channel: 1, steps: [-1, 40, 90, -1] },
    { channel: 2, steps: nothing },
  ]);
  assert.deepEqual((await get(1000, noon)).channels[0]?.steps.slice(0, 6), [0, 0, 0, 40, 0, 0]);
  // what comes later is in the next answer, although the minutes of a day are remembered
  await writeMotion(join(site.detectionFolder, "1"), {
    from: noon + 120_000,
    to: noon + 180_000,
    moved: [{ wall: noon + 125_000, intensity: 7, cells: packed(0) }],
  });
  assert.deepEqual((await get(60_000)).channels[0]?.steps, [-1, 40, 90, 7]);
  assert.equal(
    (await site.send("GET", "/api/timeline/motion?channels=1&from=0&to=1&stepMs=1000", site.key("read"))).status,
    403,
  );
});

test("what moved in a part of the picture is found, with how strongly, and how long it was watched", async (t) => {
  const site = await testSite(t);
  await writeMotion(join(site.detectionFolder, "1"), {
    from: noon,
    to: noon + 300_000,
    moved: [
      { wall: noon + 10_000, intensity: 10, cells: packed(0) },
      { wall: noon + 12_000, intensity: 10, cells: packed(0, 1) },
      { wall: noon + 40_000, intensity: 10, cells: packed(300) },
      { wall: noon + 90_000, intensity: 10, cells: packed(1) },
    ],
  });
  const search = async (body: object) =>
    (await site.send("POST", "/api/footage/motion-search", site.key("footage"), body)).body as MotionSearchAnswer;
  const asked = { channels: [1, 2], cells: hex(0, 1), from: noon, to: noon + 300_000 };
  const answer = await search(asked);
  assert.deepEqual(answer.runs, [
    { channel: 1, from: noon + 10_000, to: noon + 13_000, at: noon + 12_000, strength: 100 },
    { channel: 1, from: noon + 90_000, to: noon + 91_000, at: noon + 90_000, strength: 50 },
  ]);
  assert.deepEqual(answer.watched, [
    { channel: 1, watchedMs: 300_000 },
    { channel: 2, watchedMs: 0 },
  ]);
  assert.deepEqual((await search({ ...asked, from: noon + 20_000 })).runs.length, 1);
  assert.deepEqual((await search({ ...asked, cells: hex(5) })).runs, []);
});

test("each camera is searched where its own area is, else where that of all is", async (t) => {
  const site = await testSite(t);
  for (const channel of [1, 2, 3])
    await writeMotion(join(site.detectionFolder, String(channel)), {
      ...{ from: noon, to: noon + 60_000 },
      moved: [
        { wall: noon + 1000 * channel, intensity: 10, cells: packed(0) },
        { wall: noon + 30_000 + 1000 * channel, intensity: 10, cells: packed(300) },
      ],
    });
  const search = (own: readonly object[]) =>
    site.send("POST", "/api/footage/motion-search", site.key("footage"), {
      ...{ channels: [1, 2, 3], cells: hex(0), own, from: noon, to: noon + 60_000 },
    });
  const { runs } = (await search([{ channel: 2, cells: hex(300) }])).body as MotionSearchAnswer;
  assert.deepEqual(
    runs.map(({ channel, from }) => [channel, from - noon]),
    [
      [1, 1000],
      [3, 3000],
      [2, 32_000],
    ],
  );
  assert.equal((await search([{ channel: 4, cells: hex(300) }])).status, 400, "it is not searched");
  assert.equal((await search([{ channel: 2, cells: "0".repeat(99) }])).status, 400);
});

test("a search without a cell, of too long a time or with an end before its start is refused", async (t) => {
  const site = await testSite(t);
  const asked = { channels: [1], cells: hex(0), from: noon, to: noon + 1000 };
  for (const wrong of [
    { cells: "0".repeat(99) },
    { cells: "f" },
    { to: noon },
    { to: noon + 32 * dayMs },
    { channels: [] },
  ]) {
    const { status } = await site.send("POST", "/api/footage/motion-search", site.key("footage"), {
      ...asked,
      ...wrong,
    });
    assert.equal(status, 400, JSON.stringify(wrong));
  }
});

test("of the busiest day each record is visited once, and of a part of it none of other days", async (t) => {
  const site = await testSite(t);
  const folder = join(site.detectionFolder, "1");
  const records = writeWorstDay(folder, "2026-11-23");
  writeWorstDay(folder, "2026-11-22");
  let visits = 0;
  const visit = () => {
    visits++;
  };
  await visitMotion(folder, midnight, midnight + dayMs, { moved: visit, watched: visit });
  assert.equal(visits, records);
  const body = { channels: [1], cells: "f".repeat(99), from: midnight, to: midnight + dayMs };
  const answer = (await site.send("POST", "/api/footage/motion-search", site.key("footage"), body))
    .body as MotionSearchAnswer;
  assert.deepEqual(answer.runs, [{ channel: 1, from: midnight, to: midnight + dayMs, at: midnight, strength: 100 }]);
  assert.deepEqual(answer.watched, [{ channel: 1, watchedMs: dayMs }]);
});
