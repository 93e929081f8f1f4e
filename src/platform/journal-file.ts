import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import type { Clock } from "../kernel/time.ts";
import type { Stamped } from "../messages/journal.ts";

/**
 * One line a record: `crc32 of the JSON in 8 hex digits`, a space, the JSON, a line feed. Append-only; a line whose
 * checksum does not fit (a torn tail) ends what is believed of that file only when nothing valid follows it.
 */
export const encodeLine = (json: string): string => `${crc32(json).toString(16).padStart(8, "0")} ${json}\n`;

/** The JSON of a line, or undefined when its checksum does not fit. */
export function decodeLine(line: string): string | undefined {
  const json = line.slice(9);
  return line.length > 9 && crc32(json).toString(16).padStart(8, "0") === line.slice(0, 8) ? json : undefined;
}

/** All believable records of a folder's files ending in `suffix`, oldest file first, and how many lines were not. */
export function readJournal<R>(
  folder: string,
  suffix: string,
  newestFiles = Infinity,
): { records: Stamped<R>[]; damaged: number } {
  const records: Stamped<R>[] = [];
  let damaged = 0;
  for (const one of eachRecord<R>(folder, suffix, newestFiles)) {
    if (one === "damaged") damaged++;
    else records.push(one);
  }
  return { records, damaged };
}

/** The same one by one, however long the files are. A line without a boot is of the boot of the line before it. */
export function* eachRecord<R>(
  folder: string,
  suffix: string,
  newestFiles = Infinity,
): Generator<Stamped<R> | "damaged"> {
  for (const name of journalFiles(folder, suffix).slice(-newestFiles)) {
    let boot = "";
    for (const line of linesOf(join(folder, name))) {
      if (line === "") continue;
      const json = decodeLine(line);
      const stamped = json === undefined ? "damaged" : ({ boot, ...(JSON.parse(json) as object) } as Stamped<R>);
      if (stamped !== "damaged") boot = stamped.boot;
      yield stamped;
    }
  }
}

const pieceBytes = 1 << 20;

/** The lines of a file, read in pieces; also the last one without a line feed. */
export function* linesOf(path: string): Generator<string> {
  for (const line of rawLinesOf(path)) yield line.toString("utf8");
}

const lineFeed = 0x0a;

/** The same as they lie there, whatever they are. */
export function* rawLinesOf(path: string): Generator<Buffer> {
  const fd = openSync(path, "r");
  try {
    let rest: Buffer[] = [];
    for (;;) {
      const bytes = Buffer.allocUnsafe(pieceBytes);
      const piece = bytes.subarray(0, readSync(fd, bytes));
      if (piece.length === 0) break;
      let from = 0;
      for (let to = piece.indexOf(lineFeed); to >= 0; to = piece.indexOf(lineFeed, from)) {
        const line = piece.subarray(from, to);
        yield rest.length === 0 ? line : Buffer.concat([...rest, line]);
        rest = [];
        from = to + 1;
      }
      if (from < piece.length) rest.push(piece.subarray(from));
    }
    if (rest.length > 0) yield Buffer.concat(rest);
  } finally {
    closeSync(fd);
  }
}

