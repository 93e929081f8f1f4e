import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import type { CoreRecord, VolumeRecord } from "../messages/journal.ts";
import type { HoldOrder, SegmentRow } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import { openJournal } from "../platform/journal-file.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { channelRow, receiptRow, segmentRow } from "../testkit/store-rows.ts";
import { openStoreReads } from "./read.ts";
import { rebuildDatabase } from "./rebuild.ts";
import { openStoreForStart } from "./start.ts";
import { startStoreWriter } from "./writer.ts";

const minute = 60_000;
const at = (minutes: number) => wallTime(minutes * minute);

const segment = (n: number, more: Partial<SegmentRow> = {}): SegmentRow =>
  segmentRow(`s${n}`, {
    ...{ volumeId: "disk", path: `footage/s${n}.mp4`, bytes: 1000 + n, startInstant: instant(n * 5 * minute) },
    ...{ startWall: at(n * 5), endWall: at((n + 1) * 5), ...more },
  });
const copyOf = (row: SegmentRow): SegmentRow => ({ ...row, volumeId: "archive", copy: true });
const numbers = [0, 1, 2, 3, 4, 5];
const rows = numbers.map((n) => segment(n));
const [s0, s1, s2] = [segment(0), segment(1), segment(2)];

const edge = receiptRow("e1", 12 * minute);
const [action] = edge.actions;
if (action === undefined) throw new Error("a receipt without an action");
const outcome = { kind: "done" } as const;
const record = { answer: "recording", from: at(11), to: at(13) } as const;
const closed = { ...edge, actions: [{ ...action, outcome, outcomeAt: at(13), record }], closedAt: at(13) };
const hold: HoldOrder = {
  ...{ holdId: "h1", eventId: "e1", channel: 1, trigger: "edge", bootId: "boot", edgeAt: instant(1) },
  ...{ edgeWall: at(12), preMs: minute, boundAt: instant(10 * minute) },
};

const archive = { mode: "remote", takes: "all" } as const;
const config = [
  { kind: "config", change: { part: "volume", value: { id: "disk", path: "/d", maxShare: 0.8, keepDays: 14 } } },
  {
    kind: "config",
    change: { part: "volume", value: { id: "archive", path: "/a", maxShare: 0.8, keepDays: 90, archive } },
  },
  { kind: "config", change: { part: "channel", value: channelRow(1) } },
] as const;
const lock = (id: string) => ({
  ...{ id, channel: 1, from: at(20), to: at(22), reason: "police", by: "user ann", at: at(40) },
});
const kept = [
  { kind: "alarm-reviewed", alarmId: "alarm-e1", by: "user ann", at: at(30), state: "resolved", note: "the cat" },
  { kind: "footage-locked", lock: lock("l1") },
  { kind: "footage-locked", lock: lock("l2") },
  { kind: "lock-released", id: "l2", by: "user ann", at: at(41) },
  {
    kind: "bookmark",
    bookmark: { id: "b1", channels: [1], at: at(21), note: "van", by: "user ann", madeAt: at(42) },
  },
] as const;

/** The same story as the database was told it, and as three journals have it. */
const told: StoreIntent[] = [
  ...config,
  ...rows.flatMap((row): StoreIntent[] => [
    { kind: "segment", segment: row },
    { kind: "span", channel: 1, cause: "continuous", from: row.startWall, to: row.endWall },
  ]),
  { kind: "receipt", receipt: closed },
  { kind: "span", channel: 1, cause: "alarm", from: at(11), to: at(13), eventId: "e1" },
  { kind: "gap", channel: 1, gap: { from: at(30), to: at(31), reason: "camera down: timed out" } },
  ...kept,
  ...[s0, s1, s2].map((row): StoreIntent => ({ kind: "segment", segment: copyOf(row) })),
  // the originals of two went behind their copies; of one of them the copy went too, by its age
  { kind: "segment-deleted", id: "s0", volumeId: "disk" },
  { kind: "segment-deleted", id: "s1", volumeId: "disk" },
  { kind: "segment-deleted", id: "s0", volumeId: "archive" },
];
const core: CoreRecord[] = [
  ...config,
  { kind: "edge", edge: edge.edge, armed: true, alarmId: "alarm-e1", actions: edge.actions, holds: [hold] },
  { kind: "outcome", eventId: "e1", actionId: action.id, outcome, at: at(13), record },
  ...kept,
];
const gone = (row: SegmentRow, volumeId: string): VolumeRecord => ({
  ...{ kind: "segment-deleted", id: row.id, volumeId, path: row.path, reason: "it is in the archive", head: "" },
});
const disk: VolumeRecord[] = [
  ...rows.map((row): VolumeRecord => ({ kind: "segment-close", segment: row, head: "00", fragments: 300 })),
  { kind: "hold", hold },
  { kind: "hold-closed", holdId: "h1", result: "done", reason: "", from: at(11), to: at(13), gaps: [] },
  { kind: "gap", channel: 1, gap: { from: at(30), to: at(31), reason: "camera down: timed out" } },
  { kind: "footage-locked", lock: lock("l1") },
  gone(s0, "disk"),
  gone(s1, "disk"),
];
const archived: VolumeRecord[] = [
  ...[s0, s1, s2].map((row): VolumeRecord => ({
    kind: "segment-close",
    segment: copyOf(row),
    head: "00",
    fragments: 300,
  })),
  gone(s0, "archive"),
];

