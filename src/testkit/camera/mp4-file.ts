import { readFileSync } from "node:fs";
import type { VideoCodec } from "../../media/types.ts";

/** A sample as it lies in the file; times in ticks of its track. */
export interface Mp4Sample {
  readonly data: Buffer;
  readonly dts: number;
  readonly pts: number;
}

export interface Mp4Track {
  readonly timescale: number;
  readonly samples: readonly Mp4Sample[];
  readonly duration: number;
  readonly entry:
    | { readonly kind: "video"; readonly codec: VideoCodec; readonly parameterSets: readonly Buffer[] }
    | {
        readonly kind: "audio";
        readonly codec: "aac";
        readonly sampleRate: number;
        readonly channels: number;
        readonly config: Buffer;
      };
}

/**
 * Reads a plain (not fragmented) MP4 file as `tools/make-clips.sh` makes them: H.264, H.265 and AAC (ISO 14496-12/-15).
 * On purpose not the project's own MP4 code: the camera must not share its mistakes. Throws on anything else.
 */
export function readMp4(path: string): Mp4Track[] {
  const file = readFileSync(path);
  const moov = need(child(file, "moov"), "moov", path);
  return boxes(moov)
    .filter((box) => box.type === "trak")
    .map((box) => readTrack(file, box.body));
}

interface Box {
  readonly type: string;
  readonly body: Buffer;
}

function boxes(parent: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= parent.length;) {
    const size = parent.readUInt32BE(at);
    if (size < 8) break;
    found.push({ type: parent.toString("latin1", at + 4, at + 8), body: parent.subarray(at + 8, at + size) });
    at += size;
  }
  return found;
}

const child = (parent: Buffer, type: string): Buffer | undefined =>
  boxes(parent).find((box) => box.type === type)?.body;

function need(found: Buffer | undefined, type: string, where: string): Buffer {
  if (found === undefined) throw new Error(`${where}: no ${type} box`);
  return found;
}

function descend(parent: Buffer, ...types: readonly string[]): Buffer {
  return types.reduce((body, type) => need(child(body, type), type, types.join("/")), parent);
}

function readTrack(file: Buffer, trak: Buffer): Mp4Track {
  const mdhd = descend(trak, "mdia", "mdhd");
  const stbl = descend(trak, "mdia", "minf", "stbl");
  const timescale = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
  const sizes = sampleSizes(descend(stbl, "stsz"));
  const offsets = sampleOffsets(stbl, sizes);
  const durations = runs(descend(stbl, "stts"), sizes.length);
  const compositions = child(stbl, "ctts");
  const shifts = compositions === undefined ? sizes.map(() => 0) : runs(compositions, sizes.length);
  let dts = 0;
  const samples = sizes.map((size, i) => {
    const at = offsets[i] ?? 0;
    const sample = { data: file.subarray(at, at + size), dts, pts: dts + (shifts[i] ?? 0) };
    dts += durations[i] ?? 0;
    return sample;
  });
  return { timescale, samples, duration: dts, entry: sampleEntry(descend(stbl, "stsd")) };
}

function sampleSizes(stsz: Buffer): number[] {
  const same = stsz.readUInt32BE(4);
  return Array.from({ length: stsz.readUInt32BE(8) }, (_, i) => (same > 0 ? same : stsz.readUInt32BE(12 + 4 * i)));
}

/** stts and ctts have one shape: (count, value) runs. */
function runs(box: Buffer, samples: number): number[] {
  const values: number[] = [];
  for (let i = 0; i < box.readUInt32BE(4) && values.length < samples; i++) {
    const value = box.readInt32BE(12 + 8 * i);
    for (let n = box.readUInt32BE(8 + 8 * i); n > 0; n--) values.push(value);
  }
  return values;
}

function sampleOffsets(stbl: Buffer, sizes: readonly number[]): number[] {
  const stco = descend(stbl, "stco");
  const stsc = descend(stbl, "stsc");
  const chunks = stco.readUInt32BE(4);
  const groups = Array.from({ length: stsc.readUInt32BE(4) }, (_, i) => ({
    first: stsc.readUInt32BE(8 + 12 * i) - 1,
    perChunk: stsc.readUInt32BE(12 + 12 * i),
  }));
  const offsets: number[] = [];
  for (let chunk = 0; chunk < chunks; chunk++) {
    const group = groups.findLast((candidate) => candidate.first <= chunk);
    let at = stco.readUInt32BE(8 + 4 * chunk);
    for (let n = group?.perChunk ?? 0; n > 0; n--) {
      const size = sizes[offsets.length] ?? 0;
      offsets.push(at);
      at += size;
    }
  }
  return offsets;
}

function sampleEntry(stsd: Buffer): Mp4Track["entry"] {
  const entry = need(boxes(stsd.subarray(8))[0]?.body, "sample entry", "stsd");
  const type = boxes(stsd.subarray(8))[0]?.type ?? "";
  switch (type) {
    case "avc1":
    case "hvc1":
    case "hev1": {
      const inner = entry.subarray(78); // VisualSampleEntry
      return type === "avc1"
        ? { kind: "video", codec: "h264", parameterSets: avcParameterSets(descend(inner, "avcC")) }
        : { kind: "video", codec: "h265", parameterSets: hevcParameterSets(descend(inner, "hvcC")) };
    }
    case "mp4a":
      return {
        kind: "audio",
        codec: "aac",
        channels: entry.readUInt16BE(16),
        sampleRate: entry.readUInt16BE(24),
        config: audioSpecificConfig(descend(entry.subarray(28), "esds")),
      };
    default:
      throw new Error(`sample entry ${type} is not supported`);
  }
}

/** AVCDecoderConfigurationRecord, ISO 14496-15 §5.3.3.1. */
function avcParameterSets(avcC: Buffer): Buffer[] {
  const sets: Buffer[] = [];
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    for (let count = avcC.readUInt8(at++) & mask; count > 0; count--) {
      const size = avcC.readUInt16BE(at);
      sets.push(avcC.subarray(at + 2, at + 2 + size));
      at += 2 + size;
    }
  }
  return sets;
}

/** HEVCDecoderConfigurationRecord, ISO 14496-15 §8.3.3.1; VPS, SPS, PPS only. */
function hevcParameterSets(hvcC: Buffer): Buffer[] {
  const sets: Buffer[] = [];
  let at = 23;
  for (let arrays = hvcC.readUInt8(22); arrays > 0; arrays--) {
    const type = hvcC.readUInt8(at) & 0x3f;
    for (let count = hvcC.readUInt16BE(at + 1), first = true; count > 0; count--, first = false) {
      if (first) at += 3;
      const size = hvcC.readUInt16BE(at);
      if (type >= 32 && type <= 34) sets.push(hvcC.subarray(at + 2, at + 2 + size));
      at += 2 + size;
    }
  }
  return sets;
}

/** The DecoderSpecificInfo of an ES_Descriptor, ISO 14496-1 §7.2.6. */
function audioSpecificConfig(esds: Buffer): Buffer {
  let at = 4;
  for (;;) {
    const tag = esds.readUInt8(at++);
    let size = 0;
    for (let more = true; more; at++) {
      size = size * 128 + (esds.readUInt8(at) & 0x7f);
      more = (esds.readUInt8(at) & 0x80) !== 0;
    }
    if (tag === 3) at += 3;
    else if (tag === 4) at += 13;
    else if (tag === 5) return esds.subarray(at, at + size);
    else at += size;
  }
}
