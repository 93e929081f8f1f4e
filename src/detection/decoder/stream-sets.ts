/** The parameter sets of one stream as far as a decoder that is handed a container has to know them. */
import { createParameterSets } from "../../media/codec/parameter-sets.ts";
import type { VideoCodec, VideoParameters } from "../../media/types.ts";
import type { MediaParameters } from "../../messages/media.ts";
import { checkSize } from "./limits.ts";

export interface StreamSets {
  /** As of the newest sets. */
  readonly parameters: VideoParameters;
  /** Pictures may come in another order than their units, and the sets say so. */
  readonly reorders: boolean;
  /**
   * Takes the sets that a unit carries (length-prefixed NAL units). True: from here on pictures are of another size.
   * Throws a sentence when that is one that is not analysed; sets that are damaged change nothing.
   */
  take(unit: Uint8Array): boolean;
}

/** H.264 (ISO 14496-10 §7.4.1): SPS, PPS. H.265 (ISO 23008-2 §7.4.2.2): VPS, SPS, PPS. */
const isSet = (codec: VideoCodec, header: number): boolean => {
  const type = codec === "h264" ? header & 0x1f : (header >> 1) & 0x3f;
  return codec === "h264" ? type === 7 || type === 8 : type >= 32 && type <= 34;
};

/** Throws a sentence when there are none or they make no sense. */
export function createStreamSets(codec: VideoCodec, given: MediaParameters): StreamSets {
  const sets = createParameterSets(codec);
  for (const set of [given.vps, given.sps, given.pps])
    if (set !== undefined && set !== "") sets.offer(Buffer.from(set, "base64"));
  const first = sets.current();
  if (!first.ok) throw new Error(first.error);
  let parameters = first.value;
  checkSize(parameters.width, parameters.height);
  return {
    get parameters() {
      return parameters;
    },
    get reorders() {
      const { stated, depth } = sets.reorder;
      return stated && depth > 0;
    },
    take(unit) {
      const bytes = Buffer.from(unit.buffer, unit.byteOffset, unit.byteLength);
      for (let at = 0; at + 4 < bytes.length; at += 4 + bytes.readUInt32BE(at)) {
        if (isSet(codec, bytes[at + 4] ?? 0)) sets.offer(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
      }
      const before = parameters;
      const now = sets.current();
      if (!now.ok || now.value === before) return false;
      parameters = now.value;
      checkSize(parameters.width, parameters.height);
      return parameters.width !== before.width || parameters.height !== before.height;
    },
  };
}
