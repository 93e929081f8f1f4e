import type { MediaParameters } from "../messages/media.ts";

export interface PictureRequest {
  readonly parameters: MediaParameters;
  /** Access units in decode order, length-prefixed NAL units as recorded; the first is a key frame. */
  readonly units: readonly Uint8Array[];
  /** The picture is scaled down to this width when it is wider; pixels. */
  readonly maxWidth: number;
  /** JPEG quality, 1–100. */
  readonly quality: number;
}

/** Turns access units into one JPEG of the last picture. Two implementations, one suite. */
export interface PictureDecoder {
  readonly name: string;
  /** Rejects with a sentence when the units can't be decoded. */
  jpeg(request: PictureRequest): Promise<Uint8Array>;
}
