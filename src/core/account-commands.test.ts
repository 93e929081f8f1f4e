import assert from "node:assert/strict";
import { test } from "node:test";
import { allChannels } from "../domain/rights.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import { ok } from "../kernel/result.ts";
import { instant } from "../kernel/time.ts";
import type { AccountOp } from "../messages/api.ts";
import type { StoreIntent } from "../messages/store.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { site } from "./test-rooms.test.ts";
import { account } from "./account-commands.ts";
import { openPeople } from "./people.ts";

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

test("who is removed while the database hangs is told nothing more, and their phone and views go", async () => {
  const people = openPeople([{ name: "Bob", rights: allChannels }]);
  const happened: string[] = [];
  const own = {
    ...site,
    views: [{ view: 3, owner: "Bob" }],
    subscriptions: [
      { subscription: 7, owner: "Bob" },
      { subscription: 8, owner: "ann" },
    ],
  } as unknown as SiteConfig;
  const answer = account(
    {
      clock: fakeClock(instant(0)),
      store: { put: ({ kind }) => void happened.push(`put ${kind}`) },
      firstStart: {
        ...{ token: undefined, take: () => false, created: () => undefined },
        removed: (name) => void happened.push(`no user ${name}`),
      },
      site: {
        config: () => own,
        remove: (kind: string, id: unknown) => (happened.push(`remove ${kind} ${String(id)}`), ok(undefined)),
      },
      people,
      databaseCaughtUp: () => Promise.resolve(false),
    },
    { kind: "user", name: "ann" },
    { kind: "remove-user", name: "Bob" },
  );
  assert.equal(people.rightsOf("bob"), undefined, "before the database answers");
  assert.deepEqual(happened, ["put account", "put audit", "no user Bob", "remove view 3", "remove subscription 7"]);
  const { ok: done, error } = (await answer) as { ok: boolean; error?: { code: string } };
  assert.deepEqual([done, error?.code], [false, "unavailable"]);
});
