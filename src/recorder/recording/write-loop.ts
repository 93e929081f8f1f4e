/** The insides of `channel-writer.ts`: how the cursor moves along the ring, file by file. */
import type { Clock, Instant } from "../../kernel/time.ts";
import type { Ring } from "../../media/ring.ts";
import type { AccessUnit, AudioParameters } from "../../media/types.ts";
import { fragmentLimitMs, type SegmentLength } from "../../domain/segment-cutter.ts";
import type { SegmentCause } from "../../messages/recorder.ts";
import { StalledError } from "../volumes/job-queue.ts";
import type { FootageVolume } from "../ports.ts";
import type { Run } from "./coverage.ts";
import type { Extent, FragmentScan } from "./fragment-scan.ts";
import { buildFrom, type BuiltFragment, type TimeBase } from "./fragments.ts";
import type { PendingMarks } from "./pending.ts";
import type { SegmentFile } from "./segment-file.ts";
import { startSegment } from "./segment-start.ts";

export interface WriterDeps {
  readonly clock: Clock;
  readonly channel: number;
  readonly stream: "main" | "sub";
  readonly ring: Ring;
  /** The volume that takes new footage of this channel now. */
  readonly pickVolume: () => FootageVolume | undefined;
  readonly newId: () => string;
  readonly segmentLength: () => SegmentLength;
  /** What a segment that begins now is for. */
  readonly cause: () => SegmentCause;
  /** An alarm holds the channel: shorter fragments. */
  readonly held: () => boolean;
  /** The newest audio parameters of the channel, for a segment that begins before its first audio unit. */
  readonly audio: () => AudioParameters | undefined;
  /** Footage became durable, in the order of arrival. */
  readonly onDurable: (runs: readonly Run[]) => void;
}

/** Most bytes of one `writev`: a backlog is written in such pieces. */
const batchBytes = 8 * 1024 * 1024;

export interface WriterState {
  readonly deps: WriterDeps;
  readonly pending: PendingMarks;
  readonly scan: FragmentScan;
  /** Next unit to write; undefined while idle. */
  cursor: number | undefined;
  /** Where the last recording ended: the next one begins there at the earliest. */
  lastEnd: number;
  segment: SegmentFile | undefined;
  base: TimeBase | undefined;
  /** The picture before the cursor, when it is in a file. */
  before: AccessUnit | undefined;
  /** First unit of the newest session. */
  sessionFirst: number;
  /** Counts rewinds: a write that was under way meanwhile moves nothing. */
  turn: number;
  busy: Promise<void> | undefined;
  unitsWritten: number;
  highest: number;
}

export const limitsOf = ({ deps }: WriterState) => ({
  fragmentMs: fragmentLimitMs(deps.held()),
  segment: deps.segmentLength(),
  audio: deps.audio(),
});

/** Sets the cursor where a recording that is to show `at` begins. */
export function begin(state: WriterState, at: Instant): void {
  const { ring } = state.deps;
  const wanted = ring.keyAtOrBefore(at) ?? ring.first;
  const from = Math.max(wanted, state.lastEnd);
  state.cursor = ring.gopStart(from) ?? from;
  if (state.cursor !== state.lastEnd) state.before = undefined;
  state.scan.restart(state.cursor);
}

/** Back to the key frame at or before `index`, or to what the ring still has. */
export function rewind(state: WriterState, index: number): void {
  const { ring } = state.deps;
  state.turn++;
  const target = Math.max(ring.gopStart(index) ?? ring.first, ring.first);
  state.cursor = target;
  // what lies before the target is in a file already, unless the session begins here or units were given up
  state.before = target <= index && target > state.sessionFirst ? ring.at(target) : undefined;
  state.scan.restart(target);
  state.scan.advance(limitsOf(state));
}

export function closeSegment(state: WriterState): Promise<void> {
  const finished = state.segment?.finish() ?? Promise.resolve();
  state.segment = undefined;
  return finished;
}

/** The file can't be synced or written in time: what of it is not durable is written again elsewhere. */
function giveUp(state: WriterState, file: SegmentFile): void {
  const first = state.pending.drop(file);
  file.abandon(undefined);
  if (state.segment === file) state.segment = undefined;
  writeAgain(state, first ?? state.cursor);
}

/** A recording that had ended begins once more when its end was lost; it stops again where it stopped. */
export function writeAgain(state: WriterState, from: number | undefined): void {
  if (from !== undefined) rewind(state, from);
}

export function pump(state: WriterState): void {
  if (state.busy !== undefined || state.cursor === undefined || state.scan.next() === undefined) return;
  state.busy = drain(state).finally(() => {
    state.busy = undefined;
    stopWhenDone(state);
  });
}

export function stopWhenDone(state: WriterState): void {
  const end = state.scan.stoppedAt;
  if (state.busy !== undefined || state.scan.next() !== undefined) return;
  if (state.scan.betweenSegments) void closeSegment(state);
  if (end === undefined || state.cursor === undefined || state.cursor < end) return;
  void closeSegment(state);
  state.lastEnd = end;
  state.cursor = undefined;
}

