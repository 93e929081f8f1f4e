/**
 * What Reed adds to a fragmented MP4 so that a file can be checked, and recovered, by itself:
 * `ftyp moov uuid(reed-segment)` and then, once a fragment, `moof mdat uuid(reed-fragment)`.
 * The bytes are described for other programs in docs/design/recording.md; change both together.
 */
import { crc32 } from "node:zlib";
import type { SegmentCause, SegmentRow } from "../../messages/recorder.ts";
import { between, instant, wallTime, type Instant, type WallTime } from "../../kernel/time.ts";

/** Types of the `uuid` boxes (ISO/IEC 14496-12 §11.1), as custom UUIDs (RFC 9562 §5.8). */
export const segmentBoxType = "52656564-0001-8000-8000-00007365676d";
export const fragmentBoxType = "52656564-0002-8000-8000-000066726167";

/** The 16 bytes of a UUID. */
export const uuidBytes = (uuid: string): Uint8Array => fromHex(uuid.replaceAll("-", ""));

export const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));

export const chainBytes = 32;
/** The fields that every trailer has; arrivals of key frames follow, 8 bytes each. */
const trailerFieldBytes = 4 + chainBytes + 4 * 8 + 3 * 4;
/** Behind the fields and arrivals stands their CRC-32: a trailer can be torn like anything else. */
const crcBytes = 4;
/** No camera sends more key frames in a fragment. */
const mostKeys = 8192;
/** Size, `uuid`, 16 bytes of type, payload. */
export const mostTrailerBytes = 8 + 16 + trailerFieldBytes + 8 * mostKeys + crcBytes;

export const fragmentFlag = {
  /** Its first video unit is a key frame: playing may start here. */
  key: 1,
  /** Pictures were lost on the way before its first video unit; one that follows a loss begins a fragment. */
  afterLoss: 2,
  /** An alarm held the channel when it was written. */
  hold: 4,
  /** The duration of its last unit is a guess: it was flushed before the next unit came. */
  guessedEnd: 8,
} as const;

export interface SegmentHeader {
  readonly version: 1;
  readonly segmentId: string;
  readonly volumeId: string;
  readonly channel: number;
  readonly stream: "main" | "sub";
  readonly bootId: string;
  /** Arrival of the first unit. */
  readonly startInstant: Instant;
  readonly startWall: WallTime;
  /** What it was begun for; absent in files of versions before there were weeks. */
  readonly cause?: SegmentCause;
  /** What the chain begins with, hex: SHA-256(ftyp ‖ moov ‖ segmentId as UTF-8). */
  readonly chainStart: string;
}

export interface FragmentTrailer {
  /** CRC-32 (as in zlib) of moof ‖ mdat, whole boxes. */
  readonly crc: number;
  /** SHA-256(previous chain ‖ moof ‖ mdat). */
  readonly chain: Uint8Array;
  /** Of its pictures; of its sound where it has none. */
  readonly firstArrival: Instant;
  readonly lastArrival: Instant;
  readonly firstWall: WallTime;
  readonly lastWall: WallTime;
  readonly videoUnits: number;
  readonly audioUnits: number;
  readonly flags: number;
  /** Arrivals of its video key frames: where playing may start, and what a receipt says lies before an edge. */
  readonly keyArrivals: readonly Instant[];
}

/** The clock was set inside a file when its last unit lies further than this from where its first one puts it, ms. */
const setInsideMs = 2000;

/**
 * Where a file ends on its own line, which begins at `startWall` and is the one that it is played by. A clock that was
 * set since does not count: the file ends at its next key frame, which may be half a minute away.
 */
export function endWallOf(
  row: Pick<SegmentRow, "startInstant" | "startWall" | "endWall">,
  last: Pick<FragmentTrailer, "lastArrival" | "lastWall"> | undefined,
): WallTime {
  if (last === undefined) return row.endWall;
  const byArrival = wallTime(row.startWall + between(row.startInstant, last.lastArrival));
  return Math.abs(last.lastWall - byArrival) <= setInsideMs ? last.lastWall : byArrival;
}

export const encodeHeader = (header: SegmentHeader): Uint8Array => new TextEncoder().encode(JSON.stringify(header));

