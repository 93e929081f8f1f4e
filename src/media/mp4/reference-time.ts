import type { WallTime } from "../../kernel/time.ts";
import { boxWriter } from "./boxes.ts";

/** ISO 14496-12 §8.16.5: the time at which the picture was captured. */
const captured = 24;
/** From 1900, where NTP begins, to 1970, s (RFC 5905 §6). */
const ntpEpochS = 2_208_988_800;
const boxBytes = 8 + 4 + 4 + 8 + 8;

/**
 * A producer reference time box (`prft`, ISO 14496-12 §8.16.5) for the fragment that follows: at `wall` the picture was
 * taken whose presentation time in the track is `media`. Empty where no such time is known; players pass over it.
 */
export function referenceTime(trackId: number, wall: WallTime, media: number): Uint8Array {
  if (!(wall > 0 && Number.isFinite(wall)) || media < 0) return new Uint8Array();
  const seconds = Math.floor(wall / 1000);
  const writer = boxWriter(boxBytes);
  writer.fullBox("prft", 1, captured, () => {
    writer.u32(trackId);
    writer.u32((seconds + ntpEpochS) % 2 ** 32);
    writer.u32(Math.floor(((wall - seconds * 1000) / 1000) * 2 ** 32));
    writer.u64(media);
  });
  return writer.written();
}
