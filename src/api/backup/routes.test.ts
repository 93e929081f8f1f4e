import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "../../messages/api.ts";
import { testSite } from "../test-site.test.ts";

const passphrase = "a long sentence of mine";

const restores = (asked: readonly { readonly command: Command }[]) =>
  asked.flatMap(({ command }) => (command.kind === "restore" ? [command] : []));

test("a backup goes out to an administrator and comes back as one command", async (t) => {
  const site = await testSite(t);
  const admin = site.session();
  await site.send("POST", "/api/channels", admin, {
    name: "Yard",
    url: "rtsp://192.0.2.1/",
    password: "camera-secret",
  });
  const file = await site.send("POST", "/api/backup", admin, { passphrase });
  assert.equal(file.status, 200, file.text);
  assert.doesNotMatch(file.text, /camera-secret|right password/);
  const wrong = await site.send("POST", "/api/restore", admin, { passphrase: "another one", backup: file.body });
  assert.equal(wrong.status, 400);
  assert.match(String(wrong.at("error.message")), /does not open this backup/);
  assert.deepEqual(restores(site.asked), [], "core was not asked");
  const back = await site.send("POST", "/api/restore", admin, { passphrase, backup: file.body });
  assert.deepEqual(back.body, { rows: 2, users: 1, keys: 0 });
  const [command] = restores(site.asked);
  const parts = ["site", "schedule", "channel", "board", "input", "output", "notifier", "subscription", "view"];
  assert.deepEqual(command?.parts, parts);
  assert.match(JSON.stringify(command.rows), /camera-secret/);
  assert.match(JSON.stringify(command.accounts), /hash of right password/);
  assert.ok(site.asked.some(({ command: { kind, ...rest } }) => kind === "audit" && "what" in rest));
});

test("volumes stay as they are on this machine unless they are asked for", async (t) => {
  const site = await testSite(t);
  const admin = site.session();
  const { body: backup } = await site.send("POST", "/api/backup", admin, { passphrase });
  await site.send("POST", "/api/restore", admin, { passphrase, backup, volumes: true });
  assert.ok(restores(site.asked)[0]?.parts.includes("volume"));
});

test("nobody but a logged-in administrator makes or restores a backup", async (t) => {
  const site = await testSite(t);
  for (const path of ["/api/backup", "/api/restore"]) {
    assert.equal((await site.send("POST", path, site.key("read", "configure"), { passphrase })).status, 403);
    assert.equal((await site.send("POST", path, site.session("operator"), { passphrase })).status, 403);
    assert.equal((await site.send("POST", path, {}, { passphrase })).status, 401);
  }
  assert.equal((await site.send("POST", "/api/backup", site.session(), { passphrase: "short" })).status, 400);
});
