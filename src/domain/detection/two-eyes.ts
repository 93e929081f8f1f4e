/**
 * One camera that two may look at: the camera itself and our detection. For each point it is settled who counts now, so
 * that its board hears one word. Nobody's silence is calm: who counts and does not know makes a point unknown. Pure.
 */
import { later, type Instant } from "../../kernel/time.ts";
import { thingOfPoint, type CameraMemory } from "./camera-memory.ts";
import type { SeenLevel } from "./news.ts";
import { lookerOf, ownThings, type OwnThing } from "./own-settings.ts";
import { detectionPoints, pointsOfDetection } from "./points.ts";
import type { VideoDetectionSettings } from "./settings.ts";

type Word = Pick<CameraMemory, "link" | "has" | "levelOf">;

/** Is the camera's word taken for this, so that we need not look? `word` undefined: nobody listens to it. */
export function countsForCamera(settings: VideoDetectionSettings, thing: OwnThing, word: Word | undefined): boolean {
  const looker = lookerOf(settings, thing);
  if (looker === "camera") return true;
  return looker === "camera-else-reed" && word?.link.kind === "online" && word.has.has(thing);
}

/** All for which its word is taken now. */
export const saidByCamera = (settings: VideoDetectionSettings, word: Word | undefined): ReadonlySet<OwnThing> =>
  new Set(ownThings.filter((thing) => countsForCamera(settings, thing, word)));

export interface TwoEyes {
  /** What our detection saw; what of it is news to the board. */
  saw(levels: readonly SeenLevel[], word: Word | undefined): readonly SeenLevel[];
  /** Nobody of ours looks. */
  blind(reason: string, at: Instant, word: Word | undefined): readonly SeenLevel[];
  /** The camera's word may be another one. */
  heard(at: Instant, word: Word | undefined): readonly SeenLevel[];
  /** What the board was told last. */
  readonly told: readonly SeenLevel[];
}

export function createTwoEyes(settings: VideoDetectionSettings): TwoEyes {
  const points = pointsOfDetection(settings);
  const own = new Set((settings.own?.rules ?? []).map(({ rule }) => rule));
  const ours = new Map<number, SeenLevel>();
  const told = new Map<number, SeenLevel>();

  const now = (point: number, word: Word | undefined, at: Instant): SeenLevel | undefined => {
    const thing = thingOfPoint(point);
    if (thing === undefined && !own.has(point - detectionPoints.rule)) return ours.get(point);
    const theirs = word?.levelOf(settings, point) ?? { point, level: "unknown", at, reason: switchedOff };
    if (thing === undefined || countsForCamera(settings, thing, word)) {
      // what we saw before it took over is old when it hands back
      ours.delete(point);
      return theirs;
    }
    const looker = lookerOf(settings, thing);
    if (looker === "both") return either(theirs, ours.get(point));
    return ours.get(point) ?? (looker === "reed" ? undefined : theirs);
  };
  const tell = (level: SeenLevel | undefined): readonly SeenLevel[] => {
    if (level === undefined) return [];
    const before = told.get(level.point);
    if (before?.level === level.level && before.reason === level.reason) return [];
    // whoever takes over may have known it for long: the board hears of nothing before what it heard last
    const news = { ...level, at: later(level.at, before?.at ?? level.at) };
    told.set(level.point, news);
    return [news];
  };
  return {
    saw: (levels, word) =>
      levels.flatMap((level) => {
        if (!points.includes(level.point)) return [];
        ours.set(level.point, level);
        return tell(now(level.point, word, level.at));
      }),
    blind(reason, at, word) {
      for (const point of points) ours.set(point, { point, level: "unknown", at, reason });
      return points.flatMap((point) => tell(now(point, word, at)));
    },
    heard: (at, word) => points.flatMap((point) => tell(now(point, word, at))),
    get told() {
      return [...told.values()];
    },
  };
}

const switchedOff = "its camera is switched off";

/** Seen by one is seen; at rest it is when somebody knows so and nobody sees it. */
function either(theirs: SeenLevel, ours: SeenLevel | undefined): SeenLevel {
  if (ours === undefined || ours.level === "unknown") return theirs;
  if (theirs.level === "closed" || (theirs.level !== "unknown" && ours.level === "open")) return theirs;
  return ours;
}
