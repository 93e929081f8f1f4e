import { bitReader } from "../codec/bits.ts";
import { parseH264Sps } from "../codec/h264.ts";
import { parseH265Sps } from "../codec/h265.ts";
import type { AudioParameters, VideoParameters } from "../types.ts";
import type { BoxWriter } from "./boxes.ts";

const unknownChroma = { chromaFormat: 1, bitDepthLuma: 8, bitDepthChroma: 8 };

/** avc1 or hvc1 (ISO 14496-15 §5.4.2.1, §8.4.1.1): parameter sets only in the sample entry. */
export function writeVideoEntry(writer: BoxWriter, video: VideoParameters): void {
  writer.box(video.codec === "h264" ? "avc1" : "hvc1", () => {
    writer.zeros(6);
    writer.u16(1); // data_reference_index
    writer.zeros(16);
    writer.u16(video.width);
    writer.u16(video.height);
    writer.u32(0x00480000); // 72 dpi
    writer.u32(0x00480000);
    writer.zeros(4);
    writer.u16(1); // frame_count
    writer.zeros(32); // compressorname
    writer.u16(0x18); // depth
    writer.u16(0xffff);
    if (video.codec === "h264") writer.box("avcC", () => writeAvcConfiguration(writer, video));
    else writer.box("hvcC", () => writeHevcConfiguration(writer, video));
  });
}

const profilesWithChroma = new Set([100, 110, 122, 144, 244, 44]);

/** AVCDecoderConfigurationRecord, ISO 14496-15 §5.3.3.1.2. */
function writeAvcConfiguration(writer: BoxWriter, { sps, pps }: VideoParameters): void {
  writer.u8(1);
  writer.bytes(sps.subarray(1, 4));
  writer.u8(0xff); // 4-byte lengths
  writer.u8(0xe1);
  writer.u16(sps.byteLength);
  writer.bytes(sps);
  writer.u8(1);
  writer.u16(pps.byteLength);
  writer.bytes(pps);
  if (!profilesWithChroma.has(sps[1] ?? 0)) return;
  const parsed = parseH264Sps(sps);
  const chroma = parsed.ok ? parsed.value : unknownChroma;
  writer.u8(0xfc | chroma.chromaFormat);
  writer.u8(0xf8 | (chroma.bitDepthLuma - 8));
  writer.u8(0xf8 | (chroma.bitDepthChroma - 8));
  writer.u8(0);
}

/** HEVCDecoderConfigurationRecord, ISO 14496-15 §8.3.3.1.2. */
function writeHevcConfiguration(writer: BoxWriter, { vps, sps, pps }: VideoParameters): void {
  const parsed = parseH265Sps(sps);
  const facts = parsed.ok
    ? parsed.value
    : { ...unknownChroma, profileTierLevel: new Uint8Array(12), temporalLayers: 1, temporalIdNested: false };
  writer.u8(1);
  writer.bytes(facts.profileTierLevel);
  writer.u16(0xf000); // min_spatial_segmentation_idc: not told
  writer.u8(0xfc); // parallelismType: not told
  writer.u8(0xfc | facts.chromaFormat);
  writer.u8(0xf8 | (facts.bitDepthLuma - 8));
  writer.u8(0xf8 | (facts.bitDepthChroma - 8));
  writer.u16(0); // avgFrameRate: not told
  writer.u8((facts.temporalLayers << 3) | (facts.temporalIdNested ? 4 : 0) | 3);
  writer.u8(3);
  for (const set of [vps, sps, pps]) {
    writer.u8(0x80 | ((set[0] ?? 0) >> 1)); // array_completeness
    writer.u16(1);
    writer.u16(set.byteLength);
    writer.bytes(set);
  }
}

const audioEntryNames = { aac: "mp4a", pcma: "alaw", pcmu: "ulaw" } as const;

/** mp4a with esds (ISO 14496-14 §5.6), or alaw / ulaw (QuickTime File Format). */
export function writeAudioEntry(writer: BoxWriter, audio: AudioParameters): void {
  writer.box(audioEntryNames[audio.codec], () => {
    writer.zeros(6);
    writer.u16(1); // data_reference_index
    writer.zeros(8);
    writer.u16(audio.channels);
    writer.u16(16);
    writer.zeros(4);
    // 16.16; a rate that does not fit is told by the media header alone.
    writer.u32(audio.sampleRate < 0x10000 ? audio.sampleRate * 0x10000 : 0);
    if (audio.codec === "aac") writer.fullBox("esds", 0, 0, () => writeElementaryStream(writer, audio.config));
  });
}

/** ES_Descriptor, ISO 14496-1 §7.2.6.5; all lengths fit one byte (an AudioSpecificConfig is a few bytes). */
function writeElementaryStream(writer: BoxWriter, config: Uint8Array): void {
  const specific = config.subarray(0, 64);
  writer.u8(3); // ES_DescrTag
  writer.u8(3 + 2 + 13 + 2 + specific.byteLength + 3);
  writer.u16(0);
  writer.u8(0);
  writer.u8(4); // DecoderConfigDescrTag
  writer.u8(13 + 2 + specific.byteLength);
  writer.u8(0x40); // MPEG-4 audio
  writer.u8(0x15); // audio stream
  writer.zeros(11);
  writer.u8(5); // DecSpecificInfoTag
  writer.u8(specific.byteLength);
  writer.bytes(specific);
  writer.u8(6); // SLConfigDescrTag
  writer.u8(1);
  writer.u8(2);
}

/** Finds the AudioSpecificConfig in the body of an esds; undefined when it is not one. */
export function readElementaryStream(body: Uint8Array): Uint8Array | undefined {
  const reader = bitReader(body);
  const tag = (wanted: number): boolean => {
    if (reader.u(8) !== wanted) return false;
    for (let i = 0; i < 4 && reader.flag(); i++) reader.skip(7);
    return true;
  };
  reader.skip(32);
  if (!tag(3)) return undefined;
  reader.skip(7 + 24);
  if (!tag(4)) return undefined;
  reader.skip(7 + 13 * 8);
  if (!tag(5)) return undefined;
  const length = reader.u(7);
  const start = reader.position / 8;
  return reader.overrun || start + length > body.byteLength ? undefined : body.slice(start, start + length);
}
