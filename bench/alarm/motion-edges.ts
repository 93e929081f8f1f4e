/**
 * What a record-only motion costs core: records, lines, bytes and syncs, of the engine itself without disk or sockets.
 * `node bench/alarm/motion-edges.ts [MOTIONS_A_DAY] [CAMERAS]`
 */
import { instant, wallTime } from "../../src/kernel/time.ts";
import { mayWait } from "../../src/domain/patient-records.ts";
import { engineWorld } from "../../src/domain/testdata/engine-world.ts";
import { input, linkage, site } from "../../src/domain/testdata/site.ts";

const [motionsADay = 2500, cameras = 16] = process.argv.slice(2).map(Number);
const motions = 1000;
/** Number, stamp and checksum of a line. */
const stampBytes = 90;

const kind = "video-motion";
const linked = linkage({ recordChannels: [1] });
const settings = input(1, { type: "NO", debounceMs: 0, kind, zone: "record-only", linkage: linked });
const world = engineWorld(site({ inputs: [settings] }));
world.contact(1, 1, "open", "state");
const sums = { lines: 0, records: 0, bytes: 0, patient: 0 };

function step(act: () => void): void {
  const before = world.state;
  const known = world.journal.length;
  act();
  const records = world.journal.slice(known);
  if (records.length === 0) return;
  sums.lines++;
  sums.records += records.length;
  sums.bytes += JSON.stringify({ kind: "step", records }).length + stampBytes;
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
const rows = [...world.receipts.values()].reduce((sum, receipt) => sum + JSON.stringify(receipt).length, 0);
const days = motionsADay * cameras;
const perMotion = Object.fromEntries(Object.entries(sums).map(([what, sum]) => [what, sum / motions]));
console.log({ ...perMotion, rowBytes: rows / motions, engineMs: tookMs / motions });
console.log({
  journalMBaDay: (sums.bytes / motions) * days * 1e-6,
  rowsMBaDay: (rows / motions) * days * 1e-6,
  syncsOfTheirOwnADay: { before: (sums.lines / motions) * days, now: ((sums.lines - sums.patient) / motions) * days },
});
