/** What an output is set to besides its place: how it behaves, what hangs on it, how its relay is spared. */
import { seconds, type Duration } from "../kernel/time.ts";

/**
 * How long one cause keeps an output on. Every one of them ends at the output's bound (`maxOnS`) at the latest.
 * `follow`: while its input is active, and the link's hold time after it. `pulse`: once for so many milliseconds; an
 * edge during the pulse adds nothing. `timed`: for so many seconds from each edge on. `latched`: until somebody
 * acknowledges the alarm or silences it.
 */
export type OutputBehaviour =
  | { readonly kind: "follow" }
  | { readonly kind: "pulse"; readonly ms: number }
  | { readonly kind: "timed"; readonly s: number }
  | { readonly kind: "latched" };

/** What hangs on a relay's contact. `confirmed`: somebody accepted that it is above what the contact is rated for. */
export interface RelayLoad {
  readonly volts: number;
  readonly current: "ac" | "dc";
  readonly amps: number;
  readonly nature: "resistive" | "inductive";
  readonly confirmed?: boolean;
}

/** The most that a contact may switch of a resistive load. */
export interface RatedLoad {
  readonly volts: number;
  readonly amps: number;
}

/** What somebody read off a relay's own sheet. What is left out is not known. */
export interface RelayRatings {
  readonly dc?: RatedLoad;
  readonly ac?: RatedLoad;
  /** Operations (on and off again) at the rated load. */
  readonly electrical?: number;
  /** Operations without a load. */
  readonly mechanical?: number;
}

export interface OutputExtras {
  /** Absent: `follow`. */
  readonly behaviour?: OutputBehaviour;
  /** Id of a relay profile (`relay-profile.ts`); absent: unknown. */
  readonly relay?: string;
  /** Of the relay `own`; of every other the profile's count. */
  readonly ratings?: RelayRatings;
  readonly load?: RelayLoad;
  /** Least seconds from one switching on to a repeat in the same alarm; absent: the relay profile's. */
  readonly paceS?: number;
}

/** Ranges that the API enforces and the pages show. Inclusive. */
export const outputRanges = {
  pulseMs: [200, 60_000],
  timedS: [1, 900],
  paceS: [0, 60],
  /** How long a mode may be forced before it returns to auto. */
  forcedS: [60, 86_400],
  volts: [1, 1000],
  amps: [0.001, 100],
  lifeOperations: [1, 1_000_000_000],
} as const;

export const outputDefaults = { pulseMs: 1000, timedS: 60, forcedS: 3600 } as const;

export const behaviourOf = ({ behaviour }: OutputExtras): OutputBehaviour => behaviour ?? { kind: "follow" };

/** How long an edge keeps it on, counted from the edge; undefined where something else ends it. */
export function fixedTime(behaviour: OutputBehaviour): Duration | undefined {
  switch (behaviour.kind) {
    case "pulse":
      return behaviour.ms;
    case "timed":
      return seconds(behaviour.s);
    case "follow":
    case "latched":
      return undefined;
  }
}
