import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { ReceiptAction } from "../domain/receipt.ts";
import { instant, wallTime } from "../kernel/time.ts";
import type { CoreRecord, VolumeRecord } from "../messages/journal.ts";
import type { HoldOrder } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import { openJournal } from "../platform/journal-file.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { channelRow, receiptRow, segmentRow } from "../testkit/store-rows.ts";
import { openStoreReads } from "./read.ts";
import { replayCore } from "./replay-core.ts";
import { rebuildDatabase } from "./rebuild.ts";
import { openStoreForStart } from "./start.ts";
import { startStoreWriter } from "./writer.ts";

const at = (ms: number) => wallTime(ms);
const now = at(9_000_000);

const hold: HoldOrder = {
  holdId: "h1",
  eventId: "e1",
  channel: 1,
  trigger: "edge",
  bootId: "boot",
  edgeAt: instant(1),
  edgeWall: at(1_100_000),
  preMs: 10_000,
  boundAt: instant(600_000),
};

const first = segmentRow("s1");
const second = segmentRow("s2", { startWall: at(1_300_000), endWall: at(1_600_000) });
const third = segmentRow("s3", { startWall: at(1_600_000), endWall: at(1_900_000) });
const alarmOnly = segmentRow("s4", { channel: 2, startWall: at(1_090_000), endWall: at(1_200_000) });

const open = receiptRow("e1", 1_100_000);
const action = open.actions[0] as ReceiptAction;
const facts = { answer: "recording", from: at(1_090_000), to: at(1_130_000) } as const;
const outcome = { kind: "short", reason: "the session was 4 s old" } as const;
const closed = {
  ...open,
  actions: [{ ...action, outcome, outcomeAt: at(1_131_000), record: facts }],
  closedAt: at(1_131_000),
};

/** The same story three times: as core journals it, as a recorder does, and as core hands it to the database. */
const coreStory: CoreRecord[] = [
  { kind: "config", change: { part: "channel", value: channelRow(1) } },
  {
    kind: "config",
    change: { part: "channel", value: channelRow(2, { recordMode: "alarm", password: "sealed:v1:x" }) },
  },
  { kind: "config", change: { part: "channel", value: channelRow(3) } },
  { kind: "config-removed", part: "channel", id: 3 },
  { kind: "edge", edge: open.edge, armed: true, alarmId: "alarm-e1", actions: open.actions, holds: [hold] },
  {
    kind: "edge",
    edge: receiptRow("e2", 1_150_000).edge,
    armed: true,
    alarmId: "alarm-e2",
    actions: open.actions,
    holds: [],
  },
  { kind: "facts", eventId: "e2", actionId: action.id, record: { answer: "recording", durableAfterMs: 84 } },
  { kind: "outcome", eventId: "e1", actionId: action.id, outcome, at: at(1_131_000), record: facts },
];
const volumeStory: VolumeRecord[] = [
  { kind: "segment-open", segment: { ...first, closed: false, endWall: at(1_000_100) } },
  { kind: "hold", hold },
  { kind: "hold-closed", holdId: "h1", result: "done", reason: "", from: at(1_090_000), to: at(1_130_000), gaps: [] },
  { kind: "segment-close", segment: first, head: "00", fragments: 300 },
  { kind: "segment-close", segment: second, head: "01", fragments: 300 },
  { kind: "segment-open", segment: { ...third, closed: false } },
  { kind: "segment-untrusted", id: "s3", reason: "fdatasync failed" },
  { kind: "segment-close", segment: alarmOnly, head: "02", fragments: 100 },
  { kind: "gap", channel: 1, gap: { from: at(1_900_000), to: at(1_950_000), reason: "camera offline" } },
  { kind: "segment-deleted", id: "s2", path: second.path, reason: "age", head: "01" },
];
const span = (channel: number, from: number, to: number): StoreIntent => ({
  kind: "span",
  channel,
  cause: "continuous",
  from: at(from),
  to: at(to),
});
const intents: StoreIntent[] = [
  { kind: "config", change: { part: "channel", value: channelRow(1) } },
  {
    kind: "config",
    change: { part: "channel", value: channelRow(2, { recordMode: "alarm", password: "sealed:v1:x" }) },
  },
  { kind: "receipt", receipt: closed },
  {
    kind: "receipt",
    receipt: {
      ...receiptRow("e2", 1_150_000),
      actions: [{ ...action, record: { answer: "recording", durableAfterMs: 84 } }],
    },
  },
  { kind: "segment", segment: first },
  { kind: "segment", segment: second },
  { kind: "segment", segment: { ...third, closed: false, trusted: false } },
  { kind: "segment", segment: alarmOnly },
  span(1, 1_000_000, 1_300_000),
  span(1, 1_300_000, 1_600_000),
  span(1, 1_600_000, 1_900_000),
  { kind: "span", channel: 1, cause: "alarm", from: at(1_090_000), to: at(1_130_000), eventId: "e1" },
  { kind: "gap", channel: 1, gap: { from: at(1_900_000), to: at(1_950_000), reason: "camera offline" } },
  { kind: "segment-deleted", id: "s2" },
];

