import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { decodeHeads } from "../../../bucket/heads.ts";
import { memoryBucket, type MemoryBucket } from "../../../bucket/support.test.ts";
import { bucketPath, type BucketSettings } from "../../../domain/bucket-settings.ts";
import type { ArchiveSettings } from "../../../domain/site-config.ts";
import { instant } from "../../../kernel/time.ts";
import type { FakeClock } from "../../../testkit/fake-clock.ts";
import { rig, type Rig, type RigOptions } from "../../support.test.ts";
import type { OpenStore } from "../../volumes/volume-set.ts";
import { bucketStore } from "./bucket-store.ts";
import { uploadMemory } from "./store-files.ts";

const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
const minutes = 60_000;
const settings: BucketSettings = {
  ...{ endpoint: "https://s3.example.org", region: "x", bucket: "reed", prefix: "home/", pathStyle: true },
  ...{ accessKeyId: "key", secretKey: "secret" },
};
const path = bucketPath(settings);

/** Parts so small that a segment of the rig has several. */
const storeIn =
  (bucket: MemoryBucket): OpenStore =>
  ({ id }, _, root) =>
    bucketStore({ bucket, volumeId: id, memory: uploadMemory(root), wait: () => Promise.resolve(), partBytes: 8000 });

interface Archiving extends RigOptions {
  readonly archive: Omit<ArchiveSettings, "bucket">;
  readonly keepDays?: number;
  readonly clock?: FakeClock;
}

async function archiving(t: TestContext, bucket: MemoryBucket, more: Archiving): Promise<Rig> {
  const { archive, keepDays = 30, ...options } = more;
  const own = { id: "a1", path, maxShare: 1, keepDays, archive: { ...archive, bucket: settings } };
  const r = await rig({ ...options, plan: { segmentMs: 4000, volumes: [volume, own] }, openStore: storeIn(bucket) });
  t.after(() => r[Symbol.asyncDispose]());
  r.camera("live");
  return r;
}

/** Time passes until it is so: files are read and hashed meanwhile, which takes what it takes. */
async function until(r: Rig, what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 2000, `never: ${what}; ${JSON.stringify(stateOf(r))}`);
    await r.pass(250);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const both = { mode: "both", takes: "all" } as const;
const remote = { mode: "remote", takes: "all" } as const;
const local = (r: Rig) => globSync("footage/**/*.mp4", { cwd: join(r.data, "footage") }).sort();
const inBucket = (bucket: MemoryBucket) => [...bucket.objects.keys()].filter((name) => name.endsWith(".mp4")).sort();
const stateOf = (r: Rig) =>
  r
    .of("volume")
    .map((message) => message.volume)
    .findLast(({ volumeId }) => volumeId === "a1");
const copies = (r: Rig) =>
  r.of("segment").flatMap(({ segment }) => (segment.copy === true && segment.volumeId === "a1" ? [segment] : []));
const gone = (r: Rig) => r.of("segment-deleted").map(({ volumeId, reason }) => `${volumeId}: ${reason}`);

test("closed segments are copied to the bucket byte for byte, with their heads beside them", async (t) => {
  const bucket = memoryBucket();
  const r = await archiving(t, bucket, { archive: both });
  await r.feed(14_000);
  await until(r, "three copies", () => copies(r).length >= 3);
  const copied = inBucket(bucket);
  assert.deepEqual(new Set(copies(r).map((row) => row.path)), new Set(copied));
  for (const name of copied) {
    const original = readFileSync(join(r.data, "footage", name));
    assert.deepEqual(Buffer.from(bucket.objects.get(name)?.bytes ?? []), original);
    const heads = bucket.objects.get(name.replace("footage/", "heads/").replace(".mp4", ".heads"));
    for (const { offset, bytes } of decodeHeads(heads?.bytes ?? new Uint8Array()) ?? assert.fail("no heads")) {
      assert.deepEqual(Buffer.from(bytes), original.subarray(offset, offset + bytes.length));
    }
  }
  assert.ok(bucket.objects.has(".reed-volume"));
  assert.deepEqual(gone(r), []);
  await until(r, "the backlog is told", () => stateOf(r)?.waiting?.segments === 1);
  assert.equal(stateOf(r)?.path, path);
});

