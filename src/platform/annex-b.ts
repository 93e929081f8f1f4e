import type { MediaParameters } from "../messages/media.ts";

const startCode = Buffer.from([0, 0, 0, 1]);

/** Parameter sets as an Annex B byte stream (ISO 14496-10 Annex B), to stand before the first key frame. */
export function parameterSets(parameters: MediaParameters): Buffer {
  const sets = [parameters.vps, parameters.sps, parameters.pps].filter((set) => set !== undefined && set !== "");
  return Buffer.concat(sets.flatMap((set) => [startCode, Buffer.from(set ?? "", "base64")]));
}

/** Length-prefixed NAL units (ISO 14496-15) → Annex B. Throws on a length that leaves the unit. */
export function toAnnexB(unit: Uint8Array): Buffer {
  const bytes = Buffer.from(unit);
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (length > bytes.length - at - 4) throw new Error("damaged access unit: a NAL length leaves the unit");
    startCode.copy(bytes, at);
    at += 4 + length;
  }
  return bytes;
}
