/**
 * A month of busy streets: motion that calls nobody, a receipt and its end each, among which people look for the few
 * doors that opened. Put through the store's own writer; then asked as the pages ask, swept and rebuilt from its journal.
 *
 *     node bench/storage/street.ts [--days 30] [--cameras 16] [--motions 2500] [--folder /somewhere/with/10/GB] [--rebuild]
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EngineRecord } from "../../src/domain/engine-records.ts";
import type { Receipt } from "../../src/domain/receipt.ts";
import { noteRecord, type ShortBook } from "../../src/domain/short-book.ts";
import { shorten } from "../../src/domain/short-lines.ts";
import { days, instant, wallTime, type Clock } from "../../src/kernel/time.ts";
import type { CoreLine, VolumeRecord } from "../../src/messages/journal.ts";
import { openJournal } from "../../src/platform/journal-file.ts";
import { openStoreReads } from "../../src/store/read.ts";
import { rebuildDatabase } from "../../src/store/rebuild.ts";
import { openStoreForStart } from "../../src/store/start.ts";
import { startStoreWriter } from "../../src/store/writer.ts";
import { fakeClock } from "../../src/testkit/fake-clock.ts";
import { receiptRow } from "../../src/testkit/store-rows.ts";
import { segmentId, streetDay } from "../../src/testkit/street-rows.ts";
import { describeMachine } from "../support/machine.ts";
import { median } from "../support/numbers.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "30" },
    cameras: { type: "string", default: "16" },
    motions: { type: "string", default: "2500" },
    folder: { type: "string", default: tmpdir() },
    rebuild: { type: "boolean", default: false },
  },
});
const [lasts, cameras, motionsADay] = [values.days, values.cameras, values.motions].map(Number) as [
  number,
  number,
  number,
];
const from = Date.parse("2027-03-01T00:00Z");
const bootId = "00000000-0000-4000-8000-00000000b007";
const data = mkdtempSync(join(values.folder, "reed-street-"));
const database = join(data, "reed.db");
const journalFolder = join(data, "journal");
const disk = join(data, "disk");
const doorInput = 99;
const doorsADay = 12;

const say = (what: string, value: unknown) =>
  console.log(`${what}: ${typeof value === "number" ? value.toFixed(1) : String(value)}`);
const rounded = (value: number) => Math.round(value * 10) / 10;

async function timed(what: string, work: () => unknown, often = 9): Promise<void> {
  const took: number[] = [];
  for (let i = 0; i < often; i++) {
    const began = performance.now();
    await work();
    took.push(performance.now() - began);
  }
  say(`${what}, ms`, `${rounded(median(took))} (most ${rounded(Math.max(...took))})`);
}

function recordsOf({ closedAt, actions, ...rest }: Receipt): EngineRecord[] {
  const begun = actions.map(({ id, target, because }) => ({ id, target, because }));
  const { eventId } = rest.edge;
  const outcomes = actions.map(({ id, outcome = { kind: "done" } as const, outcomeAt = wallTime(0), record = {} }) => {
    return { kind: "outcome", eventId, actionId: id, outcome, at: outcomeAt, record } as const;
  });
  const receipt = { ...rest, actions, ...(closedAt === undefined ? {} : { closedAt }) };
  return [{ kind: "edge", ...rest, actions: begun, holds: [] }, ...outcomes, { kind: "receipt", receipt }];
}

const fake = fakeClock(instant(0), wallTime(from));
const clock: Clock = { ...fake, bootId, now: () => fake.now(), wall: () => fake.wall() };
const doorsOf = (day: number): Receipt[] =>
  Array.from({ length: doorsADay }, (_, i) => {
    const row = receiptRow(`door-${day}-${i}`, from + days(day + i / doorsADay), {
      closedAt: wallTime(from + days(day + 1)),
    });
    return { ...row, edge: { ...row.edge, input: doorInput, inputName: "Back door" } };
  });

async function fill(): Promise<void> {
  openStoreForStart(database).close();
  await using writer = startStoreWriter(database, (message, details) => console.log(message, details));
  using core = openJournal<CoreLine>(journalFolder, ".core.log", clock, () => undefined);
  using volume = openJournal<VolumeRecord>(join(disk, "journal"), ".rec.log", clock, () => undefined);
  const book: ShortBook = new Map();
  const note = (records: readonly EngineRecord[]) => {
    const of = shorten(records, book);
    if (of === undefined) core.append({ kind: "step", records });
    else core.append({ kind: "short", of }, "brief");
    for (const record of records) noteRecord(book, record);
  };
  let waiting = 0;
  for (let day = 0; day < lasts; day++) {
    for (const receipt of doorsOf(day)) {
      writer.put({ kind: "receipt", receipt });
      if (values.rebuild) note(recordsOf(receipt));
    }
    for (const intent of streetDay({ cameras, motionsADay, from }, day)) {
      writer.put(intent);
      if (++waiting % 20_000 === 0) await writer.flushed();
      if (!values.rebuild) continue;
      if (intent.kind === "segment")
        volume.append({ kind: "segment-close", segment: intent.segment, head: "00", fragments: 300 });
      if (intent.kind !== "receipt") continue;
      fake.stepWall(Math.max(0, intent.receipt.edge.at.wall - fake.wall()));
      const [edge, ...rest] = recordsOf(intent.receipt);
      if (edge !== undefined) note([edge]);
      note(rest);
    }
    await writer.flushed();
    if (day % 5 === 4) console.log(`day ${day + 1}`);
  }
}

async function ask(): Promise<void> {
  await using reads = openStoreReads(database);
  const of = { inputs: [doorInput], kinds: ["tamper", "manual"] } as const;
  const motion = { inputs: Array.from({ length: cameras }, (_, i) => i + 1), kinds: [] };
  await timed("inbox: events that are no motion", () => reads.receipts({ of, events: true, limit: 50 }));
  await timed("inbox: alarms", () => reads.alarms({ limit: 50 }));
  const first = await reads.receipts({ of: motion, events: true, limit: 50 });
  await timed("motion of all cameras, newest 50", () => reads.receipts({ of: motion, events: true, limit: 50 }));
  const before = first.at(-1)?.edge.eventId;
  await timed("motion of all cameras, the page behind", () =>
    reads.receipts({ of: motion, events: true, before, limit: 50 }),
  );
  const mid = from + days(lasts / 2);
  await timed("an hour in the middle, everything", () =>
    reads.receipts({ since: mid, until: mid + days(1 / 24), limit: 500 }),
  );
  await timed("a camera's motion of a day in the middle", () =>
    reads.receipts({ input: 1, since: mid, until: mid + days(1), limit: 200 }),
  );
  await timed("a receipt by its id", () => reads.receipt(before ?? ""));
  await timed("which inputs have receipts", () => reads.inputsWithReceipts());
  await timed("what is open", () => reads.receipts({ open: true, limit: 50 }));
}

async function start(): Promise<void> {
  await timed("what core reads at its start", () => openStoreForStart(database).close(), 3);
}

async function sweep(): Promise<void> {
  const took: number[] = [];
  await using writer = startStoreWriter(database, (message, details) => console.log(message, details));
  for (let i = 0; i < 20; i++) {
    const began = performance.now();
    writer.put({ kind: "sweep-receipts", now: wallTime(from + days(lasts)) });
    await writer.flushed();
    took.push(performance.now() - began);
  }
  say("a look at 1000 receipts whose footage is there, ms", median(took));
  for (let at = from; at < from + days(1); at += 300_000)
    for (let camera = 1; camera <= cameras; camera++)
      writer.put({ kind: "segment-deleted", id: segmentId(camera, at), volumeId: "volume-1" });
  await writer.flushed();
  const began = performance.now();
  for (let i = 0; i < 20; i++) {
    writer.put({ kind: "sweep-receipts", now: wallTime(from + days(lasts + 5)) });
    await writer.flushed();
  }
  say("a look at 1000 receipts, some of which go, ms", (performance.now() - began) / 20);
}

const folderBytes = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

// the writer's thread alone keeps no process running
const running = setInterval(() => undefined, 60_000);
try {
  console.log(describeMachine(values.folder));
  console.log({ days: lasts, cameras, motionsADay, receipts: lasts * (cameras * motionsADay * 2 + doorsADay) });
  const began = performance.now();
  await fill();
  say("filled, s", (performance.now() - began) / 1000);
  say("database, MB", folderBytes(data) * 1e-6);
  await ask();
  await start();
  if (values.rebuild) {
    say("core's journal, MB", folderBytes(journalFolder) * 1e-6);
    const again = join(data, "again.db");
    const request = { database: again, coreJournal: journalFolder, volumes: [disk], now: wallTime(from + days(lasts)) };
    const begun = performance.now();
    const { receipts, segments } = rebuildDatabase(request);
    say("rebuilt, s", (performance.now() - begun) / 1000);
    say("rebuilt receipts, segments", `${receipts}, ${segments}`);
    say("most memory, MB", process.resourceUsage().maxRSS / 1000);
  }
  await sweep();
} finally {
  clearInterval(running);
  rmSync(data, { recursive: true, force: true });
}
