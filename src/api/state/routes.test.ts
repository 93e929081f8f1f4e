import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { quietState, testSite } from "../test-site.test.ts";

test("health says alive and ready to anybody, and nothing else", async (t) => {
  const site = await testSite(t);
  assert.deepEqual((await site.send("GET", "/health")).body, { alive: true, ready: true });
  site.core.here = false;
  assert.deepEqual((await site.send("GET", "/health")).body, { alive: true, ready: false });
});

test("troubles that last come from core, those that are over from the database, which also stands in for core", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  const offline = { key: "channel:1", what: "camera offline", since: wallTime(10) };
  site.put({ kind: "trouble", trouble: { ...offline, ended: wallTime(20) } });
  site.put({ kind: "trouble", trouble: { ...offline, key: "board:1" } });
  site.core.state = { ...quietState, troubles: [{ ...offline, key: "volume:1" }] };
  assert.equal((await site.send("GET", "/api/troubles", key)).at("0.key"), "volume:1");
  const all = await site.send("GET", "/api/troubles?open=false", key);
  assert.deepEqual(all.at("length"), 2);
  site.core.here = false;
  const alone = await site.send("GET", "/api/troubles", key);
  assert.deepEqual([alone.at("length"), alone.at("0.key")], [1, "board:1"]);
});

test("the system page says what runs, and that Reed is no certified alarm", async (t) => {
  const site = await testSite(t);
  const process = { name: "recorder-0", pid: 7, state: "running", restarts: 1, since: 5 } as const;
  site.core.state = { ...quietState, processes: [process] };
  const system = await site.send("GET", "/api/system", site.key("read"));
  assert.deepEqual(system.at("processes.0"), process);
  assert.equal(system.at("version"), "0.0.0-test");
  assert.match(String(system.at("notice")), /not a certified .* alarm/);
});

test("the audit log is the administrator's, newest first, in pages", async (t) => {
  const site = await testSite(t);
  const actor = { kind: "user", name: "ann" } as const;
  for (const what of ["arm", "footage", "silence"]) {
    site.put({ kind: "audit", at: wallTime(1), actor, what, details: { channel: 1 } });
  }
  const cookie = site.session();
  const page = await site.send("GET", "/api/audit?limit=2", cookie);
  assert.deepEqual([page.at("0.what"), page.at("1.what")], ["silence", "footage"]);
  const next = await site.send("GET", `/api/audit?limit=2&before=${String(page.at("1.id"))}`, cookie);
  assert.deepEqual(next.body, [{ id: 1, at: 1, actor, what: "arm", kind: "operation", details: { channel: 1 } }]);
  assert.equal((await site.send("GET", "/api/audit", site.key("read"))).status, 403);
});
