import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { Receipt } from "../domain/receipt.ts";
import { days, wallTime, type WallTime } from "../kernel/time.ts";
import { coreReader, type CoreLine, type CoreRecord, type Stamped, type VolumeRecord } from "../messages/journal.ts";
import type { StoreIntent } from "../messages/store.ts";
import { eachRecord } from "../platform/journal-file.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting, type Direct } from "./database.ts";
import { migrate } from "./migrations.ts";
import { mostLooks, sweepReceipts } from "./receipt-retention.ts";
import { replayCore, spansOfReceipt } from "./replay-core.ts";
import { replayVolume } from "./replay-volume.ts";
import type { SpanTable } from "./schema.ts";
import { dropSpan, longestSegmentMs } from "./spans.ts";
import { settleStored } from "./stored-hours.ts";

export interface RebuildRequest {
  /** The database file; an old one is kept beside it as `….before-rebuild`. Nothing may have it open. */
  readonly database: string;
  /** Folder of core's journal. */
  readonly coreJournal: string;
  /** Root folders of all volumes; one without a journal is away. */
  readonly volumes: readonly string[];
  readonly now: WallTime;
}

export interface RebuildReport {
  readonly receipts: number;
  readonly segments: number;
  readonly configRows: number;
  /** Journal lines whose checksum did not fit; they are left out. */
  readonly damagedLines: number;
}

/**
 * Makes the database anew from the journals: configuration, arming, receipts, alarms with what people made of them,
 * locks, segments, gaps and the timeline. What no journal has is not brought back: accounts and keys (the first-start
 * token makes a new administrator) and the audit log. The result takes the old one's place only when it is complete.
 */
export function rebuildDatabase(request: RebuildRequest): RebuildReport {
  const draft = `${request.database}.rebuilding`;
  for (const ending of ["", "-wal", "-shm"]) rmSync(draft + ending, { force: true });
  const database = openForWriting(draft);
  try {
    migrate(database);
    const db = directOver(database);
    const damagedLines = database.transaction(() => fill(db, request))();
    const report = { ...count(db), damagedLines };
    // everything into the one file, so that it can be moved
    database.pragma("wal_checkpoint(TRUNCATE)");
    database.pragma("journal_mode = DELETE");
    database.close();
    takePlace(draft, request.database);
    return report;
  } finally {
    if (database.open) database.close();
  }
}

function fill(db: Direct, request: RebuildRequest): number {
  const seen = { damaged: 0, newest: 0 };
  const isAway = !request.volumes.every(hasJournal);
  const put = (intent: StoreIntent) => applyIntent(db, intent);
  const keep = (receipt: Receipt) => put({ kind: "receipt", receipt });
  const core = believed(eachRecord<CoreLine>(request.coreJournal, ".core.log"), seen);
  const replayed = replayCore(inOrder(core), keep);
  replayed.config.forEach(put);
  replayed.arming.forEach(put);
  // those that nothing closed
  [...replayed.receipts.values()].forEach(keep);
  const footage = replayVolume(recordsOf(request.volumes, seen), replayed.modeAt, {
    found: put,
    note: (receipt) => {
      if (!isKnown(db, receipt.edge.eventId)) keep(receipt);
    },
  });
  footage.locks.forEach(put);
  replayed.kept.forEach(put);
  footage.found.forEach(put);
  putSpansOfReceipts(db, put);
  // after all runs are there, so that what was deleted leaves them wherever they came from
  footage.deleted.forEach(put);
  dropUnfounded(db);
  while (settleStored(db) > 0);
  if (isAway) {
    // what was deleted here may lie there still, and nothing of it is known
    db.run(db.build.deleteFrom("deleted_hour"));
  } else {
    // by a clock that the journals vouch for: one that stands years ahead makes nothing old
    const now = wallTime(Math.min(request.now, seen.newest + days(1)));
    while (sweepReceipts(db, now) === mostLooks);
  }
  db.run(db.build.insertInto("meta").values({ key: "rebuilt_at", value: String(request.now) }));
  return seen.damaged;
}

interface Seen {
  damaged: number;
  /** The newest wall time of a line. */
  newest: number;
}

function* believed<R>(lines: Iterable<Stamped<R> | "damaged">, seen: Seen): Generator<Stamped<R>> {
  for (const line of lines) {
    if (line === "damaged") seen.damaged++;
    else {
      seen.newest = Math.max(seen.newest, line.wall);
      yield line;
    }
  }
}

function* inOrder(lines: Iterable<Stamped<CoreLine>>): Generator<Stamped<CoreRecord>> {
  const read = coreReader();
  for (const line of lines) yield* read(line);
}

function* recordsOf(volumes: readonly string[], seen: Seen): Generator<Stamped<VolumeRecord>> {
  for (const root of volumes) yield* believed(eachRecord<VolumeRecord>(...journalOf(root)), seen);
}

function hasJournal(root: string): boolean {
  for (const line of eachRecord(...journalOf(root))) if (line !== "damaged") return true;
  return false;
}

const journalOf = (root: string): [folder: string, suffix: string] => [join(root, "journal"), ".rec.log"];

const isKnown = (db: Direct, eventId: string): boolean =>
  db.all(db.build.selectFrom("receipt").select("event_id").where("event_id", "=", eventId)).length > 0;

const pageRows = 1000;

function putSpansOfReceipts(db: Direct, put: (intent: StoreIntent) => void): void {
  let last = { at_wall: -Infinity, event_id: "" };
  for (;;) {
    const later = sql<boolean>`(at_wall, event_id) > (${last.at_wall}, ${last.event_id})`;
    const query = db.build.selectFrom("receipt").select(["event_id", "at_wall", "json"]).where(later);
    const rows = db.all(query.orderBy("at_wall").orderBy("event_id").limit(pageRows));
    for (const { json } of rows) spansOfReceipt(JSON.parse(json) as Receipt).forEach(put);
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageRows) return;
    last = end;
  }
}

/** Runs of which no segment is left: their deletion stood in a journal that is gone too. */
const unfounded = sql<SpanTable>`
  select * from span s where not exists (
    select 1 from segment g where g.channel = s.channel and g.stream = 'main' and g.start_wall < s.to_wall
      and g.start_wall > s.from_wall - ${longestSegmentMs} and g.end_wall > s.from_wall)`;

function dropUnfounded(db: Direct): void {
  for (const span of db.all({ compile: () => unfounded.compile(db.build) })) dropSpan(db, span);
}

function count(db: Direct): Omit<RebuildReport, "damagedLines"> {
  const of = (table: "receipt" | "segment" | "config") =>
    Number(db.all(db.build.selectFrom(table).select(({ fn }) => fn.countAll().as("rows")))[0]?.rows ?? 0);
  return { receipts: of("receipt"), segments: of("segment"), configRows: of("config") };
}

function takePlace(draft: string, database: string): void {
  if (existsSync(database)) {
    for (const ending of ["", "-wal", "-shm"]) {
      if (existsSync(database + ending)) renameSync(database + ending, `${database}.before-rebuild${ending}`);
    }
  }
  renameSync(draft, database);
}
