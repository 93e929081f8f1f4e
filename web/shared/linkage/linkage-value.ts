/** What a source of events does, as every page that asks for it changes it. Pure. */
import { linkageRanges } from "../../../src/domain/linkage-settings.ts";
import { presetRange } from "../../../src/domain/ptz-settings.ts";
import { ranges } from "../../../src/domain/site-config.ts";
import type { Input } from "../types.ts";

/** The part of a source's settings that is the same for all of them. */
export type LinkageValue = Pick<
  Input,
  | "recordChannels"
  | "postRecordS"
  | "maxRecordS"
  | "outputs"
  | "notifiers"
  | "severity"
  | "ptz"
  | "snapshots"
  | "onlyIf"
  | "confirm"
  | "escalation"
  | "page"
>;

/** Settings that have a linkage in them, and the way to change it. */
export interface LinkageDraft {
  readonly value: LinkageValue;
  readonly set: (part: Partial<LinkageValue>) => void;
}

export type LinkageProblem =
  | "postRecordS"
  | "maxRecordS"
  | "outputHoldS"
  | "ptz"
  | "snapshots"
  | "onlyIf"
  | "escalation"
  | "escalationOrder"
  | "tour";

const outside = (value: number, [min, max]: readonly [number, number]): boolean => !(value >= min && value <= max);

/** The first thing that keeps it from being applied. */
export function linkageProblem(value: LinkageValue): LinkageProblem | undefined {
  const { ptz = [], snapshots, onlyIf, confirm, escalation = [], page } = value;
  if (outside(value.postRecordS, ranges.postRecordS)) return "postRecordS";
  if (outside(value.maxRecordS, ranges.maxRecordS)) return "maxRecordS";
  if (value.outputs.some(({ holdS }) => outside(holdS, ranges.outputHoldS))) return "outputHoldS";
  if (ptz.some(({ preset, back }) => badPreset(preset) || badPreset(back ?? preset))) return "ptz";
  if (snapshots !== undefined && badSnapshots(snapshots)) return "snapshots";
  if (page?.tour !== undefined && outside(page.tour.everyS, linkageRanges.tourEveryS)) return "tour";
  if ([onlyIf, confirm].some((one) => one !== undefined && outside(one.withinS, linkageRanges.withinS)))
    return "onlyIf";
  if (
    escalation.some(({ afterMin, notifiers }) => outside(afterMin, linkageRanges.escalateMin) || notifiers.length === 0)
  )
    return "escalation";
  return escalation.every(({ afterMin }, i) => afterMin > (escalation[i - 1]?.afterMin ?? 0))
    ? undefined
    : "escalationOrder";
}

const badPreset = (preset: number): boolean => !Number.isInteger(preset) || outside(preset, presetRange);

const badSnapshots = ({ count, intervalS }: NonNullable<LinkageValue["snapshots"]>): boolean =>
  outside(count, linkageRanges.snapshotCount) || outside(intervalS, linkageRanges.snapshotIntervalS);

/** How long taking the pictures lasts, seconds. */
export const snapshotSpanS = ({ count, intervalS }: { readonly count: number; readonly intervalS: number }): number =>
  Math.max(0, count - 1) * intervalS;

/** The next step of an escalation: later than those that are there. */
export const nextStep = (steps: NonNullable<LinkageValue["escalation"]>) => ({
  afterMin: Math.min(linkageRanges.escalateMin[1], (steps.at(-1)?.afterMin ?? 0) + 5),
  notifiers: [],
});
