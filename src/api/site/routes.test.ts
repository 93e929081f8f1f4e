import assert from "node:assert/strict";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

test("the site has a name and a time zone that exists", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  assert.equal((await site.send("GET", "/api/site", key)).at("name"), "Reed");
  const home = { name: "Home", timeZone: "Europe/Berlin" };
  assert.deepEqual((await site.send("PUT", "/api/site", key, home)).body, home);
  assert.equal((await site.send("PATCH", "/api/site", key, { name: "Farm" })).at("timeZone"), "Europe/Berlin");
  assert.match((await site.send("PATCH", "/api/site", key, { timeZone: "Mars/Olympus" })).text, /IANA/);
});
