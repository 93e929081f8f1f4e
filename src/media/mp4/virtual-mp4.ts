import type { AudioParameters, VideoParameters } from "../types.ts";
import type { SampleTable } from "./types.ts";

/** One segment file as the builder needs it. `source` is whatever the caller opens files by. */
export interface VirtualSegment<Source> {
  readonly source: Source;
  /** Place of the segment's zero decode time on the caller's line (wall time or any other), in ms. */
  readonly zeroMs: number;
  readonly video?: { readonly parameters: VideoParameters; readonly samples: SampleTable };
  readonly audio?: { readonly parameters: AudioParameters; readonly samples: SampleTable };
}

export type Piece<Source> =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "file"; readonly source: Source; readonly offset: number; readonly length: number };

/** One playable file: the same parameters from its first to its last sample. */
export interface Mp4Part<Source> {
  readonly pieces: readonly Piece<Source>[];
  readonly bytes: number;
  /** First and last+duration on the caller's line, ms; from the key frame at or before the asked time. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly video: VideoParameters | undefined;
  readonly audio: AudioParameters | undefined;
}

export interface VirtualSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly audio: boolean;
}

/** Builds fragmented MP4s for a span out of segments in order; empty when nothing of the span is there. */
export function virtualMp4<Source>(segments: readonly VirtualSegment<Source>[], span: VirtualSpan): Mp4Part<Source>[] {
  throw new Error(`not built yet: ${segments.length} ${span.fromMs}`);
}
