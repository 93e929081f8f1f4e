/** Checks a piece of a recorder's segment file against its hash chain: docs/design/recording.md, "The bytes of a segment". */
import { eachChunk, fromHexText, hexOf, textOf, bytesOf } from "./bytes.ts";
import type { Crypto, Finding, ManifestSegment, Source } from "./types.ts";

/** The types of Reed's own boxes, hex. */
const segmentBox = "526565640001800080000000" + "7365676d";
const fragmentBox = "526565640002800080000000" + "66726167";

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Findings in one file; none when every fragment follows from the one before and the ends are those of the journal. */
export async function checkChain(
  source: Source,
  segment: ManifestSegment,
  crypto: Crypto,
): Promise<readonly Finding[]> {
  const file = source.name;
  const start = await readStart(source, crypto);
  if (start === undefined || start.segmentId !== segment.id) return [{ kind: "segment", file }];
  if (segment.first === 0 && segment.before !== start.chain) return [{ kind: "segment", file }];
  let chain = segment.before ?? start.chain;
  let count = 0;
  for (let at = start.end; at < source.bytes; count++) {
    const found = await fragmentAt(source, at);
    if (found === undefined) return [{ kind: "fragment", file, from: at, to: source.bytes }];
    const hash = crypto.sha256();
    hash.update(fromHexText(chain));
    await eachChunk(source, at, found.payloadEnd, (bytes) => hash.update(bytes));
    if (hash.hex() !== found.chain) {
      return [{ kind: "fragment", file, from: at, to: found.end, wall: found.wall }];
    }
    chain = found.chain;
    at = found.end;
  }
  const isLast = segment.of !== undefined && (segment.first ?? 0) + count === segment.of;
  if (count !== segment.count || (isLast && segment.head !== chain)) return [{ kind: "head", file }];
  return [];
}

/** ftyp, moov and what Reed says of the segment; the chain begins with all of it. */
async function readStart(source: Source, crypto: Crypto) {
  const ftyp = await boxAt(source, 0, "ftyp");
  const moov = ftyp && (await boxAt(source, ftyp.end, "moov"));
  const own = moov && (await boxAt(source, moov.end, "uuid"));
  if (moov === undefined || own === undefined) return undefined;
  const payload = await source.read(own.start + 8, own.end);
  if (hexOf(payload.subarray(0, 16)) !== segmentBox) return undefined;
  const header = parsed(textOf(payload.subarray(16)));
  if (header === undefined) return undefined;
  const hash = crypto.sha256();
  await eachChunk(source, 0, moov.end, (bytes) => hash.update(bytes));
  hash.update(bytesOf(header.segmentId));
  const chain = hash.hex();
  return chain === header.chainStart ? { segmentId: header.segmentId, chain, end: own.end } : undefined;
}

function parsed(json: string): { readonly segmentId: string; readonly chainStart: string } | undefined {
  try {
    return JSON.parse(json) as { segmentId: string; chainStart: string };
  } catch {
    return undefined;
  }
}

async function fragmentAt(source: Source, at: number) {
  const moof = await boxAt(source, at, "moof");
  const mdat = moof && (await boxAt(source, moof.end, "mdat"));
  const own = mdat && (await boxAt(source, mdat.end, "uuid"));
  if (mdat === undefined || own === undefined || own.end - own.start < 24 + 84) return undefined;
  const payload = await source.read(own.start + 8, own.end);
  if (hexOf(payload.subarray(0, 16)) !== fragmentBox) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset + 16);
  return {
    payloadEnd: mdat.end,
    end: own.end,
    chain: hexOf(payload.subarray(20, 52)),
    /** Of its first unit, ms since 1970 UTC. */
    wall: view.getFloat64(52),
  };
}

/** A whole box of this type with a 32-bit size. */
async function boxAt(source: Source, at: number, type: string): Promise<Box | undefined> {
  if (at + 8 > source.bytes) return undefined;
  const head = await source.read(at, at + 8);
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const isThere = textOf(head.subarray(4)) === type && size >= 8 && at + size <= source.bytes;
  return isThere ? { type, start: at, end: at + size } : undefined;
}
