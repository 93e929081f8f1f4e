import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { test, type TestContext } from "node:test";
import { ZipFile } from "yazl";
import { descriptor, tableEnd, tableRow, zipTimes } from "./zip-format.ts";
import { logOf, openZipPart, type PartEntry } from "./zip-part.ts";
import { addBytes, startZip, type ZipEntry } from "./zip-file.ts";

const at = new Date("2026-11-23T07:15:42.5Z");
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const never = new AbortController().signal;

interface Content {
  readonly name: string;
  readonly bytes: Buffer;
}

const contents: readonly Content[] = [
  { name: "camera-01-höf.mp4", bytes: randomBytes(3_000_000) },
  { name: "empty.txt", bytes: Buffer.alloc(0) },
  { name: "camera-02.mp4", bytes: randomBytes(1_500_000) },
  { name: "report.html", bytes: Buffer.from("<html>") },
];
const entryOf = ({ name, bytes }: Content): PartEntry => ({ name, bytes: bytes.length, made: hashOf(bytes) });

function place(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "reed-zip-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, "a.part");
}

/** What another writer makes of the same files. */
async function byYazl(): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, bytes } of contents) {
    const options = { compress: false, size: bytes.length, mtime: at, mode: 0o100644 };
    zip.addReadStreamLazy(name, options, (taken) => {
      taken(undefined, Readable.from([bytes]));
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** As far as `until`, by file and byte; from there on as a killed process leaves it, or as one that ends in peace. */
function written(path: string, until: { readonly file: number; readonly byte: number }, end: "killed" | "in peace") {
  const zip = openZipPart(path, at.getTime());
  for (const [i, one] of contents.entries()) {
    if (i > until.file) break;
    const { from, sha256 } = zip.begin(entryOf(one));
    if (sha256 !== undefined) continue;
    zip.write(one.bytes.subarray(from, i === until.file ? until.byte : undefined));
    if (i < until.file) zip.finish();
  }
  if (end === "in peace") zip.leave();
}

/** Goes on with what is there; what was read again of each file. */
function goneOn(path: string): { readonly read: readonly number[]; readonly sha256: string } {
  const zip = openZipPart(path, at.getTime());
  const read = contents.map((one) => {
    const { from, sha256 } = zip.begin(entryOf(one));
    if (sha256 !== undefined) {
      assert.equal(sha256, hashOf(one.bytes));
      return 0;
    }
    zip.write(one.bytes.subarray(from));
    assert.equal(zip.finish(), hashOf(one.bytes));
    return one.bytes.length - from;
  });
  return { read, sha256: zip.end().sha256 };
}

test("the ZIP is byte for byte what another writer makes of the same files", async (t) => {
  const path = place(t);
  let passed = 0;
  await using zip = startZip(path, at, never, (bytes) => (passed += bytes));
  for (const { name, bytes } of contents) {
    // as a disk gives them
    const read = (from: number) => [bytes.subarray(from, 777), bytes.subarray(Math.max(from, 777))];
    assert.equal(await zip.add({ ...entryOf({ name, bytes }), read }), hashOf(bytes));
  }
  const made = await zip.end();
  const file = readFileSync(path);
  assert.deepEqual(made, { bytes: file.length, sha256: hashOf(file) });
  assert.ok(file.equals(await byYazl()));
  assert.equal(
    passed,
    contents.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  assert.equal(existsSync(logOf(path)), false);
});

test("what is longer than 4 GB, or lies behind them, has its sizes in 64 bits", () => {
  const row = tableRow({ name: "a", bytes: 5e9, crc: 1 }, 6e9, zipTimes(at));
  assert.equal(row.length, 46 + 1 + 9 + 28);
  assert.deepEqual([row.readUInt32LE(20), row.readUInt32LE(42)], [0xffffffff, 0xffffffff]);
  const wide = row.subarray(46 + 1 + 9);
  assert.deepEqual([wide.readBigUInt64LE(4), wide.readBigUInt64LE(20)], [5_000_000_000n, 6_000_000_000n]);
  assert.deepEqual(
    [descriptor({ bytes: 7, crc: 1 }, 6e9).length, descriptor({ bytes: 7, crc: 1 }, 0).length],
    [24, 16],
  );
  assert.deepEqual([tableEnd(3, 6e9, 100).length, tableEnd(3, 100, 100).length], [56 + 20 + 22, 22]);
});

test("an export that was stopped goes on in the middle of a file, and what it makes is the same", async (t) => {
  const [path, other] = [place(t), place(t)];
  written(path, { file: 2, byte: 900_000 }, "in peace");
  const { read, sha256 } = goneOn(path);
  assert.deepEqual(read, [0, 0, 600_000, 6]);
  assert.equal(sha256, hashOf(await byYazl()));
  assert.equal(hashOf(readFileSync(path)), sha256);
  assert.deepEqual(goneOn(other).read, [3_000_000, 0, 1_500_000, 6], "where nothing is there all is read");
});

test("one that was killed goes on behind its last whole file", async (t) => {
  const path = place(t);
  written(path, { file: 2, byte: 900_000 }, "killed");
  const { read, sha256 } = goneOn(path);
  assert.deepEqual(read, [0, 0, 1_500_000, 6]);
  assert.equal(sha256, hashOf(await byYazl()));
});

test("of what a power cut left only what has its checksums is kept", async (t) => {
  const damage: Record<string, (path: string) => void> = {
    "a byte in the first file": (path) => {
      const bytes = readFileSync(path);
      bytes[2_000_000] = (bytes[2_000_000] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    "a byte in its header": (path) => {
      const bytes = readFileSync(path);
      bytes[10] = (bytes[10] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    "shorter than the log says": (path) => truncateSync(path, 2_999_999),
    "no log": (path) => rmSync(logOf(path)),
    "half a line in it": (path) => truncateSync(logOf(path), 40),
  };
  for (const [what, harm] of Object.entries(damage)) {
    const path = place(t);
    written(path, { file: 2, byte: 900_000 }, "in peace");
    harm(path);
    const { read, sha256 } = goneOn(path);
    assert.equal(read[0], 3_000_000, what);
    assert.equal(sha256, hashOf(await byYazl()), what);
  }
  const path = place(t);
  written(path, { file: 2, byte: 900_000 }, "in peace");
  truncateSync(path, 3_500_000);
  assert.deepEqual(goneOn(path).read, [0, 0, 1_500_000, 6], "the file in the middle is cut, those before it are whole");
});

test("a file that is made of something else by now is written anew, with all behind it", (t) => {
  const path = place(t);
  written(path, { file: 3, byte: 2 }, "in peace");
  const zip = openZipPart(path, at.getTime());
  assert.deepEqual(zip.ready("camera-01-höf.mp4", "otherwise"), undefined);
  const first = { name: "camera-01-höf.mp4", bytes: 3, made: "otherwise" };
  assert.deepEqual(zip.begin(first), { from: 0 });
  zip.write(Buffer.from("abc"));
  zip.finish();
  const { bytes, sha256 } = zip.end();
  const file = readFileSync(path);
  assert.deepEqual([bytes, sha256], [file.length, hashOf(file)]);
  assert.ok(bytes < 200, "nothing is left of the others");
});

test("an export that is killed again and again ends with the same ZIP", async (t) => {
  const path = place(t);
  written(path, { file: 0, byte: 1_000_000 }, "in peace");
  written(path, { file: 0, byte: 2_000_000 }, "in peace");
  written(path, { file: 2, byte: 1000 }, "killed");
  written(path, { file: 2, byte: 5000 }, "in peace");
  const { read, sha256 } = goneOn(path);
  assert.deepEqual(read, [0, 0, 1_495_000, 6]);
  assert.equal(sha256, hashOf(await byYazl()));
});

test("a source that fails ends the export with what it says; what is there can be gone on with", async (t) => {
  const path = place(t);
  const [first] = contents;
  assert.ok(first !== undefined);
  const broken: ZipEntry = {
    ...entryOf(first),
    *read() {
      yield first.bytes.subarray(0, 2_000_000);
      throw new Error("The disk does not answer.");
    },
  };
  {
    await using zip = startZip(path, at, never, () => undefined);
    await assert.rejects(zip.add(broken), /does not answer/);
  }
  const { read } = goneOn(path);
  assert.equal(read[0], 3_000_000 - 1024 * 1024, "a MiB had gone out");
});

test("an abort ends it at once, with its reason", async (t) => {
  const abort = new AbortController();
  await using zip = startZip(place(t), at, abort.signal, () => undefined);
  const gate = Promise.withResolvers<undefined>();
  const slow: ZipEntry = {
    ...{ name: "a", bytes: 2, made: "" },
    async *read() {
      yield Buffer.from("a");
      abort.abort(new Error("cancelled"));
      await gate.promise;
    },
  };
  const added = assert.rejects(zip.add(slow), /cancelled/);
  gate.resolve(undefined);
  await added;
});

test("a place that can't be written says why", async (t) => {
  await using zip = startZip(join(place(t), "nowhere", "a.part"), at, never, () => undefined);
  await assert.rejects(addBytes(zip, "a", Buffer.from("a")), /ENOENT/);
});
