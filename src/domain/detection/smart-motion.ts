/**
 * Smart motion detection (the vendor's SMD): motion, but only of people or vehicles. An object counts once the detector
 * was sure of it in some pictures in which it moved itself (`track-motion.ts`). Pure.
 */
import { targetClassOf, type TargetClass, type TrackedObject } from "./objects.ts";
import type { SmartMotionSettings } from "./settings.ts";

/** How sure the detector has to be (0–1), and in how many pictures it has to have been so while the object moved. */
export const smartSureness: Readonly<
  Record<SmartMotionSettings["sensitivity"], { readonly confidence: number; readonly hits: number }>
> = {
  low: { confidence: 0.6, hits: 4 },
  middle: { confidence: 0.5, hits: 3 },
  high: { confidence: 0.4, hits: 2 },
};

/** An object that did not move for so long begins to count anew, ms. */
const rememberedMs = 10_000;
const mostRemembered = 100;

export interface SmartState {
  readonly hits: readonly { readonly track: number; readonly count: number; readonly at: number }[];
  /** Until when each class is taken to be moving, once it was. */
  readonly until: Readonly<Partial<Record<TargetClass, number>>>;
}

export const noSmartState: SmartState = { hits: [], until: {} };

export interface SmartLook {
  readonly tracked: readonly TrackedObject[];
  /** Numbers of those that move in this picture. */
  readonly onTheMove: ReadonlySet<number>;
  readonly at: number;
  /** How long the contact stays closed after the last motion. */
  readonly holdMs: number;
}

/** One picture that was looked at for objects. */
export function stepSmart(
  settings: SmartMotionSettings,
  state: SmartState,
  { tracked, onTheMove, at, holdMs }: SmartLook,
): SmartState {
  const { confidence, hits } = smartSureness[settings.sensitivity];
  const known = new Map(state.hits.filter((one) => at - one.at <= rememberedMs).map((one) => [one.track, one]));
  const until = { ...state.until };
  for (const { track, label, confidence: sure } of tracked) {
    const target = targetClassOf(label);
    if (target === undefined || !settings[target] || !onTheMove.has(track) || sure < confidence) continue;
    const count = (known.get(track)?.count ?? 0) + 1;
    known.set(track, { track, count, at });
    if (count >= hits) until[target] = at + holdMs;
  }
  return { hits: [...known.values()].slice(-mostRemembered), until };
}

const titles = { human: "a person moves", vehicle: "a vehicle moves" } as const;

/** Classes that move at an instant, with a title each. */
export const smartMoving = (state: SmartState, at: number): Readonly<Partial<Record<TargetClass, string>>> => ({
  ...((state.until.human ?? -Infinity) > at ? { human: titles.human } : {}),
  ...((state.until.vehicle ?? -Infinity) > at ? { vehicle: titles.vehicle } : {}),
});

/** Who made it move in the picture of this instant. */
export function smartTracks(
  settings: SmartMotionSettings | undefined,
  state: SmartState,
  tracked: readonly TrackedObject[],
  at: number,
): readonly { readonly track: number; readonly target: TargetClass }[] {
  if (settings === undefined) return [];
  const { hits } = smartSureness[settings.sensitivity];
  const moving = new Set(state.hits.filter((one) => one.at === at && one.count >= hits).map(({ track }) => track));
  return tracked.flatMap(({ track, label }) => {
    const target = targetClassOf(label);
    return moving.has(track) && target !== undefined ? [{ track, target }] : [];
  });
}
