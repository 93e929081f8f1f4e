/** The settings of an output as the panel changes them, and what is said of its live state. Pure; no DOM. */
import {
  behaviourOf,
  outputDefaults,
  outputRanges,
  type OutputBehaviour,
  type RatedLoad,
  type RelayLoad,
  type RelayRatings,
} from "../../../../src/domain/output-settings.ts";
import {
  judgeLoad,
  ownRelay,
  relayProfile,
  relayProfiles,
  unknownRelay,
  type LoadVerdict,
} from "../../../../src/domain/relay-profile.ts";
import { defaults, ranges, type OutputKind } from "../../../../src/domain/site-config.ts";
import type { OutputStatus } from "../../../../src/messages/api.ts";
import type { Board, Output } from "../../../shared/types.ts";

/** The mode is no setting of this panel: it takes effect at once. */
export type OutputSettings = Omit<Output, "output" | "live" | "mode">;

const notSettings = ["output", "live", "mode"];

export const settingsOf = (output: Output): OutputSettings =>
  Object.fromEntries(Object.entries(output).filter(([key]) => !notSettings.includes(key))) as OutputSettings;

/** Another kind brings its usual longest time on. */
export const withKind = (kind: OutputKind): Pick<OutputSettings, "kind" | "maxOnS"> => ({
  kind,
  maxOnS: defaults.maxOnS[kind],
});

export const behaviours = ["follow", "pulse", "timed", "latched"] as const;

/** Another behaviour begins with its usual time; the one that is chosen already keeps its own. */
export function withBehaviour(kind: OutputBehaviour["kind"], settings: OutputSettings): OutputBehaviour {
  const before = behaviourOf(settings);
  if (before.kind === kind) return before;
  if (kind === "pulse") return { kind, ms: outputDefaults.pulseMs };
  if (kind === "timed") return { kind, s: Math.min(outputDefaults.timedS, settings.maxOnS) };
  return { kind };
}

/** As a siren on 12 V is, to begin with. */
export const firstLoad: RelayLoad = { volts: 12, current: "dc", amps: 0.5, nature: "inductive" };

/** What was confirmed is another load now. */
export function withLoad(settings: OutputSettings, part: Partial<RelayLoad>): RelayLoad {
  const { confirmed, ...load } = { ...(settings.load ?? firstLoad), ...part };
  return "confirmed" in part && confirmed === true ? { ...load, confirmed } : load;
}

export const verdictOf = (settings: OutputSettings): LoadVerdict | undefined =>
  settings.load === undefined ? undefined : judgeLoad(relayProfile(settings), settings.load);

type Relay = Pick<OutputSettings, "relay" | "ratings" | "load">;

/** Another relay: only `own` keeps ratings, and what was confirmed of the load was of the one before. */
export const withRelay = (settings: OutputSettings, id: string | undefined): Relay => ({
  relay: relayProfiles.find((one) => one.id === id && one.id !== unknownRelay.id)?.id,
  ratings: id === ownRelay.id ? settings.ratings : undefined,
  load: settings.load === undefined ? undefined : withLoad(settings, {}),
});

/** Other ratings of its own; a member that is undefined is not known. */
export function withRatings(
  settings: OutputSettings,
  part: { readonly [K in keyof RelayRatings]: RelayRatings[K] | undefined },
): Relay {
  const all: Readonly<Record<string, unknown>> = { ...settings.ratings, ...part };
  const ratings: RelayRatings = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return { ...withRelay(settings, ownRelay.id), ratings };
}

const badLoad = ({ volts, amps }: RatedLoad): boolean =>
  !inside(volts, outputRanges.volts) || !inside(amps, outputRanges.amps);

const badRatings = ({ dc, ac, electrical, mechanical }: RelayRatings): boolean =>
  [dc, ac].some((rated) => rated !== undefined && badLoad(rated)) ||
  [electrical, mechanical].some((life) => life !== undefined && !inside(life, outputRanges.lifeOperations));

type Problem = "name" | "maxOnS" | "pulse" | "timed" | "pace" | "ratings" | "load" | "overload";

const inside = (value: number, [least, most]: readonly [number, number]): boolean => value >= least && value <= most;

export function problemOf(settings: OutputSettings): Problem | undefined {
  const { name, maxOnS, paceS, load } = settings;
  if (name.trim() === "") return "name";
  if (!inside(maxOnS, ranges.maxOnS)) return "maxOnS";
  const behaviour = behaviourOf(settings);
  if (behaviour.kind === "pulse" && !inside(behaviour.ms, outputRanges.pulseMs)) return "pulse";
  if (behaviour.kind === "timed" && !inside(behaviour.s, outputRanges.timedS)) return "timed";
  if (paceS !== undefined && !inside(paceS, outputRanges.paceS)) return "pace";
  if (settings.ratings !== undefined && badRatings(settings.ratings)) return "ratings";
  if (load === undefined) return undefined;
  if (badLoad(load)) return "load";
  return verdictOf(settings)?.kind === "too-much" && load.confirmed !== true ? "overload" : undefined;
}

/** Do the three agree, as far as they are known? A relay that does not do what it is told is shown in red. */
export const agrees = ({ wanted, commanded, readBack, feedback }: OutputStatus): boolean =>
  [commanded, readBack, feedback].every((one) => one === undefined || one === "unknown" || one === wanted);

/** Until when it is held if nothing else happens; undefined when nothing holds it. */
export const heldUntil = ({ holds }: Pick<OutputStatus, "holds">): number | undefined =>
  holds.length === 0 ? undefined : Math.max(...holds.map(({ until }) => until));

/** Does its board switch it off by itself when its time is over, also without Reed? */
export const timedByBoard = (
  driver: Board["driver"] | undefined,
  { point, restState }: Pick<Output, "point" | "restState">,
): boolean =>
  (driver?.kind === "modbus-tcp" || driver?.kind === "modbus-rtu") &&
  restState === "off" &&
  driver.outputs.some((output) => output.point === point && output.timedAddress !== undefined);
