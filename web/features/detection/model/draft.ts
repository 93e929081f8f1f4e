/** Detection of one camera and the alarm inputs on its points, as the page changes them. Pure; no DOM. */
import { hexOfCells, noCells } from "../../../../src/domain/detection/motion-grid.ts";
import { detectionPoints, pointsOfDetection } from "../../../../src/domain/detection/points.ts";
import {
  detectionDefaults,
  detectionRanges,
  mostRegions,
  usualRegion,
  type MotionRegion,
} from "../../../../src/domain/detection/settings.ts";
import {
  changeInput,
  inputAt,
  nameOfInput,
  newLinked,
  putInput,
  savedDraft,
  without,
  type DetectionFields,
  type LinkedDraft,
} from "../../../shared/detection/linked-inputs.ts";
import { linkageProblem, type LinkageProblem } from "../../../shared/linkage/linkage-value.ts";
import type { Channel, Input } from "../../../shared/types.ts";

export type EventKind = "motion" | SingleEvent;

const kindOf = {
  motion: "video-motion",
  tamper: "video-tamper",
  sceneChange: "video-tamper",
  videoLoss: "video-loss",
  audioLoss: "audio",
  audioRise: "audio",
} as const satisfies Record<EventKind, Input["kind"]>;

/** Events that are on or off; regions of motion come and go one by one. */
export const singleEvents = ["tamper", "sceneChange", "videoLoss", "audioLoss", "audioRise"] as const;
export type SingleEvent = (typeof singleEvents)[number];

/** As it is set when it is switched on. */
const usual = {
  tamper: { sensitivity: detectionDefaults.tamper },
  sceneChange: true,
  videoLoss: true,
  audioLoss: true,
  audioRise: detectionDefaults.rise,
} as const;

/** What is saved: settings, and the inputs on the points that this page knows. */
export const draftOf = (settings: DetectionFields, board: number | undefined, inputs: readonly Input[]): LinkedDraft =>
  savedDraft(settings, board, inputs, (point) => point < detectionPoints.rule);

export const regionsOf = ({ settings }: LinkedDraft): readonly MotionRegion[] => settings.motion?.regions ?? [];

export function isOn({ settings }: LinkedDraft, event: SingleEvent): boolean {
  if (event === "audioLoss") return settings.audio?.loss === true;
  if (event === "audioRise") return settings.audio?.rise !== undefined;
  return settings[event] !== undefined;
}

/** The camera and what its events are called. */
export interface Named {
  readonly channel: Pick<Channel, "channel" | "name">;
  readonly nameOf: (event: EventKind) => string;
}

/**
 * An alarm input for what is watched without one: a new event, or one that was set by the API. It is on the timeline and
 * nothing more, until somebody chooses that it shall alarm.
 */
export const linkEvent = (
  draft: LinkedDraft,
  { point, event, what }: { readonly point: number; readonly event: EventKind; readonly what: string },
  { channel }: Named,
): LinkedDraft => {
  if (inputAt(draft, point) !== undefined) return draft;
  return putInput(draft, newLinked(channel, { point, kind: kindOf[event], what }));
};

/** Is it watched for already, by what is saved? */
export const isSaved = ({ settings }: LinkedDraft, point: number): boolean =>
  pointsOfDetection({ kind: "video-detection", channel: 0, ...settings }).includes(point);

function settingsWith(settings: DetectionFields, event: SingleEvent, on: boolean): DetectionFields {
  if (event !== "audioLoss" && event !== "audioRise") {
    const rest = without(settings, event);
    return on ? { ...rest, [event]: usual[event] } : rest;
  }
  const member = event === "audioLoss" ? "loss" : "rise";
  const kept = without(settings.audio ?? {}, member);
  const audio = on ? { ...kept, [member]: usual[event] } : kept;
  const rest = without(settings, "audio");
  return Object.keys(audio).length === 0 ? rest : { ...rest, audio };
}

/**
 * Switched on it has an alarm input: the one that is saved, as long as its removal was not applied. Switched off that
 * goes too, since its point does.
 */
