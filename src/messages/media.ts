/**
 * recorder → api, analysis: access units over the recorder's own Unix socket (`recorder-<n>.media.sock`).
 * A reader sends one JSON line, `Subscribe` (or a test of a camera, `messages/probe.ts`), then reads frames:
 *
 *     u32 length of what follows | u8 type | body
 *
 * type 1 `parameters`: JSON `MediaParameters` (byte fields as base64); sent before the first unit they hold for.
 * type 2 `unit`:       u8 flags (1 key, 2 audio, 4 after loss) | f64 arrival instant ms | f64 wall ms | i64 pts | i64 dts | data
 * type 3 `state`:      JSON `{"state": "...", "reason": "..."}` when the channel goes down or comes back
 * type 4 `dropped`:    JSON `{"gops": n, "reason": "..."}`: the reader was too slow, whole GOPs were left out
 * type 5 `probe`:      JSON `ProbeMessage` (`messages/probe.ts`)
 * type 6 `stream`:     JSON `MediaStream`: which stream this reader gets, when it asked for `sub`
 *
 * All numbers little endian. A slow reader loses whole GOPs (its queue is bounded); the recording loses nothing.
 */
export const mediaFrame = { parameters: 1, unit: 2, state: 3, dropped: 4, probe: 5, stream: 6 } as const;
export const unitFlag = { key: 1, audio: 2, afterLoss: 4 } as const;
export const unitHeaderBytes = 1 + 8 + 8 + 8 + 8;

export interface Subscribe {
  readonly channel: number;
  readonly stream: "main" | "sub";
  /** `ring-gop`: begin with the newest whole key frame in the ring; `next-key`: wait for the next. */
  readonly from: "ring-gop" | "next-key";
  readonly audio: boolean;
  /** With `audio`: also sound that is for the detection alone (`ChannelPlan.listen`), which nobody may hear or keep. */
  readonly listen?: boolean;
}

/** A channel without a sub stream sends its main stream instead, and says so. */
export interface MediaStream {
  readonly stream: "main" | "sub";
  /** Why it is not the one that was asked for; empty when it is. */
  readonly reason: string;
}

export interface MediaParameters {
  readonly track: "video" | "audio";
  readonly codec: string;
  readonly codecString: string;
  readonly vps?: string;
  readonly sps?: string;
  readonly pps?: string;
  readonly width?: number;
  readonly height?: number;
  readonly reorderDepth?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly config?: string;
}
