import type { MediaUnit } from "../platform/media-reader.ts";

/** Where in its group of pictures a unit stands, as a number: units of the same number are alike in size. */
export interface UnitPlaces {
  /** Of the next unit, in decode order. */
  next(unit: Pick<MediaUnit, "key" | "pts" | "data">): number;
}

/** Places behind a key unit that are told apart; all later ones are one. */
const mostPlaces = 256;

export function createUnitPlaces(codec: string): UnitPlaces {
  let since = 0;
  let newest = -Infinity;
  return {
    next({ key, pts, data }) {
      since = key ? 0 : Math.min(mostPlaces, since + 1);
      // what is shown before one that is there already is coded from both sides
      const isBetween = pts < newest;
      newest = key ? pts : Math.max(newest, pts);
      return since * 4 + (isBetween ? 2 : 0) + (isReference(codec, data) ? 1 : 0);
    },
  };
}

/** Whether others are coded from it: `nal_ref_idc` of H.264 (§7.4.1), the even types below 16 of H.265 (table 7-1) not. */
function isReference(codec: string, data: Uint8Array): boolean {
  for (let at = 0; at + 4 < data.length;) {
    const length =
      (((data[at] ?? 0) << 24) | ((data[at + 1] ?? 0) << 16) | ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0)) >>> 0;
    const head = data[at + 4] ?? 0;
    if (codec === "h265") {
      const type = (head >> 1) & 63;
      if (type < 32) return type >= 16 || type % 2 === 1;
    } else if ((head & 31) >= 1 && (head & 31) <= 5) return (head & 96) !== 0;
    at += 4 + length;
  }
  return true;
}
