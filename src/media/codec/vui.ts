import type { BitReader } from "./bits.ts";

const extendedSar = 255;

/** The head that the VUIs of H.264 (§E.1.1) and H.265 (§E.2.1) share: aspect ratio to chroma location; all skipped. */
export function skipVuiHead(reader: BitReader): void {
  if (reader.flag() && reader.u(8) === extendedSar) reader.skip(32);
  if (reader.flag()) reader.skip(1);
  if (reader.flag()) {
    reader.skip(4);
    if (reader.flag()) reader.skip(24);
  }
  if (reader.flag()) {
    reader.ue();
    reader.ue();
  }
}

/** num_units_in_tick and time_scale as pictures per second; undefined for values that no camera has. */
export function frameRateOf(unitsInTick: number, timeScale: number): number | undefined {
  const rate = timeScale / unitsInTick;
  return rate >= 0.1 && rate <= 300 ? rate : undefined;
}
