/**
 * What a record-only motion costs core: records, lines, bytes and syncs, of the engine itself without disk or sockets.
 * `node bench/alarm/motion-edges.ts [MOTIONS_A_DAY] [CAMERAS]`
 */
import { instant, wallTime } from "../../src/kernel/time.ts";
import { mayWait } from "../../src/domain/patient-records.ts";
import { noteRecord, type ShortBook } from "../../src/domain/short-book.ts";
import { shorten } from "../../src/domain/short-lines.ts";
import { engineWorld } from "../../src/domain/testdata/engine-world.ts";
import { input, linkage, site } from "../../src/domain/testdata/site.ts";

const [motionsADay = 2500, cameras = 16] = process.argv.slice(2).map(Number);
const motions = 1000;
/** Number, stamp and checksum of a line; a short one's without the boot. */
const stampBytes = 140;
const briefStampBytes = 95;
const uuid = "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
/** With ids as long as they are in life. */
const bytesOf = (value: unknown): number =>
  JSON.stringify(value)
    .replace(/id-\d{6}/g, uuid)
    .replace(/boot-1/g, uuid).length;

const kind = "video-motion";
// as detection pages make it: its own camera, nothing else
const linked = linkage({ recordChannels: [1], outputs: [], notifiers: [] });
const settings = input(1, { type: "NO", debounceMs: 0, kind, zone: "record-only", linkage: linked });
const world = engineWorld(site({ inputs: [settings] }));
world.contact(1, 1, "open", "state");
const sums = { lines: 0, records: 0, bytesWrittenOut: 0, bytes: 0, short: 0, patient: 0 };
const book: ShortBook = new Map();

function step(act: () => void): void {
  const before = world.state;
  const known = world.journal.length;
  act();
  const records = world.journal.slice(known);
  if (records.length === 0) return;
  sums.lines++;
  sums.records += records.length;
  const whole = bytesOf({ kind: "step", records }) + stampBytes;
  const of = shorten(records, book);
  sums.bytesWrittenOut += whole;
  sums.bytes += of === undefined ? whole : bytesOf({ kind: "short", of }) + briefStampBytes;
  if (of !== undefined) sums.short++;
  for (const record of records) noteRecord(book, record);
  if (mayWait(records, [before, world.state])) sums.patient++;
}

const began = performance.now();
for (let i = 0; i < motions; i++) {
  const from = wallTime(world.now.wall - 10_000);
  step(() => world.contact(1, 1, "closed"));
  const holdId = [...world.state.holds.keys()].at(-1) ?? "";
  const durableAt = instant(world.now.instant + 30);
  step(() => world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } }));
  step(() => world.do({ kind: "hold-durable", holdId, durableAt, preAchievedMs: 10_000 }));
  world.pass(8000);
  step(() => world.contact(1, 1, "open"));
  world.pass(31_000);
  const end = { from, to: world.now.wall, gaps: [] };
  step(() => world.do({ kind: "hold-closed", holdId, result: "done", reason: "", ...end }));
}
const tookMs = performance.now() - began;
const rows = [...world.receipts.values()].reduce((sum, receipt) => sum + bytesOf(receipt), 0);
const days = motionsADay * cameras;
const perMotion = Object.fromEntries(Object.entries(sums).map(([what, sum]) => [what, sum / motions]));
console.log({ ...perMotion, rowBytes: rows / motions, engineMs: tookMs / motions });
console.log({
  journalMBaDay: {
    writtenOut: (sums.bytesWrittenOut / motions) * days * 1e-6,
    now: (sums.bytes / motions) * days * 1e-6,
  },
  rowsMBaDay: (rows / motions) * days * 1e-6,
  syncsOfTheirOwnADay: { before: (sums.lines / motions) * days, now: ((sums.lines - sums.patient) / motions) * days },
});
