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

test("a mail server gets the usual port of its encryption; its password is hidden, and typed again for another host", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const mail = { kind: "email", host: "mail.example.org", from: "reed@example.org", to: ["ann@example.org"] };
  const made = await site.send("POST", "/api/notifiers", key, { ...mail, username: "reed", password: "hush" });
  assert.deepEqual(
    ["port", "security", "password", "anyCertificate"].map((name) => made.at(name)),
    [587, "starttls", "***", false],
  );
  const moved = await site.send("PATCH", "/api/notifiers/1", key, { host: "elsewhere.example.org" });
  assert.deepEqual([moved.status, /another host/.test(moved.text)], [400, true]);
  const typed = { host: "elsewhere.example.org", password: "hush" };
  assert.equal((await site.send("PATCH", "/api/notifiers/1", key, typed)).status, 200);
  assert.equal((await site.send("POST", "/api/notifiers", key, { ...mail, to: ["ann"] })).status, 400);
});

test("Telegram and Pushover need their token and whom it is for", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const send = (body: object) => site.send("POST", "/api/notifiers", key, body);
  assert.equal((await send({ kind: "telegram", token: "1:a", chat: "@house" })).at("token"), "***");
  assert.equal((await send({ kind: "pushover", token: "app", user: "u1" })).at("url"), "https://api.pushover.net");
  assert.equal((await send({ kind: "telegram", token: "1:a" })).status, 400);
  assert.equal((await send({ kind: "pushover", user: "u1" })).status, 400);
});

test("a broker is listened to for nothing unless somebody allows it, and keeps its login to itself", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = await site.send("POST", "/api/notifiers", key, { kind: "mqtt", url: "mqtt://broker", password: "hush" });
  assert.deepEqual(
    ["outputs", "arming", "discovery", "topic", "password"].map((name) => made.at(name)),
    [[], "none", true, "reed", "***"],
  );
  const inside = { kind: "mqtt", url: "mqtt://user:hush@broker" };
  assert.equal((await site.send("POST", "/api/notifiers", key, inside)).status, 400);
});

test("messages that did not arrive are listed, sent again and removed by who configures only", async (t) => {
  const site = await testSite(t);
  const letter = {
    ...{ id: "l1", at: 1, notifier: 1, name: "Phone", title: "Door", text: "raised", pictures: 0 },
    ...{ reason: "answered 403", triedAt: 2 },
  };
  site.core.answer = () => ({ ok: true, value: [letter] });
  assert.equal((await site.send("GET", "/api/dead-letters", site.key("read"))).status, 403);
  const key = site.key("configure");
  assert.deepEqual((await site.send("GET", "/api/dead-letters", key)).body, [letter]);
  site.core.answer = () => ({ ok: true, value: { outcome: { kind: "done" }, ms: 3 } });
  const sent = await site.send("POST", "/api/dead-letters/l1/send", key);
  assert.deepEqual(sent.body, { outcome: { kind: "done" }, ms: 3 });
  assert.equal((await site.send("DELETE", "/api/dead-letters/l1", key)).status, 204);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "remove-letter", letter: "l1" });
});
