import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { wallTime } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { channelRow, receiptRow, segmentRow } from "../testkit/store-rows.ts";
import { openForWriting } from "./database.ts";
import { openStoreReads } from "./read.ts";
import { openStoreForStart } from "./start.ts";
import { mostWaiting, startStoreWriter } from "./writer.ts";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "reed-store-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const audit = (what: string): StoreIntent => ({
  kind: "audit",
  at: wallTime(1),
  actor: { kind: "system", name: "test" },
  what,
  details: {},
});

test("what was put is committed in order when flushed() resolves, and a reader in another connection sees it", async (t) => {
  const path = join(folder(t), "reed.db");
  openStoreForStart(path).close();
  await using reads = openStoreReads(path);
  await using writer = startStoreWriter(path, () => undefined);
  writer.put({ kind: "config", change: { part: "channel", value: channelRow(2) } });
  writer.put({ kind: "config", change: { part: "channel", value: channelRow(2, { name: "Gate" }) } });
  writer.put({ kind: "receipt", receipt: receiptRow("e1", 1000) });
  writer.put({ kind: "receipt", receipt: receiptRow("e1", 1000, { closedAt: wallTime(2000) }) });
  for (let at = 0; at < 1200; at++) writer.put(audit(`row ${at}`));
  await writer.flushed();
  assert.equal((await reads.config()).channels[0]?.name, "Gate");
  assert.equal((await reads.receipt("e1"))?.closedAt, 2000);
  const rows = await reads.audit({ limit: 2000 });
  assert.deepEqual(
    rows.map((row) => row.what).reverse(),
    Array.from({ length: 1200 }, (_, at) => `row ${at}`),
  );
  assert.equal(writer.dropped, 0);
});

test("a row that the schema refuses is reported and keeps no other row out", async (t) => {
  const path = join(folder(t), "reed.db");
  openStoreForStart(path).close();
  await using reads = openStoreReads(path);
  const said: string[] = [];
  await using writer = startStoreWriter(path, (message, details) =>
    said.push(`${message}: ${JSON.stringify(details)}`),
  );
  writer.put(audit("before"));
  writer.put({ kind: "segment", segment: segmentRow("s", { bytes: "many" as unknown as number }) });
  writer.put(audit("after"));
  await writer.flushed();
  assert.deepEqual(
    (await reads.audit({ limit: 9 })).map((row) => row.what),
    ["after", "before"],
  );
  assert.equal(said.length, 1);
  assert.match(said[0] ?? "", /refused a row.*segment/);
});

test("while the database can't be written rows wait up to the bound, more are dropped and counted, then it goes on", async (t) => {
  const path = join(folder(t), "missing", "reed.db");
  const said: string[] = [];
  const failing = Promise.withResolvers<undefined>();
  await using writer = startStoreWriter(path, (message) => {
    said.push(message);
    if (message.includes("can't be written")) failing.resolve(undefined);
  });
  for (let at = 0; at < mostWaiting + 7; at++) writer.put(audit("row"));
  assert.equal(writer.dropped, 7);
  await failing.promise;
  const { mkdirSync } = await import("node:fs");
  mkdirSync(join(path, ".."));
  openStoreForStart(path).close();
  await writer.flushed();
  const database = openForWriting(path);
  assert.deepEqual(database.prepare("SELECT count(*) AS rows FROM audit").get(), { rows: mostWaiting });
  database.close();
  assert.ok(said.includes("the database is written again"));
});

test("a new database has the defaults of an empty site, and opening it again changes nothing", (t) => {
  const path = join(folder(t), "reed.db");
  const first = openStoreForStart(path);
  first.close();
  assert.deepEqual(first.users, []);
  assert.equal(first.config.site.name, "Reed");
  assert.equal(first.config.site.timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone);
  assert.deepEqual(first.config.channels, []);
  const again = openStoreForStart(path);
  again.close();
  assert.deepEqual(again.config, first.config);
});

test("a database of a newer Reed is not touched", (t) => {
  const path = join(folder(t), "reed.db");
  openStoreForStart(path).close();
  const database = openForWriting(path);
  database.pragma("user_version = 99");
  database.close();
  assert.throws(() => openStoreForStart(path), /newer Reed/);
});
