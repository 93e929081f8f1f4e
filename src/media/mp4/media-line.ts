import type { AudioParameters, VideoParameters } from "../types.ts";
import { fragmentHead, type Run, runOfTable } from "./fragment.ts";
import { emptyTable, endOf, firstAtOrAfter, nextKey } from "./sample-table.ts";
import { type SampleTable, audioTrackId, videoTimescale, videoTrackId } from "./types.ts";
import { fileRanges, longestHoleMs, type Piece, sameTracks, type VirtualSegment } from "./virtual-mp4.ts";

/**
 * One media segment of a playlist: whole GOPs of one file. Its ticks are 90 kHz on the file's own line, whichever
 * track is asked for; `baseTicks` is where `fromTicks` lies on the line that is played.
 */
export interface MediaSlice<Source> {
  readonly segment: VirtualSegment<Source>;
  readonly fromTicks: number;
  readonly toTicks: number;
  readonly baseTicks: number;
  /** On the caller's line (wall time), ms; `toMs` is the end of the last picture. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Offset in the file of the first picture's bytes. */
  readonly offset: number;
  /** Presentation times of the pictures in order, ms from `fromMs`. */
  readonly pictures: readonly number[];
  /** Parameters differ from those of the slice before, or it is the first. */
  readonly newParameters: boolean;
  /** What comes does not go on where the slice before ended. */
  readonly discontinuity: boolean;
}

export interface LineRequest {
  readonly fromMs: number;
  readonly toMs: number;
  /** A slice has as many whole GOPs as it takes to be this long. */
  readonly sliceMs: number;
  /**
   * `wall`: tick 0 is at `zeroMs`, holes stay holes. `joined`: tick 0 is the first picture, and what comes after a hole
   * that is not played as a standing picture moves up to what was before.
   */
  readonly line: { readonly kind: "wall"; readonly zeroMs: number } | { readonly kind: "joined" };
}

/** The slices of a span out of segments in order, beginning with the GOP at or before it. */
export function mediaLine<Source>(
  segments: readonly VirtualSegment<Source>[],
  request: LineRequest,
): MediaSlice<Source>[] {
  const slices: MediaSlice<Source>[] = [];
  for (const segment of segments) addSegment(slices, segment, request);
  return slices;
}

function addSegment<Source>(
  slices: MediaSlice<Source>[],
  segment: VirtualSegment<Source>,
  { fromMs, toMs, sliceMs, line }: LineRequest,
): void {
  const samples = segment.video?.samples;
  if (samples === undefined) return;
  const ticksOf = (ms: number): number => (ms - segment.zeroMs) * 90;
  const msOf = (ticks: number): number => segment.zeroMs + ticks / 90;
  // who goes on at the end of a slice means the next one, whatever rounding did
  const fromTicks = ticksOf(fromMs) + 1;
  let from = nextKey(samples, 0);
  for (let key = from; key < samples.count && (samples.dts[key] ?? 0) <= fromTicks;) {
    from = key;
    key = nextKey(samples, key + 1);
  }
  const last = samples.count - 1;
  if (from > last || endOf(samples, last) <= fromTicks) return;
  while (from < samples.count && (samples.dts[from] ?? 0) < ticksOf(toMs)) {
    const first = samples.dts[from] ?? 0;
    let to = nextKey(samples, from + 1);
    while (to < samples.count && endOf(samples, to - 1) - first < sliceMs * 90) {
      to = nextKey(samples, to + 1);
    }
    const toTicks = endOf(samples, to - 1);
    const start = msOf(first);
    slices.push({
      ...place(slices.at(-1), segment, start, line),
      ...{ segment, fromTicks: first, toTicks, fromMs: start, toMs: msOf(toTicks), offset: samples.offset[from] ?? 0 },
      pictures: picturesOf(segment, from, to),
    });
    from = to;
  }
}

/** Where a slice lies on the line that is played, and how it follows the one before. */
function place<Source>(
  before: MediaSlice<Source> | undefined,
  segment: VirtualSegment<Source>,
  startMs: number,
  line: LineRequest["line"],
): Pick<MediaSlice<Source>, "baseTicks" | "newParameters" | "discontinuity"> {
  const newParameters = before === undefined || !sameTracks(tracksOf(before.segment), tracksOf(segment));
  const holeMs = before === undefined ? 0 : startMs - before.toMs;
  const discontinuity = before !== undefined && (newParameters || Math.abs(holeMs) > longestHoleMs);
  if (line.kind === "wall") {
    return { baseTicks: Math.round((startMs - line.zeroMs) * 90), newParameters, discontinuity };
  }
  if (before === undefined) return { baseTicks: 0, newParameters, discontinuity };
  const end = before.baseTicks + before.toTicks - before.fromTicks;
  const hole = holeMs > 0 && holeMs <= longestHoleMs ? Math.round(holeMs * 90) : 0;
  return { baseTicks: end + hole, newParameters, discontinuity };
}

