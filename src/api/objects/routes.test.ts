import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { mostPathPoints, type ObjectPaths, type ObjectSearchAnswer } from "../../contract/object-search.ts";
import { addObject } from "../../platform/object-file.ts";
import { addPieces, type PathPiece } from "../../platform/path-file.ts";
import { testSite } from "../test-site.test.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const hour = 3_600_000;
const day = 24 * hour;

/** Five objects of two cameras on two days. */
async function withObjects(t: TestContext) {
  const site = await testSite(t);
  const add = (channel: number, at: number, label: string, { track = 1, confidence = 0.8, jpeg = false } = {}) =>
    addObject(
      join(site.detectionFolder, String(channel)),
      ...([
        { id: `${at}-${track}`, label, confidence, from: at, to: at + 5000 },
        jpeg ? Uint8Array.from([0xff, 0xd8, 0xff]) : undefined,
      ] as const),
    );
  await add(1, noon, "person", { jpeg: true });
  await add(1, noon + hour, "truck");
  await add(2, noon + hour, "person", { confidence: 0.5 });
  await add(2, noon - day, "dog");
  await add(1, noon - day, "car");
  const search = async (query: string, from = noon - 2 * day, to = noon + day) => {
    const url = `/api/footage/objects?channels=1,2&from=${from}&to=${to}${query}`;
    return (await site.send("GET", url, site.key("footage"))).body as ObjectSearchAnswer;
  };
  const named = ({ objects }: ObjectSearchAnswer): string[] =>
    objects.map(({ channel, label }) => `${channel} ${label}`);
  return { site, search, named };
}

test("who was before the cameras is found, the newest first, by class, label and how sure it was", async (t) => {
  const { search, named } = await withObjects(t);
  assert.deepEqual(named(await search("")), ["1 truck", "2 person", "1 person", "1 car", "2 dog"]);
  assert.deepEqual(named(await search("&target=vehicle")), ["1 truck", "1 car"]);
  assert.deepEqual(named(await search("&label=dog")), ["2 dog"]);
  assert.deepEqual(named(await search("&target=human&sure=0.6")), ["1 person"]);
  assert.deepEqual(named(await search("", noon + 4000, noon + 5000)), ["1 person"]);
  const [first] = (await search("&label=person&sure=0.6")).objects;
  assert.deepEqual([first?.target, first?.picture], ["human", true]);
});

test("what can be looked for is what was seen in that time, the most frequent first", async (t) => {
  const { site } = await withObjects(t);
  const labels = async (channels: string, from: number, to: number) =>
    (
      await site.send(
        "GET",
        `/api/footage/objects/labels?channels=${channels}&from=${from}&to=${to}`,
        site.key("footage"),
      )
    ).body;
  assert.deepEqual(await labels("1,2", noon - 2 * day, noon + day), [
    { label: "person", target: "human", count: 2 },
    { label: "car", target: "vehicle", count: 1 },
    { label: "dog", count: 1 },
    { label: "truck", target: "vehicle", count: 1 },
  ]);
  assert.deepEqual(await labels("2", noon - 2 * day, noon), [{ label: "dog", count: 1 }]);
  assert.deepEqual(await labels("1", noon + 4000, noon + 5000), [{ label: "person", target: "human", count: 1 }]);
  const url = "/api/footage/objects/labels?channels=1&from=0&to=5";
  assert.equal((await site.send("GET", url, site.key("read"))).status, 403);
});

test("page after page has each object once", async (t) => {
  const { search, named } = await withObjects(t);
  const all: string[] = [];
  let next: string | undefined;
  for (let page = 0; page < 5; page++) {
    const answer = await search(`&limit=2${next === undefined ? "" : `&after=${next}`}`);
    all.push(...named(answer));
    next = answer.next;
    if (next === undefined) break;
  }
  assert.deepEqual(all, ["1 truck", "2 person", "1 person", "1 car", "2 dog"]);
  assert.equal(next, undefined);
});

test("the picture of an object is given out, and one that is not there is said to be so", async (t) => {
  const { site } = await withObjects(t);
  const picture = (channel: number, id: string) =>
    site.send("GET", `/api/channels/${channel}/objects/${id}/picture`, site.key("footage"));
  assert.equal((await picture(1, `${noon}-1`)).status, 200);
  assert.equal((await picture(2, `${noon}-1`)).status, 404);
  assert.equal((await picture(1, "999999999999999-1")).status, 404);
  assert.equal((await picture(1, "..%2F..%2Fsecret-1")).status, 400);
});

test("without the right to footage, of too long a time or beyond a page's size nothing is searched", async (t) => {
  const { site } = await withObjects(t);
  const status = async (query: string, key = site.key("footage")) =>
    (await site.send("GET", `/api/footage/objects?${query}`, key)).status;
  assert.equal(await status("channels=1&from=0&to=1", site.key("read")), 403);
  assert.equal(await status(`channels=1&from=0&to=${32 * day}`), 400);
  assert.equal(await status("channels=1&from=5&to=5"), 400);
  assert.equal(await status("channels=1&from=0&to=5&limit=201"), 400);
  assert.equal(await status("channels=x&from=0&to=5"), 400);
});

const box = { x: 0.1, y: 0.2, width: 0.05, height: 0.3 };
const piece = (id: string, at: number, places = 2): PathPiece => ({
  ...{ id, label: "person", confidence: 0.8, tripped: [] },
  steps: Array.from({ length: places }, (_, index) => ({ at: at + index * 1000, box })),
});

test("where somebody went is one way, however many pieces it was written in, and only of the time that was asked for", async (t) => {
  const site = await testSite(t);
  const folder = join(site.detectionFolder, "1");
  await addPieces(folder, [piece("1-1", noon), piece("1-2", noon + 60_000)]);
  await addPieces(folder, [piece("1-1", noon + 2000)]);
  const paths = (query: string, key = site.key("footage"), channel = 1) =>
    site.send("GET", `/api/channels/${channel}/objects/paths?${query}`, key);
  const { status, body } = await paths(`from=${noon + 500}&to=${noon + 30_000}`);
  const { objects, to } = body as ObjectPaths;
  assert.deepEqual([status, to], [200, noon + 30_000]);
  assert.deepEqual(
    objects.map(({ id, from, path }) => [id, from, path.map(([ms]) => ms)]),
    [["1-1", noon, [0, 1000, 2000, 3000]]],
  );
  assert.deepEqual(objects[0]?.path[0], [0, 0.1, 0.2, 0.05, 0.3]);
  assert.equal((await paths("from=0&to=600001")).status, 400);
  assert.equal((await paths("from=5&to=5")).status, 400);
  assert.equal((await paths("from=0&to=1", site.key("read"))).status, 403);
});

test("of more than fits an answer it says how far it is whole", async (t) => {
  const site = await testSite(t);
  const most = Math.ceil(mostPathPoints / 20);
  const crowd = Array.from({ length: most + 5 }, (_, index) => piece(`${index}-1`, noon + index, 20));
  await addPieces(join(site.detectionFolder, "1"), crowd);
  const ask = async (from: number) =>
    (await site.send("GET", `/api/channels/1/objects/paths?from=${from}&to=${noon + 60_000}`, site.key("footage")))
      .body as ObjectPaths;
  const first = await ask(noon);
  assert.deepEqual([first.objects.length, first.to], [most, noon + most]);
});
