/** What is remembered of one object while it is there. Keeps its own memory; writes nothing. */
import type { TrackedObject } from "../../domain/detection/objects.ts";
import { createPathThinner, type PathStep } from "../../domain/detection/track-path.ts";
import type { ObjectRecord } from "../../platform/object-file.ts";
import type { PathPiece, Tripped } from "../../platform/path-file.ts";
import type { RgbPicture } from "../ports.ts";
import { around, cut } from "./cut-picture.ts";

/** Pictures in which it was seen at least; what was seen less is not written. */
const leastSeen = 3;
/** Where it was so long before it first moved is kept, ms. */
const beforeMs = 10_000;
/** Longer side of the picture that is kept, pixels. */
const pictureSide = 320;
/** A picture takes the place of another one when it is so much better: each is a copy. */
const better = 1.15;
/** The same point counts again after so long, ms; so often at most. */
const trips = { everyMs: 5000, most: 40 } as const;

export interface KeptObject {
  readonly from: number;
  /** It moved, and was seen often enough. */
  readonly counts: boolean;
  /** It closed something of the board. */
  readonly hasTripped: boolean;
  see(object: TrackedObject, picture: RgbPicture, moves: boolean, wall: number): void;
  /** It closed this point of the board; gives whether that is news. */
  trips(point: number, wall: number): boolean;
  /** Its best picture, once after each better one. */
  takePicture(): RgbPicture | undefined;
  /** Where it was since this was asked last; undefined where nothing is new. */
  takePiece(track: number): PathPiece | undefined;
  record(track: number): Omit<ObjectRecord, "picture">;
}

export function keepObject(from: number): KeptObject {
  const thinner = createPathThinner();
  const tripped: Tripped[] = [];
  let steps: PathStep[] = [];
  let newTrips: Tripped[] = [];
  let [to, label, confidence, seen, moved] = [from, "", 0, 0, false];
  let best: { readonly score: number; readonly picture: RgbPicture; taken: boolean } | undefined;
  const counts = (): boolean => moved && seen >= leastSeen;
  const idOf = (track: number): string => `${from}-${track}`;
  return {
    from,
    get counts() {
      return counts();
    },
    get hasTripped() {
      return tripped.length > 0;
    },
    see(object, picture, moves, wall) {
      const counted = counts();
      to = Math.max(to, wall);
      label = object.label;
      confidence = Math.max(confidence, object.confidence);
      seen++;
      moved ||= moves;
      steps.push(...thinner.add({ at: to, box: object.box }));
      if (!counted) steps = steps.filter(({ at }) => to - at <= beforeMs);
      const score = scoreOf(object);
      if (best !== undefined && score <= best.score * better) return;
      best = { score, picture: cut(picture, around(object.box, picture), pictureSide), taken: false };
    },
    trips(point, wall) {
      const last = tripped.findLast((one) => one.point === point);
      if (tripped.length >= trips.most || (last !== undefined && wall - last.at < trips.everyMs)) return false;
      tripped.push({ point, at: wall });
      newTrips.push({ point, at: wall });
      return true;
    },
    takePicture() {
      if (best === undefined || best.taken) return undefined;
      best.taken = true;
      return best.picture;
    },
    takePiece(track) {
      const taken = [...steps, ...thinner.flush()];
      const last = taken.at(-1);
      if (last === undefined) return undefined;
      const piece = { id: idOf(track), label, confidence: rounded(confidence), steps: taken, tripped: newTrips };
      [steps, newTrips] = [[], []];
      return piece;
    },
    record: (track) => ({
      ...{ id: idOf(track), label, confidence: rounded(confidence), from, to },
      ...(tripped.length === 0 ? {} : { tripped }),
    }),
  };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** How well it can be seen: sure, large, and not cut off by the edge of the picture. */
function scoreOf({ confidence, box }: TrackedObject): number {
  const isWhole = box.x > 0.005 && box.y > 0.005 && box.x + box.width < 0.995 && box.y + box.height < 0.995;
  return confidence * Math.sqrt(box.width * box.height) * (isWhole ? 1 : 0.5);
}
