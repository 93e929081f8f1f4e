import type { AccessUnit, AudioParameters, VideoParameters } from "../types.ts";

export type LiveOutput =
  | {
      readonly kind: "init";
      readonly bytes: Uint8Array;
      /** e.g. `video/mp4; codecs="avc1.640028"`, for MediaSource.isTypeSupported. */
      readonly mime: string;
      readonly parameters: VideoParameters | AudioParameters;
    }
  | {
      readonly kind: "fragment";
      readonly bytes: Uint8Array;
      readonly key: boolean;
      /** Of the fragment's first unit. */
      readonly unit: Pick<AccessUnit, "pts" | "dts" | "arrival" | "wall" | "session">;
    };

export interface LiveMuxer {
  /** Takes a unit; the caller keeps its own reference to the block. Gives what is ready now, in order. */
  push(unit: AccessUnit): LiveOutput[];
  /** Lets go of the unit that waits for its duration. */
  close(): void;
}

/** Access units of one track in, init segments and fragments for a viewer's MediaSource out. */
export function createLiveMuxer(track: "video" | "audio"): LiveMuxer {
  throw new Error(`not built yet: ${track}`);
}
