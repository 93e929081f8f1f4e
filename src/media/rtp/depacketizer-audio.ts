import { err, ok, type Result } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/time.ts";
import { g711Parameters } from "../codec/g711.ts";
import type { AudioParameters, BlockPool, Depacketizer, MediaFormat, RawUnit, Timeline } from "../types.ts";
import { createUnitBuffer, type UnitBuffer } from "./depacketizer-buffer.ts";

/** Access units of audio: all are key, dts = pts, times strictly increasing. */
export interface AudioDelivery {
  /** The unit in the buffer is whole; `at` in ticks of the track. */
  whole(at: number, arrival: Instant): void;
  loss(): void;
  pull(): RawUnit | undefined;
  close(): void;
}

export function createAudioDelivery(buffer: UnitBuffer, parameters: AudioParameters): AudioDelivery {
  const units: RawUnit[] = [];
  let last = -Infinity;
  let lossPending = false;
  return {
    whole(at, arrival) {
      last = Math.max(at, last + 1);
      const { data, block } = buffer.take();
      const afterLoss = lossPending;
      units.push({ track: "audio", data, pts: last, dts: last, key: true, arrival, parameters, afterLoss, block });
      lossPending = false;
    },
    loss() {
      lossPending = last > -Infinity;
    },
    pull: () => units.shift(),
    close() {
      for (const unit of units.splice(0)) unit.block.release();
      buffer.close();
    },
  };
}

/** G.711 (RFC 3551 §4.5.14): every payload is one unit of as many samples as it has bytes a channel. */
export function createG711Depacketizer(format: MediaFormat, pool: BlockPool, timeline: Timeline): Result<Depacketizer> {
  const { codec, clockRate, channels } = format;
  if (codec !== "pcma" && codec !== "pcmu") return err(`${codec} is not G.711`);
  if (channels < 1 || channels > 8) return err(`G.711 with ${channels} channels`);
  const buffer = createUnitBuffer(pool);
  const delivery = createAudioDelivery(buffer, g711Parameters(codec, clockRate, channels));
  return ok({
    push(header, bytes, start, end, arrival) {
      const whole = end - start - ((end - start) % channels);
      if (whole <= 0) return;
      if (buffer.append(bytes, start, start + whole)) delivery.whole(timeline.at(header.timestamp, arrival), arrival);
      else buffer.discard();
    },
    lost: () => delivery.loss(),
    pull: () => delivery.pull(),
    close: () => delivery.close(),
  });
}
