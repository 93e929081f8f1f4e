/**
 * What the pictures of one camera say of its points: all that is found without knowing objects. Pure; keeps its own
 * memory. Made anew when the settings change.
 */
import type { Level } from "../level.ts";
import type { GreyPicture } from "./grey-picture.ts";
import { allCells, cells, largestGroup, noCells, type CellMap } from "./motion-grid.ts";
import {
  atRest,
  cellNeeds,
  holdMotion,
  motionIn,
  ruleOf,
  type HeldMotion,
  type RegionMotion,
  type RegionRule,
} from "./motion-regions.ts";
import { createMotionStage, type MotionFound } from "./motion-stage.ts";
import { detectionPoints } from "./points.ts";
import { detectionDefaults, mostRegions, type VideoDetectionSettings } from "./settings.ts";
import { createSceneStage, createTamperStage, viewEveryMs, type ViewFound, type ViewStage } from "./view-stages.ts";

/** What is known of a point as of one picture. */
export interface PointLevel {
  readonly point: number;
  readonly level: Level;
  /** Of `unknown`. */
  readonly reason?: string;
  /** Of `closed`: what was seen. */
  readonly title?: string;
}

export interface PictureFound {
  readonly state: "learning" | "watching";
  readonly motion: MotionFound;
  /** In the order of the settings. */
  readonly regions: readonly RegionMotion[];
  readonly points: readonly PointLevel[];
  /** What moved for the memory of the camera (`MotionWriter.moved`); undefined: nothing. */
  readonly moved: Moved | undefined;
  /** By this picture alone something may have moved; the next one shows whether it did. */
  readonly stirs: boolean;
}

export interface Moved {
  /**
   * 1–255: how large what moves is beside the camera's regions together (beside the picture, without any). 1: it moved
   * outside of them only.
   */
  readonly intensity: number;
  readonly cells: CellMap;
}

export interface VideoStages {
  /** The next picture, at this time on the clock of the pictures, ms. */
  look(picture: GreyPicture, at: number): PictureFound;
  /** Would this picture stir, or be another one altogether? It is not taken in. */
  peek(picture: GreyPicture): boolean;
  /** Pictures were left out: what moves is learnt anew; what the camera usually shows is still known. */
  pause(): void;
}

/** A picture that is another one all the time is not watched; ms. */
const switchedFor = 5000;

export function createVideoStages(settings: VideoDetectionSettings): VideoStages {
  const { motion } = settings;
  let stage = createMotionStage();
  const regions = (motion?.regions ?? []).slice(0, mostRegions).map((region) => ({ ...region, rule: ruleOf(region) }));
  const holdMs = (motion?.holdS ?? detectionDefaults.holdS) * 1000;
  const held: HeldMotion[] = regions.map(() => atRest);
  const watched = regions.length === 0 ? allCells() : unionOf(regions.map(({ rule }) => rule.cells));
  let lastWatched: number | undefined;
  const views: ViewOfPoint[] = [];
  if (settings.tamper !== undefined)
    views.push({
      point: detectionPoints.tamper,
      stage: createTamperStage(settings.tamper.sensitivity),
      says: tampering,
    });
  if (settings.sceneChange === true)
    views.push({
      point: detectionPoints.sceneChange,
      stage: createSceneStage(),
      says: () => "the scene became another one",
    });
  let viewed: { readonly at: number; readonly points: readonly PointLevel[] } = { at: -Infinity, points: [] };

  const pointsOf = (moves: readonly RegionMotion[], at: number): PointLevel[] =>
    regions.map(({ name }, index) => {
      const point = detectionPoints.motion + index;
      const now = holdMotion(held[index] ?? atRest, moves[index]?.moves === true, at, holdMs);
      held[index] = now;
      if (now.closed) return { point, level: "closed", title: `motion in "${name}"` };
      if (lastWatched === undefined) return { point, level: "unknown", reason: "the picture is being learnt" };
      if (at - lastWatched > switchedFor)
        return { point, level: "unknown", reason: "the whole picture changes all the time" };
      return { point, level: "open" };
    });
  /** A clock that was set back, or another session, begins anew. */
  const viewPoints = (picture: GreyPicture, at: number): readonly PointLevel[] => {
    if (at >= viewed.at && at - viewed.at < viewEveryMs) return viewed.points;
    viewed = { at, points: views.map((view) => levelOfView(view, view.stage.look(picture, at))) };
    return viewed.points;
  };
  return {
    look(picture, at) {
      const found = stage.look(picture, at);
      if (found.state === "watching") lastWatched = at;
      const moves = regions.map(({ rule }) => motionIn(rule, found.strength));
      return {
        state: found.state === "watching" ? "watching" : "learning",
        motion: found,
        regions: moves,
        points: [...pointsOf(moves, at), ...viewPoints(picture, at)],
        moved: movedIn(found.strength, watched),
        stirs: stirsIn(found.raw, regions, watched),
      };
    },
    peek(picture) {
      const { raw, state } = stage.peek(picture);
      return state !== "watching" || stirsIn(raw, regions, watched);
    },
    pause() {
      stage = createMotionStage();
      held.fill(atRest);
      lastWatched = undefined;
    },
  };
}

interface ViewOfPoint {
  readonly point: number;
  readonly stage: ViewStage;
  readonly says: (found: Extract<ViewFound, { kind: "changed" }>) => string;
}

const tampering: ViewOfPoint["says"] = ({ how }) =>
  ({
    covered: "the camera is covered",
    defocused: "the picture is out of focus",
    turned: "the camera shows another place",
  })[how];

function levelOfView({ point, says }: ViewOfPoint, found: ViewFound): PointLevel {
  switch (found.kind) {
    case "learning":
      return { point, level: "unknown", reason: "the picture is being learnt" };
    case "bare":
      return { point, level: "unknown", reason: "there is too little in the picture to compare" };
    case "well":
      return { point, level: "open" };
    case "changed":
      return { point, level: "closed", title: says(found) };
  }
}

const unionOf = (maps: readonly CellMap[]): CellMap =>
  Uint8Array.from({ length: cells }, (_, cell) => (maps.some((map) => map[cell] === 1) ? 1 : 0));

const stirsIn = (raw: Uint8Array, regions: readonly { readonly rule: RegionRule }[], watched: CellMap): boolean =>
  raw.some((share) => share > 0) &&
  (regions.some(({ rule }) => motionIn(rule, raw).moves) || movedIn(raw, watched) !== undefined);

const usualNeed = cellNeeds(detectionDefaults.sensitivity);

/** What moved anywhere, as large as it takes with usual settings; `watched`: the cells of the regions. */
function movedIn(strength: Uint8Array, watched: CellMap): Moved | undefined {
  const active = noCells();
  let [of, inside] = [0, 0];
  for (let cell = 0; cell < cells; cell++) {
    of += watched[cell] ?? 0;
    if ((strength[cell] ?? 0) < usualNeed) continue;
    active[cell] = 1;
    inside += watched[cell] ?? 0;
  }
  if (largestGroup(active) < detectionDefaults.leastCells) return undefined;
  return { intensity: Math.max(1, Math.round(Math.sqrt(inside / Math.max(1, of)) * 255)), cells: active };
}
