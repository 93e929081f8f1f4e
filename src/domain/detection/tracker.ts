/**
 * Follows objects from picture to picture: ByteTrack (Zhang et al., "ByteTrack: Multi-Object Tracking by Associating
 * Every Detection Box", ECCV 2022). What the detector is sure of is matched with the tracks first; what it is less sure
 * of can only go on with a track, never begin one. Boxes are moved on by a Kalman filter (`kalman.ts`), and compared
 * with a margin around them, because at a few pictures a second a car has left its own box (C-BIoU: Yang et al., "Hard
 * to Track Objects with Irregular Motions and Similar Appearances?", WACV 2023).
 *
 * Pure: the same objects at the same times give the same tracks with the same numbers.
 */
import { leastCost } from "./assignment.ts";
import { buffered, insidePicture, overlap } from "./box.ts";
import { boxOf, corrected, firstSeen, predicted, type BoxMotion } from "./kalman.ts";
import { targetClassOf, type ObjectBox, type SeenObject, type TrackedObject } from "./objects.ts";

export interface TrackerSettings {
  /** From this confidence on an object may begin a track; below, only go on with one. */
  readonly sure: number;
  /** Objects below this confidence are not looked at. */
  readonly least: number;
  /** Pictures in which something is seen before it counts. */
  readonly hits: number;
  /** Nothing is remembered longer than this without being seen, ms … */
  readonly lostMs: number;
  /** … unless it was looked for in fewer pictures than this since: where nothing moves, nobody looks. */
  readonly misses: number;
  /** In no case longer than this, ms. */
  readonly longestMs: number;
  /** Tracks at once; of more new objects those with the highest confidence. */
  readonly most: number;
}

export const usualTracker: TrackerSettings = {
  sure: 0.4,
  least: 0.2,
  hits: 2,
  lostMs: 2000,
  misses: 3,
  longestMs: 10_000,
  most: 64,
};

interface Track {
  readonly id: number;
  readonly motion: BoxMotion;
  /** Confidence summed up by label: cars are taken for trucks now and then. */
  readonly votes: Readonly<Record<string, number>>;
  readonly hits: number;
  readonly missed: number;
  readonly seenAt: number;
}

export interface TrackerState {
  readonly next: number;
  /** When it last stepped, ms. */
  readonly at: number;
  readonly tracks: readonly Track[];
}

export interface TrackerStep {
  readonly state: TrackerState;
  /** What is in this picture and has been seen often enough, by number. */
  readonly seen: readonly TrackedObject[];
  /** Numbers of those that were once in `seen` and will not come back. */
  readonly ended: readonly number[];
}

export const noTracks: TrackerState = { next: 1, at: 0, tracks: [] };

/** Boxes of those of the followed objects, where they should be now; where to look when nothing moves any more. */
export const trackBoxes = (state: TrackerState, at: number, of: ReadonlySet<number>): readonly ObjectBox[] =>
  state.tracks
    .filter(({ id }) => of.has(id))
    .map(({ motion, seenAt }) => insidePicture(boxOf(predicted(motion, (at - seenAt) / 1000))));

/**
 * One picture that the detector looked at, `at` ms on any clock that does not run back (a time before the last one is
 * taken for the last). Step with no objects when it looked and found nothing; don't step when it did not look.
 */