function site(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), "reed-rebuild-"));
  t.after(() => rmSync(data, { recursive: true }));
  const coreJournal = join(data, "journal");
  const volume = join(data, "footage");
  mkdirSync(volume);
  return { database: join(data, "reed.db"), coreJournal, volume };
}

function writeJournal(folder: string, suffix: string, story: readonly unknown[]): void {
  using journal = openJournal<unknown>(folder, suffix, fakeClock(), () => undefined);
  for (const record of story) journal.append(record);
}

async function answers(database: string) {
  await using reads = openStoreReads(database);
  const all = { from: 0, to: 1e12 };
  return {
    config: (await reads.config()).channels,
    receipts: await reads.receipts({ limit: 100 }),
    open: (await reads.receipts({ limit: 100, open: true })).map((receipt) => receipt.edge.eventId),
    timeline: await reads.timeline([1, 2, 3], all),
    segments: [
      ...(await reads.segments(1, { from: 900_000, to: 2e6 })),
      ...(await reads.segments(2, { from: 900_000, to: 2e6 })),
    ],
    gaps: await reads.gaps(1, all),
  };
}

test("a database rebuilt from the journals gives the same answers as the one that was lost", async (t) => {
  const { database, coreJournal, volume } = site(t);
  openStoreForStart(database).close();
  const writer = startStoreWriter(database, (message) => assert.fail(message));
  for (const intent of intents) writer.put(intent);
  await writer[Symbol.asyncDispose]();
  const before = await answers(database);
  assert.equal(before.timeline.length, 3);

  writeJournal(coreJournal, ".core.log", coreStory);
  writeJournal(join(volume, "journal"), ".rec.log", volumeStory);
  const report = rebuildDatabase({ database, coreJournal, volumes: [volume], now });
  assert.deepEqual(report, { receipts: 2, segments: 3, configRows: 2, damagedLines: 0 });
  assert.deepEqual(await answers(database), before);
  assert.ok(existsSync(`${database}.before-rebuild`));
  const start = openStoreForStart(database);
  start.close();
  assert.equal(start.rebuiltAt, now);
});

test("receipts whose core journal is lost come back from the notes beside the footage", async (t) => {
  const { database, coreJournal, volume } = site(t);
  const notes: VolumeRecord[] = [
    { kind: "note", note: closed },
    { kind: "note", note: { receipt: receiptRow("e9", 5) } },
    { kind: "note", note: { something: "else" } },
    { kind: "note", note: null },
  ];
  writeJournal(join(volume, "journal"), ".rec.log", notes);
  rebuildDatabase({ database, coreJournal, volumes: [volume], now });
  const { receipts } = await answers(database);
  assert.deepEqual(receipts, [closed, receiptRow("e9", 5)]);
});

test("an event whose entry delay ran out is of its alarm after a rebuild too", () => {
  const waiting = { ...action, waitsUntil: at(1_200_000) };
  const stamp = { seq: 1, boot: "boot", at: instant(1), wall: at(1_100_000) };
  const { receipts } = replayCore([
    { ...stamp, record: { kind: "edge", edge: open.edge, armed: true, actions: [waiting], holds: [] } },
    { ...stamp, record: { kind: "released", eventId: "e1", alarmId: "a1", at: open.edge.at } },
  ]);
  assert.deepEqual(receipts.get("e1"), { edge: open.edge, armed: true, alarmId: "a1", actions: [action] });
});

test("an alarm has the name of its first event after a rebuild too, also where that waited and was closed last", () => {
  const waiting = { ...action, waitsUntil: at(1_200_000) };
  const stamp = { seq: 1, boot: "boot", at: instant(1), wall: at(1_100_000) };
  const second = {
    ...open,
    edge: { ...open.edge, eventId: "e2", inputName: "Door: van" },
    alarmId: "a1",
    closedAt: now,
  };
  const taken: [string, string | undefined][] = [];
  replayCore(
    [
      { ...stamp, record: { kind: "edge", edge: open.edge, armed: true, actions: [waiting], holds: [] } },
      { ...stamp, record: { kind: "released", eventId: "e1", alarmId: "a1", at: open.edge.at } },
      { ...stamp, record: { kind: "edge", edge: second.edge, armed: true, alarmId: "a1", actions: [], holds: [] } },
      { ...stamp, record: { kind: "receipt", receipt: second } },
      { ...stamp, record: { kind: "receipt", receipt: { ...open, alarmId: "a1", closedAt: now } } },
    ],
    ({ edge, alarmId }) => taken.push([edge.eventId, alarmId]),
  );
  assert.deepEqual(taken[0], ["e1", "a1"]);
});

test("bookmarks come back from core's journal, those that were removed do not", () => {
  const bookmark = (id: string) => ({
    ...{ id, channels: [1], at: wallTime(1), note: "van", by: "user anna", madeAt: wallTime(2) },
  });
  const records = [
    { kind: "bookmark", bookmark: bookmark("a") },
    { kind: "bookmark", bookmark: bookmark("b") },
    { kind: "bookmark-removed", id: "a", by: "user anna" },
  ] as const;
  const stamped = records.map((record, seq) => ({ seq, boot: "b", at: instant(1), wall: wallTime(1), record }));
  assert.deepEqual(replayCore(stamped).kept, records);
});
