import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test, type TestContext } from "node:test";
import { instant } from "../kernel/time.ts";
import type { ChannelPlan } from "../messages/recorder.ts";
import { rig, segmentFiles, upTo, type Rig } from "./support.test.ts";

const plan: ChannelPlan = {
  ...{ channel: 1, name: "door", url: "rtsp://camera/main", subUrl: "rtsp://camera/sub", username: "", password: "" },
  ...{ audio: false, recordMode: "continuous", preRecordMs: 4000, recordSub: true },
};
const half = 500_000;

async function recording(t: TestContext, changes: Partial<ChannelPlan> = {}): Promise<Rig> {
  const r = await rig({ plan: { segmentMs: 4000, channels: [{ ...plan, ...changes }] } });
  t.after(() => r[Symbol.asyncDispose]());
  r.camera("live");
  r.subCamera("live");
  return r;
}

const change = (r: Rig, changes: Partial<ChannelPlan>) => {
  const volumes = [{ id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 }];
  const channels = [{ ...plan, ...changes }];
  r.recorder.receive({ kind: "plan", plan: { revision: 2, channels, volumes, memoryBytes: 64e6, segmentMs: 4000 } });
};

test("a sub stream is recorded whole beside the main one, in files that say so", async (t) => {
  const r = await recording(t);
  await r.feed(12_000);
  await r.recorder[Symbol.asyncDispose]();
  assert.deepEqual(r.inFiles(), upTo(300));
  assert.deepEqual(r.inSubFiles(), upTo(half + 300, half + 0));
  const rows = r.of("segment").map(({ segment }) => segment);
  assert.ok(rows.filter(({ stream, closed }) => stream === "sub" && closed).length >= 3);
  assert.ok(rows.every(({ stream, path }) => path.includes(`ch01-${stream}/`)));
});

test("of a camera that records alarms only the sub stream has what holds keep, from before the edge on", async (t) => {
  const r = await recording(t, { recordMode: "alarm" });
  await r.feed(12_000);
  assert.deepEqual(r.inSubFiles(), []);
  r.hold("h");
  await r.feed(12_000);
  const kept = r.inSubFiles();
  const from = kept[0] ?? 0;
  const [to = 0] = kept.slice(-1);
  // the edge came with picture 300: 4 s before it, and the GOP of that time
  assert.ok(from <= half + 200 && from >= half + 100, String(from));
  assert.ok(to >= half + 300 + 75 && to < half + 500, String(to));
  assert.deepEqual(kept, upTo(to + 1, from));
});

test("receipts count the main stream only, whatever the sub stream has of that time", async (t) => {
  const before = await rig({ plan: { segmentMs: 4000, channels: [plan] } });
  before.camera("live");
  before.subCamera("live");
  await before.feed(12_000);
  before.keepFolder();
  await before[Symbol.asyncDispose]();
  t.after(() => rmSync(before.data, { recursive: true }));
  const { clock, data } = before;
  for (const path of segmentFiles(data, "main")) rmSync(path);
  await using r = await rig({ data, clock, firstUnit: before.next, plan: { segmentMs: 4000, channels: [plan] } });
  const edgeAt = instant(clock.now() - 6000);
  r.hold("h", { edgeAt, edgeWall: clock.wall(), endAt: instant(edgeAt + 2000), boundAt: clock.now() });
  await r.pass(70_000);
  assert.notEqual(r.of("hold-closed")[0]?.result, "done");
  assert.equal(segmentFiles(data, "sub").length, 3);
});

test("off for privacy nothing of the sub stream is recorded either, and it goes on when it may", async (t) => {
  const r = await recording(t);
  await r.feed(4000);
  change(r, { recordMode: "off" });
  await r.pass(250);
  await r.feed(8000);
  const kept = r.inSubFiles().length;
  assert.ok(kept >= 100 && kept <= 150, `${kept}: up to the key frame behind the order`);
  change(r, {});
  await r.pass(250);
  await r.feed(6000);
  assert.ok(r.inSubFiles().length > kept + 75);
});

test("a sub stream that is not asked for any more ends with all that it had", async (t) => {
  const r = await recording(t);
  await r.feed(6000);
  const { recordSub, ...rest } = plan;
  assert.equal(recordSub, true);
  const volumes = [{ id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 }];
  const next = { revision: 3, channels: [rest], volumes, memoryBytes: 64e6, segmentMs: 4000 };
  r.recorder.receive({ kind: "plan", plan: next });
  await r.pass(1000);
  assert.deepEqual(r.inSubFiles(), upTo(half + 150, half));
  await r.feed(4000);
  assert.deepEqual(r.inSubFiles(), upTo(half + 150, half));
  assert.deepEqual(r.inFiles().slice(0, 240), upTo(240));
});

test("while no disk takes anything the sub stream keeps within its bytes and the main stream loses nothing", async (t) => {
  const r = await recording(t);
  await r.feed(4000);
  r.files.fail("writev", "ENOSPC", 1_000_000);
  await r.feed(8000);
  r.files.fail("writev", "", 0);
  await r.pass(6000);
  await r.feed(8000);
  await r.recorder[Symbol.asyncDispose]();
  assert.deepEqual([...new Set(r.inFiles())], upTo(500));
  assert.deepEqual([...new Set(r.inSubFiles())], upTo(half + 500, half));
});
