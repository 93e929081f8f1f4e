import { type BoxWriter, boxWriter } from "./boxes.ts";
import {
  audioTrackId,
  type Fragment,
  type FragmentInput,
  type FragmentTrack,
  type SampleTable,
  videoTrackId,
} from "./types.ts";

/** ISO 14496-12 §8.8.3.1: sample_depends_on 2 (an I picture); 1 and sample_is_non_sync_sample. */
export const syncSampleFlags = 0x02000000;
export const nonSyncSampleFlags = 0x01010000;

/** default-base-is-moof: data offsets count from the first byte of the moof (§8.8.7). */
const tfhdFlags = 0x020000;
const trunFlags = { dataOffset: 0x1, duration: 0x100, size: 0x200, flags: 0x400, compositionOffset: 0x800 } as const;

/** What a track fragment says of its samples, by number; so that units and sample tables are written by one function. */
export interface RunSamples {
  readonly count: number;
  duration(i: number): number;
  size(i: number): number;
  cts(i: number): number;
  key(i: number): boolean;
}

export interface Run {
  readonly trackId: number;
  readonly baseDts: number;
  readonly samples: RunSamples;
}

/** moof + mdat (ISO 14496-12 §8.8): video samples first, then audio. Durations are the differences of `dts`. */
export function buildFragment(input: FragmentInput): Fragment {
  const runs: Run[] = [];
  const slices: Uint8Array[] = [];
  for (const [trackId, track] of [
    [videoTrackId, input.video],
    [audioTrackId, input.audio],
  ] as const) {
    if (track === undefined || track.samples.length === 0) continue;
    runs.push({ trackId, baseDts: track.baseDts, samples: runOf(track) });
    for (const sample of track.samples) slices.push(sample.data);
  }
  const head = fragmentHead(input.sequence, runs);
  return { head, slices, bytes: slices.reduce((sum, slice) => sum + slice.byteLength, head.byteLength) };
}

function runOf({ samples, lastDuration }: FragmentTrack): RunSamples {
  return {
    count: samples.length,
    duration: (i) => {
      const next = samples[i + 1];
      return next === undefined ? lastDuration : next.dts - (samples[i]?.dts ?? 0);
    },
    size: (i) => samples[i]?.data.byteLength ?? 0,
    cts: (i) => (samples[i]?.pts ?? 0) - (samples[i]?.dts ?? 0),
    key: (i) => samples[i]?.key ?? false,
  };
}

/** Samples `[from, to)` of a table as a run. */
export function runOfTable(table: SampleTable, from: number, to: number): RunSamples {
  return {
    count: to - from,
    duration: (i) => table.duration[from + i] ?? 0,
    size: (i) => table.size[from + i] ?? 0,
    cts: (i) => table.cts[from + i] ?? 0,
    key: (i) => table.key[from + i] === 1,
  };
}

/** The moof of these runs and the header of the mdat that holds their samples, run after run. */
export function fragmentHead(sequence: number, runs: readonly Run[]): Uint8Array {
  const size = runs.reduce((sum, run) => sum + 8 + 16 + 20 + 20 + run.samples.count * 16, 8 + 16);
  const writer = boxWriter(size + 8);
  const offsets: number[] = [];
  writer.box("moof", () => {
    writer.fullBox("mfhd", 0, 0, () => writer.u32(sequence));
    for (const run of runs) offsets.push(writeRun(writer, run));
  });
  let body = 0;
  runs.forEach((run, r) => {
    writer.patch32(offsets[r] ?? 0, size + 8 + body);
    for (let i = 0; i < run.samples.count; i++) body += run.samples.size(i);
  });
  writer.u32(8 + body);
  writer.ascii("mdat");
  return writer.written();
}

/** Writes a traf; gives the place of its data offset. */
function writeRun(writer: BoxWriter, { trackId, baseDts, samples }: Run): number {
  let dataOffset = 0;
  writer.box("traf", () => {
    writer.fullBox("tfhd", 0, tfhdFlags, () => writer.u32(trackId));
    writer.fullBox("tfdt", 1, 0, () => writer.u64(baseDts));
    const { dataOffset: offset, duration, size, flags, compositionOffset } = trunFlags;
    writer.fullBox("trun", 1, offset | duration | size | flags | compositionOffset, () => {
      writer.u32(samples.count);
      dataOffset = writer.position;
      writer.u32(0);
      for (let i = 0; i < samples.count; i++) {
        writer.u32(samples.duration(i));
        writer.u32(samples.size(i));
        writer.u32(samples.key(i) ? syncSampleFlags : nonSyncSampleFlags);
        writer.i32(samples.cts(i));
      }
    });
  });
  return dataOffset;
}
