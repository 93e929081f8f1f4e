import assert from "node:assert/strict";
import { test } from "node:test";
import type { Receipt } from "../domain/receipt.ts";
import { days, hours, wallTime } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { receiptRow } from "../testkit/store-rows.ts";
import { motionOf, segmentId, streetDay } from "../testkit/street-rows.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { mostLooks, sweepReceipts } from "./receipt-retention.ts";

const from = 1_800_057_600_000;
const minute = 60_000;
const at = (day: number) => wallTime(from + days(day));

function database() {
  const open = openForWriting(":memory:");
  migrate(open);
  const db = directOver(open);
  const put = (intent: StoreIntent) => applyIntent(db, intent);
  const receipts = () =>
    open.prepare("select event_id from receipt order by at_wall, event_id").pluck().all() as string[];
  const sweep = (day: number) => {
    let looks = 0;
    for (let looked = mostLooks; looked === mostLooks; looks += looked) looked = sweepReceipts(db, at(day));
    return looks;
  };
  const deleteFootage = (camera: number, minutes: number) => {
    for (let m = 0; m < minutes; m += 5)
      put({ kind: "segment-deleted", id: segmentId(camera, from + m * minute), volumeId: "volume-1" });
  };
  return { open, db, put, receipts, sweep, deleteFootage };
}

/** One camera's day with a motion each quarter of an hour. */
function aDay() {
  const site = database();
  for (const intent of streetDay({ cameras: 1, motionsADay: 96, from }, 0)) site.put(intent);
  return site;
}

test("motion that called nobody goes with its footage, its end with it; where footage is left, both stay", () => {
  const { receipts, sweep, deleteFootage } = aDay();
  assert.equal(receipts().length, 192);
  sweep(3);
  assert.equal(receipts().length, 192, "all footage is there");
  deleteFootage(1, 720);
  sweep(5);
  assert.equal(receipts().length, 96);
  deleteFootage(1, 1440);
  sweep(9);
  assert.deepEqual(receipts(), []);
});

test("what a lock keeps, an alarm names or a contact did stays, whatever became of the footage", () => {
  const { put, receipts, sweep, deleteFootage, db } = aDay();
  const all = receipts();
  const lock = { id: "l1", channel: 1, from: wallTime(from), to: wallTime(from + 40 * minute) };
  put({ kind: "footage-locked", lock: { ...lock, reason: "police", by: "user ann", at: at(0) } });
  const door = receiptRow("door", from + hours(5), { closedAt: at(1) });
  const { alarmId, ...event } = receiptRow("disarmed", from + hours(6), { closedAt: at(1), armed: false });
  assert.ok(alarmId !== undefined);
  const named = all[80] ?? "";
  const graver = { severity: "critical", input: 1, name: "m", eventId: named, at: at(0), afterMs: 5 } as const;
  for (const receipt of [{ ...door, graver }, event] as Receipt[])
    put({ kind: "receipt", receipt: { ...receipt, edge: { ...receipt.edge, input: 9 } } });
  deleteFootage(1, 1440);
  sweep(100);
  assert.deepEqual(receipts(), [...all.slice(0, 6), ...all.slice(80, 82), "door", "disarmed"].sort(byTime));
  put({ kind: "lock-released", id: "l1", by: "user ann", at: at(100) });
  sweep(102);
  assert.deepEqual(receipts(), [...all.slice(80, 82), "door", "disarmed"].sort(byTime));
  function byTime(a: string, b: string) {
    const wall = (id: string) =>
      Number(
        db.database.prepare("select at_wall from receipt where event_id = ?").pluck().get(id) ?? all.indexOf(id) + from,
      );
    return wall(a) - wall(b);
  }
});

test("a lock of any camera keeps what was to be recorded nowhere", () => {
  const { put, receipts, sweep } = database();
  let ids = 0;
  const [raised, cleared] = motionOf(1, from + hours(1), (wall) => `e-${wall}-${ids++}`);
  for (const receipt of [{ ...raised, actions: [] }, cleared]) put({ kind: "receipt", receipt });
  const lock = { id: "l1", channel: 2, from: wallTime(from), to: wallTime(from + hours(2)) };
  put({ kind: "footage-locked", lock: { ...lock, reason: "police", by: "user ann", at: at(0) } });
  sweep(50);
  assert.equal(receipts().length, 2);
  put({ kind: "lock-released", id: "l1", by: "user ann", at: at(50) });
  sweep(52);
  assert.deepEqual(receipts(), []);
});

test("footage that is on a disk that is away, or has a copy elsewhere, keeps its receipts", () => {
  const { put, open, receipts, sweep } = database();
  const intents = [...streetDay({ cameras: 1, motionsADay: 96, from }, 0)];
  for (const intent of intents) if (intent.kind === "receipt") put(intent);
  sweep(300);
  assert.equal(receipts().length, 192, "no journal says that anything was deleted");
  for (const intent of intents) {
    if (intent.kind !== "segment") continue;
    put(intent);
    put({ kind: "segment", segment: { ...intent.segment, volumeId: "archive", copy: true } });
    put({ kind: "segment-deleted", id: intent.segment.id, volumeId: "volume-1" });
  }
  open.exec("update receipt set due_wall = at_wall where due_wall is not null");
  sweep(301);
  assert.equal(receipts().length, 192);
  for (const intent of intents)
    if (intent.kind === "segment") put({ kind: "segment-deleted", id: intent.segment.id, volumeId: "archive" });
  sweep(360);
  assert.deepEqual(receipts(), []);
});

test("a motion that goes on is looked at again, and what has become an alarm since never more", () => {
  const { put, open, receipts, sweep } = database();
  let ids = 0;
  const [raised, cleared] = motionOf(1, from, (wall) => `e-${wall}-${ids++}`);
  put({ kind: "receipt", receipt: raised });
  sweep(200);
  assert.equal(receipts().length, 1, "its input is active still");
  put({ kind: "receipt", receipt: { ...cleared, alarmId: "a" } });
  open.exec("update receipt set json = json_set(json, '$.alarmId', 'a') where kind = 'raised'");
  sweep(400);
  assert.equal(receipts().length, 2);
  assert.equal(open.prepare("select count(*) from receipt where due_wall is not null").pluck().get(), 0);
});

test("a look costs the same however many receipts there are, and no look is a walk through a table", () => {
  const { open, put, sweep, deleteFootage } = database();
  for (let day = 0; day < 6; day++)
    for (const intent of streetDay({ cameras: 2, motionsADay: 200, from }, day)) put(intent);
  const looks = sweep(2);
  assert.ok(looks > 0 && looks <= 400, `${looks} looks: only those of the first day are a day old`);
  deleteFootage(1, 1440);
  assert.ok(sweep(3) <= 800);
  const plans = [
    "select event_id from receipt where due_wall <= 5 order by due_wall limit 5",
    "select event_id from receipt where input = 1 and (at_wall, event_id) > (5, 'a') order by at_wall, event_id limit 1",
    "select 1 from receipt where json_extract(json, '$.graver.eventId') = 'a' limit 1",
    "select id from segment where channel = 1 and stream in ('main', 'sub') and start_wall < 5 and start_wall > 1 and end_wall > 2 limit 1",
    "select hour from deleted_hour where hour >= 1 and hour <= 2 and channel = 1 limit 1",
  ].flatMap((sql) =>
    (open.prepare(`explain query plan ${sql}`).all() as { detail: string }[]).map((row) => row.detail),
  );
  assert.deepEqual(
    plans.filter((line) => /^SCAN|TEMP B-TREE/.test(line)),
    [],
    plans.join("; "),
  );
});
