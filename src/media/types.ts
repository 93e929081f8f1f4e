import type { Instant, WallTime } from "../kernel/time.ts";

/** The codecs that Reed records. Video names as in RFC 6184 / RFC 7798; audio as they come, never re-encoded. */
export type VideoCodec = "h264" | "h265";
export type AudioCodec = "aac" | "pcma" | "pcmu";

/**
 * What a video track needs to be played: parameter sets as raw NAL units (no start code, no length prefix).
 * A change of any of these bytes starts a new segment.
 */
export interface VideoParameters {
  readonly kind: "video";
  readonly codec: VideoCodec;
  /** H.265 only; empty for H.264. */
  readonly vps: Uint8Array;
  readonly sps: Uint8Array;
  readonly pps: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** RFC 6381 codec string, e.g. `avc1.640028`. */
  readonly codecString: string;
  /** Frames per second by the VUI, when the SPS tells. */
  readonly frameRate?: number;
  /** Pictures that may precede another in decoding order and follow it in output order (max_num_reorder). */
  readonly reorderDepth: number;
}

export interface AudioParameters {
  readonly kind: "audio";
  readonly codec: AudioCodec;
  /** Sample clock in Hz; also the RTP clock. */
  readonly sampleRate: number;
  readonly channels: number;
  /** AudioSpecificConfig (ISO 14496-3) for AAC; empty for G.711. */
  readonly config: Uint8Array;
}

/**
 * One coded picture (or one run of audio samples), whole.
 * `data` holds the NAL units each behind its 4-byte length (as in ISO 14496-15), parameter sets and AUDs left out,
 * SEI kept. For audio it is the raw AAC frame or the G.711 bytes.
 * `data` is a view: it stays valid while its `block` is retained (see `block.ts`).
 */
export interface AccessUnit {
  readonly track: "video" | "audio";
  readonly data: Uint8Array;
  /** Presentation time in ticks of the track's clock (90 kHz for video), unwrapped, continuous within a session. */
  readonly pts: number;
  /** Decode time in the same ticks; ≤ pts, strictly increasing within a session. */
  readonly dts: number;
  /** A decoder may start here: IDR, BLA, CRA or a recovery point (GDR). Always true for audio. */
  readonly key: boolean;
  /** When its last byte reached this process. */
  readonly arrival: Instant;
  /** Its place on the wall clock by the session's mapping (sender reports or arrival), for people and for ranges. */
  readonly wall: WallTime;
  /** Counts the camera's sessions in this process; `pts` and `dts` are continuous within one only. */
  readonly session: number;
  /** Parameters in force for this unit. Same object as long as nothing changed, so `!==` finds a change. */
  readonly parameters: VideoParameters | AudioParameters;
  /** Something was lost before this unit (RTP gap, malformed packet): the run up to the next key is damaged. */
  readonly afterLoss: boolean;
  readonly block: Block;
}

/** Memory that access units point into; counted, so that a pool can take it back. See `media/block.ts`. */
export interface Block {
  readonly bytes: Uint8Array;
  retain(): void;
  release(): void;
}

/** What the SDP (RFC 8866) says of one media that Reed takes. */
export interface MediaFormat {
  readonly track: "video" | "audio";
  readonly codec: VideoCodec | AudioCodec;
  readonly payloadType: number;
  /** RTP clock in Hz. */
  readonly clockRate: number;
  readonly channels: number;
  /** `a=fmtp` parameters, names in lower case. */
  readonly fmtp: ReadonlyMap<string, string>;
  /** Absolute URL for SETUP. */
  readonly control: string;
}

/** The header of an RTP packet (RFC 3550 §5.1). One object a session, filled again for each packet. */
export interface RtpHeader {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
}

/** An access unit as a depacketizer finds it: the session adds wall time and session number. */
export type RawUnit = Omit<AccessUnit, "wall" | "session">;

/** Sans-IO: push packets, pull whole units. Never throws on bytes from a camera. */
export interface Depacketizer {
  /** `bytes[start, end)` is the RTP payload; it is copied, the caller may use the buffer again. */
  push(header: RtpHeader, bytes: Uint8Array, start: number, end: number, arrival: Instant): void;
  /** The RTP layer saw a hole in the sequence numbers before the next packet. */
  lost(): void;
  /** The next whole access unit, or undefined. The caller owns one reference to its block. */
  pull(): RawUnit | undefined;
  /** No packet has come for a while, or none will: a unit that waits can be pulled then. */
  settle?(): void;
  /** A unit is whole by its marker, which is not believed yet: it waits for the packet behind it. */
  readonly waits?: boolean;
  /** The session ended: forgets what is unfinished or not pulled and lets go of its memory. */
  close(): void;
}

/** Hands out blocks; knows how many bytes are out. */
export interface BlockPool {
  take(minimumBytes: number): Block;
  readonly bytesOut: number;
}

/** What the codec says of a picture's place, for when its timestamp says nothing. */
export interface OrderHint {
  /** Ticks from the packet before; negative where it is shown before that one. */
  readonly step?: number | undefined;
  /** Pictures that come after it may be shown before it. */
  readonly reorders: boolean;
}

/** Turns wrapping, jumping 32-bit RTP timestamps of one track into one continuous line of ticks. */
export interface Timeline {
  /**
   * Ticks since the session's first packet of this track (may be negative for a packet that came late).
   * A timestamp that jumps against the arrival time is set anew by what is known of the order, else by the arrival, so
   * that the line stays continuous.
   */
  at(rtpTimestamp: number, arrival: Instant, order?: OrderHint): number;
  /** The place of a timestamp on the line without moving it; undefined before the first packet. */
  peek(rtpTimestamp: number): number | undefined;
  readonly jumps: number;
}
