/** What a power cut leaves: all that was synced, and of everything else whatever chance takes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Disk, FileOp, FileThing, FolderThing, NameOp } from "./disk.ts";

/** A number in [0, 1). */
export type Chance = () => number;

/** Nothing survives that was not synced. */
export const onlySynced: Chance = () => 0.999_999;

const pageBytes = 4096;
const sectorBytes = 512;
/** How a file's unsynced part fares: all gone, all there, or page by page. */
const shares = { all: 0.2, pages: 0.75 };

/**
 * Writes the disk as the cut at `at` (seconds of CLOCK_REALTIME) leaves it. An operation is durable when a sync of its
 * file or folder began after it had ended, and had returned; of the others each page of a file is as one of its later
 * writes left it, the last one possibly torn, the size as one of the operations left it, and each name as it was or is.
 */
export function writeDisk(disk: Disk, at: number, chance: Chance, to: string): void {
  writeFolder(disk.root, { at, chance, groups: new Map() }, to);
}

interface Cut {
  readonly at: number;
  readonly chance: Chance;
  readonly groups: Map<number, boolean>;
}

/** Everything that ended before this is durable. */
const syncedBefore = (syncs: readonly { begin: number; end: number }[], at: number): number =>
  syncs.reduce((latest, sync) => (sync.end <= at ? Math.max(latest, sync.begin) : latest), -Infinity);

function writeFolder(folder: FolderThing, cut: Cut, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const [name, op] of namesLeft(folder, cut)) {
    if (op.target?.kind === "folder") writeFolder(op.target, cut, join(to, name));
    else if (op.target?.kind === "file") {
      writeFileSync(join(to, name), contentLeft(op.target, cut), { mode: name === "secret.key" ? 0o600 : 0o640 });
    }
  }
}

function namesLeft(folder: FolderThing, cut: Cut): Map<string, NameOp> {
  const durable = syncedBefore(folder.syncs, cut.at);
  const left = new Map<string, NameOp>();
  const stuck = new Set<string>();
  for (const op of folder.ops) {
    if (op.begin >= cut.at || stuck.has(op.name)) continue;
    if (op.end <= durable || survives(op, cut)) left.set(op.name, op);
    else stuck.add(op.name);
  }
  return left;
}

function survives(op: NameOp, { chance, groups }: Cut): boolean {
  const known = groups.get(op.group);
  const lives = known ?? chance() < 0.5;
  groups.set(op.group, lives);
  return lives;
}

/** The bytes of a file after the cut. */
export function contentLeft(file: FileThing, cut: Pick<Cut, "at" | "chance">): Buffer {
  const durable = syncedBefore(file.syncs, cut.at);
  const synced = file.ops.filter((op) => op.end <= durable);
  const rest = file.ops.filter((op) => op.end > durable && op.begin < cut.at);
  const base = apply(Buffer.alloc(0), synced);
  const dice = cut.chance();
  if (rest.length === 0 || dice >= shares.all + shares.pages) return base;
  if (dice < shares.all)
    return apply(
      base,
      rest.filter((op) => op.end <= cut.at),
    );
  return mixPages(base, rest, cut.chance);
}

function apply(base: Buffer, ops: readonly FileOp[]): Buffer {
  const most = ops.reduce((size, op) => Math.max(size, endOf(op)), base.length);
  const bytes = Buffer.alloc(most);
  base.copy(bytes);
  let size = base.length;
  for (const op of ops) {
    if (op.kind === "write") op.bytes.copy(bytes, op.at);
    else if (op.size < size) bytes.fill(0, op.size);
    size = op.kind === "size" ? op.size : Math.max(size, endOf(op));
  }
  return bytes.subarray(0, size);
}

const endOf = (op: FileOp): number => (op.kind === "write" ? op.at + op.bytes.length : op.size);

function mixPages(base: Buffer, rest: readonly FileOp[], chance: Chance): Buffer {
  const upTo = (count: number) => Math.floor(chance() * (count + 1));
  const size = apply(base, rest.slice(0, upTo(rest.length))).length;
  const bytes = Buffer.alloc(size);
  base.copy(bytes);
  for (let start = 0; start < size; start += pageBytes) {
    const end = Math.min(size, start + pageBytes);
    const touching = rest.filter((op) => (op.kind === "write" ? op.at < end && endOf(op) > start : op.size < end));
    const kept = touching.slice(0, upTo(touching.length));
    const torn = chance() < 0.2 ? kept.at(-1) : undefined;
    for (const op of kept) onPage(bytes, op, start, end, op === torn ? sectorBytes * upTo(7) : undefined);
  }
  return bytes;
}

/** The part of an operation that lies in [start, end); of a torn one only the first sectors of the page. */
function onPage(bytes: Buffer, op: FileOp, start: number, end: number, tornAt: number | undefined): void {
  const until = tornAt === undefined ? end : Math.min(end, start + tornAt);
  if (op.kind === "size") bytes.fill(0, Math.min(until, Math.max(start, op.size)), until);
  else {
    const from = Math.max(start, op.at);
    const to = Math.min(until, endOf(op));
    if (from < to) op.bytes.copy(bytes, from, from - op.at, to - op.at);
  }
}
