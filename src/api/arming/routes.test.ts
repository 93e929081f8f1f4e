import assert from "node:assert/strict";
import { test } from "node:test";
import { quietState, testSite } from "../test-site.test.ts";

test("arming is asked of core, and read from what core says", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "arm");
  assert.deepEqual((await site.send("POST", "/api/arming", key, { armed: true })).body, { armed: true });
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "arm", armed: true });
  site.core.state = { ...quietState, armed: true };
  assert.deepEqual((await site.send("GET", "/api/arming", key)).body, { armed: true });
  site.core.here = false;
  assert.equal((await site.send("GET", "/api/arming", key)).status, 503);
  assert.equal((await site.send("POST", "/api/arming", key, { armed: false })).status, 503);
});

test("silence is one press without a body", async (t) => {
  const site = await testSite(t);
  assert.equal((await site.send("POST", "/api/silence", site.key("control"))).status, 200);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "silence" });
});
