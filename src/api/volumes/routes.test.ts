import assert from "node:assert/strict";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

test("a volume needs only its folder and gets an id; it is filled to 80 % and kept 14 days", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = await site.send("POST", "/api/volumes", key, { path: "/mnt/footage" });
  const id = String(made.at("id"));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.deepEqual(made.body, { id, path: "/mnt/footage", maxShare: 0.8, keepDays: 14 });
  const patched = await site.send("PATCH", `/api/volumes/${id}`, key, { keepDays: 30 });
  assert.equal(patched.at("keepDays"), 30);
  assert.equal((await site.send("POST", "/api/volumes", key, { path: "footage" })).status, 400);
  assert.equal((await site.send("DELETE", `/api/volumes/${id}`, key)).status, 204);
  assert.deepEqual((await site.send("GET", "/api/volumes", key)).body, []);
});

test("an archive takes closed footage; what it takes and what becomes of the originals is set", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const archive = { mode: "both", takes: "alarm" };
  const made = await site.send("POST", "/api/volumes", key, { path: "/mnt/archive", archive });
  assert.deepEqual(made.at("archive"), archive);
  const id = String(made.at("id"));
  const wrong = await site.send("PATCH", `/api/volumes/${id}`, key, { archive: { mode: "elsewhere", takes: "all" } });
  assert.equal(wrong.status, 400);
});
