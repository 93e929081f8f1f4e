import type { VideoCodec } from "../../media/types.ts";
import { isSlice, type AudioClip, type VideoClip } from "./clip.ts";
import { patchMark, seiTemplate, seiTextOffset, type Mark } from "./sei.ts";

/** Longest RTP payload: what fits an Ethernet frame with room for tunnels. */
const longestPayload = 1400;
/** `$`, channel, 16-bit length (RFC 2326 §10.12), then the RTP header (RFC 3550 §5.1). */
const framing = 4;
const rtpHeader = 12;
export const packetOverhead = framing + rtpHeader;

/**
 * An access unit cut into interleaved RTP packets once; every sending copies the bytes and patches the fields that
 * differ (channel, sequence number, time, source, mark).
 */
export interface PreparedUnit {
  readonly bytes: Buffer;
  /** Where each packet's `$` is. */
  readonly packets: readonly number[];
  /** Where the mark's text is; undefined for audio. */
  readonly markAt: number | undefined;
  readonly key: boolean;
  /** Ticks of the track's clock from the clip's start: when it is sent, and its RTP time. */
  readonly dueTicks: number;
  readonly rtpTicks: number;
}

export interface VideoLayout {
  /** Parameter sets in front of every key frame (besides in the SDP). */
  readonly inBand: boolean;
  /** Small NAL units of one access unit share a packet: STAP-A (RFC 6184 §5.7.1), AP (RFC 7798 §4.4.2). */
  readonly aggregate: boolean;
}

export const videoPayloadType = 96;

/** RTP time is the time of presentation, held back so that no picture is sent before it was taken. */
export function prepareVideo(clip: VideoClip, layout: VideoLayout): readonly PreparedUnit[] {
  const name = `${layout.inBand} ${layout.aggregate}`;
  const known = prepared.get(clip)?.get(name);
  if (known !== undefined) return known;
  const units = prepareUnits(clip, layout);
  const layouts = prepared.get(clip) ?? new Map<string, readonly PreparedUnit[]>();
  prepared.set(clip, layouts.set(name, units));
  return units;
}

/** Cameras with the same clip share its packets. */
const prepared = new WeakMap<VideoClip, Map<string, readonly PreparedUnit[]>>();

function prepareUnits(clip: VideoClip, layout: VideoLayout): PreparedUnit[] {
  const reorder = Math.max(...clip.units.map((unit) => unit.pts - unit.dts));
  return clip.units.map((unit) => {
    const firstSlice = unit.nals.findIndex((nal) => isSlice(clip.codec, nal));
    const mark = seiTemplate(clip.codec);
    const sets = unit.key && layout.inBand ? clip.parameterSets : [];
    const nals = [...sets, ...unit.nals.slice(0, firstSlice), mark, ...unit.nals.slice(firstSlice)];
    const payloads = packetizeVideo(clip.codec, nals, layout.aggregate);
    const framed = frame(payloads, videoPayloadType);
    const markAt = framed.bytes.indexOf(mark) + seiTextOffset(clip.codec);
    return { ...framed, markAt, key: unit.key, dueTicks: unit.dts, rtpTicks: unit.pts - reorder };
  });
}

/** One packet a frame: AAC-hbr (RFC 3640 §3.3.6) with its 13-bit size, or the bare G.711 bytes (RFC 3551 §4.5.14). */
export function prepareAudio(clip: AudioClip): PreparedUnit[] {
  return clip.frames.map((data, i) => {
    const payload =
      clip.codec === "aac"
        ? Buffer.concat([Buffer.of(0, 16, data.length >> 5, (data.length & 0x1f) << 3), data])
        : data;
    const ticks = i * clip.frameSamples;
    const framed = frame([payload], audioPayloadType(clip.codec));
    return { ...framed, markAt: undefined, key: true, dueTicks: ticks, rtpTicks: ticks };
  });
}

/** RFC 3551 table 4: PCMU 0, PCMA 8; the rest is dynamic. */
export function audioPayloadType(codec: AudioClip["codec"]): number {
  return codec === "pcmu" ? 0 : codec === "pcma" ? 8 : 97;
}