async function drain(state: WriterState): Promise<void> {
  while (state.scan.next() !== undefined) {
    try {
      if (!(await writeOnce(state))) return;
    } catch (error) {
      writeFailed(state, error);
    }
  }
}

/** Writes what is ready for one segment. False when no volume takes it. */
async function writeOnce(state: WriterState): Promise<boolean> {
  const { ring } = state.deps;
  if (state.cursor !== undefined && ring.first > state.cursor) {
    rewind(state, ring.first);
    state.before = undefined;
  }
  const extent = state.scan.next();
  if (extent === undefined) return true;
  const turn = state.turn;
  if (extent.plan !== undefined || state.segment === undefined) {
    if (!(await nextSegment(state))) return false;
  }
  const file = state.segment;
  if (file === undefined || state.base === undefined || turn !== state.turn) return true;
  const fragments = build(state, file, state.base);
  const last = fragments.at(-1);
  if (last === undefined) return true;
  await file.append(fragments);
  if (turn !== state.turn) return true;
  state.pending.wrote(file, fragments);
  // the background's rounds are too rare for what an alarm may lose with the power
  if (state.deps.held()) file.volume.urgent(Promise.resolve());
  state.cursor = last.end;
  count(state, fragments);
  return true;
}

/** Opens the segment that the next extent begins. */
async function nextSegment(state: WriterState): Promise<boolean> {
  const extent = state.scan.next();
  if (extent === undefined) return false;
  if (extent.plan === undefined) {
    // the running segment was lost: only a key frame can begin another
    rewind(state, extent.first);
    return state.scan.next()?.plan !== undefined;
  }
  const volume = state.deps.pickVolume();
  const firstUnit = state.deps.ring.at(extent.first);
  if (volume === undefined || firstUnit === undefined) return false;
  void closeSegment(state);
  const { clock, channel, stream, newId } = state.deps;
  const started = await startSegment(volume, {
    ...{ clock, channel, stream, newId, plan: extent.plan, firstUnit, cause: state.deps.cause() },
    onDurable: (file, bytes) => state.pending.durable(file, bytes),
    onSyncFailed: (file) => syncFailed(state, file),
  });
  state.segment = started.file;
  state.base = started.base;
  return true;
}

function build(state: WriterState, file: SegmentFile, base: TimeBase): BuiltFragment[] {
  const { ring, held } = state.deps;
  const fragments: BuiltFragment[] = [];
  let bytes = 0;
  for (let extent = state.scan.next(); extent !== undefined && bytes < batchBytes; extent = state.scan.next()) {
    if (fragments.length > 0 && extent.plan !== undefined) break;
    state.scan.shift();
    const firstUnit = ring.at(extent.first);
    if (state.before?.session !== firstUnit?.session) state.sessionFirst = extent.first;
    const order = { sequence: file.sequence + fragments.length + 1, first: extent.first, end: extent.end };
    const built = buildFrom((index) => ring.at(index), base, { ...order, hold: held(), previous: state.before });
    state.before = lastPicture(state, extent) ?? state.before;
    if (built === undefined) continue;
    fragments.push(built);
    bytes += built.bytes;
  }
  return fragments;
}

function lastPicture({ deps: { ring } }: WriterState, { first, end }: Extent): AccessUnit | undefined {
  for (let index = end - 1; index >= first; index--) {
    const unit = ring.at(index);
    if (unit?.track === "video") return unit;
  }
  return undefined;
}

function count(state: WriterState, fragments: readonly BuiltFragment[]): void {
  for (const { first, end, skipped } of fragments) {
    if (end <= state.highest) continue;
    state.unitsWritten += end - Math.max(state.highest, first) - skipped;
    state.highest = end;
  }
}

function writeFailed(state: WriterState, error: unknown): void {
  const file = state.segment;
  const volume = file?.volume ?? state.deps.pickVolume();
  volume?.fault(error, "write");
  if (file !== undefined && error instanceof StalledError) {
    giveUp(state, file);
    return;
  }
  // cut back to its last whole fragment: what it holds is good and will be synced
  void closeSegment(state);
  if (state.cursor !== undefined) rewind(state, state.cursor);
}

function syncFailed(state: WriterState, file: SegmentFile): void {
  const first = state.pending.drop(file);
  if (state.segment === file) state.segment = undefined;
  writeAgain(state, first);
}

/** A sync round on every volume with something of this channel that is not durable, once the write has ended. */
export function syncNow(state: WriterState): void {
  const volumes = new Set(state.pending.volumes);
  const current = state.segment?.volume ?? state.deps.pickVolume();
  if (current !== undefined) volumes.add(current);
  for (const volume of volumes) volume.urgent(state.busy ?? Promise.resolve());
}
