import assert from "node:assert/strict";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

test("a phone needs only its topic, a webhook its address; their secrets are hidden and kept", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const phone = await site.send("POST", "/api/notifiers", key, { kind: "ntfy", topic: "reed", token: "tk_1" });
  assert.deepEqual(phone.body, {
    notifier: 1,
    name: "Notifier 1",
    enabled: true,
    kind: "ntfy",
    url: "https://ntfy.sh",
    topic: "reed",
    token: "***",
    snapshot: true,
  });
  await site.send("PATCH", "/api/notifiers/1", key, { snapshot: false });
  const command = site.asked.at(-1)?.command;
  assert.ok(command?.kind === "put" && command.change.part === "notifier" && command.change.value.kind === "ntfy");
  assert.deepEqual([command.change.value.token, command.change.value.snapshot], ["tk_1", false]);
  const hook = await site.send("POST", "/api/notifiers", key, { kind: "webhook", url: "https://example.org/h" });
  assert.deepEqual([hook.at("notifier"), hook.at("secret")], [2, ""]);
  assert.equal((await site.send("POST", "/api/notifiers", key, { kind: "webhook" })).status, 400);
});

test("a test message's outcome is answered as core found it", async (t) => {
  const site = await testSite(t);
  const value = {
    outcome: { kind: "failed", reason: "hook answered 403" },
    answer: { status: 403, text: "no" },
    ms: 12,
  };
  site.core.answer = () => ({ ok: true, value });
  const answer = await site.send("POST", "/api/notifiers/1/test", site.key("configure"));
  assert.deepEqual(answer.body, value);
});
