import type { AccessUnit, AudioParameters, Block, VideoParameters } from "../../media/types.ts";
import { instant, wallTime } from "../../kernel/time.ts";
import type { MediaParameters } from "../../messages/media.ts";
import type { MediaUnit } from "../../platform/media-reader.ts";

/** What came over the media socket as the access units that the muxer takes. */
export interface UnitTranslator {
  parameters(parameters: MediaParameters): void;
  /** Undefined while the unit's parameters are not known or not of a codec that Reed records. */
  unit(unit: MediaUnit): AccessUnit | undefined;
}

/** Times begin anew with new parameters, and when decode time runs backwards: the camera's session was another one. */
export function createUnitTranslator(): UnitTranslator {
  const known = new Map<"video" | "audio", VideoParameters | AudioParameters>();
  const lastDts = new Map<"video" | "audio", number>();
  let session = 0;
  return {
    parameters(parameters) {
      const typed = parametersOf(parameters);
      if (typed === undefined) known.delete(parameters.track);
      else known.set(parameters.track, typed);
      lastDts.delete(parameters.track);
      session++;
    },
    unit({ track, data, pts, dts, key, arrival, wall, afterLoss }) {
      const parameters = known.get(track);
      if (parameters === undefined) return undefined;
      if (dts <= (lastDts.get(track) ?? -Infinity)) session++;
      lastDts.set(track, dts);
      const times = { pts, dts, arrival: instant(arrival), wall: wallTime(wall) };
      return { track, data, key, afterLoss, session, parameters, block: unpooled(data), ...times };
    },
  };
}

/** Bytes that belong to the garbage collector. */
const unpooled = (bytes: Uint8Array): Block => ({ bytes, retain: () => undefined, release: () => undefined });

const bytesOf = (base64: string | undefined): Uint8Array => Buffer.from(base64 ?? "", "base64");

export function parametersOf(from: MediaParameters): VideoParameters | AudioParameters | undefined {
  switch (from.codec) {
    case "h264":
    case "h265":
      return {
        kind: "video",
        codec: from.codec,
        vps: bytesOf(from.vps),
        sps: bytesOf(from.sps),
        pps: bytesOf(from.pps),
        width: from.width ?? 0,
        height: from.height ?? 0,
        codecString: from.codecString,
        reorderDepth: from.reorderDepth ?? 0,
      };
    case "aac":
    case "pcma":
    case "pcmu":
      return {
        kind: "audio",
        codec: from.codec,
        sampleRate: from.sampleRate ?? 8000,
        channels: from.channels ?? 1,
        config: bytesOf(from.config),
      };
    default:
      return undefined;
  }
}
