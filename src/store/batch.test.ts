import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { channelRow, receiptRow } from "../testkit/store-rows.ts";
import { writeBatch } from "./batch.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";

test("a database that is locked fails the whole batch, which is written whole when it is tried again", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-batch-"));
  const [mine, other] = [openForWriting(join(folder, "reed.db")), openForWriting(join(folder, "reed.db"))];
  t.after(() => {
    mine.close();
    other.close();
    rmSync(folder, { recursive: true });
  });
  migrate(mine);
  mine.pragma("busy_timeout = 0");
  const db = directOver(mine);
  const batch: StoreIntent[] = [
    { kind: "receipt", receipt: receiptRow("e1", 5) },
    { kind: "armed", armed: true, at: wallTime(5), by: "user ann" },
  ];
  const rows = () => mine.prepare("SELECT (SELECT count(*) FROM receipt) + (SELECT count(*) FROM arming) AS n").get();
  other.exec("BEGIN IMMEDIATE");
  assert.deepEqual(writeBatch(db, batch), { kind: "failed", error: "database is locked" });
  assert.deepEqual(rows(), { n: 0 });
  other.exec("COMMIT");
  assert.deepEqual(writeBatch(db, batch), { kind: "committed", refused: [] });
  assert.deepEqual(rows(), { n: 2 });
});

test("configuration and accounts are committed so that a power cut keeps them; what the journals have needs no sync", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-batch-"));
  const database = openForWriting(join(folder, "reed.db"));
  t.after(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  migrate(database);
  const levelAfter = (intent: StoreIntent) => {
    assert.equal(writeBatch(directOver(database), [intent]).kind, "committed");
    // 1 = NORMAL, 2 = FULL (sqlite.org/pragma.html#pragma_synchronous)
    return database.pragma("synchronous", { simple: true });
  };
  assert.equal(levelAfter({ kind: "config", change: { part: "channel", value: channelRow(2) } }), 2);
  assert.equal(levelAfter({ kind: "receipt", receipt: receiptRow("e1", 5) }), 1);
});
