/**
 * A year of one-minute files with a gap every minute, beside a month of them: what is slower, and by how much.
 *
 *     node --expose-gc bench/storage/run.ts [--folder /somewhere/with/1/GB] [--channels 1]
 *
 * Rows as the writer leaves them (`src/testkit/year-rows.ts`), read as the api reads them; segments as a recorder keeps
 * them in memory, planned as its cleaner does. Each is done several times; the median counts. The ratio is what matters:
 * twelve times the rows must not take twelve times as long where a person waits.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { planDeletions, type KeptSegment } from "../../src/domain/retention.ts";
import { instant, wallTime } from "../../src/kernel/time.ts";
import { createSegmentIndex } from "../../src/recorder/journal/segment-index.ts";
import { directOver, openForWriting } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";
import { openStoreReads, type StoreReads } from "../../src/store/read.ts";
import { openStoreForStart } from "../../src/store/start.ts";
import { settleStored } from "../../src/store/stored-hours.ts";
import { segmentRow } from "../../src/testkit/store-rows.ts";
import { putManyRows } from "../../src/testkit/year-rows.ts";
import { describeMachine } from "../support/machine.ts";
import { median, table } from "../support/numbers.ts";

const { values } = parseArgs({
  options: { folder: { type: "string", default: tmpdir() }, channels: { type: "string", default: "1" } },
});
const dayMs = 86_400_000;
const from = 1_700_006_400_000;
const channels = Array.from({ length: Number(values.channels) }, (_, i) => i + 1);
const times = 15;

async function timed(work: () => unknown, often = times): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < often; i++) {
    const begun = performance.now();
    await work();
    took.push(performance.now() - begun);
  }
  return median(took);
}

type Results = Map<string, number>;

/** What a page or a player asks, of the newest part of so many days. */
async function ask(reads: StoreReads, days: number, results: Results): Promise<void> {
  const to = from + days * dayMs;
  const span = (length: number) => ({ from: to - length * dayMs, to });
  const line = (length: number) => () => reads.timeline(channels, span(length), (length * dayMs) / 1500);
  results.set("timeline of all of it, ms", await timed(line(days)));
  results.set("timeline of the last month, ms", await timed(line(30)));
  results.set("timeline of the last week, ms", await timed(line(7)));
  results.set("timeline of the last day, run by run, ms", await timed(() => reads.timeline(channels, span(1))));
  results.set("gaps of the last day, ms", await timed(() => reads.gaps(1, span(1))));
  results.set(
    "files at a moment (a seek), ms",
    await timed(() => reads.segments(1, { from: to - dayMs, to: to - dayMs + 4000 })),
  );
  results.set("bytes by hour (the Storage page), ms", await timed(() => reads.storedHours()));
  results.set("what goes next, 500 looked at, ms", await timed(() => reads.oldestSegments("v", 500)));
  results.set("cameras with footage, ms", await timed(() => reads.channelsWithFootage()));
}

/** What a recorder has of them in memory. */
async function plan(days: number, results: Results): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const index = createSegmentIndex();
  const minutes = days * 1440;
  for (let i = 0; i < minutes; i++) {
    const startWall = wallTime(from + i * 60_000);
    const times = { startInstant: instant(i * 60_000), startWall, endWall: wallTime(startWall + 58_000) };
    index.put(segmentRow(`0198f0c2-0000-7000-8000-${String(i).padStart(12, "0")}`, { ...times, bytes: 8e6 }), {
      head: i.toString(16).padStart(64, "0"),
      fragments: 58,
    });
  }
  globalThis.gc?.();
  results.set("memory of a recorder's index, MB", (process.memoryUsage().heapUsed - before) / 1e6);
  // the cleaner makes this list in pieces
  const kept = [...index.all()].map(({ id, bytes, endWall }): KeptSegment => ({
    ...{ id, bytes, endWall, inUse: false, locked: false, unreviewedAlarm: false, leased: false },
  }));
  const situation = {
    ...{ now: wallTime(from + days * dayMs), clockPlausible: true, totalBytes: 1e15, freeBytes: 5e14 },
    ...{ usedBytes: index.usedBytes, pendingBytes: 0, maxShare: 0.8, maxBytes: index.usedBytes * 0.999 },
    ...{ keepDays: 3650, agedBytesLastHour: 0 },
  };
  results.set("planning what goes, ms", await timed(() => planDeletions(situation, kept), 5));
}

async function measure(days: number): Promise<Results> {
  const folder = mkdtempSync(join(values.folder, "reed-bench-"));
  const results: Results = new Map();
  try {
    const path = join(folder, "reed.db");
    const database = openForWriting(path);
    migrate(database);
    putManyRows(database, { channels, from, days, segments: true });
    while (settleStored(directOver(database)) > 0);
    database.pragma("wal_checkpoint(TRUNCATE)");
    database.close();
    results.set("database, MB", statSync(path).size / 1e6);
    results.set("core reads it at its start, ms", await timed(() => openStoreForStart(path).close()));
    await using reads = openStoreReads(path);
    await ask(reads, days, results);
    await plan(days, results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

console.log(describeMachine(values.folder));
const [month, year] = [await measure(30), await measure(365)];
const lines = [...month].map(([what, of]) => {
  const is = year.get(what) ?? 0;
  return [what, of.toFixed(2), is.toFixed(2), (is / of).toFixed(1)];
});
console.log(table([["", "month", "year", "ratio"], ...lines]));
