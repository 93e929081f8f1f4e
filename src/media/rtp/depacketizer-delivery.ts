import type { Instant } from "../../kernel/time.ts";
import { createDecodeTimes } from "../codec/decode-time.ts";
import { h264PocLsb } from "../codec/h264.ts";
import type { PictureKind } from "../codec/nal.ts";
import { createPictureOrder } from "../codec/picture-order.ts";
import type { ParameterSets } from "../codec/parameter-sets.ts";
import type { RawUnit, Timeline, VideoParameters } from "../types.ts";
import type { UnitBuffer } from "./depacketizer-buffer.ts";

/** What the assembler knows of a picture whose bytes are the unit in the buffer. */
export interface Picture {
  kind: PictureKind;
  /** An SEI said that decoding may start here. */
  recovery: boolean;
  timestamp: number;
  arrival: Instant;
  /** In force at its first slice; undefined while sets are missing. */
  parameters: VideoParameters | undefined;
}

/** Decides which pictures become access units, and gives them their times and marks. */
export interface Delivery {
  /** A whole picture: its unit is taken from the buffer or discarded. */
  whole(picture: Picture): void;
  /** Something is missing; said of the buffer's unit by the assembler, or of packets that never came. */
  loss(): void;
  /** The first slice of the picture in progress, before `whole`: tells reordering where the SPS does not. */
  slice(kind: PictureKind, nal: Uint8Array): void;
  pull(): RawUnit | undefined;
  close(): void;
}

const defaultFrameRate = 25;

export function createDelivery(buffer: UnitBuffer, sets: ParameterSets, timeline: Timeline): Delivery {
  const units: RawUnit[] = [];
  const times = createDecodeTimes();
  const order = createPictureOrder();
  let parameters: VideoParameters | undefined;
  /** Until a key frame comes: at the start, and after parameters that changed between key frames. */
  let waiting = true;
  let delivered = false;
  let lossPending = false;
  let lossSinceKey = true;
  /** RASL pictures of the last CRA or BLA refer to pictures that are not there (ISO 23008-2 §8.1.3). */
  let leadingDropped = true;
  let idrPoc: number | undefined;

  const loss = (): void => {
    lossPending = delivered;
    lossSinceKey = true;
    idrPoc = undefined;
  };

  /** May this picture be delivered? Also follows what that depends on. */
  const admit = (picture: Picture): boolean => {
    const key = isKey(picture);
    if (picture.parameters === undefined) return false;
    if (picture.parameters !== parameters) {
      if (!key) {
        waiting = true;
        loss();
        return false;
      }
      parameters = picture.parameters;
      const frameTicks = Math.round(90_000 / (parameters.frameRate ?? defaultFrameRate));
      times.depth(sets.reorder, frameTicks);
    }
    if (waiting && !key) return false;
    if (picture.kind === "rasl") return !leadingDropped;
    if (picture.kind === "cra" || picture.kind === "bla") {
      leadingDropped = waiting || lossSinceKey || picture.kind === "bla";
    }
    if (key) lossSinceKey = false;
    waiting = false;
    return true;
  };

  return {
    loss,
    whole(picture) {
      // Asked for every picture, also those that are not delivered, so that the line follows the stream.
      const { jumps } = timeline;
      // nothing that follows an IDR of H.264 is shown before it
      const reorders = times.reorders && (picture.kind !== "idr" || sets.sps === undefined);
      const hint = { step: order.step(), reorders };
      const at = timeline.at(picture.timestamp, picture.arrival, hint);
      order.placed(at, timeline.jumps !== jumps);
      if (!admit(picture) || parameters === undefined) {
        buffer.discard();
        return;
      }
      times.place(at);
      const { data, block } = buffer.take();
      const { pts, dts } = times;
      const { arrival } = picture;
      units.push({
        track: "video",
        data,
        pts,
        dts,
        key: isKey(picture),
        arrival,
        parameters,
        afterLoss: lossPending,
        block,
      });
      lossPending = false;
      delivered = true;
    },
    slice(kind, nal) {
      const sps = sets.sps;
      if (sps === undefined) return;
      if (times.reorders) order.see(sps, kind, nal);
      if (sets.reorder.stated) return;
      const poc = h264PocLsb(sps, nal, 0, nal.byteLength);
      if (kind === "idr") idrPoc = poc;
      else if (poc !== undefined && idrPoc !== undefined && times.watching) {
        // A frame that follows its IDR in both orders counts 1 or 2 more; more means that pictures before it come later.
        const range = 2 ** sps.pocLsbBits;
        const ahead = (poc - idrPoc + range) % range;
        if (ahead > 2 && ahead < range / 2) times.reordered();
        idrPoc = undefined;
      }
    },
    pull: () => units.shift(),
    close() {
      for (const unit of units.splice(0)) unit.block.release();
      buffer.close();
    },
  };
}

function isKey({ kind, recovery }: Picture): boolean {
  return kind === "idr" || kind === "cra" || kind === "bla" || recovery;
}