test("in mode remote an original goes once its copy is proven; one that arrived otherwise is no copy", async (t) => {
  const bucket = memoryBucket();
  bucket.damages = true;
  const r = await archiving(t, bucket, { archive: remote });
  await r.feed(14_000);
  const recorded = local(r);
  await until(r, "the difference is told", () => /differs/.test(stateOf(r)?.waiting?.problem ?? ""));
  assert.deepEqual(local(r), recorded);
  assert.deepEqual(copies(r), []);
  bucket.damages = false;
  await until(r, "the originals went", () => local(r).length === 1);
  assert.deepEqual([...new Set(gone(r))], ["v1: it is in the archive"]);
  assert.deepEqual(inBucket(bucket), recorded.slice(0, -1));
});

test("a server that says the right SHA-256 is believed; of any other the copy is read back", async (t) => {
  for (const tells of [true, false]) {
    const bucket = memoryBucket();
    bucket.tellsHashes = tells;
    const r = await archiving(t, bucket, { archive: both });
    await r.feed(6000);
    await until(r, "a copy", () => copies(r).length > 0);
    assert.equal(
      bucket.asked.some(({ request }) => request === "stream"),
      !tells,
    );
  }
});

test("an upload that was broken off by a kill goes on with the parts that are missing", async (t) => {
  const bucket = memoryBucket();
  const first = await archiving(t, bucket, { archive: both });
  first.keepFolder();
  await first.feed(6000);
  bucket.fail("finish", "away", Infinity);
  await until(first, "the parts were sent", () => /finish failed/.test(stateOf(first)?.waiting?.problem ?? ""));
  await first[Symbol.asyncDispose]();
  const parts = bucket.asked.filter(({ request }) => request === "part").length;
  assert.ok(parts > 2 && existsSync(uploadMemory(join(first.data, "archives", "a1"))));
  bucket.asked.length = 0;
  bucket.fail("finish", "away", 0);
  const again = await archiving(t, bucket, { archive: both, data: first.data, firstUnit: first.next });
  t.after(() => rmSync(first.data, { recursive: true, force: true }));
  await until(again, "the copy", () => copies(again).length > 0);
  const name = copies(again)[0]?.path ?? "";
  const sent = bucket.asked.filter((one) => one.name.startsWith(name) && ["part", "begin"].includes(one.request));
  assert.deepEqual(sent, [], "nothing was sent twice");
  assert.deepEqual(Buffer.from(bucket.objects.get(name)?.bytes ?? []), readFileSync(join(again.data, "footage", name)));
});

test("an index that is lost is made from the bucket; what somebody else put there is left alone", async (t) => {
  const bucket = memoryBucket();
  const before = await archiving(t, bucket, { archive: remote });
  before.keepFolder();
  await before.feed(14_000);
  await until(before, "the originals went", () => local(before).length === 1);
  const rows = new Map(copies(before).map((row) => [row.id, row]));
  await before[Symbol.asyncDispose]();
  rmSync(join(before.data, "archives"), { recursive: true });
  const foreign = "footage/2026-11-22/ch01-main/120000.000Z-deadbeef.mp4";
  bucket.objects.set(foreign, { bytes: Buffer.from("a holiday"), metadata: {} });
  bucket.objects.set("footage/notes.txt", { bytes: Buffer.from("notes"), metadata: {} });
  const r = await archiving(t, bucket, { archive: remote, data: before.data, firstUnit: before.next });
  t.after(() => rmSync(before.data, { recursive: true, force: true }));
  await until(r, "the archive is there", () => stateOf(r)?.state === "ready");
  r.recorder.receive({ kind: "segments" });
  const found = new Map(copies(r).map((row) => [row.id, row]));
  for (const [id, row] of rows) assert.deepEqual(found.get(id), row);
  assert.equal(found.has(foreign), false);
  assert.ok(bucket.objects.has(foreign) && bucket.objects.has("footage/notes.txt"));
});

