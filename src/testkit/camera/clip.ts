import { fileURLToPath } from "node:url";
import type { VideoCodec } from "../../media/types.ts";
import { readMp4, type Mp4Track } from "./mp4-file.ts";
import { audioTone } from "./tone.ts";
import { syntheticVideo, type SyntheticOptions } from "./synthetic.ts";

/** One coded picture of a clip, before packetising. */
export interface ClipUnit {
  /** In the order of the standard, parameter sets left out. */
  readonly nals: readonly Uint8Array[];
  readonly key: boolean;
  /** 90 kHz ticks from the clip's start; `dts` from 0, `pts` ≥ `dts`. */
  readonly dts: number;
  readonly pts: number;
}

export interface VideoClip {
  readonly kind: "video";
  readonly codec: VideoCodec;
  /** H.264: SPS, PPS; H.265: VPS, SPS, PPS. */
  readonly parameterSets: readonly Uint8Array[];
  readonly units: readonly ClipUnit[];
  /** Ticks of 90 kHz after which it begins again. */
  readonly duration: number;
}

export interface AudioClip {
  readonly kind: "audio";
  readonly codec: "aac" | "pcma" | "pcmu";
  readonly sampleRate: number;
  readonly channels: number;
  /** AudioSpecificConfig for AAC, empty otherwise. */
  readonly config: Uint8Array;
  readonly frames: readonly Uint8Array[];
  /** Samples a frame; the RTP clock is the sample rate. */
  readonly frameSamples: number;
}

export interface Clip {
  readonly video: VideoClip;
  readonly audio?: AudioClip;
}

export type ClipName = "front-door" | "yard" | "garage" | "hall" | "b-frames" | "gdr" | "aac" | "h265" | "h265-cra";

/** What a camera shows: a shipped clip (`audio` replaces the clip's own sound), a file, or pictures made up here. */
export type Source =
  | { readonly kind: "file"; readonly path: string; readonly audio?: "none" }
  | { readonly kind: "clip"; readonly name: ClipName; readonly audio?: "pcma" | "pcmu" | "none" }
  | ({ readonly kind: "synthetic"; readonly audio?: "pcma" | "pcmu" } & SyntheticOptions);

const cache = new Map<string, Clip>();

/** Loads or makes a clip; the same source gives the same object. Throws when the file is missing or not understood. */
export function loadClip(source: Source): Clip {
  const name = JSON.stringify(source);
  const known = cache.get(name);
  if (known !== undefined) return known;
  const clip: Clip = source.kind === "synthetic" ? { video: syntheticVideo(source) } : readClip(fileOf(source));
  const audio =
    source.audio === "none" ? undefined : source.audio === undefined ? clip.audio : audioTone(source.audio, 8000);
  const made: Clip = audio === undefined ? { video: clip.video } : { video: clip.video, audio };
  cache.set(name, made);
  return made;
}

const fileOf = (source: Exclude<Source, { readonly kind: "synthetic" }>): string =>
  source.kind === "file" ? source.path : fileURLToPath(new URL(`../../../clips/${source.name}.mp4`, import.meta.url));

function readClip(path: string): Clip {
  const tracks = readMp4(path);
  const video = tracks.map(videoOf).find((track) => track !== undefined);
  const audio = tracks.map(audioOf).find((track) => track !== undefined);
  if (video === undefined) throw new Error(`${path} has no video`);
  return audio === undefined ? { video } : { video, audio };
}

function videoOf(track: Mp4Track): VideoClip | undefined {
  const { entry, timescale } = track;
  if (entry.kind !== "video") return undefined;
  const ticks = (value: number) => Math.round((value * 90_000) / timescale);
  const units = track.samples.map((sample) => {
    const nals = splitLengthPrefixed(sample.data);
    return {
      nals: nals.filter((nal) => !isLeftOut(entry.codec, nal)),
      key: nals.some((nal) => isKey(entry.codec, nal)),
      dts: ticks(sample.dts),
      pts: ticks(sample.pts),
    };
  });
  return {
    kind: "video",
    codec: entry.codec,
    parameterSets: entry.parameterSets,
    units,
    duration: ticks(track.duration),
  };
}

function audioOf(track: Mp4Track): AudioClip | undefined {
  const { entry, samples } = track;
  if (entry.kind !== "audio") return undefined;
  const { codec, sampleRate, channels, config } = entry;
  const frames = samples.map((sample) => sample.data);
  return { kind: "audio", codec, sampleRate, channels, config, frames, frameSamples: 1024 };
}

/** ISO 14496-15: NAL units behind 4-byte lengths. */
function splitLengthPrefixed(sample: Buffer): Buffer[] {
  const nals: Buffer[] = [];
  for (let at = 0; at + 4 < sample.length;) {
    const size = sample.readUInt32BE(at);
    nals.push(sample.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return nals;
}

export const nalType = (codec: VideoCodec, nal: Uint8Array): number =>
  codec === "h264" ? (nal[0] ?? 0) & 0x1f : ((nal[0] ?? 0) >> 1) & 0x3f;

/** A coded slice (as opposed to parameter sets, SEI, delimiters). */
export const isSlice = (codec: VideoCodec, nal: Uint8Array): boolean => {
  const type = nalType(codec, nal);
  return codec === "h264" ? type >= 1 && type <= 5 : type < 32;
};

/** An encoder's advertisement (SEI type 5) and delimiters are left out: the SEI of a camera shall be ours alone. */
function isLeftOut(codec: VideoCodec, nal: Uint8Array): boolean {
  const type = nalType(codec, nal);
  return codec === "h264"
    ? type === 7 || type === 8 || type === 9 || (type === 6 && nal[1] === 5)
    : (type >= 32 && type <= 35) || (type === 39 && nal[2] === 5);
}

/** IDR or recovery point (H.264); IDR, BLA, CRA (H.265 §7.4.2.2, types 16 to 21). */
function isKey(codec: VideoCodec, nal: Uint8Array): boolean {
  const type = nalType(codec, nal);
  return codec === "h264" ? type === 5 || (type === 6 && nal[1] === 6) : type >= 16 && type <= 21;
}