const tracksOf = <Source>({ video, audio }: VirtualSegment<Source>) => ({
  video: video?.parameters,
  audio: audio?.parameters,
});

function picturesOf<Source>(segment: VirtualSegment<Source>, from: number, to: number): number[] {
  const samples = segment.video?.samples;
  if (samples === undefined) return [];
  const zero = samples.dts[from] ?? 0;
  const times: number[] = [];
  for (let i = from; i < to; i++) times.push(((samples.dts[i] ?? 0) - zero + (samples.cts[i] ?? 0)) / 90);
  return times.sort((a, b) => a - b);
}

/** What a media segment's address says of it; see `MediaSlice`. */
export interface SliceRequest {
  readonly track: "video" | "audio";
  readonly fromTicks: number;
  readonly toTicks: number;
  readonly baseTicks: number;
  /**
   * The parameter sets stand in front of the first picture too. Players that read a playlist as one stream (FFmpeg's
   * does) take no second init segment; behind a change of parameters they find them there.
   */
  readonly setsInside: boolean;
  /** Only the key frames, each standing until the next one: what a player shows that runs faster than it can decode. */
  readonly keysOnly?: boolean;
}

/**
 * The bytes of a slice of one track: one fragment (ISO 14496-12 §8.8). Undefined when the file has no picture there;
 * a slice of sound in which nothing was heard is a fragment without samples.
 */
export function mediaSlice<Source>(
  segment: VirtualSegment<Source>,
  { track, fromTicks, toTicks, baseTicks, setsInside, keysOnly = false }: SliceRequest,
): Piece<Source>[] | undefined {
  const found = track === "video" ? segment.video : segment.audio;
  if (found === undefined) return undefined;
  const samples = keysOnly && track === "video" ? keysOf(found.samples) : found.samples;
  const rate = timescaleOf(found.parameters);
  const scale = rate / videoTimescale;
  const from = firstAtOrAfter(samples, fromTicks * scale);
  const to = firstAtOrAfter(samples, toTicks * scale);
  if (from >= to && track === "video") return undefined;
  const sets = setsInside && found.parameters.kind === "video" ? lengthPrefixed(found.parameters) : new Uint8Array(0);
  const shift = Math.round((baseTicks - fromTicks) * scale);
  const table = runOfTable(samples, from, to);
  const run: Run = {
    trackId: track === "video" ? videoTrackId : audioTrackId,
    baseDts: from < to ? (samples.dts[from] ?? 0) + shift : Math.round(baseTicks * scale),
    samples: { ...table, size: (i) => table.size(i) + (i === 0 ? sets.length : 0) },
  };
  // counted up with the line, so that no playlist needs to know what another one had (§8.8.5)
  const sequence = 1 + (Math.floor(baseTicks / 90) % 0x7fffffff);
  const head: Piece<Source> = { kind: "bytes", bytes: fragmentHead(sequence, [run]) };
  const inside: Piece<Source>[] = sets.length === 0 ? [] : [{ kind: "bytes", bytes: sets }];
  return [head, ...inside, ...fileRanges(segment.source, samples, from, to)];
}

/** The key frames of a table; each lasts until the next one, the last one until the end. */
function keysOf(table: SampleTable): SampleTable {
  const places: number[] = [];
  for (let i = nextKey(table, 0); i < table.count; i = nextKey(table, i + 1)) places.push(i);
  const keys = emptyTable(places.length);
  places.forEach((place, i) => {
    keys.offset[i] = table.offset[place] ?? 0;
    keys.size[i] = table.size[place] ?? 0;
    keys.dts[i] = table.dts[place] ?? 0;
    keys.duration[i] = endOf(table, (places[i + 1] ?? table.count) - 1) - (table.dts[place] ?? 0);
    keys.cts[i] = table.cts[place] ?? 0;
    keys.key[i] = 1;
  });
  return keys;
}

/** Parameter sets as NAL units of a sample: each behind its length in 4 bytes (ISO 14496-15 §5.3.4.2). */
function lengthPrefixed({ vps, sps, pps }: VideoParameters): Uint8Array {
  const sets = [vps, sps, pps].filter((set) => set.length > 0);
  const bytes = new Uint8Array(sets.reduce((sum, set) => sum + 4 + set.length, 0));
  let at = 0;
  for (const set of sets) {
    new DataView(bytes.buffer).setUint32(at, set.length);
    bytes.set(set, at + 4);
    at += 4 + set.length;
  }
  return bytes;
}

const timescaleOf = (parameters: VideoParameters | AudioParameters): number =>
  parameters.kind === "video" ? videoTimescale : parameters.sampleRate;
