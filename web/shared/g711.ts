/** G.711 for a page to play by itself: no browser takes it from a MediaSource. Pure. */
import { g711Samples } from "../../src/domain/g711.ts";

export type Law = "alaw" | "ulaw";

/** Samples a second of G.711 (ITU-T G.711 §2). */
export const g711Rate = 8000;

/** The law that a MIME type of `/api/live` names; undefined for anything else. */
export function lawOf(mime: string): Law | undefined {
  const codec = /codecs="(alaw|ulaw)"/.exec(mime)?.[1];
  return codec === "alaw" || codec === "ulaw" ? codec : undefined;
}

/** The media data of one fragment (ISO 14496-12 §8.1.1): the body of its `mdat`. */
export function mediaData(fragment: Uint8Array): Uint8Array {
  const view = new DataView(fragment.buffer, fragment.byteOffset, fragment.byteLength);
  for (let at = 0; at + 8 <= fragment.byteLength;) {
    const size = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x6d646174) return fragment.subarray(at + 8, at + size);
    if (size < 8) break;
    at += size;
  }
  return new Uint8Array(0);
}

/** Samples from −1 to 1. */
export const decodeG711 = (law: Law, bytes: Uint8Array): Float32Array<ArrayBuffer> =>
  g711Samples(law === "alaw" ? "pcma" : "pcmu", bytes);

/** Seconds of sound that wait at the start, and after running dry; and the most that may, before some is left out. */
export const sound = { leadS: 0.15, mostS: 0.6 } as const;

/** When a piece of sound begins, on the audio clock; undefined: it is left out, too much waits already. */
export function beginAt(now: number, next: number | undefined): number | undefined {
  if (next === undefined || next < now) return now + sound.leadS;
  return next - now > sound.mostS ? undefined : next;
}
