import { err, ok, type Result } from "../../kernel/result.ts";
import type { AudioCodec, MediaFormat, VideoCodec } from "../types.ts";
import { attribute, attributeFor, parseSdp, type Sdp, type SdpMedia } from "./sdp.ts";
import { baseUrl, joinControl } from "./url.ts";

/** What a DESCRIBE answer offers. */
export interface Presentation {
  /** URL for PLAY, keep-alive and TEARDOWN. */
  readonly control: string;
  /** What Reed can take, in the camera's order. */
  readonly formats: readonly MediaFormat[];
  /** What it can't or won't, with the reason as a sentence. */
  readonly skipped: readonly { readonly media: string; readonly codec: string; readonly reason: string }[];
}

export interface DescribeUrls {
  readonly request: string;
  readonly contentBase?: string | undefined;
  readonly contentLocation?: string | undefined;
}

const videoCodecs: Readonly<Record<string, VideoCodec>> = { H264: "h264", H265: "h265", HEVC: "h265" };
const audioCodecs: Readonly<Record<string, AudioCodec>> = { "MPEG4-GENERIC": "aac", PCMA: "pcma", PCMU: "pcmu" };

/** RFC 3551 §6: payload types that need no rtpmap. */
const staticTypes: Readonly<Record<number, string>> = {
  0: "PCMU/8000",
  3: "GSM/8000",
  8: "PCMA/8000",
  9: "G722/8000",
  10: "L16/44100/2",
  11: "L16/44100",
  14: "MPA/90000",
  18: "G729/8000",
  26: "JPEG/90000",
  31: "H261/90000",
  32: "MPV/90000",
  33: "MP2T/90000",
  34: "H263/90000",
};

interface Mapping {
  readonly payloadType: number;
  /** In upper case; empty when nothing names it. */
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number;
}

function mappingOf(media: SdpMedia, payloadType: number): Mapping {
  const text = attributeFor(media, "rtpmap", payloadType) ?? staticTypes[payloadType] ?? "";
  const [name = "", rate = "", channels = ""] = text.trim().split("/");
  const clock = /^\d{1,9}$/.test(rate.trim()) ? Number(rate) : 0;
  return {
    payloadType,
    name: name.trim().toUpperCase(),
    clockRate: clock > 0 ? clock : media.media === "video" ? 90_000 : 8000,
    channels: /^[1-8]$/.test(channels.trim()) ? Number(channels) : 1,
  };
}

/** `a=1; b=x==;c` → names in lower case, values as they are (they hold Base64). RFC 6184 §8.2.1, RFC 3640 §4.1. */
export function parseFmtp(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(";")) {
    const equals = part.indexOf("=");
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toLowerCase();
    const value = equals === -1 ? "" : part.slice(equals + 1).trim();
    if (name !== "" && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** Its own fmtp, or one that a camera wrote under another media (seen with the audio section last). */
function fmtpOf(sdp: Sdp, media: SdpMedia, payloadType: number): ReadonlyMap<string, string> {
  const others = payloadType >= 96 ? sdp.medias : [];
  for (const candidate of [media, ...others.filter((other) => !other.payloadTypes.includes(payloadType))]) {
    const text = attributeFor(candidate, "fmtp", payloadType);
    if (text !== undefined) return parseFmtp(text);
  }
  return new Map();
}

type Taken =
  | { readonly kind: "format"; readonly format: MediaFormat }
  | { readonly kind: "skip"; readonly codec: string; readonly reason: string };

const skip = (codec: string, reason: string): Taken => ({ kind: "skip", codec, reason });

function takeMedia(sdp: Sdp, media: SdpMedia, base: string): Taken {
  const track = media.media;
  if (track !== "video" && track !== "audio") return skip("", `Media of the kind "${track}" is not recorded.`);
  // ONVIF Streaming §5.3: a back channel is an audio media that the *client* sends on.
  if (track === "audio" && attribute(media, "sendonly") !== undefined)
    return skip("", "An audio back channel is not recorded.");
  const mappings = media.payloadTypes.map((type) => mappingOf(media, type));
  const codecs: Readonly<Record<string, VideoCodec | AudioCodec>> = track === "video" ? videoCodecs : audioCodecs;
  const mapping = mappings.find((candidate) => codecs[candidate.name] !== undefined);
  const codec = mapping === undefined ? undefined : codecs[mapping.name];
  if (mapping === undefined || codec === undefined) {
    const name = mappings.find((candidate) => candidate.name !== "")?.name ?? "an unnamed codec";
    return skip(
      name,
      track === "video"
        ? `The camera sends its video as ${name}; Reed records H.264 and H.265.`
        : `The camera sends its audio as ${name}; Reed records AAC and G.711.`,
    );
  }
  if (/SAVP/.test(media.protocol))
    return skip(mapping.name, `The camera encrypts its ${track} (SRTP), which Reed can't read.`);
  const { payloadType, clockRate, channels } = mapping;
  const control = joinControl(base, attribute(media, "control"));
  const fmtp = fmtpOf(sdp, media, payloadType);
  return { kind: "format", format: { track, codec, payloadType, clockRate, channels, fmtp, control } };
}

/** Reads the body of a DESCRIBE answer. Fails only when it is no session description; `formats` may be empty. */
export function readPresentation(text: string, urls: DescribeUrls): Result<Presentation> {
  const sdp = parseSdp(text);
  if (sdp === undefined) return err("The camera's description of its stream can't be read.");
  const base = baseUrl(urls.request, urls.contentBase, urls.contentLocation);
  const formats: MediaFormat[] = [];
  const skipped: { media: string; codec: string; reason: string }[] = [];
  for (const media of sdp.medias) {
    const taken = takeMedia(sdp, media, base);
    if (taken.kind === "format") formats.push(taken.format);
    else skipped.push({ media: media.media, codec: taken.codec, reason: taken.reason });
  }
  return ok({ control: joinControl(base, attribute(sdp, "control")), formats, skipped });
}
