import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { EngineRecord } from "../domain/engine-records.ts";
import type { Receipt } from "../domain/receipt.ts";
import { noteRecord, type ShortBook } from "../domain/short-book.ts";
import { shorten } from "../domain/short-lines.ts";
import { days, instant, wallTime, type Clock } from "../kernel/time.ts";
import { coreRecords, type CoreLine, type CoreRecord, type Stamped, type VolumeRecord } from "../messages/journal.ts";
import type { StoreIntent } from "../messages/store.ts";
import { decodeLine, journalFiles, openJournal, readJournal } from "../platform/journal-file.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { receiptRow } from "../testkit/store-rows.ts";
import { segmentId, streetDay } from "../testkit/street-rows.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { mostLooks, sweepReceipts } from "./receipt-retention.ts";
import { rebuildDatabase } from "./rebuild.ts";
import { thinFile, thinJournal } from "./thin-journal.ts";
import { startStoreWriter } from "./writer.ts";

const suffix = ".core.log";
const from = Date.parse("2027-03-01T00:00Z");
const bootId = "00000000-0000-4000-8000-00000000b007";
const at = (day: number) => wallTime(from + days(day));
const door = { ...receiptRow("door", from + days(0.4)), closedAt: at(0.5) };

const recordsOf = (receipt: Receipt): EngineRecord[] => {
  const { closedAt, actions, ...rest } = receipt;
  const begun = actions.map(({ id, target, because }) => ({ id, target, because }));
  const edge = { kind: "edge", ...rest, actions: begun, holds: [] } as const;
  const outcomes = actions.map(({ id, outcome = { kind: "done" }, outcomeAt = at(0), record = {} }) => {
    const of = { eventId: receipt.edge.eventId, actionId: id };
    return { kind: "outcome", ...of, outcome, at: outcomeAt, record } as const;
  });
  return closedAt === undefined ? [edge] : [edge, ...outcomes, { kind: "receipt", receipt }];
};

