/**
 * What is known of the relays behind outputs: what their contacts may switch, how often, and how fast. Data from the
 * makers' sheets; nothing is assumed of a relay that nobody named. The rates of a life test (Amcrest: 3 Hz without, 0.5
 * Hz with load) say how the life was measured, not how fast an alarm may switch.
 */
import type { OutputExtras, RatedLoad, RelayLoad, RelayRatings } from "./output-settings.ts";

export interface RelayProfile {
  readonly id: string;
  readonly title: string;
  /** Resistive load that the contact is rated for; absent: not known. */
  readonly rated?: Readonly<Partial<Record<"ac" | "dc", RatedLoad>>>;
  /** Operations (on and off again) that the maker states; absent: not known. */
  readonly life?: Readonly<Pick<RelayRatings, "electrical" | "mechanical">>;
  /** Least seconds between two switchings on in one alarm. */
  readonly paceS: number;
  readonly source: string;
}

export const unknownRelay: RelayProfile = {
  id: "unknown",
  title: "Unknown",
  paceS: 1,
  source: "nothing is known; ask the maker",
};

/** Whatever relay it is: its ratings stand in the output's own settings. */
export const ownRelay: RelayProfile = {
  id: "own",
  title: "own ratings",
  paceS: 1,
  source: "as they were typed in",
};

export const relayProfiles: readonly RelayProfile[] = [
  unknownRelay,
  {
    id: "amcrest-nvr",
    title: "Amcrest NVR (NV4416E-AI)",
    rated: { dc: { volts: 30, amps: 2 }, ac: { volts: 125, amps: 1 } },
    life: { electrical: 200_000, mechanical: 50_000_000 },
    paceS: 2,
    source:
      "Amcrest support article 19321310524685: silver contacts, resistive load, at most 3 ms to operate or release",
  },
  {
    id: "songle-srd",
    title: "Songle SRD-…VDC-SL-C (relay modules)",
    rated: { dc: { volts: 28, amps: 7 }, ac: { volts: 240, amps: 7 } },
    life: { electrical: 100_000, mechanical: 10_000_000 },
    paceS: 2,
    source:
      "Songle SRD data sheets, form C, resistive load: 7 A at 240 VAC or 28 VDC in one, 10 A at 250 VAC or 30 VDC in another; the lower is taken",
  },
  {
    id: "waveshare",
    title: "Waveshare Modbus relay boards",
    rated: { dc: { volts: 30, amps: 10 }, ac: { volts: 250, amps: 10 } },
    paceS: 2,
    source:
      "Waveshare wiki, Modbus RTU Relay and Modbus POE ETH Relay: up to 10 A at 250 VAC or 30 VDC; no life stated",
  },
  ownRelay,
];

/** The profile of an output's relay; of one with ratings of its own a profile made of them. */
export function relayProfile({ relay, ratings }: Pick<OutputExtras, "relay" | "ratings">): RelayProfile {
  if (relay === ownRelay.id) return ratings === undefined ? ownRelay : withRatings(ratings);
  return relayProfiles.find((profile) => profile.id === relay) ?? unknownRelay;
}

function withRatings({ dc, ac, electrical, mechanical }: RelayRatings): RelayProfile {
  const life = {
    ...(electrical === undefined ? {} : { electrical }),
    ...(mechanical === undefined ? {} : { mechanical }),
  };
  const rated = { ...(dc === undefined ? {} : { dc }), ...(ac === undefined ? {} : { ac }) };
  return { ...ownRelay, rated, life };
}

export const paceOf = (extras: OutputExtras): number => extras.paceS ?? relayProfile(extras).paceS;

/** `derated`: what the contact may carry of this kind of load; an inductive one arcs, so half. */
export type LoadVerdict =
  | { readonly kind: "fits"; readonly rated: RatedLoad }
  | { readonly kind: "unknown" }
  | { readonly kind: "too-much"; readonly what: "volts" | "amps"; readonly rated: RatedLoad };

/** What a relay of this profile may carry of such a load. */
export function ratedFor(profile: RelayProfile, load: Pick<RelayLoad, "current" | "nature">): RatedLoad | undefined {
  const rated = profile.rated?.[load.current];
  if (rated === undefined || load.nature === "resistive") return rated;
  return { volts: rated.volts, amps: rated.amps / 2 };
}

export function judgeLoad(profile: RelayProfile, load: RelayLoad): LoadVerdict {
  const rated = ratedFor(profile, load);
  if (rated === undefined) return { kind: "unknown" };
  if (load.volts > rated.volts) return { kind: "too-much", what: "volts", rated };
  if (load.amps > rated.amps) return { kind: "too-much", what: "amps", rated };
  return { kind: "fits", rated };
}

/** From this share of its life on a relay is a trouble. */
export const wornFrom = 0.8;

/** Operations that count as a relay's life: under load where that is stated, else the mechanical ones. */
export const lifeOf = ({ life }: RelayProfile): number | undefined => life?.electrical ?? life?.mechanical;

/** Share of its life that is used, 0 and up; undefined where none is known. */
export function wornShare(profile: RelayProfile, operations: number): number | undefined {
  const life = lifeOf(profile);
  return life === undefined ? undefined : operations / life;
}

/** Why an output can't be set up so before somebody confirmed it: its contact would carry more than it is rated for. */
export function whyOverloaded(output: OutputExtras & { readonly name: string }): string | undefined {
  const { load, name } = output;
  if (load === undefined || load.confirmed === true) return undefined;
  const profile = relayProfile(output);
  const verdict = judgeLoad(profile, load);
  if (verdict.kind !== "too-much") return undefined;
  const { volts, amps } = verdict.rated;
  const half = load.nature === "inductive" ? ", half of its rating because an inductive load arcs" : "";
  const asked = `${load.volts} V ${load.current.toUpperCase()} ${load.amps} A`;
  return `"${name}" would switch ${asked}, but its relay (${profile.title}) may switch ${volts} V ${amps} A${half}; use a contactor, or confirm to go on`;
}
