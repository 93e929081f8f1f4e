/**
 * What follows motion, for one channel: look for objects where something moves, follow them, and say what the rules and
 * smart motion make of them.
 */
import { noCells, type CellMap } from "../../domain/detection/motion-grid.ts";
import { plannedCrops } from "../../domain/detection/crops.ts";
import { detectionPoints } from "../../domain/detection/points.ts";
import { targetClasses, type SeenObject, type TrackedObject } from "../../domain/detection/objects.ts";
import { createRulePoints } from "../../domain/detection/rule-points.ts";
import { detectionDefaults, type VideoDetectionSettings } from "../../domain/detection/settings.ts";
import {
  noSmartState,
  smartMoving,
  smartTracks,
  stepSmart,
  type SmartLook,
  type SmartState,
} from "../../domain/detection/smart-motion.ts";
import { movedWithin, stepTrackMotion, type TrackMotion } from "../../domain/detection/track-motion.ts";
import { noTracks, stepTracker, trackBoxes, type TrackerState } from "../../domain/detection/tracker.ts";
import type { PointLevel } from "../../domain/detection/video-stages.ts";
import type { DetectedChannel } from "../../messages/detection.ts";
import type { ObjectDetector, ObjectStage, ObjectsThere, RgbPicture } from "../ports.ts";

/** Pictures are given to the detector at most this wide, pixels. */
const mostWidth = 1280;
const most = { crops: 3 } as const;
/** Somebody who stands still is looked at so often, for so long (the longest that loitering is set to); ms. */
const still = { everyMs: 800, forMs: 600_000 } as const;

/** One picture in which objects were looked for. */
export interface ObjectsSeen {
  readonly picture: RgbPicture;
  readonly tracked: readonly TrackedObject[];
  /** Numbers of those that will not come back. */
  readonly ended: readonly number[];
  /** Numbers of those that move in it. */
  readonly onTheMove: ReadonlySet<number>;
  /** Who closed which point of the board in it. */
  readonly tripped: readonly { readonly track: number; readonly point: number }[];
  readonly wall: number;
}

/** Keeps what was seen (`object-keeper.ts`). */
export interface ObjectKeeper extends AsyncDisposable {
  seen(seen: ObjectsSeen): void;
  /** Nobody looks any more: what was followed ends here. */
  ended(): void;
}

export interface ObjectStageDeps {
  readonly detector: ObjectDetector;
  readonly keeper: ObjectKeeper;
  say(points: readonly PointLevel[], at: number): void;
  /** There is something newer to draw. */
  answered(): void;
}

/** Does anything of these settings want objects? */
export const wantsObjects = ({ smart, rules = [] }: VideoDetectionSettings): boolean =>
  smart?.human === true || smart?.vehicle === true || rules.some(({ enabled }) => enabled);

/** A channel that wants no objects: nothing is looked at, and nothing said. */
export const noObjectStage: ObjectStage = {
  look: () => undefined,
  blind: () => undefined,
  follows: () => false,
  newest: undefined,
  [Symbol.dispose]: () => undefined,
};

interface Memory {
  readonly tracks: TrackerState;
  readonly motion: readonly TrackMotion[];
  readonly smart: SmartState;
  readonly newest: ObjectsThere | undefined;
}

const nothing: Memory = { tracks: noTracks, motion: [], smart: noSmartState, newest: undefined };

interface Look {
  readonly picture: RgbPicture;
  readonly moving: CellMap;
  readonly arrival: number;
  readonly wall: number;
}

