import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Files } from "../ports.ts";
import {
  decodeHeader,
  decodeTrailer,
  fragmentBoxType,
  fromHex,
  mostTrailerBytes,
  segmentBoxType,
  uuidBytes,
  type FragmentTrailer,
  type SegmentHeader,
} from "../recording/segment-format.ts";

export interface ScannedSegment {
  readonly header: SegmentHeader;
  /** ftyp and moov as they stand in the file. */
  readonly init: Uint8Array;
  readonly fragments: readonly FragmentTrailer[];
  /** The file up to the end of its last whole fragment. */
  readonly wholeBytes: number;
  readonly fileBytes: number;
  readonly head: Uint8Array;
}

/** A moov of ours has a few KiB; more is no file of ours. */
const mostInitBytes = 1024 * 1024;
const chunkBytes = 1024 * 1024;

interface BoxHead {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Reader {
  readonly size: number;
  /** Exactly these bytes, or undefined when the file has fewer. */
  bytes(start: number, end: number): Promise<Uint8Array | undefined>;
}

/**
 * Reads a segment as docs/design/recording.md describes it and stops at the first thing that is not whole: box sizes
 * must fit, and (with `verify`) checksum and chain. Undefined when the file does not even begin like one.
 */
export async function scanSegment(files: Files, path: string, verify: boolean): Promise<ScannedSegment | undefined> {
  const fd = await files.open(path, "read");
  try {
    const size = (await files.facts(path))?.size ?? 0;
    const reader: Reader = {
      size,
      async bytes(start, end) {
        if (end > size) return undefined;
        const into = new Uint8Array(end - start);
        for (let at = 0; at < into.length;) {
          const read = await files.read(fd, into.subarray(at), start + at);
          if (read === 0) return undefined;
          at += read;
        }
        return into;
      },
    };
    return await scan(reader, verify);
  } finally {
    await files.close(fd);
  }
}

async function scan(reader: Reader, verify: boolean): Promise<ScannedSegment | undefined> {
  const start = await readStart(reader);
  if (start === undefined) return undefined;
  const fragments: FragmentTrailer[] = [];
  let chain = fromHex(start.header.chainStart);
  let at = start.end;
  for (;;) {
    const fragment = await readFragment(reader, at, verify ? chain : undefined);
    if (fragment === undefined) break;
    fragments.push(fragment.trailer);
    chain = fragment.trailer.chain;
    at = fragment.end;
  }
  const { header, init } = start;
  return { header, init, fragments, wholeBytes: at, fileBytes: reader.size, head: chain };
}

async function readStart(
  reader: Reader,
): Promise<{ header: SegmentHeader; init: Uint8Array; end: number } | undefined> {
  const ftyp = await boxAt(reader, 0, "ftyp");
  const moov = ftyp && (await boxAt(reader, ftyp.end, "moov"));
  const own = moov && (await boxAt(reader, moov.end, "uuid"));
  if (moov === undefined || own === undefined || own.end > mostInitBytes) return undefined;
  const init = await reader.bytes(0, moov.end);
  const payload = await userPayload(reader, own, segmentBoxType);
  const header = payload && decodeHeader(payload);
  return init === undefined || header === undefined ? undefined : { header, init, end: own.end };
}

async function readFragment(
  reader: Reader,
  at: number,
  chain: Uint8Array | undefined,
): Promise<{ trailer: FragmentTrailer; end: number } | undefined> {
  const moof = await boxAt(reader, at, "moof");
  const mdat = moof && (await boxAt(reader, moof.end, "mdat"));
  const own = mdat && (await boxAt(reader, mdat.end, "uuid"));
  if (mdat === undefined || own === undefined || own.end - own.start > mostTrailerBytes) return undefined;
  const payload = await userPayload(reader, own, fragmentBoxType);
  const trailer = payload && decodeTrailer(payload);
  if (trailer === undefined) return undefined;
  if (chain !== undefined && !(await holds(reader, at, mdat.end, chain, trailer))) return undefined;
  return { trailer, end: own.end };
}

/** Do checksum and chain of a fragment fit its bytes? */
async function holds(
  reader: Reader,
  start: number,
  end: number,
  chain: Uint8Array,
  trailer: FragmentTrailer,
): Promise<boolean> {
  let crc = 0;
  const hash: Hash = createHash("sha256").update(chain);
  for (let at = start; at < end; at += chunkBytes) {
    const bytes = await reader.bytes(at, Math.min(end, at + chunkBytes));
    if (bytes === undefined) return false;
    crc = crc32(bytes, crc);
    hash.update(bytes);
  }
  return crc === trailer.crc && Buffer.compare(hash.digest(), trailer.chain) === 0;
}

/** A whole box of this type with a 32-bit size, as all of ours have. */
async function boxAt(reader: Reader, at: number, type: string): Promise<BoxHead | undefined> {
  const head = await reader.bytes(at, at + 8);
  if (head === undefined) return undefined;
  const size = new DataView(head.buffer).getUint32(0);
  const found = new TextDecoder("latin1").decode(head.subarray(4));
  return found !== type || size < 8 || at + size > reader.size ? undefined : { type, start: at, end: at + size };
}

async function userPayload(reader: Reader, box: BoxHead, type: string): Promise<Uint8Array | undefined> {
  if (box.end - box.start < 24) return undefined;
  const bytes = await reader.bytes(box.start + 8, box.end);
  return bytes !== undefined && Buffer.compare(bytes.subarray(0, 16), uuidBytes(type)) === 0
    ? bytes.subarray(16)
    : undefined;
}