/** The header of a segment, or undefined when the bytes are none. */
export function decodeHeader(payload: Uint8Array): SegmentHeader | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
  return isHeader(value) ? value : undefined;
}

function isHeader(value: unknown): value is SegmentHeader {
  if (typeof value !== "object" || value === null) return false;
  const header = value as Partial<Record<keyof SegmentHeader, unknown>>;
  return (
    header.version === 1 &&
    typeof header.segmentId === "string" &&
    typeof header.volumeId === "string" &&
    typeof header.channel === "number" &&
    (header.stream === "main" || header.stream === "sub") &&
    typeof header.bootId === "string" &&
    typeof header.startInstant === "number" &&
    typeof header.startWall === "number" &&
    (header.cause === undefined || header.cause === "general" || header.cause === "holds") &&
    typeof header.chainStart === "string"
  );
}

/** Big endian, as everything in ISO/IEC 14496-12. */
export function encodeTrailer(trailer: FragmentTrailer): Uint8Array {
  const keys = trailer.keyArrivals.slice(0, mostKeys);
  const crcAt = trailerFieldBytes + 8 * keys.length;
  const bytes = new Uint8Array(crcAt + crcBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, trailer.crc);
  bytes.set(trailer.chain, 4);
  view.setFloat64(36, trailer.firstArrival);
  view.setFloat64(44, trailer.lastArrival);
  view.setFloat64(52, trailer.firstWall);
  view.setFloat64(60, trailer.lastWall);
  view.setUint32(68, trailer.videoUnits);
  view.setUint32(72, trailer.audioUnits);
  view.setUint32(76, trailer.flags);
  for (const [i, at] of keys.entries()) view.setFloat64(trailerFieldBytes + 8 * i, at);
  view.setUint32(crcAt, crc32(bytes.subarray(0, crcAt)));
  return bytes;
}

/** Undefined when the payload has another length or its own checksum does not fit. */
export function decodeTrailer(payload: Uint8Array): FragmentTrailer | undefined {
  const crcAt = payload.length - crcBytes;
  const keys = (crcAt - trailerFieldBytes) / 8;
  if (keys < 0 || !Number.isInteger(keys)) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  if (view.getUint32(crcAt) !== crc32(payload.subarray(0, crcAt))) return undefined;
  return {
    crc: view.getUint32(0),
    chain: payload.slice(4, 36),
    firstArrival: instant(view.getFloat64(36)),
    lastArrival: instant(view.getFloat64(44)),
    firstWall: wallTime(view.getFloat64(52)),
    lastWall: wallTime(view.getFloat64(60)),
    videoUnits: view.getUint32(68),
    audioUnits: view.getUint32(72),
    flags: view.getUint32(76),
    keyArrivals: Array.from({ length: keys }, (_, i) => instant(view.getFloat64(trailerFieldBytes + 8 * i))),
  };
}

/** Does a path look like one of `segmentPath`? */
export const isSegmentPath = (path: string): boolean =>
  /^footage\/\d{4}-\d\d-\d\d\/ch\d{2,}-(main|sub)\/\d{6}\.\d{3}Z-[0-9a-f]{8}\.mp4$/.test(path);

/** `footage/2026-11-22/ch03-main/110547.123Z-1a2b3c4d.mp4`: UTC day and time, and the end of the segment's id. */
export function segmentPath(header: Pick<SegmentHeader, "segmentId" | "channel" | "stream" | "startWall">): string {
  const [day = "", time = ""] = new Date(header.startWall).toISOString().split("T");
  const channel = String(header.channel).padStart(2, "0");
  return `footage/${day}/ch${channel}-${header.stream}/${time.replaceAll(":", "")}-${header.segmentId.slice(-8)}.mp4`;
}

/** What a segment's row has from its header. */
export const rowOfHeader = (header: SegmentHeader) => ({
  id: header.segmentId,
  volumeId: header.volumeId,
  channel: header.channel,
  stream: header.stream,
  path: segmentPath(header),
  bootId: header.bootId,
  startInstant: header.startInstant,
  startWall: header.startWall,
  ...(header.cause === undefined ? {} : { cause: header.cause }),
});
