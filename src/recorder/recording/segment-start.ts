import { createHash } from "node:crypto";
import type { Clock } from "../../kernel/time.ts";
import { initSegment } from "../../media/mp4/init-segment.ts";
import { uuidBox } from "../../media/mp4/user-box.ts";
import { videoTimescale } from "../../media/mp4/types.ts";
import type { AccessUnit, AudioParameters } from "../../media/types.ts";
import type { SegmentCause, SegmentRow } from "../../messages/recorder.ts";
import type { FootageVolume } from "../ports.ts";
import type { SegmentPlan } from "./fragment-scan.ts";
import type { TimeBase } from "./fragments.ts";
import { openSegment, type SegmentFile } from "./segment-file.ts";
import { encodeHeader, rowOfHeader, segmentBoxType, uuidBytes, type SegmentHeader } from "./segment-format.ts";

export interface SegmentOrder {
  readonly clock: Clock;
  readonly channel: number;
  readonly stream: "main" | "sub";
  readonly newId: () => string;
  readonly plan: SegmentPlan;
  readonly firstUnit: AccessUnit;
  readonly cause: SegmentCause;
  readonly onDurable: (file: SegmentFile, bytes: number) => void;
  readonly onSyncFailed: (file: SegmentFile) => void;
}

const usualFrameRate = 25;

/** Makes the segment that begins with `firstUnit`, and the line its decode times lie on. */
export async function startSegment(
  volume: FootageVolume,
  order: SegmentOrder,
): Promise<{ file: SegmentFile; base: TimeBase }> {
  const { plan, firstUnit } = order;
  const init = initSegment(plan.audio === undefined ? { video: plan.video } : { video: plan.video, audio: plan.audio });
  const segmentId = order.newId();
  const chainStart = createHash("sha256").update(init).update(segmentId).digest();
  const header: SegmentHeader = {
    version: 1,
    segmentId,
    volumeId: volume.id,
    channel: order.channel,
    stream: order.stream,
    bootId: order.clock.bootId,
    startInstant: firstUnit.arrival,
    startWall: firstUnit.wall,
    cause: order.cause,
    chainStart: chainStart.toString("hex"),
  };
  const file = await openSegment(volume, {
    row: rowOf(header, plan),
    head: [init, uuidBox(uuidBytes(segmentBoxType), encodeHeader(header))],
    chainStart,
    onDurable: order.onDurable,
    onSyncFailed: order.onSyncFailed,
  });
  const frameTicks = Math.round(videoTimescale / (plan.video.frameRate ?? usualFrameRate));
  const base: TimeBase = {
    videoZero: firstUnit.dts,
    startPts: firstUnit.pts,
    startArrival: firstUnit.arrival,
    audio: plan.audio,
    audioZero: undefined,
    frameTicks,
  };
  return { file, base };
}

const rowOf = (header: SegmentHeader, plan: SegmentPlan): SegmentRow => ({
  ...rowOfHeader(header),
  endWall: header.startWall,
  bytes: 0,
  accessUnits: 0,
  closed: false,
  trusted: true,
  codec: codecsOf(plan.video.codecString, plan.audio),
});

/** RFC 6381 codecs as in a `codecs` parameter; G.711 by its own name, it has none there. */
export const codecsOf = (video: string, audio: AudioParameters | undefined): string =>
  audio === undefined ? video : `${video},${audio.codec === "aac" ? aacCodec(audio.config) : audio.codec}`;

/** `mp4a.40.` and the audio object type (ISO/IEC 14496-3 §1.6.2.1). */
const aacCodec = (config: Uint8Array): string => `mp4a.40.${(config[0] ?? 0x10) >> 3}`;