export function switchEvent(
  draft: LinkedDraft,
  event: SingleEvent,
  on: boolean,
  { named, saved }: { readonly named: Named; readonly saved: LinkedDraft },
): LinkedDraft {
  const point = detectionPoints[event];
  const next = { ...draft, settings: settingsWith(draft.settings, event, on) };
  if (!on) return { ...next, inputs: next.inputs.filter(({ settings }) => settings.point !== point) };
  const known = inputAt(next, point) ?? inputAt(saved, point);
  return known === undefined
    ? linkEvent(next, { point, event, what: named.nameOf(event) }, named)
    : putInput(next, known);
}

export function changeSettings(draft: LinkedDraft, part: Partial<DetectionFields>): LinkedDraft {
  return { ...draft, settings: { ...draft.settings, ...part } };
}

/** Every picture is decoded, whatever the sizes of the stream's pictures say; off is absent. */
export function withEveryPicture(draft: LinkedDraft, on: boolean): LinkedDraft {
  const settings = without(draft.settings, "everyPicture");
  return { ...draft, settings: on ? { ...settings, everyPicture: true } : settings };
}

const withRegions = (draft: LinkedDraft, regions: readonly MotionRegion[]): LinkedDraft => {
  const { motion, ...rest } = draft.settings;
  const holdS = motion?.holdS ?? detectionDefaults.holdS;
  return { ...draft, settings: regions.length === 0 ? rest : { ...rest, motion: { regions, holdS } } };
};

/** The first region watches the whole picture, the others begin empty, to be drawn. */
export function addRegion(draft: LinkedDraft, name: string, named: Named): LinkedDraft {
  const regions = regionsOf(draft);
  if (regions.length >= mostRegions) return draft;
  const region = usualRegion(name);
  const drawn = regions.length === 0 ? region : { ...region, cells: hexOfCells(noCells()) };
  const next = withRegions(draft, [...regions, drawn]);
  return linkEvent(next, { point: detectionPoints.motion + regions.length, event: "motion", what: name }, named);
}

export const changeRegion = (draft: LinkedDraft, index: number, part: Partial<MotionRegion>): LinkedDraft =>
  withRegions(
    draft,
    regionsOf(draft).map((region, at) => (at === index ? { ...region, ...part } : region)),
  );

/** An alarm input that is not made yet is called like its region; one that is there keeps the name that it has. */
export function renameRegion(draft: LinkedDraft, index: number, name: string, { channel }: Named): LinkedDraft {
  const point = detectionPoints.motion + index;
  const next = changeRegion(draft, index, { name });
  return inputAt(next, point)?.input === undefined
    ? changeInput(next, point, { name: nameOfInput(channel.name, name) })
    : next;
}

/** Its alarm input goes with it; the inputs of the regions behind it move up with them. */
export function removeRegion(draft: LinkedDraft, index: number): LinkedDraft {
  const gone = detectionPoints.motion + index;
  const inputs = draft.inputs
    .filter(({ settings }) => settings.point !== gone)
    .map((one) => {
      const { point } = one.settings;
      const moves = point > gone && point < detectionPoints.motion + mostRegions;
      return moves ? { ...one, settings: { ...one.settings, point: point - 1 } } : one;
    });
  return withRegions(
    { ...draft, inputs },
    regionsOf(draft).filter((_, at) => at !== index),
  );
}

export type Problem =
  | { readonly kind: "linkage"; readonly problem: LinkageProblem }
  | { readonly kind: "regionName" | "empty" | "holdS" | "leastCells" };

const outside = (value: number, [least, most]: readonly [number, number]): boolean =>
  !(value >= least && value <= most);

/** The first thing that keeps it from being applied. */
export function problemOf(draft: LinkedDraft): Problem | undefined {
  const regions = regionsOf(draft);
  if (regions.some(({ name }) => name.trim() === "")) return { kind: "regionName" };
  if (regions.some(({ cells }) => /^0*$/.test(cells))) return { kind: "empty" };
  if (regions.some(({ leastCells = 1 }) => outside(leastCells, detectionRanges.leastCells)))
    return { kind: "leastCells" };
  if (draft.settings.motion !== undefined && outside(draft.settings.motion.holdS, detectionRanges.holdS))
    return { kind: "holdS" };
  const problem = draft.inputs.map(({ settings }) => linkageProblem(settings)).find((one) => one !== undefined);
  return problem === undefined ? undefined : { kind: "linkage", problem };
}
