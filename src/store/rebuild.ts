import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { WallTime } from "../kernel/time.ts";
import { coreRecords, type CoreLine, type Stamped, type VolumeRecord } from "../messages/journal.ts";
import type { StoreIntent } from "../messages/store.ts";
import { readJournal } from "../platform/journal-file.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting, type Direct } from "./database.ts";
import { migrate } from "./migrations.ts";
import { replayCore, spansOfReceipts } from "./replay-core.ts";
import { replayVolume } from "./replay-volume.ts";
import type { SpanTable } from "./schema.ts";
import { dropSpan, longestSegmentMs } from "./spans.ts";
import { settleStored } from "./stored-hours.ts";

export interface RebuildRequest {
  /** The database file; an old one is kept beside it as `….before-rebuild`. Nothing may have it open. */
  readonly database: string;
  /** Folder of core's journal. */
  readonly coreJournal: string;
  /** Root folders of the volumes. */
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
  const core = readJournal<CoreLine>(request.coreJournal, ".core.log");
  const volumes = request.volumes.map((root) => readJournal<VolumeRecord>(join(root, "journal"), ".rec.log"));
  const put = (intent: StoreIntent) => applyIntent(db, intent);
  const replayed = replayCore(coreRecords(core.records));
  replayed.config.forEach(put);
  replayed.arming.forEach(put);
  const records: Stamped<VolumeRecord>[] = volumes.flatMap((volume) => volume.records);
  const footage = replayVolume(records, replayed.modeAt);
  for (const receipt of footage.notes)
    if (!replayed.receipts.has(receipt.edge.eventId)) put({ kind: "receipt", receipt });
  for (const receipt of replayed.receipts.values()) put({ kind: "receipt", receipt });
  footage.locks.forEach(put);
  replayed.kept.forEach(put);
  footage.found.forEach(put);
  spansOfReceipts(replayed.receipts.values()).forEach(put);
  // after all runs are there, so that what was deleted leaves them wherever they came from
  footage.deleted.forEach(put);
  dropUnfounded(db);
  while (settleStored(db) > 0);
  db.run(db.build.insertInto("meta").values({ key: "rebuilt_at", value: String(request.now) }));
  return core.damaged + volumes.reduce((sum, volume) => sum + volume.damaged, 0);
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
