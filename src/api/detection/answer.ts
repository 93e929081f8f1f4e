/** What is answered of the detection of one camera. Pure. */
import type { z } from "zod";
import type { detectionAnswer } from "../../contract/detection.ts";
import { thingOfPoint } from "../../domain/detection/camera-memory.ts";
import { lookerOf, type CameraRule } from "../../domain/detection/own-settings.ts";
import { detectionPoints, pointsOfDetection } from "../../domain/detection/points.ts";
import type { VideoDetectionSettings } from "../../domain/detection/settings.ts";
import type { BoardSettings, SiteConfig } from "../../domain/site-config.ts";
import type { LiveState } from "../../messages/api.ts";
import type { CameraWord } from "../../messages/detection.ts";

type Answer = z.output<typeof detectionAnswer>;
type Point = Answer["points"][number];

export interface DetectionBoard extends BoardSettings {
  readonly driver: VideoDetectionSettings;
}

const isDetection = (row: BoardSettings): row is DetectionBoard => row.driver.kind === "video-detection";

/** The board that a camera's detection is; undefined while none was set. */
export const detectionBoardOf = ({ boards }: Pick<SiteConfig, "boards">, channel: number): DetectionBoard | undefined =>
  boards.find((row): row is DetectionBoard => isDetection(row) && row.driver.channel === channel);

/** `state` absent: core is away. */
export function answerOf(
  config: Pick<SiteConfig, "boards" | "inputs">,
  channel: number,
  state: LiveState | undefined,
): Answer {
  const row = detectionBoardOf(config, channel);
  if (row === undefined) return { channel, enabled: false, points: [] };
  const { motion, tamper, sceneChange, videoLoss, audio, smart, rules, everyPicture, own } = row.driver;
  const word = state?.words?.find((one) => one.channel === channel);
  const levels = state?.boards.find((one) => one.board === row.board)?.points ?? [];
  const now = state?.detection?.find((one) => one.channel === channel);
  const points = pointsOfDetection(row.driver).map((point): Point => {
    const input = config.inputs.find((one) => one.board === row.board && one.point === point)?.input;
    const level = levels.find((one) => one.point === point);
    return {
      ...{ point, ...meaningOf(row.driver, point), by: whoseWord(row.driver, point, word) },
      ...(input === undefined ? {} : { input }),
      ...(level === undefined ? {} : { level: level.level }),
      ...(level?.reason === undefined ? {} : { reason: level.reason }),
    };
  });
  return {
    ...{ channel, board: row.board, enabled: row.enabled, points },
    ...(motion === undefined ? {} : { motion }),
    ...(tamper === undefined ? {} : { tamper }),
    ...(sceneChange === undefined ? {} : { sceneChange }),
    ...(videoLoss === undefined ? {} : { videoLoss }),
    ...(audio === undefined ? {} : { audio }),
    ...(smart === undefined ? {} : { smart }),
    ...(rules === undefined ? {} : { rules }),
    ...(everyPicture === undefined ? {} : { everyPicture }),
    ...(own === undefined ? {} : { own }),
    ...(word === undefined ? {} : { word }),
    ...(now === undefined ? {} : { now }),
  };
}

const single: Readonly<Record<number, Point["what"]>> = {
  [detectionPoints.tamper]: "tamper",
  [detectionPoints.sceneChange]: "scene-change",
  [detectionPoints.videoLoss]: "video-loss",
  [detectionPoints.audioLoss]: "audio-loss",
  [detectionPoints.audioRise]: "audio-rise",
  [detectionPoints.human]: "human",
  [detectionPoints.vehicle]: "vehicle",
};

/** As core settles it; `both` count as ours. */
function whoseWord(settings: VideoDetectionSettings, point: number, word: CameraWord | undefined): Point["by"] {
  const thing = thingOfPoint(point);
  if (thing === undefined) return ownRuleAt(settings, point) === undefined ? "reed" : "camera";
  return lookerOf(settings, thing) === "camera" || word?.does.includes(thing) === true ? "camera" : "reed";
}

const ownRuleAt = ({ own }: VideoDetectionSettings, point: number): CameraRule | undefined =>
  own?.rules?.find((one) => detectionPoints.rule + one.rule === point);

function meaningOf({ motion, rules = [], own }: VideoDetectionSettings, point: number): Pick<Point, "what" | "name"> {
  const what = single[point];
  if (what !== undefined) return { what };
  const rule = [...rules, ...(own?.rules ?? [])].find((one) => detectionPoints.rule + one.rule === point);
  const name = rule?.name ?? motion?.regions[point - detectionPoints.motion]?.name;
  return { what: rule === undefined ? "motion" : "rule", ...(name === undefined ? {} : { name }) };
}
