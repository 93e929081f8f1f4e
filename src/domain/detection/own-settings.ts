/**
 * What a camera says by itself of its pictures and its sound: where it is heard, and for which things its word is taken
 * instead of our own look. Absent: nobody listens to it. Pure.
 */
import type { VideoDetectionSettings } from "./settings.ts";

/** How a camera's events are heard. `dahua`: the event stream of Amcrest and Dahua (`eventManager.cgi`). */
export const ownKinds = ["dahua"] as const;
export type OwnKind = (typeof ownKinds)[number];

/** Things that are watched for and that a camera may know by itself; its rules are apart (`CameraRule`). */
export const ownThings = [
  ...(["motion", "tamper", "sceneChange", "videoLoss", "audioLoss", "audioRise"] as const),
  ...(["human", "vehicle"] as const),
] as const;
export type OwnThing = (typeof ownThings)[number];

/**
 * Who looks. `camera-else-reed`: the camera, as long as it is heard and has such a thing, else we. `camera`: the camera
 * alone; while it is not heard nothing is known. `reed`: we alone. `both`: seen by either is seen.
 */
export const lookers = ["camera-else-reed", "camera", "reed", "both"] as const;
export type Looker = (typeof lookers)[number];

export interface OwnDetection {
  readonly kind: OwnKind;
  /** Of HTTP, with the camera's own login. */
  readonly port: number;
  /** Which camera behind the address, from 1; absent: the first. */
  readonly input?: number;
  /** What is absent is `usualLooker`. */
  readonly looks?: { readonly [Thing in OwnThing]?: Looker };
  /** Rules that are drawn in the camera. Their numbers are shared with the rules that are drawn here. */
  readonly rules?: readonly CameraRule[];
}

/** A rule that is drawn in the camera, as a contact of ours. */
export interface CameraRule {
  /** 1–`mostRules`; its contact is point 10 + this. */
  readonly rule: number;
  readonly name: string;
  /** What the camera calls it. */
  readonly said: string;
}

export const usualOwnPort = 80;

/** A camera can't know whether its pictures arrive; all else it is asked for first. */
export const usualLooker = (thing: OwnThing): Looker => (thing === "videoLoss" ? "reed" : "camera-else-reed");

/** Who looks for this thing of the camera, by the settings. */
export const lookerOf = ({ own }: Pick<VideoDetectionSettings, "own">, thing: OwnThing): Looker =>
  own === undefined ? "reed" : (own.looks?.[thing] ?? usualLooker(thing));

/** Things that only the camera is asked for, whatever becomes of it. */
export const onlyTheCameras = (settings: Pick<VideoDetectionSettings, "own">): ReadonlySet<OwnThing> =>
  new Set(ownThings.filter((thing) => lookerOf(settings, thing) === "camera"));

/** What is left for us to look at: without what the camera says now, and without all that is its own. */
export function leftForUs(settings: VideoDetectionSettings, said: ReadonlySet<OwnThing>): VideoDetectionSettings {
  const { own, motion, tamper, sceneChange, videoLoss, audio, smart, ...others } = settings;
  if (own === undefined) return settings;
  const [sound, targets] = [audioLeft(audio, said), smartLeft(smart, said)];
  return {
    ...others,
    ...(motion === undefined || said.has("motion") ? {} : { motion }),
    ...(tamper === undefined || said.has("tamper") ? {} : { tamper }),
    ...(sceneChange === undefined || said.has("sceneChange") ? {} : { sceneChange }),
    ...(videoLoss === undefined || said.has("videoLoss") ? {} : { videoLoss }),
    ...(sound === undefined ? {} : { audio: sound }),
    ...(targets === undefined ? {} : { smart: targets }),
  };
}

function audioLeft(
  audio: VideoDetectionSettings["audio"],
  said: ReadonlySet<OwnThing>,
): VideoDetectionSettings["audio"] {
  if (audio === undefined) return undefined;
  const left = {
    ...(audio.loss === undefined || said.has("audioLoss") ? {} : { loss: audio.loss }),
    ...(audio.rise === undefined || said.has("audioRise") ? {} : { rise: audio.rise }),
  };
  return Object.keys(left).length === 0 ? undefined : left;
}

function smartLeft(
  smart: VideoDetectionSettings["smart"],
  said: ReadonlySet<OwnThing>,
): VideoDetectionSettings["smart"] {
  if (smart === undefined) return undefined;
  const human = smart.human && !said.has("human");
  const vehicle = smart.vehicle && !said.has("vehicle");
  return human || vehicle ? { ...smart, human, vehicle } : undefined;
}
