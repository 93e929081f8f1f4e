import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);

test("the pictures of an edge are listed in order, and each is a JPEG", async (t) => {
  const site = await testSite(t);
  const place = join(site.pictureFolder, "e1");
  mkdirSync(place, { recursive: true });
  for (const name of ["2-1.jpg", "1-2.jpg", "1-1.jpg", "1-3.jpg.new", "notes.txt"])
    writeFileSync(join(place, name), jpeg);
  const key = site.key("footage");
  assert.deepEqual((await site.send("GET", "/api/receipts/e1/pictures", key)).body, [
    { channel: 1, nth: 1 },
    { channel: 1, nth: 2 },
    { channel: 2, nth: 1 },
  ]);
  const picture = await site.send("GET", "/api/receipts/e1/pictures/1/2", key);
  assert.equal(picture.status, 200);
  assert.equal((await site.send("GET", "/api/receipts/e1/pictures/3/1", key)).status, 404);
  assert.deepEqual((await site.send("GET", "/api/receipts/none/pictures", key)).body, []);
});

test("an event's id is no path, and who may not see footage sees no picture", async (t) => {
  const site = await testSite(t);
  const key = site.key("footage");
  assert.equal((await site.send("GET", "/api/receipts/..%2F..%2Fetc/pictures", key)).status, 404);
  assert.equal((await site.send("GET", "/api/receipts/e1/pictures", site.key("read"))).status, 403);
});
