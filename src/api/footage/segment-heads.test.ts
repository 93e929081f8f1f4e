import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { instant, wallTime } from "../../kernel/time.ts";
import { buildFragment } from "../../media/mp4/fragment.ts";
import { initSegment } from "../../media/mp4/init-segment.ts";
import type { ParsedFragment } from "../../media/mp4/types.ts";
import { uuidBox } from "../../media/mp4/user-box.ts";
import { encodeTrailer, fragmentBoxType, uuidBytes } from "../../recorder/recording/segment-format.ts";
import { h264Parameters } from "../../media/codec/h264.ts";
import { setsOf } from "../../testkit/nal-units.ts";
import { searchFragment } from "./search-fragment.ts";
import { createHeadReader } from "./segment-heads.ts";

const seconds = 300;
const gopSeconds = 4;
const [sps = new Uint8Array(), pps = new Uint8Array()] = setsOf.h264;
const made = h264Parameters(sps, pps);
assert.ok(made.ok);
const videoParameters = made.value;
const marker = uuidBytes(fragmentBoxType);

/** Five minutes, a fragment a second of 10 pictures, a key frame every four; sizes grow tenfold towards the middle. */
function segmentFile(): Uint8Array {
  const parts: Uint8Array[] = [initSegment({ video: videoParameters })];
  for (let second = 0; second < seconds; second++) {
    const size = 200 + Math.round(2000 * Math.sin((Math.PI * second) / seconds));
    const samples = Array.from({ length: 10 }, (_, i) => {
      const data = new Uint8Array(size).fill(second % 251);
      // a camera may send our own marker in its pictures
      data.set(marker, 50);
      const dts = second * 90_000 + i * 9000;
      return { data, dts, pts: dts, key: i === 0 && second % gopSeconds === 0 };
    });
    const video = { baseDts: second * 90_000, samples, lastDuration: 9000 };
    const fragment = buildFragment({ sequence: second + 1, video });
    const times = { firstArrival: instant(0), lastArrival: instant(0), firstWall: wallTime(0), lastWall: wallTime(0) };
    const facts = { crc: 0, chain: new Uint8Array(32), ...times, videoUnits: 10, audioUnits: 0, flags: 0 };
    // a camera of pictures that are all key frames, from the middle on
    const keyArrivals = samples.flatMap(({ key }, i) => (key || second > seconds / 2 ? [instant(i)] : []));
    parts.push(fragment.head, ...fragment.slices, uuidBox(marker, encodeTrailer({ ...facts, keyArrivals })));
  }
  return Buffer.concat(parts);
}

function fileOf(t: TestContext, bytes = segmentFile()): string {
  const folder = mkdtempSync(join(tmpdir(), "reed-heads-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "a.mp4");
  writeFileSync(path, bytes);
  return path;
}

const secondsOf = (fragments: readonly ParsedFragment[]) =>
  fragments.map((fragment) => (fragment.video?.dts[0] ?? -1) / 90_000);

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test("heads are found anywhere, from the GOP at the asked time to the first key frame behind", async (t) => {
  const path = fileOf(t);
  for (const at of [0, 1.5, 5, 37.2, 150, 222.9, 296, 299.5]) {
    const window = { fromTicks: at * 90_000, toTicks: (at + 1) * 90_000, lengthMs: seconds * 1000 };
    const { fragments } = await createHeadReader().read("a", path, window);
    const first = Math.floor(at / gopSeconds) * gopSeconds;
    const last = Math.min(seconds - 1, Math.ceil((at + 1) / gopSeconds) * gopSeconds);
    assert.deepEqual(secondsOf(fragments), range(first, last), `at ${at} s`);
  }
});

test("the search lands a few seconds before the time, although the bit rate changes tenfold", async (t) => {
  const path = fileOf(t);
  await using file = await open(path, "r");
  const { size } = await file.stat();
  for (const at of [20, 75, 150, 225, 290]) {
    const offset = await searchFragment({ file, size, first: 700, lengthMs: seconds * 1000 }, at * 90_000);
    assert.ok(offset !== undefined);
    const { fragments } = await createHeadReader().read("a", path, { fromTicks: 0, toTicks: 0, hint: offset });
    const found = secondsOf(fragments)[0] ?? 0;
    assert.ok(found <= at && at - found <= 8, `asked for ${at} s, found ${found} s`);
  }
});

test("with a wrong idea of the length, or none, the heads are found all the same", async (t) => {
  const path = fileOf(t);
  for (const length of [{ lengthMs: 30_000 }, { lengthMs: 3_000_000 }, { lengthMs: 0 }, {}]) {
    const window = { fromTicks: 200 * 90_000, toTicks: 201 * 90_000, ...length };
    const { fragments } = await createHeadReader().read("a", path, window);
    assert.deepEqual(secondsOf(fragments), range(200, 204), JSON.stringify(length));
  }
});

test("what is kept of a file is used again, and a file that grows is read on", async (t) => {
  const whole = segmentFile();
  const reader = createHeadReader();
  const path = fileOf(t, whole.subarray(0, Math.floor(whole.length / 2)));
  const all = { fromTicks: 0, toTicks: Infinity };
  const half = (await reader.read("a", path, all)).fragments.length;
  assert.ok(half > 100 && half < 200, String(half));
  writeFileSync(path, whole);
  assert.deepEqual(secondsOf((await reader.read("a", path, all)).fragments), range(0, seconds - 1));
});

test("an offset that is no fragment's gives nothing", async (t) => {
  const path = fileOf(t);
  for (const hint of [0, 5, 100_000, 1e12]) {
    const window = { fromTicks: 200 * 90_000, toTicks: 201 * 90_000, hint };
    const { fragments } = await createHeadReader().read("a", path, window);
    assert.ok(hint === 0 || fragments.length === 0, String(hint));
  }
});
