/** What a list and a page say of a camera, from its settings and what it does now; no DOM. */
import type { RecordNow } from "../../../../src/domain/recording-rule.ts";
import type { ChannelState } from "../../../../src/messages/recorder.ts";
import type { Channel } from "../../../shared/types.ts";

export type CameraStateKey = "live" | "connecting" | "down" | "refused" | "off" | "unknown";

export interface CameraView {
  readonly state: CameraStateKey;
  readonly color: "green" | "orange" | "red" | "gray" | "blue";
  /** Why it is not live, as the server says it; empty otherwise. */
  readonly reason: string;
  readonly since: number | undefined;
  /** `H.264 · 1920 × 1080 · 12.5/s` in parts; those that are not known are left out. */
  readonly codec: string | undefined;
  readonly size: string | undefined;
  readonly picturesPerSecond: number | undefined;
  readonly bitsPerSecond: number | undefined;
}

const colors = {
  live: "green",
  connecting: "blue",
  down: "red",
  refused: "red",
  off: "gray",
  unknown: "gray",
} as const;

const codecs: Readonly<Record<string, string>> = { h264: "H.264", h265: "H.265" };

/** `live` is undefined while core is away, or before the camera was heard of. */
export function cameraView(camera: Pick<Channel, "enabled">, live: ChannelState | undefined): CameraView {
  const state = !camera.enabled ? "off" : (live?.state ?? "unknown");
  const playing = state === "live" ? live : undefined;
  const { video } = playing ?? {};
  return {
    state,
    color: colors[state],
    reason: state === "down" || state === "refused" ? (live?.reason ?? "") : "",
    since: state === "off" ? undefined : live?.since,
    codec: video === undefined ? undefined : (codecs[video.codec] ?? video.codec),
    size: video === undefined ? undefined : `${video.width}\u00a0×\u00a0${video.height}`,
    picturesPerSecond: playing === undefined ? undefined : (playing.picturesPerSecond ?? video?.frameRate),
    bitsPerSecond: playing?.bitsPerSecond,
  };
}

export type PreRecordView =
  /** What lies before an alarm is on the disk already. */
  | { readonly kind: "recorded"; readonly askedS: number }
  /** Kept in memory: so much is there now. */
  | { readonly kind: "held"; readonly heldS: number; readonly askedS: number; readonly short: boolean }
  /** The camera does not play, so an alarm now would have nothing. */
  | { readonly kind: "nothing-now"; readonly askedS: number }
  | { readonly kind: "none" };

/** What an alarm would have from before it. */
export function preRecordView(
  camera: Pick<Channel, "recordMode" | "preRecordS" | "enabled">,
  live: ChannelState | undefined,
  /** What it records now; undefined while that is not known. */
  now: RecordNow | undefined,
): PreRecordView {
  const { recordMode, preRecordS: askedS } = camera;
  if (!camera.enabled || recordMode === "off" || now === "off" || askedS === 0) return { kind: "none" };
  if (live === undefined) return { kind: "none" };
  if (live.state !== "live") return { kind: "nothing-now", askedS };
  if (now === undefined ? recordMode === "continuous" || recordMode === "auto" : now === "continuous")
    return { kind: "recorded", askedS };
  const heldS = Math.floor(live.ringMs / 1000);
  return { kind: "held", heldS, askedS, short: heldS < askedS };
}
