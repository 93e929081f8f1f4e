import { sameBytes } from "../codec/nal.ts";
import type { AudioParameters, VideoParameters } from "../types.ts";
import { fragmentHead, type Run, runOfTable } from "./fragment.ts";
import { initSegment } from "./init-segment.ts";
import { endOf, firstAtOrAfter, nextKey } from "./sample-table.ts";
import { audioTrackId, type SampleTable, videoTimescale, videoTrackId } from "./types.ts";

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

/** A longer hole between segments is not played as a standing picture: what follows moves up to it. */
export const longestHoleMs = 1000;

/** What of a segment is in the span: video samples `[from, to)`, beginning with a key. */
interface Cut<Source> {
  readonly segment: VirtualSegment<Source>;
  readonly video: VideoParameters;
  readonly samples: SampleTable;
  readonly audio: { readonly parameters: AudioParameters; readonly samples: SampleTable } | undefined;
  readonly from: number;
  readonly to: number;
}

/**
 * Builds fragmented MP4s for a span out of segments in order; empty when nothing of the span is there. Each part begins
 * with a key frame and decode time 0, has one fragment a GOP however it was written, and ends where parameters change.
 */
export function virtualMp4<Source>(segments: readonly VirtualSegment<Source>[], span: VirtualSpan): Mp4Part<Source>[] {
  const parts: Cut<Source>[][] = [];
  for (const segment of segments) {
    const cut = cutSegment(segment, span);
    if (cut === undefined) continue;
    const open = parts.at(-1);
    const [first] = open ?? [];
    if (open !== undefined && first !== undefined && sameTracks(tracksOf(first), tracksOf(cut))) open.push(cut);
    else parts.push([cut]);
  }
  return parts.flatMap((cuts) => {
    const part = buildPart(cuts);
    return part === undefined ? [] : [part];
  });
}

function cutSegment<Source>(segment: VirtualSegment<Source>, span: VirtualSpan): Cut<Source> | undefined {
  if (segment.video === undefined) return undefined;
  const { parameters, samples } = segment.video;
  const ticks = (ms: number): number => ((ms - segment.zeroMs) * videoTimescale) / 1000;
  const last = samples.count - 1;
  if (last < 0 || endOf(samples, last) <= ticks(span.fromMs)) return undefined;
  // The last key at or before the asked time: the sample there may be inside a GOP.
  let from = Math.max(0, firstAtOrAfter(samples, ticks(span.fromMs) + 1) - 1);
  while (from > 0 && samples.key[from] !== 1) from--;
  from = nextKey(samples, from);
  const to = firstAtOrAfter(samples, ticks(span.toMs));
  const audio = span.audio ? segment.audio : undefined;
  return from < to ? { segment, video: parameters, samples, audio, from, to } : undefined;
}

interface TrackParameters {
  readonly video: VideoParameters | undefined;
  readonly audio: AudioParameters | undefined;
}

/** Whether one init segment does for both. */
export function sameTracks(a: TrackParameters, b: TrackParameters): boolean {
  return sameVideo(a.video, b.video) && sameAudio(a.audio, b.audio);
}

function sameVideo(a: VideoParameters | undefined, b: VideoParameters | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const sets = (["vps", "sps", "pps"] as const).every((set) => sameBytes(a[set], b[set]));
  return a.codec === b.codec && sets;
}

function sameAudio(a: AudioParameters | undefined, b: AudioParameters | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const sameForm = a.codec === b.codec && a.sampleRate === b.sampleRate && a.channels === b.channels;
  return sameForm && sameBytes(a.config, b.config);
}

const tracksOf = <Source>(cut: Cut<Source>): TrackParameters => ({ video: cut.video, audio: cut.audio?.parameters });

/** Where the part being built has come to. */
interface Line {
  /** Place of decode time 0 on the caller's line, ms; moves when a hole is left out. */
  zeroMs: number;
  /** First free tick of either track. */
  videoEnd: number;
  audioEnd: number;
  sequence: number;
}

