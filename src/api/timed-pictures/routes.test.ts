import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

const at = Date.UTC(2026, 10, 23, 12);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);

test("pictures by the clock are listed by day, shown one by one and given away as a ZIP, which is audited", async (t) => {
  const site = await testSite(t);
  const place = join(dirname(site.pictureFolder), "timed-pictures", "1");
  for (const day of ["2026-11-22", "2026-11-23"]) mkdirSync(join(place, day), { recursive: true });
  for (const name of [`${at + 10_000}.jpg`, `${at}.jpg`, `${at}.jpg.new`, "notes.txt"])
    writeFileSync(join(place, "2026-11-23", name), jpeg);
  const get = (path: string, scope: "footage" | "read" = "footage") =>
    site.send("GET", `/api/channels/1/timed-pictures${path}`, site.key(scope));
  assert.deepEqual((await get("")).body, [
    { day: "2026-11-23", count: 2 },
    { day: "2026-11-22", count: 0 },
  ]);
  assert.deepEqual((await get("/2026-11-23")).body, [
    { at, bytes: 4 },
    { at: at + 10_000, bytes: 4 },
  ]);
  const one = await get(`/2026-11-23/${at}`);
  assert.deepEqual([one.status, one.headers["content-type"]], [200, "image/jpeg"]);
  const zip = await get("/2026-11-23/all.zip");
  assert.deepEqual([zip.status, zip.headers["content-type"]], [200, "application/zip"]);
  assert.ok(zip.text.includes("camera-1-2026-11-23T120010Z.jpg"));
  assert.deepEqual(site.asked.at(-1)?.command, {
    kind: "audit",
    what: "footage",
    details: { channel: 1, from: at, to: at + 10_000, pictures: 2 },
  });
  assert.equal((await get("/2026-11-22/all.zip")).status, 404);
  assert.equal((await get("/2026-11-23/5")).status, 404);
  assert.equal((await get("/..%2F..%2Fjournal")).status, 400);
  assert.equal((await get("", "read")).status, 403);
});

test("a picture that is gone while its day is packed ends the ZIP, and nothing else", async (t) => {
  const site = await testSite(t);
  const day = join(dirname(site.pictureFolder), "timed-pictures", "1", "2026-11-23");
  mkdirSync(day, { recursive: true });
  writeFileSync(join(day, `${at}.jpg`), jpeg);
  // no file to read where the list has one: as when the shelf was faster
  symlinkSync(join(day, "gone"), join(day, `${at + 10_000}.jpg`));
  const get = (path: string) =>
    site.send("GET", `/api/channels/1/timed-pictures/2026-11-23${path}`, site.key("footage"));
  await assert.rejects(get("/all.zip"));
  assert.equal((await get(`/${at}`)).status, 200);
});
