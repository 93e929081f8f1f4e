/**
 * Remembers who was before one camera, and writes them down: where they are every few seconds while they are there, so
 * that footage has boxes soon; when they are gone, from when to when, what they closed of the board, and the picture in
 * which they were seen best. Who closes something has a picture at once. What never moved itself (a parked car) and what
 * was hardly seen is not written.
 */
import { longestTrackMs, type ObjectRecord } from "../../platform/object-file.ts";
import type { PathPiece, Tripped } from "../../platform/path-file.ts";
import type { MakeJpeg } from "./jpeg.ts";
import { keepObject, type KeptObject } from "./kept-object.ts";
import type { ObjectKeeper } from "./object-stage.ts";

/** Where they are is written so often, ms. */
const pieceMs = 5000;
/** Writings that wait for the disk at most; more are lost, and said so. */
const mostWaiting = 200;

export interface KeeperDeps {
  readonly jpeg: MakeJpeg;
  /** Writes one that is gone (`addObject`). */
  readonly add: (object: Omit<ObjectRecord, "picture">, jpeg: Uint8Array | undefined) => Promise<void>;
  /** Writes where they were (`addPieces`). */
  readonly addPieces: (pieces: readonly PathPiece[]) => Promise<void>;
  /** Writes the picture of one that is still there (`keepPicture`). */
  readonly picture: (object: Pick<ObjectRecord, "id" | "from">, jpeg: Uint8Array) => Promise<void>;
  /** Told of one that closed a point of the board, after its picture was written. */
  readonly tripped?: (object: Pick<ObjectRecord, "id" | "label">, trip: Tripped) => void;
  /** Told why something could not be kept. */
  readonly lost: (reason: string) => void;
}

export function openObjectKeeper(deps: KeeperDeps): ObjectKeeper {
  const kept = new Map<number, KeptObject>();
  const soon = inTurn(deps.lost);
  /**
   * Jpegs of those that are still there, as of the newest: kept until they are gone, when it is still the best. Weakly:
   * the last writing of one may be lost.
   */
  const made = new WeakMap<KeptObject, Uint8Array>();
  let writtenAt = -Infinity;

  const writePicture = (track: number, one: KeptObject): void => {
    const picture = one.takePicture();
    if (picture === undefined) return;
    const object = one.record(track);
    void soon(async () => {
      const jpeg = await deps.jpeg(picture);
      made.set(one, jpeg);
      await deps.picture(object, jpeg);
    });
  };
  /** Where these were since the last time, and pictures of those that closed something. */
  const writePieces = (which: Iterable<readonly [number, KeptObject]>): void => {
    const those = [...which].filter(([, one]) => one.counts);
    const pieces = those.flatMap(([track, one]) => one.takePiece(track) ?? []);
    if (pieces.length > 0) void soon(() => deps.addPieces(pieces));
    for (const [track, one] of those) if (one.hasTripped) writePicture(track, one);
  };
  const finish = (track: number): void => {
    const one = kept.get(track);
    kept.delete(track);
    if (one === undefined || !one.counts) return;
    const picture = one.takePicture();
    writePieces([[track, one]]);
    void soon(async () => {
      const jpeg = picture === undefined ? made.get(one) : await deps.jpeg(picture);
      made.delete(one);
      await deps.add(one.record(track), jpeg);
    });
  };
  const ended = (): void => {
    for (const track of [...kept.keys()]) finish(track);
  };
  return {
    seen({ picture, tracked, ended: gone, onTheMove, tripped, wall: seenAt }) {
      // wall times have fractions; what is written, and the name of the picture, are whole milliseconds
      const wall = Math.round(seenAt);
      for (const object of tracked) {
        const { track } = object;
        const before = kept.get(track);
        if (before !== undefined && wall - before.from >= longestTrackMs) finish(track);
        const one = kept.get(track) ?? keepObject(wall);
        kept.set(track, one);
        one.see(object, picture, onTheMove.has(track), wall);
      }
      for (const { track, point } of tripped) {
        const one = kept.get(track);
        if (one?.trips(point, wall) !== true) continue;
        writePieces([[track, one]]);
        // in turn: its picture was written before, where it has one
        const object = one.record(track);
        void soon(() => Promise.resolve(deps.tripped?.(object, { point, at: wall })));
      }
      if (Math.abs(wall - writtenAt) >= pieceMs) {
        writtenAt = wall;
        writePieces(kept);
      }
      for (const track of gone) finish(track);
    },
    ended,
    async [Symbol.asyncDispose]() {
      ended();
      await soon(() => Promise.resolve());
    },
  };
}

/** One writing after the other; resolves when that one is over, however it went. */
function inTurn(lost: (reason: string) => void): (write: () => Promise<void>) => Promise<void> {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  return (write) => {
    if (waiting >= mostWaiting) {
      lost(`${mostWaiting} writings about objects wait for the disk already`);
      return last;
    }
    waiting++;
    last = last.then(async () => {
      try {
        await write();
      } catch (error) {
        lost(error instanceof Error ? error.message : String(error));
      } finally {
        waiting--;
      }
    });
    return last;
  };
}
