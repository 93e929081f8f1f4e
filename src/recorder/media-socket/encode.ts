import type { AccessUnit, AudioParameters, VideoParameters } from "../../media/types.ts";
import { mediaFrame, unitFlag, unitHeaderBytes, type MediaParameters } from "../../messages/media.ts";

/** What stands before a unit's bytes in its frame of messages/media.ts: length, type, the unit's header. */
export function encodeUnitHead(unit: AccessUnit): Buffer {
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

export function encodeJson(type: number, value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  const frame = Buffer.allocUnsafe(5 + body.length);
  frame.writeUInt32LE(1 + body.length, 0);
  frame[4] = type;
  frame.set(body, 5);
  return frame;
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

export function encodeParameters(parameters: VideoParameters | AudioParameters): Buffer {
  const value: MediaParameters =
    parameters.kind === "video"
      ? {
          track: "video",
          codec: parameters.codec,
          codecString: parameters.codecString,
          vps: base64(parameters.vps),
          sps: base64(parameters.sps),
          pps: base64(parameters.pps),
          width: parameters.width,
          height: parameters.height,
          reorderDepth: parameters.reorderDepth,
        }
      : {
          track: "audio",
          codec: parameters.codec,
          codecString: parameters.codec === "aac" ? `mp4a.40.${(parameters.config[0] ?? 0x10) >> 3}` : parameters.codec,
          sampleRate: parameters.sampleRate,
          channels: parameters.channels,
          config: base64(parameters.config),
        };
  return encodeJson(mediaFrame.parameters, value);
}