test("a store that is away keeps nobody waiting, is asked less and less, and copying goes on when it is back", async (t) => {
  const bucket = memoryBucket();
  const r = await archiving(t, bucket, { archive: both });
  await until(r, "the archive is there", () => stateOf(r)?.state === "ready");
  await r.feed(10_000);
  bucket.away = "s3.example.org does not answer.";
  await until(r, "the trouble is told", () => stateOf(r)?.reason === bucket.away);
  const trouble = r.of("trouble").map(({ trouble: one }) => one);
  assert.equal(trouble.at(-1)?.what, `Volume ${path}: s3.example.org does not answer.`);
  await r.feed(6000);
  r.hold("h", { endAt: instant(r.clock.now() + 1000) });
  await r.feed(8000);
  assert.equal(r.of("hold-closed")[0]?.result, "done");
  await r.pass(2 * minutes);
  bucket.asked.length = 0;
  await r.pass(2 * minutes);
  assert.ok(bucket.asked.length <= 3, `${bucket.asked.length} requests in two minutes`);
  bucket.away = undefined;
  await until(r, "copying went on", () => inBucket(bucket).length >= 3);
  await until(r, "the trouble is over", () => r.of("trouble").at(-1)?.trouble.ended !== undefined);
});

test("what is older than its days goes from the bucket, heads and all; what is locked stays", async (t) => {
  const bucket = memoryBucket();
  const r = await archiving(t, bucket, { archive: both, keepDays: 1 });
  await r.feed(6000);
  const from = r.clock.wall();
  await r.feed(8000);
  const lock = { id: "l1", channel: 1, from, to: from, reason: "police", by: "ann", at: from };
  r.recorder.receive({ kind: "locks", locks: [lock], released: [] });
  await until(r, "three copies", () => inBucket(bucket).length >= 3);
  const foreign = "footage/2026-01-01/ch01-main/120000.000Z-deadbeef.mp4";
  bucket.objects.set(foreign, { bytes: Buffer.from("a holiday"), metadata: {} });
  for (let hours = 0; hours < 30; hours++) {
    r.clock.advance(60 * minutes);
    await r.pass(250);
  }
  await until(r, "the old went", () => inBucket(bucket).length === 2);
  assert.ok(inBucket(bucket).includes(foreign));
  assert.equal([...bucket.objects.keys()].filter((name) => name.endsWith(".heads")).length, 1);
  assert.ok(gone(r).every((reason) => reason === "a1: older than 1 days"));
});

test("another marker in the bucket is another archive: nothing is copied there and nothing is deleted", async (t) => {
  const bucket = memoryBucket();
  const before = await archiving(t, bucket, { archive: both });
  before.keepFolder();
  await before.feed(6000);
  await until(before, "a copy", () => copies(before).length > 0);
  await before[Symbol.asyncDispose]();
  bucket.objects.set(".reed-volume", { bytes: Buffer.from('{"uuid":"another"}'), metadata: {} });
  const names = inBucket(bucket);
  const r = await archiving(t, bucket, { archive: both, data: before.data, firstUnit: before.next });
  t.after(() => rmSync(before.data, { recursive: true, force: true }));
  await r.feed(8000);
  await r.pass(3 * minutes);
  assert.equal(stateOf(r)?.reason, "another volume is mounted here");
  assert.deepEqual(inBucket(bucket), names);
});

test("a segment whose file is damaged is never called archived, and holds up no other", async (t) => {
  const bucket = memoryBucket();
  const r = await archiving(t, bucket, { archive: remote });
  await r.feed(14_000);
  const [first = ""] = local(r);
  const file = join(r.data, "footage", first);
  const bytes = readFileSync(file);
  bytes[bytes.length - 200] = (bytes.at(-200) ?? 0) ^ 1;
  writeFileSync(file, bytes);
  await until(r, "the others went", () => local(r).length === 2);
  assert.ok(local(r).includes(first) && !bucket.objects.has(first));
});