/** The files in the order in which they were begun: the days in their names are of a clock that may have been wrong. */
export function journalFiles(folder: string, suffix: string): string[] {
  try {
    const names = readdirSync(folder)
      .filter((name) => name.endsWith(suffix))
      .sort();
    return inOrder(names, (name) => firstSequence(join(folder, name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** By the first sequence number; a file without a readable one stays behind the one before it. */
export function inOrder(names: readonly string[], sequenceOf: (name: string) => number | undefined): string[] {
  let last = 0;
  return names
    .map((name) => ({ name, seq: (last = sequenceOf(name) ?? last) }))
    .sort((a, b) => a.seq - b.seq)
    .map(({ name }) => name);
}

/** The sequence number of the first record in the text, without reading what may be a long record. */
export function sequenceIn(text: string): number | undefined {
  const found = /(?:^|\n)[0-9a-f]{8} \{"seq":(\d{1,15}),/.exec(text);
  return found === null ? undefined : Number(found[1]);
}

function firstSequence(path: string): number | undefined {
  const fd = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(4096);
    return sequenceIn(bytes.toString("latin1", 0, readSync(fd, bytes)));
  } finally {
    closeSync(fd);
  }
}

export interface Journal<R> extends Disposable {
  /**
   * Appends; in the page cache when it returns (a `kill -9` loses nothing), on the medium after `sync`. `brief`: without
   * the boot, once a line before it in the file has it.
   */
  append(record: R, brief?: "brief"): Stamped<R>;
  /** fdatasync, and the folder too when the file is new. Throws when the medium fails. */
  sync(): void;
  readonly fd: number;
}

/**
 * Opens today's journal for appending. A new file begins with what `opening` returns. A torn last line of an existing
 * file is closed by a line feed, so that it can't swallow the next record.
 */
export function openJournal<R>(folder: string, suffix: string, clock: Clock, opening: () => R | undefined): Journal<R> {
  makeDurableFolder(folder);
  let fd = -1;
  let openName = "";
  let newFile = false;
  let seq = nextSequence(folder, suffix);

  let bootTold = false;
  const write = (record: R, brief?: "brief"): Stamped<R> => {
    const stamped: Stamped<R> = { seq: seq++, boot: clock.bootId, at: clock.now(), wall: clock.wall(), record };
    const boot = brief !== undefined && bootTold ? undefined : stamped.boot;
    const bytes = Buffer.from(encodeLine(JSON.stringify({ ...stamped, boot })));
    const written = writeSync(fd, bytes);
    if (written !== bytes.length) {
      writeSync(fd, "\n");
      throw new Error(
        `journal ${join(folder, openName)}: short write (${written} of ${bytes.length} bytes), volume full?`,
      );
    }
    // only what is in the file was told
    bootTold = true;
    return stamped;
  };
  const open = (name: string) => {
    const known = journalFiles(folder, suffix).includes(name);
    // the old file is closed only when the new one is open: a descriptor that was closed must never be used again
    const opened = openSync(join(folder, name), "a");
    if (fd >= 0) closeSync(fd);
    fd = opened;
    openName = name;
    bootTold = false;
    if (known) {
      if (!endsWithLineFeed(join(folder, name))) writeSync(fd, "\n");
    } else {
      newFile = true;
      const first = opening();
      if (first !== undefined) write(first);
    }
  };
  const today = (part = "") => `${new Date(clock.wall()).toISOString().slice(0, 10)}${part}${suffix}`;
  open(nameFor(journalFiles(folder, suffix), today));
  return {
    append(record, brief) {
      // never back to an older file: order is (boot, seq), and a clock set back must not interleave
      if (today() > openName) open(today());
      return write(record, brief);
    },
    sync() {
      fdatasyncSync(fd);
      if (newFile) {
        syncFolder(folder);
        newFile = false;
      }
    },
    get fd() {
      return fd;
    },
    [Symbol.dispose]() {
      closeSync(fd);
    },
  };
}

/** Today's file, or a further one of today when a file of a later day was begun after it (the clock was set back). */
function nameFor(files: readonly string[], today: (part?: string) => string): string {
  let name = today();
  for (let part = 1; files.includes(name) && files.at(-1) !== name; part++) name = today(`.z${part}`);
  return name;
}

function nextSequence(folder: string, suffix: string): number {
  let last = 0;
  for (const line of eachRecord<unknown>(folder, suffix, 2)) if (line !== "damaged") last = line.seq;
  return last + 1;
}

function endsWithLineFeed(path: string): boolean {
  const bytes = readFileSync(path);
  return bytes.length === 0 || bytes[bytes.length - 1] === 0x0a;
}

/** Makes the folder (for this user alone) and its parents; their names are durable when it returns. */
export function makeDurableFolder(path: string): void {
  const firstNew = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (firstNew === undefined) return;
  for (let at = path; at !== dirname(firstNew) && at !== dirname(at);) {
    at = dirname(at);
    syncFolder(at);
  }
}

/** Makes a new or removed name in a folder durable. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
