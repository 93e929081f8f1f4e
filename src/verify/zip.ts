/**
 * Reads the ZIP of a pack (APPNOTE.TXT 6.3, nothing compressed), and says whether its own bytes (headers, table) are
 * exactly those that belong to its files: a pack has no byte that nobody looks at.
 */
import { bytesOf, sameBytes, textOf } from "./bytes.ts";
import type { Manifest, Source } from "./types.ts";

export interface ZipEntry {
  readonly name: string;
  readonly crc: number;
  readonly bytes: number;
  /** Of its local header. */
  readonly at: number;
  readonly dataAt: number;
}

const endBytes = 22;
const most32 = 0xffffffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** The entries by the ZIP's table; undefined when it has none that can be read. */
export async function readZip(source: Source): Promise<readonly ZipEntry[] | undefined> {
  try {
    const table = await tableOf(source);
    return table === undefined ? undefined : entriesIn(await source.read(table.at, table.at + table.bytes), source);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function tableOf(source: Source): Promise<{ at: number; bytes: number } | undefined> {
  if (source.bytes < endBytes) return undefined;
  // a tail that somebody added is looked over here, and found by `strangeByte`
  const tail = await source.read(Math.max(0, source.bytes - 65_600), source.bytes);
  const view = viewOf(tail);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const short = { at: view.getUint32(at + 16, true), bytes: view.getUint32(at + 12, true) };
    if (short.at !== most32 && short.bytes !== most32) return insideOf(source, short);
    const big = at - 20 - 56;
    if (big < 0 || view.getUint32(big, true) !== 0x06064b50) return undefined;
    return insideOf(source, { at: long(view, big + 48), bytes: long(view, big + 40) });
  }
  return undefined;
}

const insideOf = (source: Source, table: { at: number; bytes: number }) =>
  table.at + table.bytes <= source.bytes ? table : undefined;

function entriesIn(table: Uint8Array, source: Source): readonly ZipEntry[] | undefined {
  const view = viewOf(table);
  const entries: ZipEntry[] = [];
  for (let at = 0; at < table.length;) {
    if (view.getUint32(at, true) !== 0x02014b50) return undefined;
    const [nameBytes, extraBytes] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    const name = textOf(table.subarray(at + 46, at + 46 + nameBytes));
    let [bytes, header] = [view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
    const extra = at + 46 + nameBytes;
    // the order in which Reed's writer puts them: Info-ZIP's time (9 bytes), then ZIP64
    if (extraBytes === 37 && bytes === most32 && header === most32) {
      [bytes, header] = [long(view, extra + 13), long(view, extra + 29)];
    }
    const dataAt = header + 30 + nameBytes;
    if (dataAt + bytes > source.bytes) return undefined;
    entries.push({ name, crc: view.getUint32(at + 16, true), bytes, at: header, dataAt });
    at = extra + extraBytes + view.getUint16(at + 32, true);
  }
  return entries;
}

/** A file as it must stand in the ZIP. */
export interface Wanted {
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
}

/** The first byte that is not as it must be around these files in this order, and the file it belongs to. */
export async function strangeByte(
  source: Source,
  wanted: readonly Wanted[],
  times: Manifest["zip"],
): Promise<{ readonly at: number; readonly file: string } | undefined> {
  let at = 0;
  const table: Uint8Array[] = [];
  for (const file of wanted) {
    const isBig = file.bytes >= most32 || at >= most32;
    table.push(tableRow(file, at, isBig, times));
    const head = localHeader(file, times);
    const odd =
      (await differs(source, at, head)) ??
      (await differs(source, at + head.length + file.bytes, descriptor(file, isBig)));
    if (odd !== undefined) return { at: odd, file: file.name };
    at += head.length + file.bytes + (isBig ? 24 : 16);
  }
  for (const [i, row] of table.entries()) {
    const odd = await differs(source, at, row);
    if (odd !== undefined) return { at: odd, file: wanted[i]?.name ?? "" };
    at += row.length;
  }
  const tableBytes = table.reduce((sum, row) => sum + row.length, 0);
  const end = tableEnd(wanted.length, at - tableBytes, tableBytes);
  const odd = (await differs(source, at, end)) ?? (source.bytes === at + end.length ? undefined : at + end.length);
  return odd === undefined ? undefined : { at: odd, file: "" };
}

async function differs(source: Source, at: number, wanted: Uint8Array): Promise<number | undefined> {
  const found = await source.read(Math.min(at, source.bytes), Math.min(at + wanted.length, source.bytes));
  if (sameBytes(found, wanted)) return undefined;
  const first = wanted.findIndex((byte, i) => found[i] !== byte);
  return at + Math.max(0, first);
}

/** Little-endian numbers, each with its width in bytes. */
function record(...fields: readonly (readonly [width: 1 | 2 | 4 | 8, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    for (let i = 0, left = value; i < width; i++, left = Math.floor(left / 256)) bytes[at + i] = left % 256;
    at += width;
  }
  return bytes;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** Bit 3: sizes stand behind the data; bit 11: names are UTF-8. */
const flags = 0x0808;

function localHeader({ name }: Wanted, { time, date }: Manifest["zip"]): Uint8Array {
  const text = bytesOf(name);
  const fixed = record([4, 0x04034b50], [2, 20], [2, flags], [2, 0], [2, time], [2, date], [4, 0], [4, 0], [4, 0]);
  return joined(fixed, record([2, text.length], [2, 0]), text);
}

const descriptor = ({ crc, bytes }: Wanted, isBig: boolean): Uint8Array =>
  isBig
    ? record([4, 0x08074b50], [4, crc], [8, bytes], [8, bytes])
    : record([4, 0x08074b50], [4, crc], [4, bytes], [4, bytes]);

function tableRow({ name, bytes, crc }: Wanted, at: number, isBig: boolean, times: Manifest["zip"]): Uint8Array {
  const text = bytesOf(name);
  const size = isBig ? most32 : bytes;
  const unixTime = record([2, 0x5455], [2, 5], [1, 3], [4, times.seconds]);
  const big = isBig ? record([2, 1], [2, 24], [8, bytes], [8, bytes], [8, at]) : new Uint8Array();
  const fixed = joined(
    record([4, 0x02014b50], [2, 0x033f], [2, isBig ? 45 : 20], [2, flags], [2, 0], [2, times.time], [2, times.date]),
    record([4, crc], [4, size], [4, size], [2, text.length], [2, unixTime.length + big.length], [2, 0], [2, 0], [2, 0]),
    // a plain file that everybody may read
    record([4, 0o100644 * 65_536], [4, isBig ? most32 : at]),
  );
  return joined(fixed, text, unixTime, big);
}

function tableEnd(count: number, at: number, bytes: number): Uint8Array {
  const [many, wide, far] = [count >= 0xffff, bytes >= most32, at >= most32];
  const plain = record(
    ...([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, many ? 0xffff : count],
      [2, many ? 0xffff : count],
    ] as const),
    ...([
      [4, wide ? most32 : bytes],
      [4, far ? most32 : at],
      [2, 0],
    ] as const),
  );
  if (!many && !wide && !far) return plain;
  const big = record(
    ...([
      [4, 0x06064b50],
      [8, 44],
      [2, 0x033f],
      [2, 45],
      [4, 0],
      [4, 0],
    ] as const),
    ...([
      [8, count],
      [8, count],
      [8, bytes],
      [8, at],
    ] as const),
  );
  return joined(big, record([4, 0x07064b50], [4, 0], [8, at + bytes], [4, 1]), plain);
}