export function stepTracker(
  state: TrackerState,
  objects: readonly SeenObject[],
  at: number,
  settings: TrackerSettings = usualTracker,
): TrackerStep {
  const now = Math.max(at, state.at);
  const usable = objects.filter(({ confidence }) => confidence >= settings.least);
  const sure = usable.filter(({ confidence }) => confidence >= settings.sure);
  const unsure = usable.filter(({ confidence }) => confidence < settings.sure);

  const old = state.tracks.filter(({ hits }) => hits >= settings.hits);
  const first = match(old, sure, now, { margin: 0.3, least: 0.1 });
  const looked = first.lone.filter(({ missed }) => missed === 0);
  const second = match(looked, unsure, now, { margin: 0.1, least: 0.3 });
  const young = state.tracks.filter(({ hits }) => hits < settings.hits);
  const third = match(young, first.left, now, { margin: 0.4, least: 0.1 });

  const went = new Set(second.hit.map(({ id }) => id));
  const lone = first.lone.filter(({ id }) => !went.has(id)).map((track) => ({ ...track, missed: track.missed + 1 }));
  const isOver = ({ missed, seenAt }: Track): boolean => {
    const age = now - seenAt;
    return age > settings.longestMs || (age > settings.lostMs && missed >= settings.misses);
  };
  const hit = [...first.hit, ...second.hit, ...third.hit];
  const kept = [...hit, ...lone.filter((track) => !isOver(track))];
  const fresh = begun(third.left, state.next, now, settings.most - kept.length);
  return {
    state: {
      next: state.next + fresh.length,
      at: now,
      tracks: [...kept, ...fresh].sort((a, b) => a.id - b.id),
    },
    seen: hit
      .filter(({ hits }) => hits >= settings.hits)
      .sort((a, b) => a.id - b.id)
      .map((track) => shown(track)),
    ended: lone.filter(isOver).map(({ id }) => id),
  };
}

interface SeenTrack extends Track {
  readonly confidence: number;
}

interface Matched {
  readonly hit: readonly SeenTrack[];
  readonly lone: readonly Track[];
  readonly left: readonly SeenObject[];
}

const kindOf = (label: string): string => targetClassOf(label) ?? label;

function match(
  tracks: readonly Track[],
  objects: readonly SeenObject[],
  now: number,
  { margin, least }: { readonly margin: number; readonly least: number },
): Matched {
  const moved = tracks.map(({ motion, seenAt }) => predicted(motion, (now - seenAt) / 1000));
  const cost = moved.map((motion, index) => {
    const kind = kindOf(labelOf(tracks[index]?.votes ?? {}));
    const expected = buffered(boxOf(motion), margin);
    return objects.map(({ label, box }) => {
      const common = kindOf(label) === kind ? overlap(expected, buffered(box, margin)) : 0;
      return common >= least ? 1 - common : Infinity;
    });
  });
  const pairs = leastCost(cost);
  const hit = pairs.flatMap(([row, column]) => {
    const [track, motion, object] = [tracks[row], moved[row], objects[column]];
    return track === undefined || motion === undefined || object === undefined
      ? []
      : [seenAgain(track, motion, object, now)];
  });
  const [usedRows, usedColumns] = [new Set(pairs.map(([row]) => row)), new Set(pairs.map(([, column]) => column))];
  return {
    hit,
    lone: tracks.filter((_, row) => !usedRows.has(row)),
    left: objects.filter((_, column) => !usedColumns.has(column)),
  };
}

function seenAgain(track: Track, motion: BoxMotion, { label, box, confidence }: SeenObject, now: number): SeenTrack {
  return {
    id: track.id,
    motion: corrected(motion, box),
    votes: { ...track.votes, [label]: (track.votes[label] ?? 0) + confidence },
    hits: track.hits + 1,
    missed: 0,
    seenAt: now,
    confidence,
  };
}

/** Objects that no track has, each the first of a new one. */
function begun(objects: readonly SeenObject[], next: number, now: number, room: number): Track[] {
  const surest = objects.length <= room ? objects : [...objects].sort((a, b) => b.confidence - a.confidence);
  return surest.slice(0, Math.max(0, room)).map(({ label, confidence, box }, index) => ({
    id: next + index,
    motion: firstSeen(box),
    votes: { [label]: confidence },
    hits: 1,
    missed: 0,
    seenAt: now,
  }));
}

/** The label that it was given most, by confidence; of two the first in the alphabet. */
function labelOf(votes: Readonly<Record<string, number>>): string {
  const [best] = Object.entries(votes).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return best?.[0] ?? "";
}

function shown({ id, motion, votes, confidence }: SeenTrack): TrackedObject {
  const box = insidePicture(boxOf(motion));
  return {
    track: id,
    label: labelOf(votes),
    confidence,
    box,
    foot: { x: box.x + box.width / 2, y: box.y + box.height },
  };
}
