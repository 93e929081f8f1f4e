import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import type { ChannelPlan, RecorderPlan } from "../messages/recorder.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { readVolumeJournal } from "./journal/volume-journal.ts";
import { nodeFiles } from "./volumes/node-files.ts";
import { rig, segmentFiles, upTo, type Rig } from "./support.test.ts";

const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 40_000, keepDays: 14 };
const small = { segmentMs: 2000, volumes: [volume] };

const channel: ChannelPlan = {
  ...{ channel: 1, name: "door", url: "rtsp://camera/", username: "", password: "", audio: false },
  ...{ recordMode: "continuous", preRecordMs: 4000 },
};

const planOf = (more: Partial<RecorderPlan>): RecorderPlan => ({
  ...{
    revision: 2,
    channels: [channel],
    volumes: [{ ...volume, maxBytes: 1e9 }],
    memoryBytes: 64e6,
    segmentMs: 60_000,
  },
  ...more,
});

async function apply(r: Rig, more: Partial<RecorderPlan>): Promise<void> {
  r.recorder.receive({ kind: "plan", plan: planOf(more) });
  await r.pass(500);
}

test("after a rebuild nothing is deleted before the time that core names, and then the oldest is", async () => {
  const clock = fakeClock();
  await using r = await rig({ clock, plan: { ...small, keepAllUntil: wallTime(clock.wall() + 40_000) } });
  r.camera("live");
  await r.feed(30_000, 25);
  assert.deepEqual(r.of("segment-deleted"), []);
  await r.feed(20_000, 25);
  assert.ok(r.of("segment-deleted").length > 0);
});

test("footage of a clock that was not set is not old when the clock is: its age counts from when it was taken", async () => {
  const clock = fakeClock(instant(1_000_000), wallTime(1_000_000));
  await using r = await rig({ clock, plan: { segmentMs: 2000 } });
  r.camera("live");
  await r.feed(6000, 25);
  clock.stepWall(1_790_000_000_000);
  await r.feed(12_000, 25);
  assert.deepEqual(r.of("segment-deleted"), []);
});

test("a clock that shows 2036 at the start makes nothing old: it is a trouble, and over once the clock is set right", async () => {
  const before = await rig({ plan: { segmentMs: 2000 } });
  before.camera("live");
  await before.feed(10_000, 25);
  before.keepFolder();
  await before[Symbol.asyncDispose]();
  const files = segmentFiles(before.data).length;
  const clock = fakeClock(instant(5000), wallTime(Date.UTC(2036, 0, 1)));
  const later = { ...clock, bootId: "00000000-0000-4000-8000-00000000b008" };
  await using r = await rig({ clock: later, data: before.data, firstUnit: before.next });
  await r.pass(70_000);
  assert.deepEqual(r.of("segment-deleted"), []);
  assert.equal(segmentFiles(before.data).length, files);
  const troubles = () => r.of("trouble").filter(({ trouble }) => trouble.key === "clock:v1");
  assert.match(troubles()[0]?.trouble.what ?? "", /nothing goes by its age/);
  clock.stepWall(Date.UTC(2026, 10, 23) - Date.UTC(2036, 0, 1));
  await r.pass(6000);
  assert.ok(troubles().at(-1)?.trouble.ended !== undefined);
  rmSync(before.data, { recursive: true, force: true });
});

test("footage that lies in 1970 of an earlier boot has no known age", async () => {
  const clock = fakeClock(instant(1_000_000), wallTime(1_000_000));
  const before = await rig({ clock, plan: { segmentMs: 2000 } });
  before.camera("live");
  await before.feed(6000, 25);
  before.keepFolder();
  await before[Symbol.asyncDispose]();
  const later = { ...fakeClock(instant(5000)), bootId: "00000000-0000-4000-8000-00000000b008" };
  await using r = await rig({ clock: later, data: before.data, firstUnit: before.next });
  await r.pass(6000);
  assert.deepEqual(r.of("segment-deleted"), []);
  assert.ok(segmentFiles(r.data).length > 0);
  rmSync(before.data, { recursive: true, force: true });
});

test("by type: general footage goes after its days, an alarm's stays for its own, also after a restart", async () => {
  const clock = fakeClock();
  const keep = [{ cause: "alarm", maxDays: 3 } as const];
  const volumes = [{ ...volume, maxBytes: 1e9, keepDays: 1 }];
  const before = await rig({ clock, plan: { segmentMs: 2000, volumes, keep } });
  before.camera("live");
  await before.feed(20_000, 25);
  before.hold("h", { endAt: instant(clock.now() + 2000) });
  await before.feed(20_000, 25);
  const alarm = before.of("hold-closed")[0];
  before.keepFolder();
  await before[Symbol.asyncDispose]();
  clock.advance(36 * 3_600_000);
  await using r = await rig({
    clock,
    data: before.data,
    firstUnit: before.next,
    plan: { segmentMs: 2000, volumes, keep },
  });
  await r.pass(70_000);
  const left = segmentFiles(before.data).length;
  assert.ok(left > 0 && left < 6, `only the alarm's footage is left: ${left} files`);
  const gone = r.of("segment-deleted").map(({ reason }) => reason);
  assert.deepEqual([...new Set(gone)], ["older than 1 days"]);
  assert.ok(alarm?.from !== undefined);
  rmSync(before.data, { recursive: true, force: true });
});

test("a channel that gets another password lets go of its ring: what it held counts no longer", async () => {
  await using r = await rig({ mode: "alarm" });
  r.camera("live");
  await r.feed(8000);
  assert.ok(r.pool.bytesOut > 0);
  await apply(r, { channels: [{ ...channel, recordMode: "alarm", password: "new" }] });
  assert.equal(r.pool.bytesOut, 0);
});