function writeJournal(folder: string, suffix: string, story: readonly unknown[]): void {
  using journal = openJournal<unknown>(folder, suffix, fakeClock(), () => undefined);
  for (const one of story) journal.append(one);
}

/** Everything that comes from journals, as the api reads it. */
async function answers(database: string) {
  await using reads = openStoreReads(database);
  const all = { from: 0, to: 1e9 };
  const config = await reads.config();
  const byHour = (await reads.storedHours()).map((hour) => JSON.stringify(Object.entries(hour).sort()));
  return {
    config: { channels: config.channels, volumes: config.volumes },
    receipts: await reads.receipts({ limit: 100 }),
    alarms: await reads.alarms({ limit: 100 }),
    unacknowledged: await reads.unacknowledged(),
    locks: await reads.locks(),
    bookmarks: await reads.bookmarks(all),
    timeline: await reads.timeline([1], all),
    parts: await reads.timeline([1], all, minute),
    gaps: await reads.gaps(1, all),
    firstFootage: await reads.firstFootage(1),
    channels: await reads.channelsWithFootage(),
    segments: await reads.segments(1, all),
    copies: await Promise.all(numbers.map((n) => reads.copies(`s${n}`))),
    oldest: [await reads.oldestSegments("disk", 10), await reads.oldestSegments("archive", 10)],
    stored: byHour.sort(),
    unreviewed: [...(await reads.unreviewedBytes([1]))],
    highest: await reads.highestNumber("channel"),
  };
}

async function site(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), "reed-answers-"));
  t.after(() => rmSync(data, { recursive: true }));
  const volumes = ["disk", "archive"].map((name) => join(data, name));
  for (const volume of volumes) mkdirSync(volume);
  const database = join(data, "reed.db");
  openStoreForStart(database).close();
  const writer = startStoreWriter(database, (message) => assert.fail(message));
  for (const intent of told) writer.put(intent);
  await writer[Symbol.asyncDispose]();
  writeJournal(join(data, "journal"), ".core.log", core);
  writeJournal(join(data, "disk", "journal"), ".rec.log", disk);
  writeJournal(join(data, "archive", "journal"), ".rec.log", archived);
  return { database, volumes, coreJournal: join(data, "journal"), now: at(100) };
}

test("a site with an archive answers the same after its database was lost: alarms, timeline, locks, bookmarks, bytes", async (t) => {
  const { database, ...journals } = await site(t);
  const before = await answers(database);
  assert.deepEqual(
    before.segments.map(({ id, volumeId }) => `${id} ${volumeId}`),
    ["s1 archive", "s2 disk", "s3 disk", "s4 disk", "s5 disk"],
  );
  assert.equal(before.firstFootage, at(5), "what is gone from everywhere left the timeline");
  assert.deepEqual([before.locks.length, before.bookmarks.length, before.unacknowledged], [1, 1, 0]);
  for (const ending of ["", "-wal", "-shm"]) rmSync(database + ending, { force: true });
  rebuildDatabase({ database, ...journals });
  assert.deepEqual(await answers(database), before);
  // and once more over itself
  rebuildDatabase({ database, ...journals });
  assert.deepEqual(await answers(database), before);
});

test("while the archive is away a rebuilt database has the originals; what is only in the archive comes back with it", async (t) => {
  const { database, volumes, ...journals } = await site(t);
  const before = await answers(database);
  rebuildDatabase({ database, ...journals, volumes: volumes.slice(0, 1) });
  const alone = await answers(database);
  assert.deepEqual(
    alone.segments.map(({ id }) => id),
    ["s2", "s3", "s4", "s5"],
  );
  assert.deepEqual([alone.receipts, alone.alarms, alone.locks], [before.receipts, before.alarms, before.locks]);
  rebuildDatabase({ database, ...journals, volumes });
  assert.deepEqual(await answers(database), before);
});
