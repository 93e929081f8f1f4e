import type { AudioParameters, VideoParameters } from "../../media/types.ts";
import { mediaFrame, type MediaParameters } from "../../messages/media.ts";
import { encodeJson } from "../../platform/media-frames.ts";

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
