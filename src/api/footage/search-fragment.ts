import { crc32 } from "node:zlib";
import { parseFragment } from "../../media/mp4/read.ts";
import type { SegmentFile } from "./segment-files.ts";

/** The box that ends each fragment of ours (docs/design/recording.md, "The bytes of a segment"). */
const fragmentUuid = Buffer.from("52656564000280008000000066726167", "hex");
/** Size and `uuid` before it, the facts and the arrivals of few or no key frames behind it, then their checksum. */
const headerBytes = 8;
const leastBox = 108;
const crcBytes = 4;
/** Chunks overlap, so that a box on the border is seen whole; one with more than 100 key frames may be missed. */
const overlap = 1024;
/** Bytes looked through at once; a fragment is 0.5 to 1 s of footage. */
const chunkBytes = 256 * 1024;
/** A moof that does not fit behind the box found is read by itself. */
const headBytes = 16 * 1024;
const mostGuesses = 6;
/** Chunks looked through behind a guess: no fragment is longer. */
const mostChunks = 32;

export interface SearchedFile {
  readonly file: SegmentFile;
  readonly size: number;
  /** Where its first fragment begins. */
  readonly first: number;
  /** Length of its footage, ms. */
  readonly lengthMs: number;
}

/**
 * Offset of a fragment that begins at or shortly before `ticks` (90 kHz), found without reading the heads before it: by
 * the share of the length, then corrected by the time found there. Undefined when nothing better than the beginning
 * of the file was found.
 */
export async function searchFragment(searched: SearchedFile, ticks: number): Promise<number | undefined> {
  const { first, size, lengthMs } = searched;
  let [low, high] = [first, size];
  let [lowTicks, highTicks] = [0, Math.max(lengthMs * 90, ticks + 1)];
  let best: number | undefined;
  for (let guess = 0; guess < mostGuesses; guess++) {
    // a little before, because the fragment that begins behind it is found
    const share = Math.max(0, ticks - lowTicks - guessSlackTicks) / (highTicks - lowTicks);
    const at = low + Math.floor((high - low) * share);
    const found = at <= low && best !== undefined ? undefined : await fragmentBehind(searched, at, high);
    if (found === undefined) return best;
    if (found.ticks > ticks) {
      [high, highTicks] = [Math.max(low + 1, at), found.ticks];
      continue;
    }
    best = found.offset;
    if (ticks - found.ticks < closeTicks) return best;
    [low, lowTicks] = [found.offset, found.ticks];
  }
  return best;
}

const guessSlackTicks = 1.5 * 90_000;
/** Near enough to walk the rest. */
const closeTicks = 4 * 90_000;

/** The first fragment that begins behind `from`, with its decode time. */
async function fragmentBehind(
  { file, size }: SearchedFile,
  from: number,
  limit: number,
): Promise<{ offset: number; ticks: number } | undefined> {
  const chunk = spareChunks.pop() ?? Buffer.allocUnsafe(chunkBytes + headBytes);
  try {
    for (let n = 0, at = from; n < mostChunks && at < limit; n++, at += chunkBytes - overlap) {
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, at);
      const bytes = chunk.subarray(0, bytesRead);
      for (let uuid = bytes.indexOf(fragmentUuid); uuid >= 0; uuid = bytes.indexOf(fragmentUuid, uuid + 1)) {
        const end = fragmentEnd(bytes, uuid);
        if (end === undefined) continue;
        if (at + end >= size) return undefined;
        const ticks = await decodeTimeAt(file, at + end, chunk.subarray(chunkBytes));
        if (ticks !== undefined) return { offset: at + end, ticks };
      }
    }
    return undefined;
  } finally {
    if (spareChunks.length < mostSpareChunks) spareChunks.push(chunk);
  }
}

/**
 * Used again and again: chunks that a search throws away drive the process into a full collection of 30 ms for every
 * few seeks (bench/README.md).
 */
const spareChunks: Buffer[] = [];
const mostSpareChunks = 4;

/** Where the box of this UUID ends. A camera may send our UUID in its pictures; not with a checksum that fits. */
function fragmentEnd(bytes: Buffer, uuid: number): number | undefined {
  const start = uuid - headerBytes;
  const size = start < 0 ? 0 : bytes.readUInt32BE(start);
  const end = start + size;
  if (size < leastBox || end > bytes.length) return undefined;
  const facts = bytes.subarray(uuid + fragmentUuid.length, end - crcBytes);
  return crc32(facts) === bytes.readUInt32BE(end - crcBytes) ? end : undefined;
}

async function decodeTimeAt(file: SegmentFile, offset: number, into: Buffer): Promise<number | undefined> {
  const { bytesRead } = await file.read(into, 0, headBytes, offset);
  const fragment = parseFragment(into.subarray(0, bytesRead), 0, offset);
  return fragment.ok ? fragment.value.video?.dts[0] : undefined;
}
