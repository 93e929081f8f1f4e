import { type Result, err, ok } from "../../kernel/result.ts";
import type { VideoParameters } from "../types.ts";
import { type BitReader, bitReader, unescapeNal } from "./bits.ts";
import { readVuiFrameRate, skipReferenceSets, skipScalingLists } from "./h265-sps-tail.ts";
import { hexByte } from "./text.ts";

/** What Reed needs of a sequence parameter set (ISO 23008-2 §7.3.2.2). Sizes in luma samples after cropping. */
export interface H265Sps {
  /** general_profile_space … general_level_idc: the 12 bytes that hvcC repeats. */
  readonly profileTierLevel: Uint8Array;
  readonly temporalLayers: number;
  readonly temporalIdNested: boolean;
  readonly chromaFormat: number;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number | undefined;
  /** sps_max_num_reorder_pics of the highest sub-layer. */
  readonly reorderDepth: number;
}

const largestSide = 16_384;

/** Reads an SPS NAL unit (with its 2 header bytes). Bytes that are none give an error; a broken VUI is ignored. */
export function parseH265Sps(nal: Uint8Array): Result<H265Sps> {
  if (nal.byteLength < 16 || (nal[0] ?? 0) >> 1 !== 33) return err("not an H.265 sequence parameter set");
  const rbsp = unescapeNal(nal, 2);
  const reader = bitReader(rbsp);
  reader.skip(4);
  const subLayers = reader.u(3);
  const temporalIdNested = reader.flag();
  const profileTierLevel = rbsp.slice(1, 13);
  if (subLayers > 6 || profileTierLevel.byteLength < 12) return err("H.265 SPS: impossible number of sub-layers");
  skipProfileTierLevel(reader, subLayers);
  if (reader.ue() > 15) return err("H.265 SPS: id above 15");
  const picture = readPicture(reader);
  const pocBits = reader.ue() + 4;
  const reorderDepth = readReorder(reader, subLayers);
  if (reader.overrun) return err("H.265 SPS: ends too early");
  if (picture.chromaFormat > 3 || pocBits > 16 || reorderDepth > 16) return err("H.265 SPS: a field is out of range");
  if (!(picture.width > 0 && picture.height > 0 && picture.width <= largestSide && picture.height <= largestSide)) {
    return err("H.265 SPS: impossible picture size");
  }
  const frameRate = readFrameRate(reader, pocBits);
  return ok({ profileTierLevel, temporalLayers: subLayers + 1, temporalIdNested, ...picture, reorderDepth, frameRate });
}

/** profile_tier_level( 1, subLayers ), §7.3.3. */
function skipProfileTierLevel(reader: BitReader, subLayers: number): void {
  reader.skip(96);
  let bits = 0;
  for (let i = 0; i < subLayers; i++) bits += (reader.flag() ? 88 : 0) + (reader.flag() ? 8 : 0);
  if (subLayers > 0) reader.skip((8 - subLayers) * 2);
  reader.skip(bits);
}

function readPicture(reader: BitReader) {
  const chromaFormat = reader.ue();
  const separatePlanes = chromaFormat === 3 && reader.flag();
  const codedWidth = reader.ue();
  const codedHeight = reader.ue();
  const [left = 0, right = 0, top = 0, bottom = 0] = reader.flag()
    ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()]
    : [];
  // §6.2: SubWidthC and SubHeightC.
  const unitX = !separatePlanes && (chromaFormat === 1 || chromaFormat === 2) ? 2 : 1;
  const unitY = !separatePlanes && chromaFormat === 1 ? 2 : 1;
  return {
    chromaFormat,
    width: codedWidth - unitX * (left + right),
    height: codedHeight - unitY * (top + bottom),
    bitDepthLuma: 8 + Math.min(reader.ue(), 8),
    bitDepthChroma: 8 + Math.min(reader.ue(), 8),
  };
}

function readReorder(reader: BitReader, subLayers: number): number {
  const everyLayer = reader.flag();
  let reorder = 0;
  for (let i = everyLayer ? 0 : subLayers; i <= subLayers; i++) {
    reader.ue();
    reorder = reader.ue();
    reader.ue();
  }
  return reorder;
}

/** From log2_min_luma_coding_block_size to the timing of the VUI; undefined as soon as something does not fit. */
function readFrameRate(reader: BitReader, pocBits: number): number | undefined {
  for (let i = 0; i < 6; i++) reader.ue();
  if (reader.flag() && reader.flag()) skipScalingLists(reader);
  reader.skip(2);
  if (reader.flag()) {
    reader.skip(8);
    reader.ue();
    reader.ue();
    reader.skip(1);
  }
  if (!skipReferenceSets(reader)) return undefined;
  if (reader.flag()) {
    const longTerm = reader.ue();
    if (longTerm > 32) return undefined;
    reader.skip(longTerm * (pocBits + 1));
  }
  reader.skip(2);
  return reader.flag() ? readVuiFrameRate(reader) : undefined;
}

const profileSpaces = ["", "A", "B", "C"];

/** ISO 14496-15 §E.3, e.g. `hvc1.1.6.L93.B0`. */
function codecString(profileTierLevel: Uint8Array): string {
  const view = new DataView(profileTierLevel.buffer, profileTierLevel.byteOffset, profileTierLevel.byteLength);
  const first = view.getUint8(0);
  let compatibility = 0;
  for (let i = 0; i < 32; i++) compatibility += ((view.getUint32(1) >>> i) & 1) * 2 ** (31 - i);
  const constraints = [...profileTierLevel.subarray(5, 11)];
  while (constraints.length > 0 && constraints.at(-1) === 0) constraints.pop();
  const tier = (first & 0x20) === 0 ? "L" : "H";
  return [
    "hvc1",
    `${profileSpaces[first >> 6] ?? ""}${first & 0x1f}`,
    compatibility.toString(16).toUpperCase(),
    `${tier}${view.getUint8(11)}`,
    ...constraints.map((byte) => hexByte(byte).toUpperCase()),
  ].join(".");
}

/** The parameters of an H.265 track; an error when a set is none. The bytes are kept, not copied. */
export function h265Parameters(vps: Uint8Array, sps: Uint8Array, pps: Uint8Array): Result<VideoParameters> {
  const parsed = parseH265Sps(sps);
  if (!parsed.ok) return parsed;
  if (vps.byteLength < 4 || (vps[0] ?? 0) >> 1 !== 32) return err("not an H.265 video parameter set");
  if (pps.byteLength < 3 || (pps[0] ?? 0) >> 1 !== 34) return err("not an H.265 picture parameter set");
  const { width, height, frameRate, reorderDepth, profileTierLevel } = parsed.value;
  return ok({
    kind: "video",
    codec: "h265",
    vps,
    sps,
    pps,
    width,
    height,
    codecString: codecString(profileTierLevel),
    ...(frameRate === undefined ? {} : { frameRate }),
    reorderDepth,
  });
}
