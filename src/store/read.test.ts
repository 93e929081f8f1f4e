import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import type { AccountOp } from "../messages/api.ts";
import type { StoreIntent } from "../messages/store.ts";
import { receiptRow, segmentRow } from "../testkit/store-rows.ts";
import { testDatabase } from "./test-database.test.ts";

const account = (op: AccountOp, at = 1000): StoreIntent => ({ kind: "account", op, at: wallTime(at) });

test("receipts come newest first, page after page without a gap or a repeat, also when times are equal", async (t) => {
  const { reads, put } = testDatabase(t);
  const times = [10, 20, 20, 20, 30, 5, 40];
  times.forEach((time, index) => put({ kind: "receipt", receipt: receiptRow(`e${index}`, time) }));
  const seen: string[] = [];
  for (let before: string | undefined; ; before = seen.at(-1)) {
    const page = await reads.receipts({ limit: 2, before });
    if (page.length === 0) break;
    seen.push(...page.map((receipt) => receipt.edge.eventId));
  }
  assert.deepEqual(seen, ["e6", "e4", "e3", "e2", "e1", "e0", "e5"]);
});

test("receipts are chosen by time, input and whether an outcome is missing", async (t) => {
  const { reads, put } = testDatabase(t);
  const other = receiptRow("other", 20);
  put(
    { kind: "receipt", receipt: receiptRow("a", 10, { closedAt: wallTime(11) }) },
    { kind: "receipt", receipt: { ...other, edge: { ...other.edge, input: 2 } } },
    { kind: "receipt", receipt: receiptRow("b", 30) },
  );
  const ids = async (filter: object) =>
    (await reads.receipts({ limit: 10, ...filter })).map((receipt) => receipt.edge.eventId);
  assert.deepEqual(await ids({ since: 10, until: 30 }), ["other", "a"]);
  assert.deepEqual(await ids({ input: 1 }), ["b", "a"]);
  assert.deepEqual(await ids({ open: true }), ["b", "other"]);
  assert.deepEqual(await ids({ open: false }), ["a"]);
});

test("segments that only reach into a range are found with it", async (t) => {
  const { reads, put } = testDatabase(t);
  const segment = (id: string, from: number, to: number): StoreIntent => ({
    kind: "segment",
    segment: segmentRow(id, { startWall: wallTime(from), endWall: wallTime(to) }),
  });
  put(segment("before", 0, 100), segment("into", 50, 150), segment("out", 180, 300), segment("after", 200, 300));
  put({
    kind: "segment",
    segment: segmentRow("sub", { stream: "sub", startWall: wallTime(100), endWall: wallTime(200) }),
  });
  assert.deepEqual(
    (await reads.segments(1, { from: 100, to: 200 })).map((row) => row.id),
    ["into", "out"],
  );
});

test("a first administrator is made only while nobody is there", async (t) => {
  const { reads, put } = testDatabase(t);
  const create = (name: string, firstStart: boolean): StoreIntent =>
    account({ kind: "create-user", name, role: "administrator", passwordHash: "h", firstStart });
  put(create("Ann", true), create("Eve", true), create("Bob", false), create("ann", false));
  assert.deepEqual(
    (await reads.users()).map((user) => user.name),
    ["Ann", "Bob"],
  );
  assert.equal((await reads.userForLogin("ANN"))?.name, "Ann");
});

test("a session ends by its time, by logging out, by a new password and with its user", async (t) => {
  const { reads, put } = testDatabase(t);
  put(account({ kind: "create-user", name: "Ann", role: "viewer", passwordHash: "h", firstStart: false }));
  const session = (tokenHash: string) =>
    put(account({ kind: "create-session", tokenHash, user: "Ann", expiresAt: 5000 }));
  const valid = async (tokenHash: string, now = 2000) => (await reads.sessionUser(tokenHash, now)) !== undefined;
  session("s1");
  assert.deepEqual([await valid("s1"), await valid("s1", 5000), await valid("s0")], [true, false, false]);
  put(account({ kind: "end-session", tokenHash: "s1" }));
  assert.equal(await valid("s1"), false);
  session("s2");
  put(account({ kind: "set-password", name: "ann", passwordHash: "new" }));
  assert.equal(await valid("s2"), false);
  session("s3");
  put(account({ kind: "remove-user", name: "Ann" }));
  assert.equal(await valid("s3"), false);
});

test("a key is found by its hash until it is removed", async (t) => {
  const { reads, put } = testDatabase(t);
  put(account({ kind: "create-key", id: "k", name: "Grafana", keyHash: "h", scopes: ["metrics"] }));
  assert.deepEqual(await reads.keyByHash("h"), { id: "k", name: "Grafana", scopes: ["metrics"], createdAt: 1000 });
  put(account({ kind: "remove-key", id: "k" }));
  assert.equal(await reads.keyByHash("h"), undefined);
});

test("a trouble is one row from its beginning to its end", async (t) => {
  const { reads, put } = testDatabase(t);
  const trouble = { key: "channel:3", what: "camera offline", since: wallTime(10) };
  put({ kind: "trouble", trouble }, { kind: "trouble", trouble: { ...trouble, key: "volume:1" } });
  put({ kind: "trouble", trouble: { ...trouble, ended: wallTime(20) } });
  assert.deepEqual(
    (await reads.troubles({ open: true, limit: 9 })).map((row) => row.key),
    ["volume:1"],
  );
  assert.equal((await reads.troubles({ open: false, limit: 9 })).length, 2);
});
