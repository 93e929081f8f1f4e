import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import { scanSegment } from "./journal/scan-segment.ts";
import { readVolumeJournal } from "./journal/volume-journal.ts";
import { nodeFiles } from "./volumes/node-files.ts";
import { frameMs, numbersIn, rig, segmentFiles, upTo, type Rig } from "./support.test.ts";
import type { VolumeRecord } from "../messages/journal.ts";

async function journalOf(data: string): Promise<VolumeRecord[]> {
  const records: VolumeRecord[] = [];
  await readVolumeJournal(nodeFiles, join(data, "footage", "journal"), (stamped) => records.push(stamped.record));
  return records;
}

/** Every number once, in any file that is trusted, in the order of the files; repetitions after a failure allowed. */
function missingFrom(found: readonly number[], end: number): number[] {
  const there = new Set(found);
  return upTo(end).filter((number) => !there.has(number));
}

test("a continuous channel writes every unit once and in order, and each file verifies from its first byte to its last", async () => {
  await using r = await rig({ plan: { segmentMs: 4000 } });
  r.camera("live");
  await r.feed(13_000, 25);
  await r.recorder[Symbol.asyncDispose]();
  assert.deepEqual(r.inFiles(), upTo(r.next));
  const files = segmentFiles(r.data);
  assert.equal(files.length, 4);
  for (const path of files) {
    const scanned = await scanSegment(nodeFiles, path, true);
    assert.equal(scanned?.wholeBytes, readFileSync(path).length);
    assert.ok(scanned.fragments.every((fragment) => fragment.lastArrival - fragment.firstArrival <= 1000));
    assert.equal(scanned.fragments[0]?.flags ?? 0 & 1, 1);
  }
  const records = await journalOf(r.data);
  assert.equal(records.filter((record) => record.kind === "segment-close").length, 4);
  assert.equal(records.at(-1)?.kind, "clean-stop");
});

test("a write that is cut short leaves whole fragments only, and what it missed is written when the disk has room", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(5000);
  r.files.fail("writev", "short");
  await r.feed(2000);
  assert.ok(r.of("trouble").some(({ trouble }) => /no space/.test(trouble.what)));
  await r.pass(5000);
  await r.feed(6000);
  await r.recorder[Symbol.asyncDispose]();
  assert.ok(r.of("trouble").at(-1)?.trouble.ended !== undefined, "the trouble is over");
  assert.deepEqual(missingFrom(r.inFiles(), r.next), []);
  for (const path of segmentFiles(r.data)) {
    assert.equal((await scanSegment(nodeFiles, path, true))?.wholeBytes, readFileSync(path).length);
  }
});

test("a failed sync is not tried again: the file is untrusted, and all of its range is in another file", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(5000);
  r.files.fail("dataSync", "EIO");
  await r.feed(3000);
  await r.pass(6000);
  await r.feed(3000);
  await r.recorder[Symbol.asyncDispose]();
  const untrusted = r.of("segment").filter(({ segment }) => !segment.trusted);
  assert.equal(untrusted.length, 1);
  const trusted = new Set(r.of("segment").map(({ segment }) => segment.path));
  trusted.delete(untrusted[0]?.segment.path ?? "");
  const rewritten = [...trusted].flatMap((path) => numbersIn(readFileSync(join(r.data, "footage", path))));
  const synced = numbersIn(readFileSync(join(r.data, "footage", untrusted[0]?.segment.path ?? "")));
  const firstAgain = Math.min(...rewritten);
  assert.ok(firstAgain <= 125 && firstAgain % 50 === 0, `from key frame ${firstAgain} on`);
  assert.deepEqual(missingFrom([...synced, ...rewritten], r.next), []);
  assert.ok((await journalOf(r.data)).some((record) => record.kind === "segment-untrusted"));
});

test("a disk that hangs is stalled after 5 s; the ring goes on, and nothing is missing when it answers again", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(4000);
  const answer = r.files.hang("writev");
  await r.feed(8000);
  assert.equal(r.of("volume").at(-1)?.volume.state, "stalled");
  answer();
  await r.pass(5500);
  assert.equal(r.of("volume").at(-1)?.volume.state, "ready");
  await r.feed(3000);
  await r.recorder[Symbol.asyncDispose]();
  assert.deepEqual(missingFrom(r.inFiles(), r.next), []);
});

