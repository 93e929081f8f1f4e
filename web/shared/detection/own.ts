/** Who looks for what of a camera, as pages change it. Pure. */
import {
  leftForUs,
  lookerOf,
  ownThings,
  usualOwnPort,
  type CameraRule,
  type Looker,
  type OwnDetection,
  type OwnThing,
} from "../../../src/domain/detection/own-settings.ts";
import { pointsOfDetection } from "../../../src/domain/detection/points.ts";
import { mostRules } from "../../../src/domain/detection/rules.ts";
import type { CameraWord } from "../../../src/messages/detection.ts";
import { without, type DetectionFields, type LinkedDraft } from "./linked-inputs.ts";

const withOwn = (draft: LinkedDraft, own: OwnDetection): LinkedDraft => ({
  ...draft,
  settings: { ...draft.settings, own },
});

/** Listened to or not; switched off, what was chosen of it is forgotten, since its rules have contacts no more. */
export function switchOwn(draft: LinkedDraft, on: boolean, saved: DetectionFields["own"]): LinkedDraft {
  if (on) return withOwn(draft, saved ?? { kind: "dahua", port: usualOwnPort });
  return { ...draft, settings: without(draft.settings, "own") };
}

/** Where it is heard; `input` undefined: it is the only camera behind its address. */
export function withAddress(
  draft: LinkedDraft,
  part: { readonly port?: number; readonly input?: number },
): LinkedDraft {
  const { own } = draft.settings;
  return own === undefined ? draft : withOwn(draft, { ...own, ...part });
}

export function withLooker(draft: LinkedDraft, thing: OwnThing, looker: Looker): LinkedDraft {
  const { own } = draft.settings;
  return own === undefined ? draft : withOwn(draft, { ...own, looks: { ...own.looks, [thing]: looker } });
}

export const ownRulesOf = ({ settings }: LinkedDraft): readonly CameraRule[] => settings.own?.rules ?? [];

export function withOwnRules(draft: LinkedDraft, rules: readonly CameraRule[]): LinkedDraft {
  const { own } = draft.settings;
  if (own === undefined) return draft;
  const rest = without(own, "rules");
  return withOwn(draft, rules.length === 0 ? rest : { ...rest, rules: rules.toSorted((a, b) => a.rule - b.rule) });
}

export const ruleNumbers = Array.from({ length: mostRules }, (_, index) => index + 1);

/** The lowest number that no rule has, here or in the camera; undefined when there are enough. */
export function freeRule({ settings }: LinkedDraft): number | undefined {
  const taken = [...(settings.rules ?? []), ...(settings.own?.rules ?? [])].map(({ rule }) => rule);
  return ruleNumbers.find((rule) => !taken.includes(rule));
}

/** Whose word it is now, by what is saved. */
export type Whose = "camera" | "reed" | "both" | "nobody";

export function whoseNow(saved: DetectionFields, thing: OwnThing, word: CameraWord | undefined): Whose {
  const looker = lookerOf(saved, thing);
  const heard = word?.state === "online" && word.has.includes(thing);
  if (looker === "camera") return heard ? "camera" : "nobody";
  if (looker === "both") return heard ? "both" : "reed";
  return looker === "camera-else-reed" && heard ? "camera" : "reed";
}

/** Whether Reed has to look for anything, as long as the camera's word is taken for what it `does`. */
export const leavesToReed = (settings: DetectionFields, { does }: Pick<CameraWord, "does">): boolean =>
  pointsOfDetection(leftForUs({ kind: "video-detection", channel: 0, ...settings }, new Set(does))).length > 0;

/** Things that may be looked at by the camera, as far as anything is watched for. */
export const askedThings = ({ motion, tamper, sceneChange, videoLoss, audio, smart }: DetectionFields) => {
  const asked: Record<OwnThing, boolean> = {
    ...{ motion: motion !== undefined, tamper: tamper !== undefined, sceneChange: sceneChange === true },
    ...{ videoLoss: videoLoss === true, audioLoss: audio?.loss === true, audioRise: audio?.rise !== undefined },
    ...{ human: smart?.human === true, vehicle: smart?.vehicle === true },
  };
  return ownThings.filter((thing) => asked[thing]);
};
