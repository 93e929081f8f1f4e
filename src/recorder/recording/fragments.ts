import { between, type Duration, type Instant } from "../../kernel/time.ts";
import { buildFragment } from "../../media/mp4/fragment.ts";
import { videoTimescale, type FragmentTrack } from "../../media/mp4/types.ts";
import type { AccessUnit, AudioParameters, Block } from "../../media/types.ts";
import { longestPauseMs, type Run } from "./coverage.ts";
import { fragmentFlag, type FragmentTrailer } from "./segment-format.ts";

/** Sound and picture of a camera are not further apart than this, bursts at PLAY included. */
const longestSkewMs = 10_000;

/** Where the decode times of a segment begin. */
export interface TimeBase {
  /** dts of the first video unit. */
  readonly videoZero: number;
  /** pts and arrival of that unit. */
  readonly startPts: number;
  readonly startArrival: Instant;
  readonly audio: AudioParameters | undefined;
  /** dts that is 0 on the segment's line; known with the first audio unit. */
  audioZero: number | undefined;
  /** Ticks that the last video unit lasted, as a guess for a unit whose successor is not here yet. */
  frameTicks: number;
}

/** A fragment ready to be written. It holds a reference to every block it points into until `release`. */
export interface BuiltFragment {
  /** Index of its first unit, and of the one behind its last. */
  readonly first: number;
  readonly end: number;
  /** moof, the header of mdat, then the units' own bytes. */
  readonly parts: readonly Uint8Array[];
  readonly bytes: number;
  readonly about: Omit<FragmentTrailer, "crc" | "chain">;
  readonly runs: readonly Run[];
  /** Audio units that the segment has no track for. */
  readonly skipped: number;
  release(): void;
}

export interface FragmentOrder {
  readonly sequence: number;
  readonly first: number;
  readonly end: number;
  readonly hold: boolean;
  /** The unit before `first`, when it lies in a file too and nothing is missing in between. */
  readonly previous: AccessUnit | undefined;
}

/** Builds the fragment of the units [first, end). `at` gives a unit by its index, the one behind the last too. */
export function buildFrom(
  at: (index: number) => AccessUnit | undefined,
  base: TimeBase,
  order: FragmentOrder,
): BuiltFragment | undefined {
  const video: AccessUnit[] = [];
  const audio: AccessUnit[] = [];
  let skipped = 0;
  for (let index = order.first; index < order.end; index++) {
    const unit = at(index);
    if (unit?.track === "video") video.push(unit);
    else if (unit !== undefined && unit.parameters === base.audio) audio.push(unit);
    else skipped++;
  }
  const first = at(order.first);
  const last = at(order.end - 1);
  if (first === undefined || last === undefined || video.length + audio.length === 0) return undefined;
  const next = at(order.end);
  const videoTrack = trackOf(video, base.videoZero, next, base);
  const audioTrack = trackOf(audio, audioZeroOf(base, audio[0], video), next, base);
  const built = buildFragment({
    sequence: order.sequence,
    ...(videoTrack === undefined ? {} : { video: videoTrack }),
    ...(audioTrack === undefined ? {} : { audio: audioTrack }),
  });
  const runs = runsOf([...range(order.first, order.end)].map(at), order.previous);
  return {
    first: order.first,
    end: order.end,
    parts: [built.head, ...joined(built.slices)],
    bytes: built.bytes,
    about: {
      firstArrival: (video[0] ?? first).arrival,
      lastArrival: (video.at(-1) ?? last).arrival,
      firstWall: first.wall,
      lastWall: last.wall,
      videoUnits: video.length,
      audioUnits: audio.length,
      flags: flagsOf(video, next, order.hold),
      keyArrivals: runs.flatMap(({ keys }) => keys),
    },
    runs,
    skipped,
    release: retainBlocks(video, audio),
  };
}

/** Units lie one behind the other in their block: neighbours become one view, to be hashed and written in one go. */
function joined(slices: readonly Uint8Array[]): Uint8Array[] {
  const out: Uint8Array[] = [];
  let from: Uint8Array | undefined;
  let length = 0;
  const put = (): void => {
    if (from !== undefined) out.push(new Uint8Array(from.buffer, from.byteOffset, length));
  };
  for (const slice of slices) {
    if (from?.buffer !== slice.buffer || from.byteOffset + length !== slice.byteOffset) {
      put();
      from = slice;
      length = 0;
    }
    length += slice.byteLength;
  }
  put();
  return out;
}