test("a volume whose marker vanished gets nothing more; recording resumes by itself when it is back", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(3000);
  const marker = join(r.data, "footage", ".reed-volume");
  const uuid = readFileSync(marker);
  rmSync(marker);
  await r.feed(6000);
  assert.equal(r.of("volume").at(-1)?.volume.state, "missing");
  const before = r.inFiles().length;
  await r.feed(4000);
  assert.equal(r.inFiles().length, before, "nothing is written without the marker");
  const fd = await nodeFiles.open(marker, "create");
  await nodeFiles.writev(fd, [uuid], 0);
  await nodeFiles.close(fd);
  await r.feed(8000);
  await r.recorder[Symbol.asyncDispose]();
  assert.deepEqual(missingFrom(r.inFiles(), r.next), []);
});

test("no file is made in the place of a volume that vanished, also before the next look at its marker", async () => {
  await using r = await rig({ plan: { segmentMs: 1000 } });
  r.camera("live");
  // right after a look at the marker
  await r.feed(5600);
  const [place, away] = [join(r.data, "footage"), join(r.data, "away")];
  renameSync(place, away);
  mkdirSync(place);
  await r.feed(9000);
  assert.deepEqual(readdirSync(place), []);
  assert.equal(r.of("volume").at(-1)?.volume.state, "missing");
  rmdirSync(place);
  renameSync(away, place);
  await r.feed(10_000);
  await r.recorder[Symbol.asyncDispose]();
  assert.deepEqual(missingFrom(r.inFiles(), r.next), []);
});

test("a step of the clock is journalled and begins a new file at the next key frame without losing a unit", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(3000);
  r.clock.stepWall(-3_600_000);
  await r.feed(5000);
  await r.recorder[Symbol.asyncDispose]();
  assert.deepEqual(
    r.inFiles().sort((a, b) => a - b),
    upTo(r.next),
  );
  assert.equal(segmentFiles(r.data).length, 2);
  const step = (await journalOf(r.data)).find((record) => record.kind === "clock-step");
  assert.equal(step?.byMs, -3_600_000);
});

test("a file in which the clock was set ends on its own line; the next one has the new time, however late it became known", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(3000);
  const before = r.clock.wall();
  r.clock.stepWall(-3_600_000);
  // a camera with a key frame every 20 s, whose session hears of the new time only then
  const old = () => wallTime(r.clock.wall() + frameMs + 3_600_000);
  for (let ms = 0; ms < 6000; ms += frameMs) await r.feed(frameMs, 500, { wall: old() });
  await r.feed(14_000, 500);
  await r.feed(6000, 50);
  await r.recorder[Symbol.asyncDispose]();
  const rows = new Map(r.of("segment").map(({ segment }) => [segment.id, segment]));
  const [first, second] = [...rows.values()];
  assert.equal(rows.size, 2);
  assert.ok(first !== undefined && second !== undefined);
  const length = first.endWall - before;
  assert.ok(length > 15_000 && length < 21_000, `${length} ms after the clock was set`);
  assert.ok(second.startWall < before - 3_500_000 && second.endWall > second.startWall);
});

async function alarmRig(): Promise<Rig> {
  const r = await rig({ mode: "alarm" });
  r.camera("live");
  return r;
}

test("the pre-record begins at the key frame at or before the asked time; ten edges are one span of footage", async () => {
  await using r = await alarmRig();
  await r.feed(20_000);
  assert.deepEqual(segmentFiles(r.data), []);
  for (let i = 0; i < 10; i++) {
    r.hold(`h${i}`);
    await r.feed(80);
  }
  await r.feed(6000);
  const kept = r.of("hold-durable");
  assert.equal(kept.length, 10);
  for (const message of kept) {
    assert.equal(message.short, undefined);
    assert.ok(message.preAchievedMs >= 4000 && message.preAchievedMs <= 6000 + frameSlack);
  }
  assert.deepEqual(
    r.of("hold-closed").map(({ result }) => result),
    Array(10).fill("done"),
  );
  await r.feed(4000);
  const numbers = r.inFiles();
  assert.deepEqual(numbers, upTo((numbers.at(-1) ?? 0) + 1, numbers[0]), "one run, nothing twice");
  assert.equal((numbers[0] ?? 1) % 50, 0);
  assert.equal(((numbers.at(-1) ?? 0) + 1) % 50, 0, "it ends before a key frame");
  assert.equal(segmentFiles(r.data).length, 1);
});
const frameSlack = 40;