/** RTP payloads of one access unit. */
export function packetizeVideo(codec: VideoCodec, nals: readonly Uint8Array[], aggregate = false): Uint8Array[] {
  const payloads: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  const flush = () => {
    if (small.length === 1) payloads.push(...small);
    else if (small.length > 1) payloads.push(aggregation(codec, small));
    small = [];
  };
  for (const nal of nals) {
    const joined = small.reduce((sum, other) => sum + other.length + 2, 2) + nal.length + 2;
    if (aggregate && joined <= longestPayload && !isSlice(codec, nal)) small.push(nal);
    else {
      flush();
      if (nal.length <= longestPayload) payloads.push(nal);
      else payloads.push(...fragments(codec, nal));
    }
  }
  flush();
  return payloads;
}

function aggregation(codec: VideoCodec, nals: readonly Uint8Array[]): Uint8Array {
  const importance = Math.max(...nals.map((nal) => (nal[0] ?? 0) & 0x60));
  const head = codec === "h264" ? [importance | 24] : [48 << 1, 1];
  return Buffer.concat([
    Buffer.from(head),
    ...nals.flatMap((nal) => [Buffer.of(nal.length >> 8, nal.length & 0xff), nal]),
  ]);
}

/** FU-A (RFC 6184 §5.8) and FU (RFC 7798 §4.4.3): the NAL header goes into indicator and FU header. */
function fragments(codec: VideoCodec, nal: Uint8Array): Uint8Array[] {
  const head = nal[0] ?? 0;
  const [headSize, type] = codec === "h264" ? [1, head & 0x1f] : [2, (head >> 1) & 0x3f];
  const indicator = codec === "h264" ? [(head & 0xe0) | 28] : [(head & 0x81) | (49 << 1), nal[1] ?? 1];
  const room = longestPayload - indicator.length - 1;
  const payloads: Uint8Array[] = [];
  for (let at = headSize; at < nal.length; at += room) {
    const start = at === headSize ? 0x80 : 0;
    const end = at + room >= nal.length ? 0x40 : 0;
    payloads.push(Buffer.concat([Buffer.from([...indicator, start | end | type]), nal.subarray(at, at + room)]));
  }
  return payloads;
}

function frame(payloads: readonly Uint8Array[], payloadType: number): { bytes: Buffer; packets: number[] } {
  const packets: number[] = [];
  const parts: Uint8Array[] = [];
  let at = 0;
  payloads.forEach((payload, i) => {
    const head = Buffer.alloc(packetOverhead);
    head[0] = 0x24;
    head.writeUInt16BE(rtpHeader + payload.length, 2);
    head[framing] = 0x80;
    head[framing + 1] = payloadType | (i === payloads.length - 1 ? 0x80 : 0); // marker: last of the access unit
    packets.push(at);
    parts.push(head, payload);
    at += packetOverhead + payload.length;
  });
  return { bytes: Buffer.concat(parts), packets };
}

export interface Stamp {
  readonly channel: number;
  readonly sequence: number;
  readonly time: number;
  readonly source: number;
  readonly mark: Mark | undefined;
}

/** Copies a prepared unit into `target` (at least as long) and patches it. Sequence and time are taken mod 2^16, 2^32. */
export function stampUnit(unit: PreparedUnit, target: Buffer, stamp: Stamp): void {
  unit.bytes.copy(target);
  let sequence = stamp.sequence;
  for (const at of unit.packets) {
    target[at + 1] = stamp.channel;
    target[at + 6] = (sequence >> 8) & 0xff;
    target[at + 7] = sequence & 0xff;
    target.writeUInt32BE(stamp.time >>> 0, at + 8);
    target.writeUInt32BE(stamp.source >>> 0, at + 12);
    sequence++;
  }
  if (unit.markAt !== undefined && stamp.mark !== undefined) patchMark(target, unit.markAt, stamp.mark);
}

/** Takes the packets `from` … `from + count - 1` out of stamped bytes; gives the length that is left. */
export function cutPackets(unit: PreparedUnit, target: Buffer, from: number, count: number): number {
  const begin = unit.packets[from] ?? unit.bytes.length;
  const end = unit.packets[from + count] ?? unit.bytes.length;
  target.copy(target, begin, end, unit.bytes.length);
  return unit.bytes.length - (end - begin);
}
