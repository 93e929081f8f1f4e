/** The bytes of a ZIP around its files (APPNOTE.TXT 6.3): nothing compressed, sizes behind the data, ZIP64 where it must be. */

/** When its files were made, as a ZIP says it: in the site's time, and in seconds since 1970. */
export interface ZipTimes {
  readonly time: number;
  readonly date: number;
  readonly seconds: number;
}

export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
}

const most32 = 0xffffffff;
/** Bit 3: sizes stand behind the data; bit 11: names are UTF-8. */
const flags = 0x0808;
/** Made on Unix, version 6.3. */
const madeBy = 0x033f;

type Field = readonly [width: 1 | 2 | 4 | 8, value: number];

/** Little-endian numbers, each with its width in bytes. */
function record(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUIntLE(value, at, width);
    at += width;
  }
  return bytes;
}

/** MS-DOS counts two seconds and knows no zone: it is the process's. */
export function zipTimes(at: Date): ZipTimes {
  // nor anything earlier than this
  const dos = new Date(Math.max(at.getTime(), new Date(1980, 0, 1).getTime()));
  return {
    time: Math.floor(dos.getSeconds() / 2) | (dos.getMinutes() << 5) | (dos.getHours() << 11),
    date: dos.getDate() | ((dos.getMonth() + 1) << 5) | ((dos.getFullYear() - 1980) << 9),
    seconds: Math.floor(at.getTime() / 1000),
  };
}

export function localHeader(name: string, { time, date }: ZipTimes): Buffer {
  const text = Buffer.from(name);
  const fixed = record([4, 0x04034b50], [2, 20], [2, flags], [2, 0], [2, time], [2, date], [4, 0], [4, 0], [4, 0]);
  return Buffer.concat([fixed, record([2, text.length], [2, 0]), text]);
}

/** @param at where its header is */
const isBig = (bytes: number, at: number): boolean => bytes >= most32 || at >= most32;

/** What stands behind the data of a file whose header is at `at`. */
export function descriptor({ crc, bytes }: Omit<StoredFile, "name">, at: number): Buffer {
  const width = isBig(bytes, at) ? 8 : 4;
  return record([4, 0x08074b50], [4, crc], [width, bytes], [width, bytes]);
}

/** A file's row in the table at the end. */
export function tableRow({ name, bytes, crc }: StoredFile, at: number, times: ZipTimes): Buffer {
  const text = Buffer.from(name);
  const big = isBig(bytes, at);
  const size = big ? most32 : bytes;
  const unixTime = record([2, 0x5455], [2, 5], [1, 3], [4, times.seconds]);
  const wide = big ? record([2, 1], [2, 24], [8, bytes], [8, bytes], [8, at]) : Buffer.alloc(0);
  const version: Field = [2, big ? 45 : 20];
  return Buffer.concat([
    record([4, 0x02014b50], [2, madeBy], version, [2, flags], [2, 0], [2, times.time], [2, times.date]),
    record(
      [4, crc],
      [4, size],
      [4, size],
      [2, text.length],
      [2, unixTime.length + wide.length],
      [2, 0],
      [2, 0],
      [2, 0],
    ),
    // a plain file that everybody may read
    record([4, 0o100644 * 65_536], [4, big ? most32 : at]),
    ...[text, unixTime, wide],
  ]);
}

/** What ends the ZIP, behind a table of `count` rows and `bytes` bytes that is at `at`. */
export function tableEnd(count: number, at: number, bytes: number): Buffer {
  const [many, wide, far] = [count >= 0xffff, bytes >= most32, at >= most32];
  const [shownCount, shownBytes, shownAt] = [many ? 0xffff : count, wide ? most32 : bytes, far ? most32 : at];
  const plain = Buffer.concat([
    record([4, 0x06054b50], [2, 0], [2, 0], [2, shownCount], [2, shownCount]),
    record([4, shownBytes], [4, shownAt], [2, 0]),
  ]);
  if (!many && !wide && !far) return plain;
  return Buffer.concat([
    record([4, 0x06064b50], [8, 44], [2, madeBy], [2, 45], [4, 0], [4, 0]),
    record([8, count], [8, count], [8, bytes], [8, at]),
    record([4, 0x07064b50], [4, 0], [8, at + bytes], [4, 1]),
    plain,
  ]);
}
