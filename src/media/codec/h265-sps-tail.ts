import type { BitReader } from "./bits.ts";
import { frameRateOf, skipVuiHead } from "./vui.ts";

/** scaling_list_data, ISO 23008-2 §7.3.4. */
export function skipScalingLists(reader: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!reader.flag()) {
        reader.ue();
        continue;
      }
      if (size > 1) reader.se();
      const coefficients = Math.min(64, 1 << (4 + (size << 1)));
      for (let i = 0; i < coefficients && !reader.overrun; i++) reader.se();
    }
  }
}

/** num_short_term_ref_pic_sets and the sets, §7.3.7; false when they cannot be right. */
export function skipReferenceSets(reader: BitReader): boolean {
  const sets = reader.ue();
  if (sets > 64) return false;
  let pictures = 0;
  for (let set = 0; set < sets && !reader.overrun; set++) {
    if (set > 0 && reader.flag()) pictures = skipPredictedSet(reader, pictures);
    else {
      const negative = reader.ue();
      const positive = reader.ue();
      if (negative > 16 || positive > 16) return false;
      pictures = negative + positive;
      for (let i = 0; i < pictures; i++) {
        reader.ue();
        reader.skip(1);
      }
    }
    if (pictures > 16) return false;
  }
  return !reader.overrun;
}

/** A set that is predicted from the one before, which has `pictures` entries; gives its own number of entries. */
function skipPredictedSet(reader: BitReader, pictures: number): number {
  reader.skip(1);
  reader.ue();
  let count = 0;
  for (let i = 0; i <= pictures; i++) {
    const usedByCurrent = reader.flag();
    if (usedByCurrent || reader.flag()) count++;
  }
  return count;
}

/** vui_parameters up to vui_timing_info, §E.2.1. */
export function readVuiFrameRate(reader: BitReader): number | undefined {
  skipVuiHead(reader);
  reader.skip(3);
  if (reader.flag()) for (let i = 0; i < 4; i++) reader.ue();
  if (!reader.flag()) return undefined;
  const unitsInTick = reader.u(32);
  const timeScale = reader.u(32);
  return reader.overrun ? undefined : frameRateOf(unitsInTick, timeScale);
}
