/**
 * What the codes of Amcrest's and Dahua's event stream mean in our words (HTTP API 3.26 §4.9; samples of the clients
 * that hear it). A code that is not here says nothing that Reed knows.
 */
import type { Instant } from "../../kernel/time.ts";
import type { CameraRegion, CameraSaid } from "../../domain/detection/camera-said.ts";
import { oneLine } from "../../domain/message-title.ts";
import type { ObjectBox, TargetClass } from "../../domain/detection/objects.ts";
import type { RawEvent } from "./dahua-stream.ts";

export const thingCodes = {
  VideoMotion: "motion",
  SmartMotionHuman: "human",
  SmartMotionVehicle: "vehicle",
  VideoBlind: "tamper",
  VideoUnFocus: "tamper",
  SceneChange: "sceneChange",
  VideoAbnormalDetection: "sceneChange",
  VideoLoss: "videoLoss",
  AudioAnomaly: "audioLoss",
  AudioMutation: "audioRise",
} as const;

export const ruleCodes = [
  ...(["CrossLineDetection", "CrossRegionDetection", "WanderDetection", "StayDetection"] as const),
  ...(["LeftDetection", "TakenAwayDetection", "ParkingDetection", "MoveDetection"] as const),
  ...(["RioterDetection", "CrowdDetection", "FaceDetection"] as const),
] as const;

const phases = new Map<string, CameraSaid["phase"]>([
  ["start", "start"],
  ["stop", "stop"],
  ["pulse", "pulse"],
]);

type Code = keyof typeof thingCodes;
const isThing = (code: string): code is Code => Object.hasOwn(thingCodes, code);
export const isRule = (code: string): boolean => ruleCodes.some((one) => one === code);

/** Everything that is asked of the stream. */
export const allCodes: readonly string[] = [...Object.keys(thingCodes), ...ruleCodes];

/** In our words; undefined when it says nothing that we know. `index` was looked at by who heard it. */
export function saidBy({ code, action, data }: RawEvent, at: Instant): CameraSaid | undefined {
  const phase = phases.get(action.toLowerCase());
  if (phase === undefined) return undefined;
  const fields = recordOf(data);
  if (isRule(code)) {
    const rule = textOf(fields["Name"]);
    const object = objectIn(recordOf(fields["Object"]));
    const named = rule === "" ? (phase === "stop" ? {} : { rule: code }) : { rule };
    return { what: "rule", phase, at, code, ...named, ...object };
  }
  if (!isThing(code)) return undefined;
  const what = thingCodes[code];
  const regions = what === "motion" ? regionsIn(fields) : [];
  const seen = what === "human" || what === "vehicle" ? boxIn(fields) : {};
  return { what, phase, at, code, ...(regions.length === 0 ? {} : { regions }), ...seen };
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, 16) : []);
const textOf = (value: unknown): string => (typeof value === "string" ? oneLine(value) : "");

/** `Id` and `RegionName` stand beside each other. */
function regionsIn(fields: Readonly<Record<string, unknown>>): readonly CameraRegion[] {
  const [names, ids] = [listOf(fields["RegionName"]), listOf(fields["Id"])];
  return Array.from({ length: Math.max(names.length, ids.length) }, (_, at): CameraRegion => {
    const [name, id] = [textOf(names[at]), ids[at]];
    return {
      ...(name === "" ? {} : { name }),
      ...(typeof id === "number" && Number.isInteger(id) && id >= 0 && id < 32 ? { index: id } : {}),
    };
  }).filter(({ name, index }) => name !== undefined || index !== undefined);
}

const targets = new Map<string, TargetClass>([
  ["human", "human"],
  ["vehicle", "vehicle"],
  ["motor", "vehicle"],
  ["nonmotor", "vehicle"],
]);

function objectIn(object: Readonly<Record<string, unknown>>): Pick<CameraSaid, "target" | "box"> {
  const target = targets.get(textOf(object["ObjectType"]).toLowerCase());
  return { ...(target === undefined ? {} : { target }), ...boxOf(object["BoundingBox"]) };
}

const boxIn = (fields: Readonly<Record<string, unknown>>): Pick<CameraSaid, "box"> =>
  boxOf(recordOf(listOf(fields["object"])[0])["Rect"]);

/** Left, top, right and bottom in numbers from 0 to 8191 over the picture. */
function boxOf(value: unknown): { readonly box?: ObjectBox } {
  const sides = listOf(value).map((side) => (typeof side === "number" && Number.isFinite(side) ? side / 8191 : -1));
  const [left = -1, top = -1, right = -1, bottom = -1] = sides;
  if (sides.length !== 4 || left < 0 || top < 0 || right > 1 || bottom > 1 || right <= left || bottom <= top) return {};
  return { box: { x: left, y: top, width: right - left, height: bottom - top } };
}
