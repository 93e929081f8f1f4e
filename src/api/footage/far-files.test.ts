import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { encodeHeads } from "../../bucket/heads.ts";
import { memoryBucket } from "../../bucket/support.test.ts";
import type { VolumeSettings } from "../../domain/site-config.ts";
import { instant, wallTime } from "../../kernel/time.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { farFiles } from "./far-files.ts";
import { segmentFiles, segmentPlace, StoreAway } from "./segment-files.ts";

const bucketSettings = {
  ...{ endpoint: "https://s3.example.org", region: "x", bucket: "reed", prefix: "", pathStyle: true },
  ...{ accessKeyId: "k", secretKey: "s" },
};
const volume: VolumeSettings = {
  ...{ id: "a1", path: "s3://s3.example.org/reed", maxShare: 1, keepDays: 30 },
  archive: { mode: "remote", takes: "all", bucket: bucketSettings },
};
const name = "footage/2026-11-22/ch01-main/021000.000Z-0000abcd.mp4";
const size = 3_000_000;

function archived() {
  const bucket = memoryBucket();
  const bytes = randomBytes(size);
  const ends = [0, size - 100].map((offset) => ({ offset, bytes: bytes.subarray(offset, offset + 100) }));
  bucket.objects.set(name, { bytes, metadata: {} });
  bucket.objects.set(name.replace("footage/", "heads/").replace(".mp4", ".heads"), {
    ...{ bytes: encodeHeads(ends), metadata: {} },
  });
  const clock = fakeClock(instant(0), wallTime(0));
  const opened: string[] = [];
  const files = segmentFiles(
    farFiles({
      clock,
      volumes: () => Promise.resolve([volume]),
      openBucket: ({ bucket: one }) => (opened.push(one), Promise.resolve(bucket)),
    }),
  );
  const place = segmentPlace(volume, name) ?? assert.fail("no place");
  return { bucket, bytes, clock, files, place, opened };
}

test("a segment in a bucket is read like a file, its heads with one request for all", async () => {
  const { bucket, bytes, files, place, opened } = archived();
  await using file = await files.open(place);
  assert.equal((await file.stat()).size, size);
  const into = Buffer.alloc(size);
  const read = async (position: number, length: number) => (await file.read(into, 0, length, position)).bytesRead;
  assert.equal(await read(0, 8192), 100, "what is known is given, and no more is asked for");
  assert.deepEqual(into.subarray(0, 100), bytes.subarray(0, 100));
  assert.deepEqual(bucket.asked.length, 1);
  assert.equal(await read(1000, 2_000_000), 2_000_000);
  assert.deepEqual(into.subarray(0, 2_000_000), bytes.subarray(1000, 2_001_000));
  const asked = bucket.asked.length;
  assert.equal(await read(500_000, 1000), 1000);
  assert.equal(bucket.asked.length, asked, "it was there already");
  assert.equal(await read(size - 50, 8192), 50);
  assert.equal(await read(size, 8192), 0);
  await using again = await files.open(place);
  assert.equal((await again.stat()).size, size);
  assert.deepEqual([bucket.asked.length, opened], [asked, ["reed"]]);
});

test("one without heads is read all the same, and one that is gone is gone", async () => {
  const { bucket, bytes, files, place } = archived();
  for (const key of bucket.objects.keys()) if (key.endsWith(".heads")) bucket.objects.delete(key);
  await using file = await files.open(place);
  const into = Buffer.alloc(1000);
  assert.equal((await file.read(into, 0, 1000, size - 1000)).bytesRead, 1000);
  assert.deepEqual(into, bytes.subarray(size - 1000));
  bucket.objects.clear();
  const other = segmentPlace(volume, name.replace("abcd", "0000")) ?? "";
  await assert.rejects(files.open(other), { code: "ENOENT" });
});

test("a store that is away is said so, and not asked again for each file of a list", async () => {
  const { bucket, clock, files, place } = archived();
  bucket.away = "s3.example.org does not answer.";
  for (let i = 0; i < 10; i++) {
    await assert.rejects(files.open(place), (error: unknown) => {
      assert.ok(error instanceof StoreAway);
      assert.equal(
        error.message,
        "The archive s3://s3.example.org/reed can't be read now: s3.example.org does not answer.",
      );
      return true;
    });
  }
  assert.equal(bucket.asked.length, 1);
  bucket.away = undefined;
  clock.advance(6000);
  assert.equal((await (await files.open(place)).stat()).size, size);
});

test("no path leads out of an archive", () => {
  assert.equal(segmentPlace(volume, "../secrets"), undefined);
  assert.equal(segmentPlace(volume, "/etc/passwd"), undefined);
});