test("a session that is too young gives what it has and says so", async () => {
  await using r = await alarmRig();
  await r.feed(1000);
  r.hold("young");
  await r.feed(5000);
  const durable = r.of("hold-durable")[0];
  assert.ok(durable !== undefined && durable.preAchievedMs < 1000);
  assert.match(durable.short ?? "", /only 1\.0 s before the edge/);
  assert.equal(r.of("hold-closed")[0]?.result, "short");
});

test("whoever hears that a hold is durable or over has been told of the segments that hold it", async () => {
  await using r = await alarmRig();
  await r.feed(10_000);
  const { edgeWall: edge } = r.hold("h");
  await r.feed(6000);
  const said = r.messages.filter(({ kind }) => ["segment", "hold-durable", "hold-closed"].includes(kind));
  for (const kind of ["hold-durable", "hold-closed"] as const) {
    const at = said.findIndex((message) => message.kind === kind);
    const row = said.slice(0, at).findLast((message) => message.kind === "segment")?.segment;
    const message = said[at];
    assert.ok(row !== undefined && message !== undefined, kind);
    const until = message.kind === "hold-closed" ? (message.to ?? 0) : edge;
    assert.ok(row.endWall >= until - 2 * frameSlack, `${kind}: told up to ${row.endWall - edge}, kept ${until - edge}`);
  }
});

test("memory that is used up while no disk takes anything costs whole GOPs, and the hold says so", async () => {
  await using r = await rig({ plan: { memoryBytes: 300_000 } });
  r.camera("live");
  await r.feed(8000);
  const answer = r.files.hang("writev");
  r.hold("h", { endAt: instant(r.clock.now() + 6000) });
  await r.feed(12_000);
  answer();
  await r.feed(8000);
  await r.pass(3000);
  const closed = r.of("hold-closed")[0];
  assert.equal(closed?.result, "short");
  assert.match(closed.gaps.map((gap) => gap.reason).join(), /memory/);
});

test("orders may be repeated: one hold, one answer in substance, and its result is said again after a restart", async () => {
  const r = await rig();
  r.camera("live");
  await r.feed(8000);
  const order = r.hold("h");
  r.hold("h", order);
  await r.feed(6000);
  assert.equal(r.of("hold-closed").length, 1);
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  await using again = await rig({ data: r.data, clock: r.clock, firstUnit: r.next });
  again.recorder.receive({ kind: "holds", holds: [order] });
  await again.pass(500);
  assert.equal(again.of("hold-closed")[0]?.result, "done");
  rmSync(r.data, { recursive: true, force: true });
});

test("a hold of another boot is resolved by wall time from what is on disk", async () => {
  const r = await rig();
  r.camera("live");
  await r.feed(20_000);
  const edgeWall = r.clock.wall() - 8000;
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  await using again = await rig({ data: r.data, clock: r.clock, firstUnit: r.next });
  const times = { edgeAt: instant(5), boundAt: instant(600_005), endAt: instant(3005), edgeWall: edgeWall as never };
  again.hold("old", { bootId: "another", ...times });
  await again.pass(1000);
  const closed = again.of("hold-closed")[0];
  assert.equal(closed?.result, "done");
  assert.ok((closed.preAchievedMs ?? 0) >= 4000);
  rmSync(r.data, { recursive: true, force: true });
});

