/** The settings of an input as the panel changes them. Pure; no DOM. */
import { armingRanges, type ZoneType } from "../../../../src/domain/arming.ts";
import { isActive, type Level, type SensorType } from "../../../../src/domain/level.ts";
import { watchRanges } from "../../../../src/domain/sensor-watch.ts";
import { defaults, ranges, usualType, type InputKind } from "../../../../src/domain/site-config.ts";
import { linkageProblem, type LinkageProblem } from "../../../shared/linkage/linkage-value.ts";
import type { Input } from "../../../shared/types.ts";

type Watched = keyof typeof watchRanges;

/** What may be absent (as usual) is so while it is changed, too. */
export type InputSettings = Omit<Input, "input" | "live" | "schedule" | Watched> & {
  readonly [K in "schedule" | Watched]?: number | undefined;
};

/** What can be set of an input: all but its number and what is true of it now. */
export const settingsOf = (input: Input): InputSettings =>
  Object.fromEntries(Object.entries(input).filter(([key]) => key !== "input" && key !== "live")) as InputSettings;

/** Another kind brings what is usual for it: how it is wired, and how long it bounces. */
export const withKind = (kind: InputKind): Pick<InputSettings, "kind" | "type" | "debounceMs"> => ({
  kind,
  type: usualType[kind],
  debounceMs: defaults.debounceMs[kind],
});

/** When outputs and messages of a zone act, for the sentence above them. */
export function whenActs(zone: ZoneType): "armed" | "always" | "silent" | "never" {
  if (zone === "24h-audible") return "always";
  if (zone === "24h-silent") return "silent";
  return zone === "record-only" || zone === "key-switch" ? "never" : "armed";
}

/** At rest, active or not known, by a contact's level and a type that need not be saved yet. */
export const logicalState = (level: Level, type: SensorType): "rest" | "active" | "unknown" =>
  level === "closed" || level === "open" ? (isActive(level, type) ? "active" : "rest") : "unknown";

/** The same of what the engine says of an input that has no contact. */
export const activeState = (active: boolean | "unknown" | undefined): "rest" | "active" | "unknown" =>
  active === undefined || active === "unknown" ? "unknown" : active ? "active" : "rest";

/** Would applying this make an alarm at once, because the contact is away from its rest? */
export const activeWhenApplied = (saved: InputSettings, draft: InputSettings, level: Level): boolean =>
  draft.enabled && (!saved.enabled || saved.type !== draft.type) && logicalState(level, draft.type) === "active";

export type Problem = "name" | "swingerAlarms" | "debounceMs" | "antiDitherS" | LinkageProblem | Watched;

/** The first thing that keeps it from being applied. */
export function problemOf(settings: InputSettings): Problem | undefined {
  const outside = (value: number, [min, max]: readonly [number, number]) => !(value >= min && value <= max);
  if (settings.name.trim() === "") return "name";
  if (outside(settings.swingerAlarms, armingRanges.swingerAlarms)) return "swingerAlarms";
  if (outside(settings.debounceMs, ranges.debounceMs)) return "debounceMs";
  if (outside(settings.antiDitherS, ranges.antiDitherS)) return "antiDitherS";
  const watched = (Object.keys(watchRanges) as Watched[]).find((field) => {
    const value = settings[field];
    return value !== undefined && outside(value, watchRanges[field]);
  });
  return watched ?? linkageProblem(settings);
}

/** What a cut cable does: the loop is open then, which an NC input takes for an alarm and an NO input for its rest. */
export const whenCut = (type: SensorType): "alarm" | "unnoticed" => (type === "NC" ? "alarm" : "unnoticed");