export function openObjectStage({ channel, settings }: DetectedChannel, deps: ObjectStageDeps): ObjectStage {
  const { detector, keeper } = deps;
  const rules = createRulePoints(settings.rules ?? []);
  let memory = nothing;
  let lastLook = -Infinity;
  /** Pictures that the detector has; while it has some, nothing is called quiet. */
  let pending = 0;
  /** Counts what was forgotten: an answer to a question from before is nobody's. */
  let life = 0;
  let saidAt = -Infinity;

  const say = (points: readonly PointLevel[], at: number): void => {
    // an answer is late: a point does not change before what was said of it already
    saidAt = Math.max(saidAt, at);
    deps.say(points, saidAt);
  };
  const forget = (): void => {
    life++;
    [memory, pending, lastLook] = [nothing, 0, -Infinity];
    rules.forget();
    keeper.ended();
  };
  const answered = (found: readonly SeenObject[], { picture, moving, arrival: at, wall }: Look): void => {
    const { state: tracks, seen: tracked, ended } = stepTracker(memory.tracks, found, at);
    const motion = stepTrackMotion(memory.motion, tracked, moving, at);
    const onTheMove = movedWithin(motion, at, 0);
    const smart = smartOf(settings, memory.smart, { tracked, onTheMove, at });
    memory = { tracks, motion, smart, newest: { wall, objects: tracked } };
    const { points, hits } = rules.look(tracked, at);
    const tripped = [
      ...hits.map(({ rule, track }) => ({ track, point: detectionPoints.rule + rule })),
      ...smartTracks(settings.smart, smart, tracked, at).map(({ track, target }) => ({
        track,
        point: detectionPoints[target],
      })),
    ];
    // after what is said: an alarm waits for no disk
    say([...points, ...smartPoints(settings, smart, at)], at);
    keeper.seen({ picture, tracked, ended, onTheMove, tripped, wall });
    deps.answered();
  };
  /** Where somebody is who came on their own feet: they are looked at while they stand still, parked cars are not. */
  const followedAt = (at: number) => trackBoxes(memory.tracks, at, movedWithin(memory.motion, at, still.forMs));
  const ask = (look: Look): void => {
    const { width, height } = look.picture;
    const followed = followedAt(look.arrival);
    const crops = plannedCrops(look.moving, followed, { width, height, modelSide: detector.side, most: most.crops });
    const mine = life;
    pending++;
    detector.look(channel, look.picture, crops).then(
      (found) => {
        if (mine !== life) return;
        pending--;
        if (found !== undefined) answered(found, look);
      },
      (error: unknown) => {
        if (mine !== life) return;
        forget();
        say(unknownPoints(settings, error instanceof Error ? error.message : String(error)), look.arrival);
      },
    );
  };
  return {
    look({ picture, found, arrival, wall }) {
      if (found.state !== "watching") return;
      const moving = movingCells(found.motion.strength);
      const moves = moving.includes(1);
      const isDue = moves || (arrival - lastLook >= still.everyMs && followedAt(arrival).length > 0);
      if (!isDue) {
        if (pending === 0) say([...rules.rest(arrival), ...smartPoints(settings, memory.smart, arrival)], arrival);
        return;
      }
      lastLook = arrival;
      ask({ picture: picture.rgb(mostWidth), moving, arrival, wall });
    },
    blind: forget,
    follows: (at) => followedAt(at).length > 0,
    get newest() {
      return memory.newest;
    },
    [Symbol.dispose]() {
      forget();
    },
  };
}

const movingCells = (strength: Uint8Array): CellMap => noCells().map((_, cell) => ((strength[cell] ?? 0) > 0 ? 1 : 0));

function smartOf(
  { smart, motion }: VideoDetectionSettings,
  state: SmartState,
  look: Omit<SmartLook, "holdMs">,
): SmartState {
  if (smart === undefined) return state;
  return stepSmart(smart, state, { ...look, holdMs: (motion?.holdS ?? detectionDefaults.holdS) * 1000 });
}

/** The points of people and vehicles, as of an instant. */
function smartPoints({ smart }: VideoDetectionSettings, state: SmartState, at: number): readonly PointLevel[] {
  const moving = smartMoving(state, at);
  return targetClasses
    .filter((target) => smart?.[target] === true)
    .map((target) => {
      const [point, title] = [detectionPoints[target], moving[target]];
      return title === undefined ? { point, level: "open" } : { point, level: "closed", title };
    });
}

function unknownPoints(settings: VideoDetectionSettings, reason: string): readonly PointLevel[] {
  const points = (settings.rules ?? []).map(({ rule }) => detectionPoints.rule + rule);
  const smart = smartPoints(settings, noSmartState, 0).map(({ point }) => point);
  return [...points, ...smart].map((point) => ({ point, level: "unknown", reason }));
}
