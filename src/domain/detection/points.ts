/** The points of a `video-detection` board: each is a contact that is closed while its rule sees something. */
import { mostRegions, type VideoDetectionSettings } from "./settings.ts";

export const detectionPoints = {
  /** Region n of motion is point n. */
  motion: 1,
  tamper: 5,
  sceneChange: 6,
  videoLoss: 7,
  audioLoss: 8,
  audioRise: 9,
  /** Rule n is point 10 + n. */
  rule: 10,
  human: 21,
  vehicle: 22,
} as const;

const withoutPictures: readonly number[] = [
  ...[detectionPoints.videoLoss, detectionPoints.audioLoss, detectionPoints.audioRise],
];

/** Whether pictures come is known by their access units, sound by its own: all else takes decoded pictures. */
export const asksForPictures = (settings: VideoDetectionSettings): boolean =>
  pointsOfDetection(settings).some((point) => !withoutPictures.includes(point));

/** The points that these settings have, in order. */
export function pointsOfDetection(settings: VideoDetectionSettings): readonly number[] {
  const { motion, tamper, sceneChange, videoLoss, audio, smart, rules = [], own } = settings;
  const regions = (motion?.regions ?? []).slice(0, mostRegions).map((_, index) => detectionPoints.motion + index);
  return [
    ...regions,
    ...(tamper === undefined ? [] : [detectionPoints.tamper]),
    ...(sceneChange === true ? [detectionPoints.sceneChange] : []),
    ...(videoLoss === true ? [detectionPoints.videoLoss] : []),
    ...(audio?.loss === true ? [detectionPoints.audioLoss] : []),
    ...(audio?.rise === undefined ? [] : [detectionPoints.audioRise]),
    ...[...rules, ...(own?.rules ?? [])].map(({ rule }) => detectionPoints.rule + rule).sort((a, b) => a - b),
    ...(smart?.human === true ? [detectionPoints.human] : []),
    ...(smart?.vehicle === true ? [detectionPoints.vehicle] : []),
  ];
}
