/**
 * api, core → analysis over `run/analysis.sock`: one JSON line, `PictureAsk`, and behind it the bytes of the unit to
 * decode, if it says so. The answer is `u32le length` and a JPEG, then a JSON line `PictureFacts`; or length 0 and a JSON
 * line `{"error": "…"}`.
 */
import type { MediaParameters } from "./media.ts";

export type PictureAsk =
  | {
      /** What this channel shows now. */
      readonly channel: number;
      /** Pixels; wider pictures are scaled down. Default 1280. */
      readonly maxWidth?: number;
      /** Only the newest key frame: cheaper, and up to a GOP old. */
      readonly keyOnly?: boolean;
    }
  | {
      /** A key frame that is sent along. */
      readonly decode: MediaParameters;
      readonly bytes: number;
      readonly maxWidth: number;
    };

export interface PictureFacts {
  /** When the picture was taken, ms since 1970; absent for one that was sent along. */
  readonly wall?: number;
}

/** No unit that is sent along is larger. */
export const mostUnitBytes = 8 * 1024 * 1024;
