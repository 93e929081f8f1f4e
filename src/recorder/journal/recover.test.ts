import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { instant, wallTime } from "../../kernel/time.ts";
import type { VolumeRecord } from "../../messages/journal.ts";
import { encodeLine } from "../../platform/journal-file.ts";
import { nodeFiles } from "../volumes/node-files.ts";
import { numbersIn, rig, segmentFiles, upTo } from "../support.test.ts";
import { emptyHistory, fold } from "./history.ts";
import { recoverSegment, recoverVolume } from "./recover.ts";
import { scanSegment } from "./scan-segment.ts";

/** A volume as a crash leaves it: one segment that was never closed. */
async function crashed(): Promise<{ root: string; path: string; [Symbol.dispose](): void }> {
  const data = mkdtempSync(join(tmpdir(), "reed-crash-"));
  await using r = await rig({ plan: { segmentMs: 60_000 } });
  r.camera("live");
  await r.feed(4000);
  cpSync(join(r.data, "footage"), join(data, "footage"), { recursive: true });
  const root = join(data, "footage");
  const path = segmentFiles(data)[0] ?? "";
  return { root, path, [Symbol.dispose]: () => rmSync(data, { recursive: true, force: true }) };
}

/** Where each fragment ends, from the file's own boxes. */
function boxEnds(bytes: Buffer, type: string): number[] {
  const ends: number[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += bytes.readUInt32BE(at)) {
    if (bytes.toString("latin1", at + 4, at + 8) === type) ends.push(at + bytes.readUInt32BE(at));
  }
  return ends;
}

async function recoveredBytes(root: string, path: string, bytes: Buffer): Promise<Buffer | undefined> {
  writeFileSync(path, bytes);
  const record = await recoverSegment(nodeFiles, root, relative(root, path), undefined);
  if (record.kind === "segment-deleted") return undefined;
  assert.ok(record.kind === "segment-recovered");
  const left = readFileSync(path);
  assert.equal(record.segment.bytes, left.length);
  assert.equal(record.segment.accessUnits, numbersIn(left).length);
  return left;
}

test("a file cut anywhere in its last fragment, at every byte of its first and last box, is cut back to the fragment before it", async () => {
  using crash = await crashed();
  const whole = readFileSync(crash.path);
  const [end = 0, before = 0] = boxEnds(whole, "uuid").reverse();
  assert.equal(end, whole.length);
  for (let cut = before; cut < end; cut += cut - before < 120 || end - cut < 120 ? 1 : 61) {
    const left = await recoveredBytes(crash.root, crash.path, whole.subarray(0, cut));
    assert.equal(left?.length, before, `cut at ${cut}`);
  }
  assert.equal((await recoveredBytes(crash.root, crash.path, whole))?.length, end);
});

test("a tail of zeros, as a power cut leaves it, is cut off, wherever it begins", async () => {
  using crash = await crashed();
  const whole = readFileSync(crash.path);
  const [end = 0, before = 0] = boxEnds(whole, "uuid").reverse();
  const behind = await recoveredBytes(crash.root, crash.path, Buffer.concat([whole, Buffer.alloc(4096)]));
  assert.equal(behind?.length, end);
  for (let from = before; from < end; from += 113) {
    const zeroed = Buffer.from(whole);
    zeroed.fill(0, from);
    assert.equal((await recoveredBytes(crash.root, crash.path, zeroed))?.length, before, `zeros from ${from}`);
  }
});

test("a flipped bit anywhere in a fragment, its trailer included, ends what is believed there", async () => {
  using crash = await crashed();
  const whole = readFileSync(crash.path);
  const ends = boxEnds(whole, "uuid");
  const [, second = 0, third = 0] = ends;
  for (let at = second; at < third; at += 41) {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] ?? 0) ^ 0x10;
    const left = await recoveredBytes(crash.root, crash.path, flipped);
    assert.equal(left?.length, second, `bit at ${at}`);
  }
});

