/**
 * A segment without its pictures and sound: what has to be read of it to know what is where. Of a file in a far store
 * it is one small object beside the large one, so that a player's list costs one request instead of hundreds.
 * Its bytes: `REEDHDS1`, number of pieces u32, for each `offset u64, length u32`, then the pieces; big endian.
 */
export interface HeadPiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const magic = "REEDHDS1";
const entryBytes = 12;
const startBytes = magic.length + 4;
/** No segment of ours has more. */
const mostPieces = 1_000_000;

export function encodeHeads(pieces: readonly HeadPiece[]): Uint8Array {
  const table = Buffer.alloc(startBytes + entryBytes * pieces.length);
  table.write(magic, "latin1");
  table.writeUInt32BE(pieces.length, magic.length);
  pieces.forEach(({ offset, bytes }, i) => {
    table.writeBigUInt64BE(BigInt(offset), startBytes + i * entryBytes);
    table.writeUInt32BE(bytes.length, startBytes + i * entryBytes + 8);
  });
  return Buffer.concat([table, ...pieces.map(({ bytes }) => bytes)]);
}

/** Undefined when it is nothing of ours or not whole. */
export function decodeHeads(bytes: Uint8Array): readonly HeadPiece[] | undefined {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < startBytes || all.toString("latin1", 0, magic.length) !== magic) return undefined;
  const count = all.readUInt32BE(magic.length);
  let at = startBytes + entryBytes * count;
  if (count > mostPieces || at > all.length) return undefined;
  const pieces: HeadPiece[] = [];
  for (let i = 0; i < count; i++) {
    const offset = Number(all.readBigUInt64BE(startBytes + i * entryBytes));
    const length = all.readUInt32BE(startBytes + i * entryBytes + 8);
    if (at + length > all.length) return undefined;
    pieces.push({ offset, bytes: all.subarray(at, at + length) });
    at += length;
  }
  return pieces;
}

/** Of what is in an `mdat` its size and type are taken, and the little that readers look at behind a `moof`. */
const mdatBytes = 16;

/**
 * The pieces of a segment, box after box; what follows each other is one.
 * @param read exactly so many bytes of the file, or fewer where it ends
 */
export async function headsOf(
  size: number,
  read: (offset: number, length: number) => Promise<Uint8Array>,
): Promise<readonly HeadPiece[]> {
  const pieces: { offset: number; parts: Uint8Array[]; end: number }[] = [];
  for (let at = 0; at + 8 <= size;) {
    const head = Buffer.from(await read(at, 8));
    const length = head.readUInt32BE(0);
    if (length < 8 || at + length > size) break;
    const taken = head.toString("latin1", 4) === "mdat" ? Math.min(mdatBytes, length) : length;
    const bytes = await read(at, taken);
    const last = pieces.at(-1);
    if (last?.end === at) {
      last.parts.push(bytes);
      last.end += bytes.length;
    } else pieces.push({ offset: at, parts: [bytes], end: at + bytes.length });
    at += length;
  }
  return pieces.map(({ offset, parts }) => ({ offset, bytes: Buffer.concat(parts) }));
}
