/** Frames of `messages/media.ts`, as bytes; `media-reader.ts` is the other side. */
import { mediaFrame, unitFlag, unitHeaderBytes } from "../messages/media.ts";

/** What the head of a unit's frame says. */
export interface FramedUnit {
  readonly track: "video" | "audio";
  readonly key: boolean;
  readonly afterLoss: boolean;
  /** CLOCK_MONOTONIC ms. */
  readonly arrival: number;
  readonly wall: number;
  readonly pts: number;
  readonly dts: number;
  readonly data: Uint8Array;
}

/** What stands before a unit's bytes in its frame: length, type, the unit's header. */
export function encodeUnitHead(unit: FramedUnit): Buffer {
  const head = Buffer.allocUnsafe(5 + unitHeaderBytes);
  head.writeUInt32LE(1 + unitHeaderBytes + unit.data.length, 0);
  head[4] = mediaFrame.unit;
  head[5] =
    (unit.key ? unitFlag.key : 0) |
    (unit.track === "audio" ? unitFlag.audio : 0) |
    (unit.afterLoss ? unitFlag.afterLoss : 0);
  head.writeDoubleLE(unit.arrival, 6);
  head.writeDoubleLE(unit.wall, 14);
  head.writeBigInt64LE(BigInt(Math.round(unit.pts)), 22);
  head.writeBigInt64LE(BigInt(Math.round(unit.dts)), 30);
  return head;
}

/** A frame whose body is JSON: parameters, state, dropped. */
export function encodeJson(type: number, value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  const frame = Buffer.allocUnsafe(5 + body.length);
  frame.writeUInt32LE(1 + body.length, 0);
  frame[4] = type;
  frame.set(body, 5);
  return frame;
}