function buildPart<Source>(cuts: readonly Cut<Source>[]): Mp4Part<Source> | undefined {
  const [first] = cuts;
  const last = cuts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const tracks = { video: first.video, audio: first.audio?.parameters };
  const init = initSegment({ video: tracks.video, ...(tracks.audio === undefined ? {} : { audio: tracks.audio }) });
  const fromMs = msOf(first, first.from);
  const pieces: Piece<Source>[] = [{ kind: "bytes", bytes: init }];
  const line: Line = { zeroMs: fromMs, videoEnd: 0, audioEnd: 0, sequence: 0 };
  for (const cut of cuts) addCut(pieces, line, cut);
  const toMs = last.segment.zeroMs + (endOf(last.samples, last.to - 1) * 1000) / videoTimescale;
  return { pieces, bytes: sizeOf(pieces), fromMs, toMs, ...tracks };
}

const msOf = <Source>(cut: Cut<Source>, i: number): number =>
  cut.segment.zeroMs + ((cut.samples.dts[i] ?? 0) * 1000) / videoTimescale;

const sizeOf = <Source>(pieces: readonly Piece<Source>[]): number =>
  pieces.reduce((sum, piece) => sum + (piece.kind === "bytes" ? piece.bytes.byteLength : piece.length), 0);

/** Puts one segment's samples on the line: never before what is there, never behind a hole that is too long. */
function addCut<Source>(pieces: Piece<Source>[], line: Line, cut: Cut<Source>): void {
  const { samples } = cut;
  const firstDts = samples.dts[cut.from] ?? 0;
  const endMs = (line.videoEnd * 1000) / videoTimescale;
  const holeMs = msOf(cut, cut.from) - line.zeroMs - endMs;
  if (line.sequence > 0 && (holeMs < 0 || holeMs > longestHoleMs)) line.zeroMs += holeMs;
  const start = Math.max(line.videoEnd, Math.round(((msOf(cut, cut.from) - line.zeroMs) * videoTimescale) / 1000));
  const shift = start - firstDts;
  for (let from = cut.from; from < cut.to;) {
    const to = Math.min(cut.to, nextKey(samples, from + 1));
    const runs: Run[] = [
      {
        trackId: videoTrackId,
        baseDts: (samples.dts[from] ?? 0) + shift,
        samples: runOfTable(samples, from, to),
      },
    ];
    const audio = audioRun(line, cut, from, to);
    if (audio !== undefined) runs.push(audio.run);
    pieces.push({ kind: "bytes", bytes: fragmentHead(++line.sequence, runs) });
    pieces.push(...fileRanges(cut.segment.source, samples, from, to));
    if (audio !== undefined) pieces.push(...fileRanges(cut.segment.source, audio.samples, audio.from, audio.to));
    line.videoEnd = endOf(samples, to - 1) + shift;
    from = to;
  }
}

/** The audio that begins while the video samples `[from, to)` are decoded, on the same line. */
function audioRun<Source>(line: Line, cut: Cut<Source>, from: number, to: number) {
  if (cut.audio === undefined) return undefined;
  const { parameters, samples } = cut.audio;
  const scale = parameters.sampleRate / videoTimescale;
  const first = firstAtOrAfter(samples, (cut.samples.dts[from] ?? 0) * scale);
  const last = firstAtOrAfter(samples, endOf(cut.samples, to - 1) * scale);
  if (first >= last) return undefined;
  const shift = Math.round(((cut.segment.zeroMs - line.zeroMs) * parameters.sampleRate) / 1000);
  const baseDts = Math.max(line.audioEnd, (samples.dts[first] ?? 0) + shift);
  line.audioEnd = baseDts + endOf(samples, last - 1) - (samples.dts[first] ?? 0);
  const run: Run = { trackId: audioTrackId, baseDts, samples: runOfTable(samples, first, last) };
  return { run, samples, from: first, to: last };
}

/** The bytes of samples `[from, to)` as file ranges, neighbours joined. */
export function fileRanges<Source>(
  source: Source,
  { offset, size }: SampleTable,
  from: number,
  to: number,
): Piece<Source>[] {
  const pieces: Piece<Source>[] = [];
  for (let i = from; i < to;) {
    const start = offset[i] ?? 0;
    let end = start;
    while (i < to && offset[i] === end) end += size[i++] ?? 0;
    pieces.push({ kind: "file", source, offset: start, length: end - start });
  }
  return pieces;
}
