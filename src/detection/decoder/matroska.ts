/**
 * The smallest Matroska (RFC 9559) that carries access units with their times to an `ffmpeg`: one track, a cluster a
 * unit, of no known end. Element ids are those of RFC 9559 §5.1, lengths and numbers those of EBML (RFC 8794 §4, §7).
 */
import type { VideoParameters } from "../../media/types.ts";

const id = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

/** Nanoseconds a tick: 90 kHz as near as a whole number comes; the numbers come back as they are. */
const tick = 11_111;
const unknownLength = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
const keyFlag = 0x80;
const startCode = Buffer.from([0, 0, 0, 1]);

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(first < 0 ? 7 : first);
}

/** A length of eight bytes, RFC 8794 §4. */
function lengthOf(bytes: number): Buffer {
  const length = bigEndian(bytes);
  const whole = Buffer.alloc(8);
  length.copy(whole, 8 - length.length);
  whole[0] = 0x01;
  return whole;
}

function element(of: number, ...parts: readonly Uint8Array[]): Buffer {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([bigEndian(of), lengthOf(bytes), ...parts]);
}

const whole = (of: number, value: number): Buffer => element(of, bigEndian(value));

/** The beginning of a stream. Its parameter sets stand there as Annex B, which FFmpeg takes, as its units do. */
export function matroskaHead({ codec, vps, sps, pps, width, height }: VideoParameters): Buffer {
  const name = codec === "h264" ? "V_MPEG4/ISO/AVC" : "V_MPEGH/ISO/HEVC";
  const sets = [vps, sps, pps].filter((set) => set.length > 0).flatMap((set) => [startCode, set]);
  const track = element(
    id.trackEntry,
    ...[whole(id.trackNumber, 1), whole(id.trackUid, 1), whole(id.trackType, 1)],
    element(id.codecId, Buffer.from(name)),
    element(id.codecPrivate, ...sets),
    element(id.video, whole(id.pixelWidth, width), whole(id.pixelHeight, height)),
  );
  return Buffer.concat([
    element(id.ebml, element(id.docType, Buffer.from("matroska"))),
    ...[bigEndian(id.segment), unknownLength],
    element(id.info, whole(id.timestampScale, tick)),
    element(id.tracks, track),
  ]);
}

/** One access unit, Annex B. @param time in ticks of 90 kHz, not below 0 */
export function matroskaUnit(data: Uint8Array, key: boolean, time: number): Buffer {
  // track 1, no time of its own beside the cluster's
  const block = Buffer.from([0x81, 0, 0, key ? keyFlag : 0]);
  return element(id.cluster, whole(id.timestamp, time), element(id.simpleBlock, block, data));
}
