import { bitReader, unescapeNal } from "./bits.ts";
import type { H264Sps } from "./h264-sps.ts";
import { type NalKind, type NalSyntax, type PictureKind, seiHasRecoveryPoint } from "./nal.ts";

export { type H264Sps, h264Parameters, parseH264Sps } from "./h264-sps.ts";

/** nal_unit_type, ISO 14496-10 table 7-1. */
export const h264Nal = {
  slice: 1,
  idr: 5,
  sei: 6,
  sps: 7,
  pps: 8,
  aud: 9,
  endOfSequence: 10,
  endOfStream: 11,
  filler: 12,
} as const;

export const h264Type = (header: number): number => header & 0x1f;

function kind(bytes: Uint8Array, at: number): NalKind {
  const type = h264Type(bytes[at] ?? 0);
  if (type >= 1 && type <= 5) return "slice";
  if (type === h264Nal.sps || type === h264Nal.pps) return "parameters";
  if (type === h264Nal.aud || type === h264Nal.filler) return "left-out";
  if (type === h264Nal.endOfSequence || type === h264Nal.endOfStream) return "suffix";
  // Coded slices of auxiliary pictures and extensions follow the primary picture (§7.4.1.2.3).
  if (type === 19 || type === 20 || type === 21) return "suffix";
  return type >= 6 && type <= 23 ? "prefix" : "unknown";
}

function picture(bytes: Uint8Array, at: number): PictureKind {
  return h264Type(bytes[at] ?? 0) === h264Nal.idr ? "idr" : "other";
}

export const h264Syntax: NalSyntax = {
  headerBytes: 1,
  kind,
  picture,
  // first_mb_in_slice is ue(v): zero is the single bit 1. Slice data partitions B and C (types 3, 4) never come first.
  firstSlice: (bytes, at) => {
    const type = h264Type(bytes[at] ?? 0);
    return type !== 3 && type !== 4 && ((bytes[at + 1] ?? 0) & 0x80) !== 0;
  },
  recoveryPoint: (bytes, at, end) =>
    h264Type(bytes[at] ?? 0) === h264Nal.sei && seiHasRecoveryPoint(bytes, at + 1, end),
};

/** pic_parameter_set_id (§7.3.2.2); undefined for bytes that are no PPS. */
export function h264PpsId(nal: Uint8Array): number | undefined {
  const reader = bitReader(unescapeNal(nal, 1, Math.min(nal.byteLength, 12)));
  const id = reader.ue();
  return reader.overrun || id > 255 ? undefined : id;
}

const headBytes = 24;

/**
 * pic_order_cnt_lsb of the slice that begins at `at` (§7.3.3), for streams of POC type 0;
 * undefined where the header does not say it.
 */
export function h264PocLsb(sps: H264Sps, bytes: Uint8Array, at: number, end: number): number | undefined {
  if (sps.pocType !== 0) return undefined;
  const reader = bitReader(unescapeNal(bytes, at + 1, Math.min(end, at + headBytes)));
  reader.ue(); // first_mb_in_slice
  reader.ue(); // slice_type
  reader.ue(); // pic_parameter_set_id
  if (sps.separateColourPlanes) reader.skip(2);
  reader.skip(sps.frameNumBits);
  if (!sps.frameMbsOnly && reader.flag()) reader.skip(1);
  if (h264Type(bytes[at] ?? 0) === h264Nal.idr) reader.ue();
  const lsb = reader.u(sps.pocLsbBits);
  return reader.overrun ? undefined : lsb;
}