test("an edge that the recorder hears of only when its hold is over still gets what the ring has of it", async () => {
  await using r = await rig({ mode: "alarm" });
  r.camera("live");
  await r.feed(8000);
  const edgeAt = r.clock.now();
  const edgeWall = r.clock.wall();
  await r.feed(1200);
  r.hold("h", { edgeAt, edgeWall, endAt: instant(edgeAt + 1000) });
  await r.feed(3000);
  const closed = r.of("hold-closed")[0];
  assert.equal(closed?.result, "done", closed?.reason);
  const kept = r.inFiles();
  assert.deepEqual(kept, upTo((kept.at(-1) ?? 0) + 1, 50), "from the key frame before 4 s before the edge on");
  const stopped = r.inFiles().length;
  await r.feed(4000);
  assert.equal(r.inFiles().length, stopped, "and it stops");
});

test("a channel that is switched to no recording stops, also while an alarm holds it, and the receipt says so", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(8000);
  r.hold("h", { endAt: instant(r.clock.now() + 20_000) });
  await r.feed(2000);
  await apply(r, { channels: [{ ...channel, recordMode: "off" }] });
  await r.feed(4000);
  const stopped = r.inFiles().length;
  await r.feed(20_000);
  assert.equal(r.inFiles().length, stopped);
  const closed = r.of("hold-closed")[0];
  assert.equal(closed?.result, "short");
  assert.match(closed.reason, /off for privacy/);
  await apply(r, { channels: [channel] });
  await r.feed(4000);
  assert.ok(r.inFiles().length > stopped, "switched on again it records again");
});

test("a file says whether it is general footage: the turn of a schedule begins another, also while an alarm goes on", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(8000);
  r.hold("h", { endAt: instant(r.clock.now() + 12_000) });
  await r.feed(2000);
  await apply(r, { channels: [{ ...channel, recordMode: "alarm" }] });
  await r.feed(6000);
  const turnedBack = r.clock.wall();
  await apply(r, { channels: [channel] });
  await r.feed(12_000);
  assert.equal(r.of("hold-closed")[0]?.result, "done", "the alarm has all of it");
  const files = new Map(r.of("segment").map(({ segment }) => [segment.id, segment]));
  const rows = [...files.values()].toSorted((a, b) => a.startWall - b.startWall);
  assert.deepEqual(
    rows.map(({ cause }) => cause),
    ["general", "holds", "general"],
  );
  assert.ok((rows[2]?.startWall ?? 0) >= turnedBack);
});

test("a file also ends by its size, at a key frame, and nothing is lost between two", async () => {
  await using r = await rig({ plan: { segmentBytes: 3000 } });
  r.camera("live");
  await r.feed(12_000, 25);
  const files = new Set(r.of("segment").map(({ segment }) => segment.id));
  assert.ok(files.size > 2, `${files.size} files`);
  const kept = r.inFiles();
  assert.deepEqual(kept, upTo((kept.at(-1) ?? 0) + 1));
});

for (const step of [3_600_000, -3_600_000]) {
  test(`what was recorded before the clock was set by ${step / 1000} s is found after a restart of the recorder`, async () => {
    const clock = fakeClock();
    const before = await rig({ clock });
    before.camera("live");
    await before.feed(8000);
    before.keepFolder();
    await before[Symbol.asyncDispose]();
    clock.stepWall(step);
    await using r = await rig({ clock, data: before.data, firstUnit: before.next });
    r.camera("live");
    r.hold("h", { preMs: 4000, endAt: clock.now() });
    await r.feed(4000);
    const closed = r.of("hold-closed")[0];
    assert.equal(closed?.result, "done", closed?.reason);
    rmSync(before.data, { recursive: true, force: true });
  });
}

test("footage that an open hold needs is not deleted for room, also when the clock was set since", async () => {
  const clock = fakeClock();
  await using r = await rig({ clock, plan: small });
  r.camera("live");
  await r.feed(2000, 25);
  r.hold("h", { preMs: 1000, endAt: instant(clock.now() + 30_000) });
  await r.feed(4000, 25);
  clock.stepWall(3_600_000);
  await r.feed(24_000, 25);
  assert.deepEqual(r.of("segment-deleted"), []);
});

test("the journal of a volume is read as it was written after a clock that stood years ahead", async () => {
  const data = mkdtempSync(join(tmpdir(), "reed-order-"));
  for (const year of [2026, 2036, 2026]) {
    const clock = fakeClock(instant(1_000_000), wallTime(Date.UTC(year, 10, 22)));
    const r = await rig({ clock, data });
    await r.pass(1000);
    await r[Symbol.asyncDispose]();
  }
  const sequences: number[] = [];
  await readVolumeJournal(nodeFiles, join(data, "footage", "journal"), ({ seq }) => void sequences.push(seq));
  assert.deepEqual(
    sequences,
    upTo(sequences.length).map((index) => index + 1),
  );
  rmSync(data, { recursive: true, force: true });
});

test("a channel that is removed while an alarm holds it: the receipt has what was kept until then, and why no more", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(8000);
  r.hold("h", { endAt: instant(r.clock.now() + 20_000) });
  await r.feed(2000);
  await apply(r, { channels: [] });
  await r.pass(3000);
  const [closed, ...more] = r.of("hold-closed");
  assert.deepEqual(more, []);
  assert.equal(closed?.result, "short", closed?.reason);
  assert.match(closed.reason, /switched off or removed/);
  assert.ok((closed.to ?? 0) >= r.clock.wall() - 3700, "all that was received counts");
  assert.ok((closed.preAchievedMs ?? 0) >= 4000);
});
