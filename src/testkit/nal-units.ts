/** NAL units for tests: real parameter sets of cameras, and slices that have a true header and any payload. */
import { fromBase64 } from "../media/codec/text.ts";
import type { VideoCodec } from "../media/types.ts";

const decoded = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array(0);

export const setsOf: Readonly<Record<VideoCodec, readonly Uint8Array[]>> = {
  // A Reolink's, 2560 × 1440.
  h264: [decoded("Z2QAM6zoAoALWQ=="), decoded("aO48MA==")],
  // A Dahua's, 704 × 480.
  h265: [
    decoded("QAEMAf//AWAAAAMAsAAAAwAAAwBarAwAAAMABAAAAwAyqA=="),
    decoded("QgEBAWAAAAMAsAAAAwAAAwBaoAWCAeFja5JFL83BQYFBAAADAAEAAAMADKE="),
    decoded("RAHA8saNA7NA"),
  ],
};

export interface BitWriter {
  u(value: number, bits: number): BitWriter;
  ue(value: number): BitWriter;
  bytes(): Uint8Array;
}

/** Writes a bit string; `bytes()` ends it with rbsp_trailing_bits. No emulation prevention. */
export function bitWriter(): BitWriter {
  const bits: number[] = [];
  const writer: BitWriter = {
    u(value, count) {
      for (let i = count - 1; i >= 0; i--) bits.push(Math.floor(value / 2 ** i) % 2);
      return writer;
    },
    ue(value) {
      const length = Math.floor(Math.log2(value + 1));
      return writer.u(0, length).u(value + 1, length + 1);
    },
    bytes() {
      const padded = [...bits, 1];
      while (padded.length % 8 !== 0) padded.push(0);
      return Uint8Array.from({ length: padded.length / 8 }, (_, i) =>
        padded.slice(i * 8, i * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0),
      );
    },
  };
  return writer;
}

/** A Main profile SPS of 320 × 192, POC type 0 with 8 bits, 4-bit frame_num, without a VUI. */
export function plainSps(refFrames: number): Uint8Array {
  const bits = bitWriter().u(77, 8).u(0, 8).u(30, 8).ue(0).ue(0).ue(0).ue(4).ue(refFrames).u(0, 1);
  return Uint8Array.of(0x67, ...bits.ue(19).ue(11).u(1, 1).u(1, 1).u(0, 1).u(0, 1).bytes());
}

/** A slice of `plainSps`'s stream with its picture order count. */
export function pocSlice(idr: boolean, poc: number): Uint8Array {
  const bits = bitWriter()
    .ue(0)
    .ue(idr ? 7 : 5)
    .ue(0)
    .u(1, 4);
  if (idr) bits.ue(0);
  return Uint8Array.of(idr ? 0x65 : 0x41, ...bits.u(poc % 256, 8).bytes(), 0x99, 0x99);
}

/**
 * A slice of an IDR (`key`), of another picture, or of an H.265 type. `payload` follows the NAL unit header; its first
 * bits are changed to say whether it is the first slice of its picture.
 */
export function slice(
  codec: VideoCodec,
  kind: "key" | "other" | number,
  first: boolean,
  payload: Uint8Array,
): Uint8Array {
  const type = kind === "key" ? 19 : kind === "other" ? 1 : kind;
  const header = codec === "h265" ? [type << 1, 1] : [kind === "key" ? 0x65 : 0x41];
  const nal = new Uint8Array(header.length + Math.max(1, payload.byteLength));
  nal.set(header);
  nal.set(payload, header.length);
  nal[header.length] = (first ? 0x80 : 0x40) | ((payload[0] ?? 0) & 0x3f);
  return nal;
}

/** An SEI with user data (payload type 5), or a recovery point (type 6) when there is none. */
export function sei(codec: VideoCodec, userData?: Uint8Array): Uint8Array {
  const header = codec === "h264" ? [6] : [39 << 1, 1];
  if (userData === undefined) return Uint8Array.of(...header, 6, 1, 0xc4, 0x80);
  return Uint8Array.of(...header, 5, userData.byteLength, ...userData, 0x80);
}

/** Each NAL unit behind its 4-byte length, as `AccessUnit.data` holds them. */
export function withLengths(nals: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(
    nals.flatMap((nal) => [0, nal.byteLength >> 16, (nal.byteLength >> 8) & 0xff, nal.byteLength & 0xff, ...nal]),
  );
}