test("a channel that is switched off refuses at once; one whose address changes takes over the open holds", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(8000);
  r.hold("h", { endAt: instant(r.clock.now() + 4000) });
  await r.feed(1000);
  const plan = { revision: 2, memoryBytes: 64e6, segmentMs: 60_000 };
  const volumes = [{ id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 }];
  const door = { channel: 1, name: "door", username: "", password: "", audio: false, preRecordMs: 4000 };
  const moved = { ...door, url: "rtsp://elsewhere/", recordMode: "continuous" as const };
  const off = { ...door, channel: 3, url: "rtsp://other/", recordMode: "off" as const };
  const fresh = { ...door, channel: 2, url: "rtsp://fresh/", recordMode: "alarm" as const };
  r.recorder.receive({ kind: "plan", plan: { ...plan, volumes, channels: [moved, fresh, off] } });
  await r.pass(500);
  r.hold("off", { channel: 3 });
  r.hold("none", { channel: 9 });
  await r.pass(250);
  const closed = (id: string) => r.of("hold-closed").find(({ holdId }) => holdId === id);
  assert.match(closed("off")?.reason ?? "", /off for privacy/);
  assert.match(closed("none")?.reason ?? "", /not set up/);
  r.hold("two", { channel: 2, endAt: instant(r.clock.now() + 500) });
  await r.pass(8000);
  assert.match(closed("two")?.reason ?? "", /not set up like this yet/, "the recorder did run");
  assert.equal(closed("h")?.result, "short");
  assert.ok((closed("h")?.preAchievedMs ?? 0) >= 4000, "the footage of before is still known");
});

test("a camera's trouble ends with its channel, and an open one is said again to a core that is new", async () => {
  await using r = await rig();
  r.camera("refused", "wrong password");
  const told = () => r.of("trouble").filter(({ trouble }) => trouble.key === "channel:1");
  assert.equal(told().length, 1);
  r.recorder.disconnected();
  r.recorder.connected((message) => r.messages.push(message));
  assert.equal(told().length, 2);
  assert.deepEqual(told()[1], told()[0]);
  const volumes = [{ id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 }];
  r.recorder.receive({
    kind: "plan",
    plan: { revision: 2, memoryBytes: 64e6, segmentMs: 60_000, volumes, channels: [] },
  });
  await r.pass(250);
  assert.ok(told().at(-1)?.trouble.ended !== undefined, "over");
  r.recorder.disconnected();
  r.recorder.connected((message) => r.messages.push(message));
  assert.equal(told().length, 3);
});

test("a live reader begins with the running GOP of the ring, sees the camera go down, and makes reads eager meanwhile", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(3000);
  const socket = connect(join(r.data, "media-0.sock"));
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  const until = async (fits: (bytes: Buffer) => boolean): Promise<void> => {
    while (!fits(Buffer.concat(chunks))) await new Promise((resolve) => setImmediate(resolve));
  };
  socket.write(JSON.stringify({ channel: 1, stream: "main", from: "ring-gop", audio: false }) + "\n");
  await until((bytes) => numbersIn(bytes).at(-1) === 74);
  await r.feed(200);
  r.camera("down", "unplugged");
  await until((bytes) => bytes.includes("unplugged"));
  const bytes = Buffer.concat(chunks);
  assert.deepEqual(numbersIn(bytes), upTo(80, 50));
  assert.equal(bytes[4], 3, "the state comes first");
  socket.destroy();
});

test("a volume at its cap loses its oldest segments first, journalled and told; an open hold's and some of an alarm's stay", async () => {
  const volumes = [{ id: "v1", path: "footage", maxShare: 0.8, maxBytes: 160_000, keepDays: 14 }];
  await using r = await rig({ plan: { segmentMs: 4000, volumes } });
  r.camera("live");
  await r.feed(6000);
  r.hold("h", { preMs: 5000, endAt: instant(r.clock.now() + 500_000) });
  const kept = segmentFiles(r.data);
  await r.feed(24_000);
  assert.ok((r.of("volume").at(-1)?.volume.usedBytes ?? 0) > 160_000, "over the cap");
  assert.equal(r.of("segment-deleted").length, 0, "all of it belongs to the open hold");
  r.recorder.receive({ kind: "end-hold", holdId: "h", endAt: r.clock.now() });
  await r.feed(30_000);
  const deleted = r.of("segment-deleted");
  assert.ok(deleted.length > 0);
  assert.ok(!segmentFiles(r.data).includes(kept[0] ?? ""));
  await r.recorder[Symbol.asyncDispose]();
  const rows = r.of("segment").map(({ segment }) => segment);
  const order = [...new Set(rows.map(({ id }) => id))];
  const last = order.indexOf(deleted.at(-1)?.id ?? "");
  const gone = new Set(deleted.map(({ id }) => id));
  assert.deepEqual(
    deleted.map(({ id }) => id),
    order.filter((id) => gone.has(id)),
    "oldest first",
  );
  assert.equal(last + 1 - deleted.length, 1, "the newest footage of the alarm is spared, a fifth of the volume");
  const journalled = (await journalOf(r.data)).filter((record) => record.kind === "segment-deleted");
  assert.equal(journalled.length, deleted.length);
});

