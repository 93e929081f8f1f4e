/** Copies one segment to a bucket: in parts that another process can go on with, and proven before it counts. */
import { createHash } from "node:crypto";
import { open, readFile, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { headsName } from "../../../domain/bucket-settings.ts";
import { encodeHeads, headsOf } from "../../../bucket/heads.ts";
import { BucketError, type Bucket, type FinishedPart, type Metadata } from "../../../bucket/port.ts";
import { scanSegment } from "../../journal/scan-segment.ts";
import { nodeFiles } from "../../volumes/node-files.ts";
import { metadataOf } from "./object-row.ts";
import type { CopyJob } from "./store.ts";

export interface CopyDeps {
  readonly bucket: Bucket;
  /** Where an upload in parts is remembered. */
  readonly memory: string;
  /** It gets on. */
  readonly moved: () => void;
  readonly wait: (ms: number) => Promise<void>;
  /** S3 takes no smaller parts than 5 MiB, but for the last. */
  readonly partBytes?: number;
}

const usualPartBytes = 8 * 1024 * 1024;
const atOnce = 3;
/** Pauses between the tries of one request, ms. */
const pauses = [1000, 3000];

interface Hashes {
  /** Base64, of the parts and of all. */
  readonly parts: readonly string[];
  readonly whole: string;
}

/** What is remembered between processes. */
interface Memory {
  readonly name: string;
  readonly head: string;
  readonly id: string;
  readonly partBytes: number;
  readonly done: FinishedPart[];
}

/** Resolved: the object is there, and what it holds is what the recorder wrote (its chain says so). */
export async function copySegment(deps: CopyDeps, { file: path, segment }: CopyJob): Promise<void> {
  const { bucket } = deps;
  const { bytes: size, head, path: name } = segment;
  await proveSource(path, segment);
  await using file = await open(path, "r");
  const partBytes = Math.max(deps.partBytes ?? usualPartBytes, Math.ceil(size / 10_000));
  const hashes = await hashesOf(file, size, partBytes);
  if (await isThere(deps, { name, size, hashes })) return;
  const heads = encodeHeads(await headsOf(size, (offset, length) => bytesAt(file, offset, length)));
  await tried(deps, () => bucket.put(headsName(name), { bytes: heads, sha256: sha256(heads) }));
  const metadata = metadataOf(segment);
  const work = { deps, file, size, name, head, hashes, partBytes, metadata };
  const told = size <= partBytes ? await sendWhole(work) : await sendInParts(work);
  if (told !== hashes.whole && told !== composite(hashes)) await prove(deps, { name, size, hashes });
  await rm(deps.memory, { force: true });
}

interface Work {
  readonly deps: CopyDeps;
  readonly file: FileHandle;
  readonly size: number;
  readonly name: string;
  readonly head: string;
  readonly hashes: Hashes;
  readonly partBytes: number;
  readonly metadata: Metadata;
}

/** A copy can't be better than what it is made of. */
async function proveSource(path: string, { bytes, head }: CopyJob["segment"]): Promise<void> {
  const scanned = await scanSegment(nodeFiles, path, true);
  if (scanned?.wholeBytes === bytes && Buffer.from(scanned.head).toString("hex") === head) return;
  throw new Error("the segment's file is damaged and is not copied");
}

async function sendWhole({ deps, file, size, name, hashes, metadata }: Work): Promise<string | undefined> {
  const bytes = await bytesAt(file, 0, size);
  const { sha256: told } = await tried(deps, () => deps.bucket.put(name, { bytes, metadata, sha256: hashes.whole }));
  deps.moved();
  return told;
}

async function sendInParts(work: Work): Promise<string | undefined> {
  const { deps, name } = work;
  const memory = await begun(work);
  const upload = { name, id: memory.id };
  try {
    await sendParts(work, memory);
    const parts = memory.done.toSorted((a, b) => a.number - b.number);
    return (await tried(deps, () => deps.bucket.finish(upload, parts))).sha256;
  } catch (error) {
    // what the server has forgotten, or does not take as it is, is begun anew the next time
    if (error instanceof BucketError && error.kind !== "away" && error.kind !== "busy") {
      await deps.bucket.abandon(upload);
      await rm(deps.memory, { force: true });
    }
    throw error;
  }
}

/** The upload that is remembered, when it is of these bytes; else a new one. */
async function begun({ deps, name, head, partBytes, metadata }: Work): Promise<Memory> {
  const known = await remembered(deps.memory);
  if (known?.name === name && known.head === head && known.partBytes === partBytes) return known;
  if (known !== undefined) await deps.bucket.abandon({ name: known.name, id: known.id });
  const id = await tried(deps, () => deps.bucket.begin(name, metadata));
  const memory: Memory = { name, head, id, partBytes, done: [] };
  await remember(deps.memory, memory);
  return memory;
}

async function sendParts({ deps, file, size, name, hashes, partBytes }: Work, memory: Memory): Promise<void> {
  const missing = hashes.parts.map((_, i) => i + 1).filter((n) => !memory.done.some(({ number }) => number === n));
  let writing = Promise.resolve();
  const worker = async (): Promise<void> => {
    for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
      const offset = (number - 1) * partBytes;
      const bytes = await bytesAt(file, offset, Math.min(partBytes, size - offset));
      const part = { name, id: memory.id, number };
      const hash = sha256(bytes);
      if (hash !== hashes.parts[number - 1]) throw new Error("the segment's file is damaged and is not copied");
      const answer = await tried(deps, () => deps.bucket.part(part, { bytes, sha256: hash }));
      memory.done.push({ number, ...answer });
      deps.moved();
      await (writing = writing.then(() => remember(deps.memory, memory)));
    }
  };
  const results = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

interface Wanted {
  readonly name: string;
  readonly size: number;
  readonly hashes: Hashes;
}

/** A kill may have come between the last byte and the word that all is there. */
async function isThere(deps: CopyDeps, wanted: Wanted): Promise<boolean> {
  const facts = await tried(deps, () => deps.bucket.head(wanted.name));
  if (facts?.bytes !== wanted.size) return false;
  if (facts.sha256 === wanted.hashes.whole || facts.sha256 === composite(wanted.hashes)) return true;
  return (await hashThere(deps, wanted.name)) === wanted.hashes.whole;
}

/**
 * A server that computes SHA-256 has said the right one already. Any other is asked for the whole object: what it gives
 * back is what it has.
 */
async function prove(deps: CopyDeps, { name, size, hashes }: Wanted): Promise<void> {
  const facts = await tried(deps, () => deps.bucket.head(name));
  if (facts?.bytes === size) {
    if (facts.sha256 === hashes.whole || facts.sha256 === composite(hashes)) return;
    if ((await hashThere(deps, name)) === hashes.whole) return;
  }
  await tried(deps, () => deps.bucket.remove(name));
  await rm(deps.memory, { force: true });
  throw new Error("the copy differs from the segment; it is made again");
}

async function hashThere({ bucket, moved }: CopyDeps, name: string): Promise<string | undefined> {
  const body = await bucket.stream(name);
  if (body === undefined) return undefined;
  const hash = createHash("sha256");
  for await (const chunk of body) {
    hash.update(chunk);
    moved();
  }
  return hash.digest("base64");
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

/** As S3 tells the checksum of an object that was put together: the hash of its parts' hashes, and their number. */
const composite = ({ parts }: Hashes): string =>
  `${sha256(Buffer.concat(parts.map((part) => Buffer.from(part, "base64"))))}-${parts.length}`;

async function hashesOf(file: FileHandle, size: number, partBytes: number): Promise<Hashes> {
  const whole = createHash("sha256");
  const parts: string[] = [];
  for (let at = 0; at < size; at += partBytes) {
    const bytes = await bytesAt(file, at, Math.min(partBytes, size - at));
    whole.update(bytes);
    parts.push(sha256(bytes));
  }
  return { parts, whole: whole.digest("base64") };
}

async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw new Error("the segment became shorter while it was copied");
    done += bytesRead;
  }
  return bytes;
}

async function tried<T>({ wait }: CopyDeps, ask: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof BucketError) || (error.kind !== "away" && error.kind !== "busy")) throw error;
      await wait(pause);
    }
  }
  return ask();
}

async function remembered(path: string): Promise<Memory | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Memory;
  } catch {
    // none, or half of one: the parts are sent anew
    return undefined;
  }
}

async function remember(path: string, memory: Memory): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(memory), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
