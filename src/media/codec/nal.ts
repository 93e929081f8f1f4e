/** What a NAL unit is to an access unit; the same words for H.264 and H.265. */
export type NalKind =
  | "slice"
  /** VPS, SPS, PPS: taken out of the data. */
  | "parameters"
  /** SEI and whatever else may stand before the first slice. */
  | "prefix"
  /** Stands behind the slices: suffix SEI, end of sequence. */
  | "suffix"
  /** Access unit delimiters and filler: left out. */
  | "left-out"
  /** Not a NAL unit type of the standard. */
  | "unknown";

/** What the assembler of access units asks about a NAL unit that begins at `at`. Nothing here allocates. */
export interface NalSyntax {
  readonly headerBytes: 1 | 2;
  kind(bytes: Uint8Array, at: number): NalKind;
  /** First slice of its picture: first_mb_in_slice is 0 (H.264), first_slice_segment_in_pic_flag (H.265). */
  firstSlice(bytes: Uint8Array, at: number): boolean;
  /** What the slice at `at` says of its picture. */
  picture(bytes: Uint8Array, at: number): PictureKind;
  /** An SEI NAL unit that carries a recovery point. */
  recoveryPoint(bytes: Uint8Array, at: number, end: number): boolean;
}

/**
 * `idr`: nothing before is needed. `cra`: nothing before is needed for itself, its RASL pictures need it.
 * `bla`: as `cra`, and its RASL pictures are never decodable. `rasl`: leading picture that may be skipped.
 */
export type PictureKind = "idr" | "cra" | "bla" | "rasl" | "other";

/** Index of the next `00 00 01` in `bytes[start, end)`, or -1. It cannot stand inside a NAL unit. */
export function findStartCode(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i + 2 < end; i++) {
    if (bytes[i + 2] === 1 && bytes[i + 1] === 0 && bytes[i] === 0) return i;
  }
  return -1;
}

/** The NAL units of an Annex B byte stream (ISO 14496-10 Annex B) or of one bare NAL unit; views, empty ones left out. */
export function splitAnnexB(bytes: Uint8Array): Uint8Array[] {
  const nals: Uint8Array[] = [];
  let from = 0;
  while (from < bytes.byteLength) {
    const code = findStartCode(bytes, from, bytes.byteLength);
    const nal = trimTrailingZeros(bytes.subarray(from, code < 0 ? bytes.byteLength : code));
    if (nal.byteLength > 0) nals.push(nal);
    if (code < 0) break;
    from = code + 3;
  }
  return nals;
}

/** A NAL unit never ends in a zero byte; zeros behind it belong to a byte stream (trailing_zero_8bits). */
export function trimTrailingZeros(bytes: Uint8Array): Uint8Array {
  let end = bytes.byteLength;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

/** The NAL units of an access unit's `data` (each behind its 4-byte length); views. Stops at what does not fit. */
export function splitLengths(data: Uint8Array): Uint8Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const nals: Uint8Array[] = [];
  for (let at = 0; at + 4 <= data.byteLength;) {
    const length = view.getUint32(at);
    if (length > data.byteLength - at - 4) break;
    nals.push(data.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return nals;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) return false;
  for (let i = 0; i < a.byteLength; i++) if (a[i] !== b[i]) return false;
  return true;
}

const recoveryPointType = 6;

/**
 * Walks the messages of an SEI NAL unit (ISO 14496-10 §7.3.2.3, same in H.265) whose payload begins at `start`, and
 * says whether one is a recovery point. Emulation prevention bytes are stepped over, nothing is copied.
 */
export function seiHasRecoveryPoint(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  let zeros = 0;
  const next = (): number => {
    if (zeros >= 2 && bytes[at] === 3) {
      at++;
      zeros = 0;
    }
    const byte = at < end ? (bytes[at] ?? 0) : 0;
    zeros = byte === 0 ? zeros + 1 : 0;
    at++;
    return byte;
  };
  const coded = (): number => {
    let sum = 0;
    for (;;) {
      const byte = next();
      sum += byte;
      if (byte !== 0xff || at >= end) return sum;
    }
  };
  // The last byte is rbsp_trailing_bits.
  while (at + 2 < end) {
    const type = coded();
    const size = coded();
    if (type === recoveryPointType) return at < end;
    for (let i = 0; i < size && at < end; i++) next();
  }
  return false;
}
