/**
 * A ZIP that is being written, and what a killed process needs to go on with it: `<zip>.log` has a line for each file
 * that is whole, and one now and then for the file that is being written. Nothing in there is believed: who goes on reads
 * the ZIP again, and keeps what has the checksums of the log. All calls block; `zip-thread.ts` runs them in a thread.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, constants, fdatasync, fsyncSync, ftruncateSync, openSync } from "node:fs";
import { readFileSync, readSync, rmSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { descriptor, localHeader, tableEnd, tableRow, zipTimes, type StoredFile } from "./zip-format.ts";

/** A file as it is to stand in the ZIP. */
export interface PartEntry {
  readonly name: string;
  readonly bytes: number;
  /** What it is made of: one of the same name and length but made of something else is another one. */
  readonly made: string;
}

export interface ZipPart {
  /** The next file, where it is whole already and made of this. */
  ready(name: string, made: string): { readonly bytes: number; readonly sha256: string } | undefined;
  /** Begins the next file. `from`: so much of it is there; `sha256`: all of it. */
  begin(entry: PartEntry): { readonly from: number; readonly sha256?: string };
  write(bytes: Uint8Array): void;
  /** Its SHA-256. Throws when it has another length than was said. */
  finish(): string;
  /** The table; on the medium when it returns. */
  end(): { readonly bytes: number; readonly sha256: string };
  /** Puts down where it is, for another process to go on; nothing when it has ended. */
  leave(): void;
}

interface Finished extends PartEntry, StoredFile {
  readonly sha256: string;
}

/** A file in the middle. */
interface Inside extends PartEntry {
  readonly done: number;
  readonly crc: number;
}

/** The file that is being written. */
interface Open {
  readonly entry: PartEntry;
  readonly at: number;
  readonly hash: Hash;
  crc: number;
  done: number;
}

/** A file of the ZIP that is there, and the hash of all that is before it. */
interface Kept {
  readonly file: Finished;
  readonly at: number;
  readonly before: Hash;
}

/** So much may have to be read and written again. */
const markedEvery = 64 * 1024 * 1024;
const readBytes = 1024 * 1024;

export const logOf = (path: string): string => `${path}.log`;

export function openZipPart(path: string, atMs: number): ZipPart {
  const times = zipTimes(new Date(atMs));
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  const found = readAgain(fd, linesOf(logOf(path)), times);
  const { kept } = found;
  let { at, whole, open } = found;
  /** Of `kept`, those that were asked for again. */
  let taken = 0;
  let marked = open?.done ?? 0;
  ftruncateSync(fd, at);
  rewriteLog(path, found);
  const log = openSync(logOf(path), "a", 0o600);
  const flush = backgroundSync(fd);
  let ended = false;
  const note = (line: Finished | Inside) => void writeSync(log, `${JSON.stringify(line)}\n`);
  const mark = () => {
    if (open === undefined) return;
    const { entry, done, crc } = open;
    marked = done;
    note({ ...entry, done, crc });
    flush.begin();
  };
  const put = (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
    whole.update(bytes);
    at += bytes.length;
  };
  /** What is there is not what is asked for: it goes. */
  const cut = (to: number, before: Hash) => {
    at = to;
    whole = before.copy();
    open = undefined;
    ftruncateSync(fd, at);
  };
  /** What an earlier process put here and nobody asked for again. */
  const cutRest = () => {
    const strange = kept[taken];
    if (strange !== undefined) {
      cut(strange.at, strange.before);
      kept.length = taken;
    } else if (open !== undefined) cut(open.at, found.beforeOpen);
  };
  const nextOf = (name: string, made: string): Finished | undefined => {
    const file = kept[taken]?.file;
    return file?.name === name && file.made === made ? file : undefined;
  };
  return {
    ready: nextOf,
    begin(entry) {
      const next = nextOf(entry.name, entry.made);
      if (next?.bytes === entry.bytes) {
        taken++;
        return { from: entry.bytes, sha256: next.sha256 };
      }
      if (kept[taken] === undefined && open !== undefined && sameEntry(open.entry, entry)) return { from: open.done };
      cutRest();
      marked = 0;
      open = { entry, at, hash: createHash("sha256"), crc: 0, done: 0 };
      put(localHeader(entry.name, times));
      return { from: 0 };
    },
    write(bytes) {
      if (open === undefined) throw notBegun();
      put(bytes);
      open.hash.update(bytes);
      open.crc = crc32(bytes, open.crc);
      open.done += bytes.length;
      if (open.done - marked >= markedEvery) mark();
    },
    finish() {
      if (open === undefined) throw notBegun();
      const { entry, at: begun, crc, done, hash } = open;
      if (done !== entry.bytes) throw new Error(`The file ${entry.name} has another length than it was to have.`);
      put(descriptor({ bytes: done, crc }, begun));
      const file: Finished = { ...entry, crc, sha256: hash.digest("hex") };
      kept.push({ file, at: begun, before: whole });
      taken = kept.length;
      open = undefined;
      note(file);
      return file.sha256;
    },
    end() {
      cutRest();
      const begun = at;
      const rows = kept.map(({ file, at: header }) => tableRow(file, header, times));
      put(Buffer.concat(rows));
      put(tableEnd(kept.length, begun, at - begun));
      flush.end();
      ended = true;
      closeSync(log);
      rmSync(logOf(path), { force: true });
      return { bytes: at, sha256: whole.digest("hex") };
    },
    leave() {
      if (ended) return;
      mark();
      closeSync(log);
    },
  };
}