function* range(from: number, to: number): Generator<number> {
  for (let index = from; index < to; index++) yield index;
}

function trackOf(
  units: readonly AccessUnit[],
  zero: number,
  next: AccessUnit | undefined,
  base: TimeBase,
): FragmentTrack | undefined {
  const first = units[0];
  const last = units.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const follows = next !== undefined && next.track === last.track && next.session === last.session;
  let lastDuration = follows && next.dts > last.dts ? next.dts - last.dts : 0;
  if (lastDuration === 0) {
    const previous = units.at(-2);
    lastDuration = previous === undefined ? guessOf(last, base) : last.dts - previous.dts;
  }
  if (last.track === "video") base.frameTicks = lastDuration;
  return { baseDts: first.dts - zero, samples: units, lastDuration };
}

/** AAC frames are 1024 samples (ISO/IEC 14496-3); a G.711 sample is a byte. */
const guessOf = (unit: AccessUnit, base: TimeBase): number =>
  unit.track === "video"
    ? base.frameTicks
    : unit.parameters.codec === "aac"
      ? 1024
      : Math.max(1, Math.floor(unit.data.length));

/**
 * Audio lies on the segment's line beside the picture that came with it, at its zero or as much later. The segment's own
 * wall time is no measure: the clock may have been set since.
 */
function audioZeroOf(base: TimeBase, unit: AccessUnit | undefined, video: readonly AccessUnit[]): number {
  if (unit !== undefined && base.audioZero === undefined && base.audio !== undefined) {
    const beside = video.findLast((picture) => picture.arrival <= unit.arrival) ?? video[0];
    const ms =
      beside === undefined
        ? between(base.startArrival, unit.arrival)
        : ((beside.pts - base.startPts) * 1000) / videoTimescale + apart(beside, unit);
    base.audioZero = unit.dts - Math.max(0, Math.round((ms * base.audio.sampleRate) / 1000));
  }
  return base.audioZero ?? 0;
}

/** By wall time, where the camera's reports tie sound to picture; by arrival when the clock was set in between. */
function apart(picture: AccessUnit, sound: AccessUnit): Duration {
  const byWall = sound.wall - picture.wall;
  const byArrival = between(picture.arrival, sound.arrival);
  return Math.abs(byWall - byArrival) > longestSkewMs ? byArrival : byWall;
}

function flagsOf(video: readonly AccessUnit[], next: AccessUnit | undefined, hold: boolean): number {
  return (
    (video[0]?.key === true ? fragmentFlag.key : 0) |
    (video.some((unit) => unit.afterLoss) ? fragmentFlag.afterLoss : 0) |
    (hold ? fragmentFlag.hold : 0) |
    (next?.track === "video" ? 0 : fragmentFlag.guessedEnd)
  );
}

/**
 * Splits the pictures in the order of arrival where something is missing: another session, lost packets, a long pause.
 * Sound shows nothing: it neither begins a run nor bridges a pause of the pictures. `before`: the picture before them.
 */
export function runsOf(units: readonly (AccessUnit | undefined)[], before: AccessUnit | undefined): Run[] {
  const runs: Run[] = [];
  let previous = before;
  let keys: Instant[] = [];
  let first: AccessUnit | undefined;
  let joins = false;
  const close = (last: AccessUnit | undefined): void => {
    if (first === undefined || last === undefined) return;
    runs.push({ from: first.arrival, to: last.arrival, fromWall: first.wall, toWall: last.wall, keys, joins });
  };
  for (const unit of units) {
    if (unit?.track !== "video") continue;
    const whole = previous !== undefined && continues(previous, unit);
    if (first === undefined || !whole) {
      if (first !== undefined) close(previous);
      first = unit;
      joins = whole;
      keys = [];
    }
    if (unit.key) keys.push(unit.arrival);
    previous = unit;
  }
  close(previous);
  return runs;
}

const continues = (previous: AccessUnit, unit: AccessUnit): boolean =>
  previous.session === unit.session && !unit.afterLoss && unit.arrival - previous.arrival <= longestPauseMs;

function retainBlocks(video: readonly AccessUnit[], audio: readonly AccessUnit[]): () => void {
  const blocks: Block[] = [];
  for (const unit of [...video, ...audio]) {
    if (blocks.at(-1) !== unit.block) {
      unit.block.retain();
      blocks.push(unit.block);
    }
  }
  let held = true;
  return () => {
    if (held) for (const block of blocks) block.release();
    held = false;
  };
}
