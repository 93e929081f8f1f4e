/**
 * What an installer sets of the detection of one camera: the settings of a board of the family `video-detection`,
 * whose contacts are what its pictures show (`points.ts`). What is absent is off.
 */
import { allCells, hexOfCells } from "./motion-grid.ts";
import type { OwnDetection } from "./own-settings.ts";
import type { DetectionRule } from "./rules.ts";

export interface VideoDetectionSettings {
  readonly kind: "video-detection";
  readonly channel: number;
  readonly motion?: MotionSettings;
  /** Covered, defocused or turned (the vendor's video masking); 1–6, the higher the sooner. */
  readonly tamper?: { readonly sensitivity: number };
  /** The picture became another one and stays so. */
  readonly sceneChange?: true;
  /** No pictures come. */
  readonly videoLoss?: true;
  readonly audio?: AudioSettings;
  /** Motion of people or vehicles alone (SMD). */
  readonly smart?: SmartMotionSettings;
  /** IVS: at most `mostRules`, numbered by their point. */
  readonly rules?: readonly DetectionRule[];
  /** Every picture is decoded, also where the sizes of its units say that nothing moves. */
  readonly everyPicture?: true;
  /** What the camera says by itself, and for what its word is taken. */
  readonly own?: OwnDetection;
}

export const mostRegions = 4;

export interface MotionSettings {
  /** At least one, at most `mostRegions`; the first is point 1. */
  readonly regions: readonly MotionRegion[];
  /** Seconds that a region stays in motion after nothing moves in it any more, 0–600 (the vendor's anti-dither). */
  readonly holdS: number;
}

/** One of the up to four named regions of a camera (Amcrest IP8M manual, p. 42). */
export interface MotionRegion {
  readonly name: string;
  /** The cells it watches, as `hexOfCells` writes them. */
  readonly cells: string;
  /** 0–100: how small a change of a cell's picture counts. */
  readonly sensitivity: number;
  /** 0–100: how large what moves must be, percent of the region's side; the lower, the easier. */
  readonly threshold: number;
  /** Cells that one moving thing has at least; absent: 2. */
  readonly leastCells?: number;
}

/** Works whether the sound is recorded or not; it is listened to only where this is set. */
export interface AudioSettings {
  /** The sound fell silent altogether, or the camera sends none any more. */
  readonly loss?: true;
  /** Sudden rise; both 0–100, 50 by default (Amcrest IP2M-2104 manual). */
  readonly rise?: { readonly sensitivity: number; readonly threshold: number };
}

export const smartSensitivities = ["low", "middle", "high"] as const;

export interface SmartMotionSettings {
  readonly human: boolean;
  readonly vehicle: boolean;
  readonly sensitivity: (typeof smartSensitivities)[number];
}

/** Inclusive ranges that the API enforces and the pages show. */
export const detectionRanges = {
  sensitivity: [0, 100],
  threshold: [0, 100],
  leastCells: [1, 99],
  holdS: [0, 600],
  tamper: [1, 6],
  rise: [0, 100],
} as const;

export const detectionDefaults = {
  sensitivity: 60,
  threshold: 6,
  leastCells: 2,
  holdS: 5,
  tamper: 3,
  rise: { sensitivity: 50, threshold: 50 },
} as const;

/** As a camera's motion is set before anybody has drawn anything: one region, the whole picture. */
export const usualRegion = (name: string): MotionRegion => ({
  name,
  cells: hexOfCells(allCells()),
  sensitivity: detectionDefaults.sensitivity,
  threshold: detectionDefaults.threshold,
});
