import assert from "node:assert/strict";
import { test } from "node:test";
import { ok } from "../kernel/result.ts";
import { instant } from "../kernel/time.ts";
import type { AccountOp } from "../messages/api.ts";
import type { StoreIntent } from "../messages/store.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { site } from "./test-rooms.test.ts";
import { account } from "./account-commands.ts";

async function audited(op: AccountOp): Promise<unknown[]> {
  const intents: StoreIntent[] = [];
  const firstStart = { token: undefined, take: () => false, created: () => undefined, removed: () => undefined };
  const deps = {
    clock: fakeClock(instant(0)),
    store: { put: (intent: StoreIntent) => void intents.push(intent) },
    firstStart,
    site: { config: () => site, remove: () => ok(undefined) },
    people: { changed: () => undefined },
    databaseCaughtUp: () => Promise.resolve(true),
  };
  assert.equal((await account(deps, { kind: "user", name: "ann" }, op)).ok, true);
  assert.equal(intents.filter((intent) => intent.kind === "account").length, 1);
  return intents.flatMap((intent) => (intent.kind === "audit" ? [[intent.what, intent.details]] : []));
}

test("a login and a logout stand in the audit log under those words, with whose and from where", async () => {
  const from = { address: "192.0.2.7", agent: "Firefox" };
  const login = { kind: "create-session", tokenHash: "h", user: "hall", expiresAt: 1, from, linkHash: "l" } as const;
  assert.deepEqual(await audited(login), [["login", { name: "hall", address: "192.0.2.7", by: "one-time link" }]]);
  assert.deepEqual(await audited({ kind: "end-session", tokenHash: "h", user: "hall" }), [
    ["logout", { name: "hall" }],
  ]);
});

test("a change of rights says which, and no line of the log has a hash", async () => {
  const rights = { live: [1], playback: [] };
  const change = { kind: "change-user", name: "bob", role: "viewer", rights } as const;
  assert.deepEqual(await audited(change), [["account", { op: "change-user", name: "bob", role: "viewer", rights }]]);
  const password = { kind: "set-password", name: "bob", passwordHash: "secret", keepSession: "token" } as const;
  assert.deepEqual(await audited(password), [["account", { op: "set-password", name: "bob" }]]);
});

test("that a session was used is written down, but is no line of the audit log", async () => {
  assert.deepEqual(await audited({ kind: "touch-session", tokenHash: "h" }), []);
});