/** Days of one camera with a motion every half hour, and an alarm; as core and a volume journal it and the database is told. */
function site(t: TestContext, lasts = 6) {
  const data = mkdtempSync(join(tmpdir(), "reed-thin-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const folder = join(data, "journal");
  const disk = join(data, "disk");
  const database = join(data, "reed.db");
  const fake = fakeClock(instant(0), wallTime(from));
  const clock: Clock = { ...fake, bootId, now: () => fake.now(), wall: () => fake.wall() };
  const open = openForWriting(database);
  migrate(open);
  const db = directOver(open);
  const put = (intent: StoreIntent) => applyIntent(db, intent);
  const book: ShortBook = new Map();
  const volume: VolumeRecord[] = [];
  {
    using journal = openJournal<CoreLine>(folder, suffix, clock, () => undefined);
    journal.append({ kind: "start", version: "1", pid: 1 });
    const write = (records: readonly EngineRecord[]) => {
      const of = shorten(records, book);
      if (of === undefined) journal.append({ kind: "step", records });
      else journal.append({ kind: "short", of }, "brief");
      for (const record of records) noteRecord(book, record);
    };
    for (let day = 0; day < lasts; day++) {
      for (const intent of streetDay({ cameras: 1, motionsADay: 48, from }, day)) {
        put(intent);
        if (intent.kind === "segment")
          volume.push({ kind: "segment-close", segment: intent.segment, head: "00", fragments: 300 });
        if (intent.kind !== "receipt") continue;
        fake.stepWall(intent.receipt.edge.at.wall - fake.wall());
        const [edge, ...rest] = recordsOf(intent.receipt);
        if (edge !== undefined) write([edge]);
        write(rest);
        if (day !== 0 || intent.receipt.edge.at.wall < door.edge.at.wall || book.has("told")) continue;
        book.set("told", door);
        put({ kind: "receipt", receipt: door });
        journal.append({ kind: "step", records: recordsOf(door) });
      }
    }
  }
  const deleteFootage = (camera: number, day: number) => {
    for (let m = day * 1440; m < (day + 1) * 1440; m += 5) {
      const id = segmentId(camera, from + m * 60_000);
      put({ kind: "segment-deleted", id, volumeId: "volume-1" });
      volume.push({ kind: "segment-deleted", id, volumeId: "volume-1", path: "p", reason: "age", head: "00" });
    }
  };
  const sweep = (day: number) => {
    while (sweepReceipts(db, at(day)) === mostLooks);
  };
  const stories = (file = database) => {
    const read = openForWriting(file);
    const rows = read.prepare("select event_id, json from receipt order by at_wall, event_id").all();
    read.close();
    return rows as { event_id: string; json: string }[];
  };
  const rebuilt = (now: number) => {
    rmSync(disk, { recursive: true, force: true });
    {
      using journal = openJournal<VolumeRecord>(join(disk, "journal"), ".rec.log", clock, () => undefined);
      for (const one of volume) journal.append(one);
    }
    const again = join(data, "again.db");
    rebuildDatabase({ database: again, coreJournal: folder, volumes: [disk], now: at(now) });
    return stories(again).map(({ event_id, json }) => ({ event_id, json: JSON.parse(json) as unknown }));
  };
  const now = () => stories().map(({ event_id, json }) => ({ event_id, json: JSON.parse(json) as unknown }));
  const read = () => readJournal<CoreLine>(folder, suffix);
  return { folder, database, db, open, deleteFootage, sweep, now, rebuilt, read };
}

const linesIn = (folder: string, name: string): string[] =>
  readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean);
const stubs = (lines: readonly Stamped<CoreLine>[]) =>
  lines.flatMap(({ seq, record }) => (record.kind === "thinned" ? [{ seq, ...record }] : []));

test("lines of what is gone leave one line behind that says which, and all others stay byte by byte", (t) => {
  const { folder, read } = site(t, 3);
  const [name = ""] = journalFiles(folder, suffix);
  const before = linesIn(folder, name);
  const all = coreRecords(read().records);
  const events = all.flatMap(({ record }) => (record.kind === "edge" ? [record.edge.eventId] : []));
  const gone = new Set(events.slice(0, 40));
  assert.ok(thinFile(folder, name, gone) >= 80);
  const after = linesIn(folder, name);
  const kept = after.filter((line) => !line.includes('"thinned"'));
  assert.deepEqual(
    kept,
    before.filter((line) => kept.includes(line)),
  );
  const { records, damaged } = read();
  assert.equal(damaged, 0);
  // each number is there, as a line or within a stub, and a stub's sum is that of the lines that were there
  for (const stub of stubs(records)) {
    const were = before.filter((line) => {
      const { seq } = JSON.parse(decodeLine(line) ?? "{}") as { seq: number };
      return seq >= stub.seq && seq <= stub.to;
    });
    assert.equal(were.length, stub.lines);
    assert.equal(
      createHash("sha256")
        .update(were.map((line) => `${line}\n`).join(""))
        .digest("hex"),
      stub.sha256,
    );
  }
  const covered = stubs(records).reduce((sum, { lines }) => sum + lines, 0);
  assert.equal(covered + kept.length, before.length);
  const left = all.filter(({ record }) => !("eventId" in record && gone.has(record.eventId)));
  assert.deepEqual(
    coreRecords(records).map(({ record }) => record),
    left.map(({ record }) => record).filter((record) => !isOf(record, gone)),
  );
});

const isOf = (record: CoreRecord, gone: ReadonlySet<string>): boolean =>
  (record.kind === "edge" && gone.has(record.edge.eventId)) ||
  (record.kind === "receipt" && gone.has(record.receipt.edge.eventId));

test("a second thinning joins what the first one left, and one with nothing to take changes no byte", (t) => {
  const { folder, read } = site(t, 3);
  const [name = ""] = journalFiles(folder, suffix);
  const events = coreRecords(read().records).flatMap(({ record }) =>
    record.kind === "edge" && record.edge.eventId !== "door" ? [record.edge.eventId] : [],
  );
  const total = linesIn(folder, name).length;
  thinFile(folder, name, new Set(events.slice(0, 20)));
  const once = readFileSync(join(folder, name), "utf8");
  assert.equal(thinFile(folder, name, new Set(events.slice(0, 20))), 0);
  assert.equal(readFileSync(join(folder, name), "utf8"), once);
  thinFile(folder, name, new Set(events));
  const ofFile = stubs(linesIn(folder, name).map((line) => JSON.parse(decodeLine(line) ?? "") as Stamped<CoreLine>));
  assert.equal(ofFile.length, 2, "before the alarm and after it");
  const others = linesIn(folder, name).length - 2;
  assert.equal(ofFile.reduce((sum, { lines }) => sum + lines, 0) + others, total);
});

test("what is damaged stays byte by byte, too, and a stub begins as every line does", (t) => {
  const { folder, read } = site(t, 3);
  const [name = ""] = journalFiles(folder, suffix);
  const path = join(folder, name);
  const events = coreRecords(read().records).flatMap(({ record }) =>
    record.kind === "edge" ? [record.edge.eventId] : [],
  );
  const bytes = readFileSync(path);
  const second = bytes.indexOf("\n") + 1;
  bytes.fill(0xff, second + 40, second + 43);
  writeFileSync(path, bytes);
  assert.ok(thinFile(folder, name, new Set(events.slice(0, 20))) > 0);
  const after = readFileSync(path);
  const damaged = bytes.subarray(second, bytes.indexOf("\n", second) + 1);
  assert.deepEqual(after.subarray(second, second + damaged.length), damaged);
  const stub = after
    .toString("latin1")
    .split("\n")
    .find((line) => line.includes('"thinned"'));
  assert.match(stub ?? "", /^[0-9a-f]{8} \{"seq":\d+,"boot":/);
});

test("a line that speaks of something that stays, stays", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-thin-line-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const line = (ids: readonly string[]): CoreLine => ({ kind: "short", of: ids.map((end) => ({ end, at: 1 })) });
  {
    using journal = openJournal<CoreLine>(folder, suffix, fakeClock(), () => undefined);
    for (const ids of [["a", "b"], ["a"], []]) journal.append(line(ids), "brief");
  }
  const [name = ""] = journalFiles(folder, suffix);
  assert.equal(thinFile(folder, name, new Set(["a"])), 1);
  const { records } = readJournal<CoreLine>(folder, suffix);
  assert.deepEqual(
    records.map(({ seq, record }) => [seq, record.kind]),
    [
      [1, "short"],
      [2, "thinned"],
      [3, "short"],
    ],
  );
});

test("the database's thread thins behind a sweep, and says so", async (t) => {
  const { folder, database, open, deleteFootage, sweep } = site(t);
  deleteFootage(1, 0);
  sweep(7);
  open.close();
  const said: string[] = [];
  {
    await using writer = startStoreWriter(database, (message, details) =>
      said.push(`${message} ${JSON.stringify(details)}`),
    );
    writer.put({ kind: "sweep-receipts", now: at(9), journal: folder });
    await writer.flushed();
    assert.deepEqual(said, []);
    writer.put({ kind: "sweep-receipts", now: at(14), journal: folder });
    await writer.flushed();
  }
  assert.equal(said.length, 1);
  assert.match(said.join(), /left the journal .*2027-03-01\.core\.log.*"lines":1\d\d/);
});

test("a power cut amid a thinning leaves the file as it was; what it had begun is nothing to a reader", (t) => {
  const { folder, read } = site(t, 3);
  const [name = ""] = journalFiles(folder, suffix);
  const before = read();
  writeFileSync(join(folder, `${name}.thin`), "00000000 {half a li");
  assert.deepEqual(read(), before);
  const events = coreRecords(before.records).flatMap(({ record }) =>
    record.kind === "edge" ? [record.edge.eventId] : [],
  );
  assert.ok(thinFile(folder, name, new Set(events.slice(0, 10))) > 0);
  assert.equal(read().damaged, 0);
  assert.ok(readdirSync(folder).every((one) => one.endsWith(suffix)));
});

test("the journal follows the database after a week, never in its newest files; a rebuild gives the same answer all along", (t) => {
  const { folder, db, open, deleteFootage, sweep, now, rebuilt, read } = site(t);
  t.after(() => open.close());
  const whole = now().length;
  assert.equal(whole, 6 * 96 + 1);
  for (const day of [0, 1, 4, 5]) deleteFootage(1, day);
  // the volumes' journal vouches for days up to the sixth: a rebuild believes no later clock than a day behind it
  sweep(7);
  const left = now();
  assert.equal(left.length, 2 * 96 + 1, "the days with footage, and the alarm");
  assert.deepEqual(rebuilt(7), left);
  assert.equal(thinJournal(db, folder, at(8)), undefined, "not yet");
  const names = journalFiles(folder, suffix);
  const newest = names.slice(-2).map((name) => readFileSync(join(folder, name), "utf8"));
  const files = [thinJournal(db, folder, at(14)), thinJournal(db, folder, at(14)), thinJournal(db, folder, at(14))];
  assert.ok(files.every((one) => one !== undefined));
  assert.ok((files[0]?.lines ?? 0) > 150, JSON.stringify(files));
  while (thinJournal(db, folder, at(14)) !== undefined);
  assert.deepEqual(
    names.slice(-2).map((name) => readFileSync(join(folder, name), "utf8")),
    newest,
  );
  assert.ok(stubs(read().records).length > 0);
  assert.deepEqual(rebuilt(14), left);
});
