import type { AudioParameters, VideoParameters } from "../types.ts";

/** Track ids and the video timescale are the same in every file that Reed writes. */
export const videoTrackId = 1;
export const audioTrackId = 2;
export const videoTimescale = 90_000;

/** What a file holds. Video ticks are 90 kHz, audio ticks the sample rate. */
export interface Tracks {
  readonly video?: VideoParameters;
  readonly audio?: AudioParameters;
}

export interface FragmentSample {
  readonly data: Uint8Array;
  /** In ticks of the track, on any line: only differences and `pts − dts` are written. */
  readonly dts: number;
  readonly pts: number;
  readonly key: boolean;
}

export interface FragmentTrack {
  /** Decode time of the first sample in ticks from the segment's zero (tfdt). */
  readonly baseDts: number;
  readonly samples: readonly FragmentSample[];
  /** Ticks of the last sample: the others last until the next one's dts. */
  readonly lastDuration: number;
}

export interface FragmentInput {
  /** mfhd sequence number, 1… */
  readonly sequence: number;
  readonly video?: FragmentTrack;
  readonly audio?: FragmentTrack;
}

/** `head`, then `slices` in order, are the bytes of the fragment; the slices are the samples' own data, not copies. */
export interface Fragment {
  readonly head: Uint8Array;
  readonly slices: Uint8Array[];
  /** Bytes of all together. */
  readonly bytes: number;
}

/** Samples of one track, a column each; `dts` in ticks from the segment's zero, `offset` from the file's first byte. */
export interface SampleTable {
  readonly count: number;
  readonly offset: Float64Array;
  readonly size: Uint32Array;
  readonly dts: Float64Array;
  /** Ticks until the next sample. */
  readonly duration: Uint32Array;
  /** pts − dts. */
  readonly cts: Int32Array;
  /** 1 = a decoder may start here. */
  readonly key: Uint8Array;
}

/** One box found in bytes; `start` is its first byte, `body` the first after its header, `end` the first after it. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

export interface InitTrack {
  readonly id: number;
  readonly timescale: number;
  readonly parameters: VideoParameters | AudioParameters;
}

export interface Init {
  readonly tracks: readonly InitTrack[];
  /** First byte after `moov`. */
  readonly end: number;
}

export interface ParsedFragment {
  readonly sequence: number;
  readonly video?: SampleTable;
  readonly audio?: SampleTable;
  /** Where the fragment (moof + mdat) begins and ends, from the file's first byte. */
  readonly start: number;
  readonly end: number;
}