test("nothing is called durable before the disk has said so, the running fragment up to the edge included", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(10_200);
  const answer = r.files.hang("dataSync");
  const order = r.hold("h");
  await r.feed(1000);
  assert.equal(r.of("hold-answer").length, 1);
  assert.equal(r.of("hold-durable").length, 0);
  answer();
  await r.feed(80);
  const durable = r.of("hold-durable")[0];
  assert.ok(durable !== undefined && durable.durableAt - order.edgeAt >= 1000);
  assert.equal(durable.short, undefined);
  assert.ok(durable.preAchievedMs >= 4000);
});

test("while a hold is open nothing older than a second is left to the next background round", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(5000);
  r.hold("h");
  const { ring, writer } = r.recorder.channels.get(1) ?? assert.fail("no channel");
  for (let fed = 0; fed < 4000; fed += 200) {
    await r.feed(200);
    const arrival = ring.at(writer.durableEnd)?.arrival ?? r.clock.now();
    assert.ok(r.clock.now() - arrival <= 1000, `${r.clock.now() - arrival} ms are not durable after ${fed} ms`);
  }
});

test("footage that vanished or can't be read costs a hold of an earlier time its result, and nothing else", async () => {
  const r = await rig();
  r.camera("live");
  await r.feed(20_000);
  const edgeWall = r.clock.wall() - 8000;
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  const [file = ""] = segmentFiles(r.data);
  await using again = await rig({ data: r.data, clock: r.clock, firstUnit: r.next });
  const times = { edgeAt: instant(5), boundAt: instant(600_005), endAt: instant(3005), edgeWall: edgeWall as never };
  rmSync(file);
  again.hold("vanished", { bootId: "another", ...times, preMs: 130_000 });
  await again.pass(500);
  mkdirSync(file);
  again.hold("unreadable", { bootId: "another", ...times, preMs: 140_000 });
  await again.pass(500);
  assert.deepEqual(
    again.of("hold-closed").map(({ holdId, result }) => [holdId, result === "done"]),
    [
      ["vanished", false],
      ["unreadable", false],
    ],
  );
  rmSync(r.data, { recursive: true, force: true });
});

test("two holds of an earlier time that come together both wait until the files are read", async () => {
  const r = await rig();
  r.camera("live");
  await r.feed(20_000);
  const edgeWall = r.clock.wall() - 8000;
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  r.clock.advance(300_000);
  await using again = await rig({ data: r.data, clock: r.clock, firstUnit: r.next });
  const times = { edgeAt: instant(5), boundAt: instant(600_005), endAt: instant(3005), edgeWall: edgeWall as never };
  for (const holdId of ["first", "second"]) again.hold(holdId, { bootId: "another", ...times });
  // all that needs no disk has happened when the next tick comes
  for (let i = 0; i < 10; i++) await Promise.resolve();
  await again.pass(1000);
  assert.deepEqual(
    again.of("hold-closed").map(({ result, reason }) => result + reason),
    ["done", "done"],
  );
  rmSync(r.data, { recursive: true, force: true });
});

test("packets that were lost on the way are a gap: the hold around them is short, and says how much is missing", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(6000);
  r.hold("h");
  await r.feed(1000);
  await r.feed(40, 1, { afterLoss: true });
  await r.feed(5000);
  const closed = r.of("hold-closed")[0];
  assert.equal(closed?.result, "short");
  assert.equal(closed.gaps.length, 1);
  assert.match(closed.reason, /missing/);
});
