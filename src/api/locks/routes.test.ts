import assert from "node:assert/strict";
import { test } from "node:test";
import { quietState, testSite } from "../test-site.test.ts";

const body = { channels: [1, 2], from: 1000, to: 9000, reason: "burglary" };

test("footage is locked for each channel, listed with how much it is, and released by who may configure", async (t) => {
  const site = await testSite(t);
  const made = await site.send("POST", "/api/locks", site.key("control"), body);
  assert.deepEqual(made.body, { ids: ["lock-1", "lock-2"] });
  const volume = { volumeId: "v", path: "/v", state: "ready", reason: "", totalBytes: 9, freeBytes: 5 } as const;
  const more = { usedBytes: 4, lockedBytes: 3, syncP50Ms: 1, syncP99Ms: 2, fileSystem: "ext4" };
  site.core.state = { ...quietState, volumes: [{ ...volume, ...more }] };
  const listed = await site.send("GET", "/api/locks", site.key("read"));
  assert.deepEqual(
    [listed.at("lockedBytes"), listed.at("locks.1.channel"), listed.at("locks.0.reason")],
    [3, 2, "burglary"],
  );
  assert.equal((await site.send("DELETE", "/api/locks/lock-1", site.key("control"))).status, 403);
  assert.equal((await site.send("DELETE", "/api/locks/lock-1", site.key("configure"))).status, 200);
  assert.equal((await site.send("DELETE", "/api/locks/lock-1", site.key("configure"))).status, 404);
  assert.equal((await site.send("GET", "/api/locks", site.key("read"))).at("locks.1"), undefined);
});

test("a lock needs a reason and an end after its beginning", async (t) => {
  const site = await testSite(t);
  const key = site.key("control");
  assert.equal((await site.send("POST", "/api/locks", key, { ...body, reason: " " })).status, 400);
  assert.equal((await site.send("POST", "/api/locks", key, { ...body, to: 1000 })).status, 400);
  assert.equal((await site.send("POST", "/api/locks", site.key("footage"), body)).status, 403);
});
