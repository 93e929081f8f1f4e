import { type Result, err, ok } from "../../kernel/result.ts";
import type { VideoParameters } from "../types.ts";
import { type BitReader, bitReader, unescapeNal } from "./bits.ts";
import { hexByte } from "./text.ts";
import { frameRateOf, skipVuiHead } from "./vui.ts";

/** What Reed needs of a sequence parameter set (ISO 14496-10 §7.3.2.1.1). Sizes in luma samples after cropping. */
export interface H264Sps {
  readonly profile: number;
  readonly constraints: number;
  readonly level: number;
  readonly chromaFormat: number;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
  readonly separateColourPlanes: boolean;
  readonly frameNumBits: number;
  readonly pocType: number;
  readonly pocLsbBits: number;
  readonly refFrames: number;
  readonly frameMbsOnly: boolean;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number | undefined;
  readonly reorder: Reorder;
}

/** `stated`: the SPS or its profile says so; otherwise `depth` is only the bound that the level sets. */
export interface Reorder {
  readonly depth: number;
  readonly stated: boolean;
}

const profilesWithChroma = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
/** §E.2.1: with constraint_set3_flag these are intra only, so max_num_reorder_frames is 0. */
const intraProfiles = new Set([44, 86, 100, 110, 122, 244]);
const largestSide = 16_384;

/** Reads an SPS NAL unit (with its header byte). Bytes that are none give an error; a broken VUI is ignored. */
export function parseH264Sps(nal: Uint8Array): Result<H264Sps> {
  if (nal.byteLength < 5 || ((nal[0] ?? 0) & 0x1f) !== 7) return err("not an H.264 sequence parameter set");
  const reader = bitReader(unescapeNal(nal, 1));
  const profile = reader.u(8);
  const constraints = reader.u(8);
  const level = reader.u(8);
  if (reader.ue() > 31) return err("H.264 SPS: id above 31");
  const chroma = readChroma(reader, profile);
  const frameNumBits = reader.ue() + 4;
  const order = readPictureOrder(reader);
  const refFrames = reader.ue();
  reader.skip(1);
  const size = readSize(reader, chroma);
  if (reader.overrun) return err("H.264 SPS: ends too early");
  if (frameNumBits > 16 || order.pocLsbBits > 16 || order.pocType > 2 || chroma.chromaFormat > 3 || refFrames > 16) {
    return err("H.264 SPS: a field is out of range");
  }
  if (!(size.width > 0 && size.height > 0 && size.width <= largestSide && size.height <= largestSide)) {
    return err("H.264 SPS: impossible picture size");
  }
  const vui = reader.flag() ? readVui(reader) : {};
  const base = { profile, constraints, level, frameNumBits, refFrames, ...chroma, ...order, ...size };
  return ok({ ...base, frameRate: vui.frameRate, reorder: reorderOf(base, vui.reorder) });
}

function readChroma(reader: BitReader, profile: number) {
  if (!profilesWithChroma.has(profile)) {
    return { chromaFormat: 1, separateColourPlanes: false, bitDepthLuma: 8, bitDepthChroma: 8 };
  }
  const chromaFormat = reader.ue();
  const separateColourPlanes = chromaFormat === 3 && reader.flag();
  const bitDepthLuma = 8 + Math.min(reader.ue(), 6);
  const bitDepthChroma = 8 + Math.min(reader.ue(), 6);
  reader.skip(1);
  if (reader.flag()) {
    for (let i = 0; i < (chromaFormat === 3 ? 12 : 8); i++) if (reader.flag()) skipScalingList(reader, i < 6 ? 16 : 64);
  }
  return { chromaFormat, separateColourPlanes, bitDepthLuma, bitDepthChroma };
}