/** What is written goes out meanwhile, so that the end has little to wait for. */
function backgroundSync(fd: number): { begin(): void; end(): void } {
  let running = false;
  let failed: Error | undefined;
  return {
    begin() {
      // an error is said once, and to whoever syncs first
      if (failed !== undefined) throw failed;
      if (running) return;
      running = true;
      fdatasync(fd, (error) => {
        running = false;
        failed = error ?? undefined;
      });
    },
    end() {
      if (failed !== undefined) throw failed;
      fsyncSync(fd);
    },
  };
}

const notBegun = (): Error => new Error("No file of the ZIP was begun.");

const sameEntry = (a: PartEntry, b: PartEntry): boolean =>
  a.name === b.name && a.bytes === b.bytes && a.made === b.made;

interface Found {
  readonly kept: Kept[];
  /** Behind what is kept. */
  readonly at: number;
  readonly whole: Hash;
  readonly open: Open | undefined;
  /** The hash of all that is before `open`. */
  readonly beforeOpen: Hash;
}

/** Reads what is there, and keeps it as far as it has the checksums of the log. */
function readAgain(fd: number, lines: readonly (Finished | Inside)[], times: ReturnType<typeof zipTimes>): Found {
  const kept: Kept[] = [];
  const files = lines.filter((line) => "sha256" in line);
  let whole = createHash("sha256");
  let at = 0;
  /** The hash with all of these bytes, where the ZIP has them at `from`. */
  const passed = (bytes: Buffer, from: number, into: Hash): boolean => {
    const there = Buffer.alloc(bytes.length);
    const read = readSync(fd, there, 0, there.length, from);
    into.update(there);
    return read === bytes.length && there.equals(bytes);
  };
  for (const file of files) {
    const header = localHeader(file.name, times);
    const next = whole.copy();
    const body = passed(header, at, next) ? hashed(fd, at + header.length, file.bytes, next) : undefined;
    if (body?.crc !== file.crc || body.hash.digest("hex") !== file.sha256) break;
    const behind = at + header.length + file.bytes;
    const tail = descriptor(file, at);
    if (!passed(tail, behind, next)) break;
    kept.push({ file, at, before: whole });
    whole = next;
    at = behind + tail.length;
  }
  const beforeOpen = whole;
  const inside = kept.length === files.length ? lines.at(-1) : undefined;
  if (inside === undefined || !("done" in inside))
    return { kept, at, whole: whole.copy(), open: undefined, beforeOpen };
  const { done, crc, ...entry } = inside;
  const header = localHeader(entry.name, times);
  const next = whole.copy();
  const body = passed(header, at, next) ? hashed(fd, at + header.length, done, next) : undefined;
  if (body?.crc !== crc) return { kept, at, whole: whole.copy(), open: undefined, beforeOpen };
  const open: Open = { entry, at, hash: body.hash, crc, done };
  return { kept, at: at + header.length + done, whole: next, open, beforeOpen };
}

/** Undefined where the file ends before. */
function hashed(fd: number, from: number, bytes: number, into: Hash): { hash: Hash; crc: number } | undefined {
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(Math.min(readBytes, Math.max(1, bytes)));
  let crc = 0;
  for (let done = 0; done < bytes;) {
    const read = readSync(fd, chunk, 0, Math.min(chunk.length, bytes - done), from + done);
    if (read === 0) return undefined;
    const part = chunk.subarray(0, read);
    hash.update(part);
    into.update(part);
    crc = crc32(part, crc);
    done += read;
  }
  return { hash, crc };
}

/** A line that is torn ends it. */
function linesOf(path: string): (Finished | Inside)[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const lines: (Finished | Inside)[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    try {
      lines.push(JSON.parse(line) as Finished | Inside);
    } catch {
      // a power cut tore it, and whatever is behind it
      return lines;
    }
  }
  return lines;
}

/** What is not kept is forgotten, so that no later process finds it. */
function rewriteLog(path: string, { kept, open }: Found): void {
  const lines = kept.map(({ file }): Finished | Inside => file);
  if (open !== undefined) lines.push({ ...open.entry, done: open.done, crc: open.crc });
  const log = openSync(logOf(path), "w", 0o600);
  writeSync(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  closeSync(log);
}
