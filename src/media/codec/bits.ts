/**
 * Reads a bit string (RBSP, AudioSpecificConfig …). Past its end it gives zeros and sets `overrun`, so that a parser
 * checks once at its end instead of after each field; loops must be bounded by what they read.
 */
export interface BitReader {
  /** Unsigned, up to 32 bits. */
  u(bits: number): number;
  flag(): boolean;
  /** Exp-Golomb, ISO 14496-10 §9.1. */
  ue(): number;
  se(): number;
  skip(bits: number): void;
  readonly position: number;
  readonly overrun: boolean;
}

export function bitReader(bytes: Uint8Array): BitReader {
  const end = bytes.byteLength * 8;
  let position = 0;
  let overrun = false;

  const bit = (): number => {
    if (position >= end) {
      overrun = true;
      return 0;
    }
    const value = ((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1;
    position++;
    return value;
  };
  const u = (bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++) value = value * 2 + bit();
    return value;
  };
  const ue = (): number => {
    let zeros = 0;
    while (zeros < 32 && !overrun && bit() === 0) zeros++;
    if (zeros >= 32) overrun = true;
    return overrun ? 0 : 2 ** zeros - 1 + u(zeros);
  };
  return {
    u,
    ue,
    flag: () => bit() === 1,
    se: () => {
      const code = ue();
      return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
    },
    skip: (bits) => {
      position += bits;
      if (position > end) overrun = true;
    },
    get position() {
      return position;
    },
    get overrun() {
      return overrun;
    },
  };
}

/** Removes emulation prevention bytes (ISO 14496-10 §7.4.1): NAL unit bytes in `[start, end)` → RBSP, a copy. */
export function unescapeNal(bytes: Uint8Array, start = 0, end = bytes.byteLength): Uint8Array {
  const out = new Uint8Array(Math.max(0, end - start));
  let length = 0;
  let zeros = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}