function skipScalingList(reader: BitReader, size: number): void {
  let next = 8;
  for (let last = 8, i = 0; i < size && next !== 0; i++) {
    next = (last + reader.se() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function readPictureOrder(reader: BitReader): { pocType: number; pocLsbBits: number } {
  const pocType = reader.ue();
  if (pocType === 0) return { pocType, pocLsbBits: reader.ue() + 4 };
  if (pocType === 1) {
    reader.skip(1);
    reader.se();
    reader.se();
    const cycle = Math.min(reader.ue(), 255);
    for (let i = 0; i < cycle && !reader.overrun; i++) reader.se();
  }
  return { pocType, pocLsbBits: 0 };
}

function readSize(reader: BitReader, chroma: { chromaFormat: number; separateColourPlanes: boolean }) {
  const widthMbs = reader.ue() + 1;
  const mapUnits = reader.ue() + 1;
  const frameMbsOnly = reader.flag();
  if (!frameMbsOnly) reader.skip(1);
  reader.skip(1);
  const heightMbs = mapUnits * (frameMbsOnly ? 1 : 2);
  const crop = reader.flag() ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  // §7.4.2.1.1: CropUnitX and CropUnitY.
  const format = chroma.separateColourPlanes ? 0 : chroma.chromaFormat;
  const unitX = format === 1 || format === 2 ? 2 : 1;
  const unitY = (format === 1 ? 2 : 1) * (frameMbsOnly ? 1 : 2);
  return {
    frameMbsOnly,
    macroblocks: widthMbs * heightMbs,
    width: widthMbs * 16 - unitX * (left + right),
    height: heightMbs * 16 - unitY * (top + bottom),
  };
}

/** §E.1.1. What was read after the end of the bytes is not told. */
function readVui(reader: BitReader): { frameRate?: number | undefined; reorder?: number } {
  skipVuiHead(reader);
  let frameRate: number | undefined;
  if (reader.flag()) {
    const unitsInTick = reader.u(32);
    const timeScale = reader.u(32);
    reader.skip(1);
    // Two ticks a frame (§E.2.1, DeltaTfiDivisor of a frame).
    if (!reader.overrun) frameRate = frameRateOf(unitsInTick * 2, timeScale);
  }
  const nalHrd = reader.flag();
  if (nalHrd) skipHrd(reader);
  const vclHrd = reader.flag();
  if (vclHrd) skipHrd(reader);
  if (nalHrd || vclHrd) reader.skip(1);
  reader.skip(1);
  if (!reader.flag()) return { frameRate };
  reader.skip(1);
  for (let i = 0; i < 4; i++) reader.ue();
  const reorder = reader.ue();
  const buffering = reader.ue();
  return reader.overrun || reorder > buffering || buffering > 16 ? { frameRate } : { frameRate, reorder };
}

function skipHrd(reader: BitReader): void {
  const count = Math.min(reader.ue(), 31) + 1;
  reader.skip(8);
  for (let i = 0; i < count && !reader.overrun; i++) {
    reader.ue();
    reader.ue();
    reader.skip(1);
  }
  reader.skip(20);
}

interface ReorderFacts {
  readonly profile: number;
  readonly constraints: number;
  readonly level: number;
  readonly pocType: number;
  readonly macroblocks: number;
  readonly refFrames: number;
}

/** How deep pictures may be reordered: by POC type and profile, else as stated, else by the level (§A.3.1, §E.2.1). */
function reorderOf(sps: ReorderFacts, stated: number | undefined): Reorder {
  const intra = intraProfiles.has(sps.profile) && (sps.constraints & 0x10) !== 0;
  // POC type 2: output order is decoding order (§8.2.1.3). Baseline has no B slices (§A.2.1).
  if (sps.pocType === 2 || sps.profile === 66 || intra) return { depth: 0, stated: true };
  if (stated !== undefined) return { depth: stated, stated: true };
  // One reference picture: no encoder of a camera reorders with it, though the standard's bound would be the level's.
  if (sps.refFrames <= 1) return { depth: 0, stated: false };
  return { depth: Math.max(1, Math.min(16, Math.floor(dpbMacroblocks(sps.level) / sps.macroblocks))), stated: false };
}

/** MaxDpbMbs, table A-1; level_idc → macroblocks. */
const dpbByLevel: readonly (readonly [number, number])[] = [
  [10, 396],
  [11, 900],
  [20, 2376],
  [21, 4752],
  [30, 8100],
  [31, 18_000],
  [32, 20_480],
  [41, 32_768],
  [42, 34_816],
  [50, 110_400],
  [52, 184_320],
];

function dpbMacroblocks(level: number): number {
  return dpbByLevel.find(([upTo]) => level <= upTo)?.[1] ?? 696_320;
}

/** The parameters of an H.264 track; an error when the SPS or the PPS is none. The bytes are kept, not copied. */
export function h264Parameters(sps: Uint8Array, pps: Uint8Array): Result<VideoParameters> {
  const parsed = parseH264Sps(sps);
  if (!parsed.ok) return parsed;
  if (pps.byteLength < 2 || ((pps[0] ?? 0) & 0x1f) !== 8) return err("not an H.264 picture parameter set");
  const { profile, constraints, level, width, height, frameRate, reorder } = parsed.value;
  return ok({
    kind: "video",
    codec: "h264",
    vps: new Uint8Array(0),
    sps,
    pps,
    width,
    height,
    codecString: `avc1.${hexByte(profile)}${hexByte(constraints)}${hexByte(level)}`,
    ...(frameRate === undefined ? {} : { frameRate }),
    reorderDepth: reorder.depth,
  });
}