test("a file in which nothing is whole is removed", async () => {
  using crash = await crashed();
  assert.equal(await recoveredBytes(crash.root, crash.path, readFileSync(crash.path).subarray(0, 500)), undefined);
});

test("a volume whose journal was lost is taken in from its files; a file of somebody else is left alone", async () => {
  using crash = await crashed();
  rmSync(join(crash.root, "journal"), { recursive: true });
  const strange = join(dirname(crash.path), "holiday.mp4");
  writeFileSync(strange, "not ours");
  const begun = crash.path.replace(/[0-9a-f]{8}\.mp4$/, "0123abcd.mp4");
  writeFileSync(begun, new Uint8Array(4096));
  const { findings, history } = await recoverVolume(nodeFiles, crash.root, { volumeId: "v1" });
  assert.deepEqual(findings.map(({ kind }) => kind).sort(), ["segment-deleted", "segment-recovered"]);
  assert.equal(existsSync(begun), false, "a file of ours that had only just been made");
  const [row] = history.index.all();
  assert.ok(row?.closed && row.channel === 1 && row.codec === "avc1.42c01e");
  assert.equal(readFileSync(strange, "utf8"), "not ours");
  const numbers = numbersIn(readFileSync(crash.path));
  assert.deepEqual(numbers, upTo(numbers.length));
});

test("a row without a file is forgotten", async () => {
  using crash = await crashed();
  rmSync(crash.path);
  const { findings, history } = await recoverVolume(nodeFiles, crash.root, { volumeId: "v1" });
  assert.equal(history.index.size, 0);
  assert.equal(findings[0]?.kind === "segment-deleted" && findings[0].reason, "its file is gone");
});

test("the scan believes a file only as far as the chain holds: a fragment of another file does not fit", async () => {
  using crash = await crashed();
  const whole = readFileSync(crash.path);
  const [first = 0, second = 0, third = 0] = boxEnds(whole, "uuid");
  const swapped = Buffer.concat([whole.subarray(0, second), whole.subarray(second, third), whole.subarray(second)]);
  writeFileSync(crash.path, swapped);
  const scanned = await scanSegment(nodeFiles, crash.path, true);
  assert.equal(scanned?.wholeBytes, third);
  assert.ok(first > 0);
});

test("a deletion that a crash interrupted, journalled and not yet unlinked, is finished at the start", async () => {
  using crash = await crashed();
  const path = relative(crash.root, crash.path);
  const record = { kind: "segment-deleted", id: "any", path, reason: "oldest", head: "" };
  const stamped = { seq: 1_000_000, boot: "b", at: 1, wall: 1, record };
  writeFileSync(join(crash.root, "journal", "2099-01-01.rec.log"), encodeLine(JSON.stringify(stamped)));
  await recoverVolume(nodeFiles, crash.root, { volumeId: "v1" });
  assert.equal(existsSync(crash.path), false);
});

test("an outage that a kill cut off lasts until the last sign of that life, whatever came after it", () => {
  const history = emptyHistory();
  let seq = 0;
  const at = (second: number, record: VolumeRecord) =>
    fold(history, { seq: ++seq, boot: "b", at: instant(second), wall: wallTime(second), record });
  const start: VolumeRecord = { kind: "start", pid: 1, volumeId: "v1" };
  at(1, start);
  at(10, { kind: "outage", channel: 2, from: wallTime(10), reason: "refused" });
  at(15, { kind: "clock-step", byMs: 0 });
  at(20, start);
  at(21, { kind: "outage", channel: 2, from: wallTime(21), reason: "refused" });
  at(25, { kind: "outage", channel: 2, from: wallTime(21), to: wallTime(25), reason: "refused" });
  at(50, { kind: "outage", channel: 2, from: wallTime(50), reason: "stalled" });
  assert.deepEqual(
    history.outages.get(2)?.map(({ from, to }) => [from, to]),
    [
      [10, 15],
      [21, 25],
      [50, Infinity],
    ],
  );
});
