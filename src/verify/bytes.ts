import type { Source } from "./types.ts";

const chunkBytes = 1024 * 1024;

/** Calls back with all bytes `[start, end)` of a source, in pieces. */
export async function eachChunk(
  source: Source,
  start: number,
  end: number,
  see: (bytes: Uint8Array) => void,
): Promise<void> {
  for (let at = start; at < end; at += chunkBytes) see(await source.read(at, Math.min(end, at + chunkBytes)));
}

/** A part of a source as a source of its own. */
export const partOf = (source: Source, name: string, start: number, bytes: number): Source => ({
  name,
  bytes,
  read: (from, to) => source.read(start + from, start + to),
});

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 as in ZIP; `before`: of the bytes that came first. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const fromHexText = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length >> 1 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** ISO 14496-12 and text are compared as they stand. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
