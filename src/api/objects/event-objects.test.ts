import assert from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { EventObject } from "../../contract/object-search.ts";
import { addObject, keepPicture } from "../../platform/object-file.ts";
import { addPieces } from "../../platform/path-file.ts";
import { receiptRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";
import { eventObjects } from "./event-objects.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff]);
const box = { x: 0.1, y: 0.2, width: 0.05, height: 0.3 };

async function withObjects(t: TestContext) {
  const site = await testSite(t);
  const folder = site.detectionFolder;
  const gone = (channel: number, from: number, label: string, confidence: number, point?: number) =>
    addObject(
      join(folder, String(channel)),
      {
        ...{ id: `${from}-1`, label, confidence, from, to: from + 5000 },
        ...(point === undefined ? {} : { tripped: [{ point, at: from + 1000 }] }),
      },
      jpeg,
    );
  await gone(1, noon - 1000, "person", 0.6, 11);
  await gone(1, noon + 2000, "person", 0.9);
  await gone(1, noon + 3000, "car", 0.8, 12);
  await gone(1, noon - 60_000, "dog", 0.9, 11);
  await gone(2, noon + 5000, "truck", 0.7, 11);
  return { site, folder };
}

const said = (objects: readonly EventObject[]) =>
  objects.map(
    ({ channel, label, caused, picture }) =>
      `${channel} ${label}${caused ? " caused" : ""}${picture ? " picture" : ""}`,
  );

test("who closed the contact of a rule comes first, then who else its cameras saw, the surest first", async (t) => {
  const { folder } = await withObjects(t);
  const found = await eventObjects(folder, receiptRow("e1", noon), {
    by: { channel: 1, point: 11 },
    channels: [1, 2],
  });
  assert.deepEqual(said(found), ["1 person caused picture", "1 person picture", "1 car picture", "2 truck picture"]);
});

test("who is still there is among them, with the picture of the moment at which they closed it", async (t) => {
  const { folder } = await withObjects(t);
  const id = `${noon - 2000}-7`;
  const piece = { id, label: "bus", confidence: 0.95, tripped: [{ point: 12, at: noon - 200 }] };
  await addPieces(join(folder, "1"), [
    {
      ...piece,
      steps: [
        { at: noon - 2000, box },
        { at: noon, box },
      ],
    },
  ]);
  await keepPicture(join(folder, "1"), { id, from: noon - 2000 }, jpeg);
  const by = { channel: 1, point: 12 };
  const [first] = await eventObjects(folder, receiptRow("e1", noon), { by, channels: [1] });
  assert.deepEqual([first?.label, first?.caused, first?.picture], ["bus", true, true]);
});

test("a door's event has who its cameras saw meanwhile; an event that is unknown has no answer", async (t) => {
  const { site } = await withObjects(t);
  site.put({ kind: "receipt", receipt: receiptRow("e1", noon) });
  const { status, body } = await site.send("GET", "/api/receipts/e1/objects", site.key("footage"));
  assert.deepEqual(
    [status, said(body as EventObject[])],
    [200, ["1 person picture", "1 car picture", "1 person picture"]],
  );
  assert.equal((await site.send("GET", "/api/receipts/none/objects", site.key("footage"))).status, 404);
  assert.equal((await site.send("GET", "/api/receipts/e1/objects", site.key("read"))).status, 403);
});
