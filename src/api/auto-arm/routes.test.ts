import assert from "node:assert/strict";
import { test } from "node:test";
import { err } from "../../kernel/result.ts";
import { testSite } from "../test-site.test.ts";

test("arming by the clock is kept in the site's row, read back, and taken out of it", async (t) => {
  const site = await testSite(t);
  const who = site.session();
  assert.deepEqual((await site.send("GET", "/api/auto-arm", who)).body, {});
  const put = await site.send("PUT", "/api/auto-arm", who, { schedule: 1 });
  const settings = { schedule: 1, armWhen: "ends", disarm: false, notifiers: [], warningMin: 10 };
  assert.deepEqual(put.body, { settings });
  await site.send("PATCH", "/api/site", who, { name: "Shop" });
  assert.deepEqual((await site.send("GET", "/api/auto-arm", who)).body, { settings });
  await site.send("DELETE", "/api/auto-arm", who);
  assert.deepEqual((await site.send("GET", "/api/auto-arm", who)).body, {});
  assert.equal((await site.send("PUT", "/api/auto-arm", who, { schedule: 1, warningMin: 90 })).status, 400);
});

test("putting it off is a command for who may arm, and says when nothing is about to happen", async (t) => {
  const site = await testSite(t);
  assert.equal((await site.send("POST", "/api/auto-arm/postpone", site.key("read"), { minutes: 30 })).status, 403);
  const who = site.session("operator");
  assert.equal((await site.send("POST", "/api/auto-arm/postpone", who, { minutes: 30 })).status, 200);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "postpone-arming", minutes: 30 });
  assert.equal((await site.send("POST", "/api/auto-arm/postpone", who, { minutes: 45 })).status, 400);
  site.core.answer = () => err({ code: "conflict", message: "nothing is about to be armed by the clock" });
  assert.equal((await site.send("POST", "/api/auto-arm/postpone", who, { minutes: 60 })).status, 409);
});
