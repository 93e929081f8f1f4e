import { type NalKind, type NalSyntax, type PictureKind, seiHasRecoveryPoint } from "./nal.ts";

export { type H265Sps, h265Parameters, parseH265Sps } from "./h265-sps.ts";

/** nal_unit_type, ISO 23008-2 table 7-1. */
export const h265Nal = {
  raslN: 8,
  raslR: 9,
  blaWLp: 16,
  blaNLp: 18,
  idrWRadl: 19,
  idrNLp: 20,
  cra: 21,
  vps: 32,
  sps: 33,
  pps: 34,
  aud: 35,
  endOfSequence: 36,
  endOfBitstream: 37,
  filler: 38,
  prefixSei: 39,
  suffixSei: 40,
} as const;

/** Of the first header byte. */
export const h265Type = (header: number): number => (header >> 1) & 0x3f;

/** nuh_layer_id; only the base layer's parameter sets are Reed's. */
const layerOf = (bytes: Uint8Array, at: number): number => (((bytes[at] ?? 0) & 1) << 5) | ((bytes[at + 1] ?? 0) >> 3);

function kind(bytes: Uint8Array, at: number): NalKind {
  const type = h265Type(bytes[at] ?? 0);
  if (type <= 31) return "slice";
  if (type <= h265Nal.pps) return layerOf(bytes, at) === 0 ? "parameters" : "prefix";
  if (type === h265Nal.aud || type === h265Nal.filler) return "left-out";
  if (type === h265Nal.prefixSei) return "prefix";
  return type <= h265Nal.suffixSei ? "suffix" : "unknown";
}

function picture(bytes: Uint8Array, at: number): PictureKind {
  const type = h265Type(bytes[at] ?? 0);
  if (type === h265Nal.idrWRadl || type === h265Nal.idrNLp) return "idr";
  if (type === h265Nal.cra) return "cra";
  if (type >= h265Nal.blaWLp && type <= h265Nal.blaNLp) return "bla";
  return type === h265Nal.raslN || type === h265Nal.raslR ? "rasl" : "other";
}

export const h265Syntax: NalSyntax = {
  headerBytes: 2,
  kind,
  picture,
  firstSlice: (bytes, at) => ((bytes[at + 2] ?? 0) & 0x80) !== 0,
  recoveryPoint: (bytes, at, end) =>
    h265Type(bytes[at] ?? 0) === h265Nal.prefixSei && seiHasRecoveryPoint(bytes, at + 2, end),
};
