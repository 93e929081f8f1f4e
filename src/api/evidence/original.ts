/** The piece of a segment's file that shows a span, byte for byte: its head, and whole fragments. */
import type { SegmentFile, SegmentFiles } from "../footage/segment-files.ts";

export interface OriginalFragment {
  readonly start: number;
  readonly end: number;
  readonly chain: string;
  /** Arrival (ms of the boot's monotonic clock) and wall time of its first and last unit. */
  readonly arrivals: readonly [number, number];
  readonly walls: readonly [number, number];
}

export interface Original {
  readonly path: string;
  /** Of `ftyp`, `moov` and Reed's own box of the segment. */
  readonly headBytes: number;
  /** Number of the first of `fragments` in the segment. */
  readonly first: number;
  readonly before: string;
  readonly fragments: readonly OriginalFragment[];
  readonly bytes: number;
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const chunkBytes = 1024 * 1024;
const keyFlag = 1;

/** Undefined when the file is none of ours. Rejects when it can't be read. `from`, `to`: wall time, ms. */
export async function originalOf(
  files: SegmentFiles,
  path: string,
  from: number,
  to: number,
): Promise<Original | undefined> {
  await using file = await files.open(path);
  const { size } = await file.stat();
  const head = await headOf(file, size);
  if (head === undefined) return undefined;
  const all: (OriginalFragment & { readonly isKey: boolean })[] = [];
  for (let at = head.end; ;) {
    const fragment = await fragmentAt(file, at, size);
    if (fragment === undefined || fragment.walls[0] > to) break;
    all.push(fragment);
    at = fragment.end;
  }
  const begin = Math.max(
    0,
    all.findLastIndex(({ isKey, walls }) => isKey && walls[0] <= from),
  );
  const fragments = all.slice(begin);
  const first = fragments[0];
  const last = fragments.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const before = all[begin - 1]?.chain ?? head.chainStart;
  return { path, headBytes: head.end, first: begin, before, fragments, bytes: head.end + last.end - first.start };
}

/** Says which bytes they are: of the same text, they are the same. */
export const madeOfOriginal = ({ path, headBytes, first, fragments }: Original): string =>
  JSON.stringify([path, headBytes, first, fragments.at(-1)?.chain]);

/** Its bytes from the `begin`th on. Ends with an error when the file is shorter by then. */
export async function* readOriginal(
  files: SegmentFiles,
  { path, headBytes, fragments }: Original,
  begin = 0,
): AsyncGenerator<Uint8Array> {
  await using file = await files.open(path);
  const [start, end] = [fragments[0]?.start ?? 0, fragments.at(-1)?.end ?? 0];
  for (const [from, to] of [
    [begin, headBytes],
    [start + Math.max(0, begin - headBytes), end],
  ] as const) {
    for (let at = from; at < to; at += chunkBytes) yield await bytesAt(file, at, Math.min(to, at + chunkBytes));
  }
}

async function headOf(file: SegmentFile, size: number): Promise<{ end: number; chainStart: string } | undefined> {
  const ftyp = await boxAt(file, 0, "ftyp", size);
  const moov = ftyp && (await boxAt(file, ftyp.end, "moov", size));
  const own = moov && (await boxAt(file, moov.end, "uuid", size));
  if (own === undefined) return undefined;
  try {
    const json = (await bytesAt(file, own.start + 24, own.end)).toString("utf8");
    return { end: own.end, chainStart: (JSON.parse(json) as { chainStart: string }).chainStart };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function fragmentAt(file: SegmentFile, at: number, size: number) {
  const moof = await boxAt(file, at, "moof", size);
  const mdat = moof && (await boxAt(file, moof.end, "mdat", size));
  const own = mdat && (await boxAt(file, mdat.end, "uuid", size));
  if (own === undefined || own.end - own.start < 108) return undefined;
  const fields = await bytesAt(file, own.start + 24, own.start + 104);
  const double = (offset: number) => fields.readDoubleBE(offset);
  return {
    start: at,
    end: own.end,
    chain: fields.toString("hex", 4, 36),
    arrivals: [double(36), double(44)] as const,
    walls: [double(52), double(60)] as const,
    isKey: (fields.readUInt32BE(76) & keyFlag) !== 0,
  };
}

async function boxAt(file: SegmentFile, at: number, type: string, size: number): Promise<Box | undefined> {
  if (at + 8 > size) return undefined;
  const head = await bytesAt(file, at, at + 8);
  const end = at + head.readUInt32BE(0);
  return head.toString("latin1", 4) === type && end >= at + 8 && end <= size ? { type, start: at, end } : undefined;
}

async function bytesAt(file: SegmentFile, start: number, end: number): Promise<Buffer> {
  const buffer = Buffer.alloc(end - start);
  for (let done = 0; done < buffer.length;) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, start + done);
    if (bytesRead === 0) throw new Error("A file of the footage is shorter than it was.");
    done += bytesRead;
  }
  return buffer;
}
