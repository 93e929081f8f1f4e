import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { ConfigChange } from "../messages/api.ts";
import { channelRow } from "../testkit/store-rows.ts";
import { emptyConfig } from "./config-rows.ts";
import { mapSecrets, openSealer, sealConfig, unsealConfig, unsealSite } from "./secrets.ts";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "reed-secrets-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const secret = "s3cret of the site";
const parts: ConfigChange[] = [
  { part: "channel", value: channelRow(1, { password: secret }) },
  {
    part: "board",
    value: {
      board: 1,
      name: "Bus",
      enabled: true,
      driver: {
        kind: "mqtt",
        url: "mqtt://192.0.2.1:1883",
        username: "reed",
        password: secret,
        inputs: [],
        outputs: [],
      },
    },
  },
  {
    part: "board",
    value: {
      board: 2,
      name: "Triggers",
      enabled: true,
      driver: { kind: "http-trigger", inputs: [{ point: 1, key: secret, maxS: 60 }] },
    },
  },
  {
    part: "notifier",
    value: {
      notifier: 1,
      name: "Hook",
      enabled: true,
      kind: "webhook",
      url: "http://192.0.2.9/",
      secret,
      snapshot: true,
    },
  },
  {
    part: "notifier",
    value: {
      notifier: 2,
      name: "Phone",
      enabled: true,
      kind: "ntfy",
      url: "http://192.0.2.9/",
      topic: "t",
      token: secret,
      snapshot: true,
    },
  },
];

test("every secret of every part is sealed in the row that is written, and comes back whole", (t) => {
  const sealer = openSealer(join(folder(t), "secret.key"));
  for (const part of parts) {
    const sealed = sealConfig(sealer, part);
    assert.doesNotMatch(JSON.stringify(sealed), /s3cret/);
    assert.match(JSON.stringify(sealed), /sealed:v1:/);
    assert.deepEqual(unsealConfig(sealer, sealed), part);
  }
});

test("an empty secret stays empty, and one that looks sealed is sealed all the same", (t) => {
  const sealer = openSealer(join(folder(t), "secret.key"));
  for (const password of ["", "sealed:v1:AAAA"]) {
    const change: ConfigChange = { part: "channel", value: channelRow(1, { password }) };
    assert.deepEqual(unsealConfig(sealer, sealConfig(sealer, change)), change);
  }
});

test("a sealed secret opens neither with another key nor in another place", (t) => {
  const path = folder(t);
  const sealer = openSealer(join(path, "secret.key"));
  const sealed = sealer.seal(secret, "channel:1/password");
  assert.throws(() => openSealer(join(path, "other.key")).unseal(sealed, "channel:1/password"));
  assert.throws(() => sealer.unseal(sealed, "channel:2/password"));
  assert.equal(openSealer(join(path, "secret.key")).unseal(sealed, "channel:1/password"), secret);
});

test("the key file is this user's alone", (t) => {
  const path = join(folder(t), "secret.key");
  openSealer(path);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(path).size, 32);
});

test("a whole configuration is opened at once", (t) => {
  const sealer = openSealer(join(folder(t), "secret.key"));
  const channels = [channelRow(1, { password: secret })];
  const sealed = channels.map((value) => sealConfig(sealer, { part: "channel", value }).value);
  assert.deepEqual(unsealSite(sealer, { ...emptyConfig(), channels: sealed as typeof channels }).channels, channels);
});

test("each secret is told where it stands, so that it can be kept when a page sends it back hidden", () => {
  const places: string[] = [];
  for (const part of parts) mapSecrets(part, (text, where) => (places.push(where), text));
  assert.deepEqual(places, [
    "channel:1/password",
    "board:1/driver/password",
    "board:2/driver/inputs/1/key",
    "notifier:1/secret",
    "notifier:2/token",
  ]);
});
