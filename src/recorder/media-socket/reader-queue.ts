import type { AccessUnit } from "../../media/types.ts";
import { mediaFrame, type MediaStream, type Subscribe } from "../../messages/media.ts";
import { encodeJson, encodeUnitHead } from "../../platform/media-frames.ts";
import { encodeParameters } from "./encode.ts";

/** Where a reader's frames go; `queued` are the bytes that it has not taken. */
export interface FrameSink {
  write(frame: Buffer): void;
  /** A unit behind the head of its frame, from where it lies: its block stays retained until it was taken. */
  writeUnit(head: Buffer, unit: AccessUnit): void;
  readonly queued: number;
}

/** One reader of the media socket: parameters before the units they hold for, whole GOPs or none. */
export interface ReaderQueue {
  /** `head`: the head of its frame, shared by all readers of the channel. */
  unit(unit: AccessUnit, head: () => Buffer): void;
  /** Skips to the next key frame, to give memory back. */
  shed(reason: string): void;
  state(state: string, reason: string): void;
  /** Which stream it gets. */
  stream(stream: MediaStream): void;
}

export function createReaderQueue(subscribe: Subscribe, sink: FrameSink, mostQueued: number): ReaderQueue {
  let waiting = true;
  let skippedGops = 0;
  let skipReason = "";
  let video: unknown;
  let audio: unknown;

  const skip = (reason: string): void => {
    if (!waiting) skippedGops++;
    waiting = true;
    skipReason = reason;
  };
  const beginGop = (): void => {
    if (sink.queued > mostQueued) {
      if (skippedGops > 0) skippedGops++;
      return;
    }
    waiting = false;
    if (skippedGops > 0) sink.write(encodeJson(mediaFrame.dropped, { gops: skippedGops, reason: skipReason }));
    skippedGops = 0;
  };
  return {
    unit(unit, head) {
      if (unit.track === "audio" && !subscribe.audio) return;
      const starts = unit.track === "video" && unit.key;
      if (waiting && starts) beginGop();
      if (waiting) return;
      if (sink.queued > mostQueued) {
        skip("the reader was too slow");
        return;
      }
      const known = unit.track === "video" ? video : audio;
      if (known !== unit.parameters) sink.write(encodeParameters(unit.parameters));
      if (unit.track === "video") video = unit.parameters;
      else audio = unit.parameters;
      sink.writeUnit(head(), unit);
    },
    shed: skip,
    stream: (stream) => sink.write(encodeJson(mediaFrame.stream, stream)),
    state: (state, reason) => sink.write(encodeJson(mediaFrame.state, { state, reason })),
  };
}

/** Encodes the head of a unit's frame at most once, when the first reader wants it. */
export function once(unit: AccessUnit): () => Buffer {
  let head: Buffer | undefined;
  return () => (head ??= encodeUnitHead(unit));
}
