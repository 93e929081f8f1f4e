import type { Tracks } from "./types.ts";

/** ftyp + moov of a fragmented MP4 (ISO 14496-12, 14496-15). */
export function initSegment(tracks: Tracks): Uint8Array {
  throw new Error(`not built yet: ${Object.keys(tracks).join()}`);
}
