import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FootageLock } from "../domain/footage-lock.ts";
import { wallTime } from "../kernel/time.ts";
import type { CoreRecord, ReviewRecord } from "../messages/journal.ts";
import type { StoreIntent } from "../messages/store.ts";
import { openJournal } from "../platform/journal-file.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { receiptRow } from "../testkit/store-rows.ts";
import { openStoreReads } from "./read.ts";
import type { AlarmPlace } from "./read-alarms.ts";
import { rebuildDatabase } from "./rebuild.ts";
import { openStoreForStart } from "./start.ts";
import { testDatabase } from "./test-database.test.ts";

const raised = (eventId: string, at: number, alarmId = `alarm-${eventId}`): StoreIntent => ({
  kind: "receipt",
  receipt: receiptRow(eventId, at, { alarmId }),
});
const reviewed = (alarmId: string, at: number, more: Partial<ReviewRecord> = {}): ReviewRecord => ({
  ...{ kind: "alarm-reviewed", alarmId, state: "acknowledged", by: "user anna", at: wallTime(at) },
  ...more,
});
const lock: FootageLock = {
  ...{ id: "l1", channel: 1, from: wallTime(10), to: wallTime(90), reason: "burglary" },
  ...{ by: "user anna", at: wallTime(100), alarmId: "alarm-b" },
};

test("alarms nobody has seen come first, then the newest; pages have no gap and no repeat", async (t) => {
  const { reads, put } = testDatabase(t);
  put(raised("a", 10), raised("b", 20), raised("c", 20), raised("d", 40), raised("e", 50));
  put(reviewed("alarm-d", 60), reviewed("alarm-a", 61));
  const seen: string[] = [];
  for (let after: AlarmPlace | undefined; ;) {
    const [row] = await reads.alarms({ limit: 1, after });
    if (row === undefined) break;
    seen.push(row.id);
    after = { isNew: row.state === "new", at: row.at, id: row.id };
  }
  assert.deepEqual(seen, ["alarm-e", "alarm-c", "alarm-b", "alarm-d", "alarm-a"]);
  assert.equal(await reads.unacknowledged(), 3);
  assert.deepEqual(
    (await reads.alarms({ limit: 9, state: "acknowledged", since: 20 })).map(({ id }) => id),
    ["alarm-d"],
  );
});

test("edges of one alarm are one row from the first to the last; cleared and disarmed ones make none", async (t) => {
  const { reads, put } = testDatabase(t);
  const later = receiptRow("d", 95, { alarmId: "x" });
  const { edge, actions } = receiptRow("e", 96);
  put(raised("b", 30, "x"), raised("a", 20, "x"), raised("b", 30, "x"));
  put({ kind: "receipt", receipt: { ...later, edge: { ...later.edge, kind: "cleared" } } });
  put({ kind: "receipt", receipt: { edge, actions, armed: false } });
  const rows = await reads.alarms({ limit: 9 });
  assert.deepEqual(
    rows.map(({ id, at, lastAt }) => [id, at, lastAt]),
    [["x", 20, 30]],
  );
  assert.deepEqual(
    (await reads.receiptsOf(["x"])).map(({ edge }) => edge.eventId),
    ["a", "b", "d"],
  );
  assert.deepEqual(
    (await reads.receipts({ events: true, limit: 9 })).map(({ edge }) => edge.eventId),
    ["e"],
  );
});

test("the first who acknowledged counts, resolving keeps the newest note, and a late edge changes neither", async (t) => {
  const { reads, put } = testDatabase(t);
  put(raised("a", 20, "x"), reviewed("x", 30), reviewed("x", 31, { by: "user bert" }));
  put(reviewed("x", 40, { state: "resolved", note: "cat" }), reviewed("x", 50, { state: "resolved", note: "the cat" }));
  put(raised("b", 22, "x"), reviewed("x", 60));
  assert.deepEqual(await reads.alarm("x"), {
    ...{ id: "x", input: 1, name: "Back door", at: 20, lastAt: 22, state: "resolved" },
    acknowledged: { at: 30, by: "user anna" },
    resolved: { at: 50, by: "user anna", note: "the cat" },
  });
});

test("who resolves without acknowledging has acknowledged", async (t) => {
  const { reads, put } = testDatabase(t);
  put(raised("a", 20, "x"), reviewed("x", 40, { state: "resolved", note: "" }));
  assert.deepEqual((await reads.alarm("x"))?.acknowledged, { at: 40, by: "user anna" });
});

test("core starts with the alarms that nobody has seen, the locks that hold and the names of the released ones", async (t) => {
  const { path, put, reads } = testDatabase(t);
  put(raised("a", 10), raised("b", 20), reviewed("alarm-a", 30));
  put({ kind: "footage-locked", lock }, { kind: "footage-locked", lock: { ...lock, id: "l2" } });
  put({ kind: "lock-released", id: "l2", by: "user anna", at: wallTime(200) });
  const start = openStoreForStart(path);
  start.close();
  assert.deepEqual(start.alarms, { unacknowledged: ["alarm-b"], events: [{ alarmId: "alarm-b", eventId: "b" }] });
  assert.deepEqual(start.locks, { held: [lock], released: ["l2"] });
  assert.deepEqual(await reads.locks(), [lock]);
});

test("a rebuilt database has alarms with what people made of them, and locks, also those that only a volume knows", async (t) => {
  const { folder, put, reads } = testDatabase(t);
  const kept = [reviewed("alarm-a", 30), reviewed("alarm-a", 40, { state: "resolved", note: "cat" })];
  const only: FootageLock = { ...lock, id: "l3", channel: 2 };
  const known: StoreIntent[] = [
    ...kept,
    { kind: "footage-locked", lock },
    { kind: "footage-locked", lock: { ...lock, id: "l2" } },
    { kind: "lock-released", id: "l2", by: "user anna", at: wallTime(200) },
  ];
  put(raised("a", 10), raised("b", 20), ...known, { kind: "footage-locked", lock: only });
  const answers = async (from: typeof reads) => [
    await from.alarms({ limit: 9 }),
    (await from.locks()).map(({ id }) => id),
  ];
  const before = await answers(reads);
  const edges = [receiptRow("a", 10), receiptRow("b", 20)].map((receipt): CoreRecord => ({ kind: "receipt", receipt }));
  const volume = join(folder, "footage");
  mkdirSync(volume);
  write(join(folder, "journal"), ".core.log", [...edges, ...known]);
  const copies = [lock, { ...lock, id: "l2" }, only, { ...only, id: "l4" }];
  write(join(volume, "journal"), ".rec.log", [
    ...copies.map((one) => ({ kind: "footage-locked", lock: one })),
    { kind: "lock-released", id: "l4" },
  ]);
  const copy = join(folder, "rebuilt.db");
  rebuildDatabase({ database: copy, coreJournal: join(folder, "journal"), volumes: [volume], now: wallTime(1e9) });
  await using rebuilt = openStoreReads(copy);
  assert.deepEqual(await answers(rebuilt), before);
});

function write(folder: string, suffix: string, story: readonly unknown[]): void {
  using journal = openJournal<unknown>(folder, suffix, fakeClock(), () => undefined);
  for (const record of story) journal.append(record);
}
