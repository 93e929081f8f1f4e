import { h264PocLsb } from "./h264.ts";
import type { H264Sps } from "./h264-sps.ts";
import type { PictureKind } from "./nal.ts";

/** Follows in which order H.264 pictures are shown, and by how many ticks one count of that order is apart. */
export interface PictureOrder {
  /** The first slice of the next picture, as a NAL unit. */
  see(sps: H264Sps, kind: PictureKind, nal: Uint8Array): void;
  /** How many ticks after the picture before the next one is shown (before it: negative); undefined: nobody knows. */
  step(): number | undefined;
  /** The next picture is shown then. `jumped`: that says nothing of the time between the two. */
  placed(ticks: number, jumped: boolean): void;
}

interface Counted {
  /** Counts begin anew with each IDR picture. */
  readonly sequence: number;
  readonly count: number;
}

/** By the picture order count of type 0 (ISO 14496-10 §8.2.1.1); of any other type nothing is known. */
export function createPictureOrder(): PictureOrder {
  /** Of the reference picture before. */
  let [high, low] = [0, 0];
  let sequence = 0;
  let next: Counted | undefined;
  let last: (Counted & { readonly ticks: number }) | undefined;
  let ticksPerCount: number | undefined;
  const between = (): number | undefined =>
    next !== undefined && next.sequence === last?.sequence ? next.count - last.count : undefined;
  return {
    see(sps, kind, nal) {
      next = undefined;
      const lsb = h264PocLsb(sps, nal, 0, nal.byteLength);
      if (lsb === undefined) return;
      if (kind === "idr") {
        sequence++;
        high = low = 0;
      }
      const range = 2 ** sps.pocLsbBits;
      const wrapped = lsb < low && low - lsb >= range / 2 ? range : lsb > low && lsb - low > range / 2 ? -range : 0;
      next = { sequence, count: high + wrapped + lsb };
      // nal_ref_idc
      if (((nal[0] ?? 0) & 0x60) === 0) return;
      high += wrapped;
      low = lsb;
    },
    step() {
      const counts = between();
      return counts === undefined || ticksPerCount === undefined ? undefined : Math.round(counts * ticksPerCount);
    },
    placed(ticks, jumped) {
      const counts = between() ?? 0;
      const each = last === undefined || counts === 0 || jumped ? 0 : (ticks - last.ticks) / counts;
      if (each > 0) ticksPerCount = each;
      last = next === undefined ? undefined : { ...next, ticks };
      next = undefined;
    },
  };
}
