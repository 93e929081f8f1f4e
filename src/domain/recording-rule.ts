/**
 * What a channel records at a time. Pure: its settings, the schedules, the mode that the site is armed in and the clock
 * in; what goes to the disk, and why, out. Schedules gate what is general and what motion does; what a linked alarm
 * holds is recorded unless the channel is off for privacy.
 *
 *     mode off ──▶ nothing             at home, "not even alarms" ──▶ nothing
 *     at home ──▶ alarms               mode alarm ──▶ alarms
 *     mode continuous ──▶ all          mode auto ──▶ by its week; while the clock is not set all of it
 */
import { armingOf, disarmedMode } from "./arming.ts";
import { scheduleState, type SiteTime } from "./schedule-gate.ts";
import type { ChannelSettings, SiteConfig } from "./site-config.ts";

/**
 * How a channel records. `auto`: by its week. `continuous`: always, whatever the week says (other recorders say
 * "manual"). `alarm`: what alarms and people hold. `off`: nothing at all, for privacy.
 */
export const recordModes = ["auto", "continuous", "alarm", "off"] as const;
export type RecordMode = (typeof recordModes)[number];

/** What footage is recorded for, from the least to the most telling; "motion & alarm" is both at once. */
export const recordTypes = ["general", "motion", "intelligent", "alarm"] as const;
export type RecordType = (typeof recordTypes)[number];

/** When a type is recorded: the number of a schedule, or without one. */
export type RecordWhen = "always" | "never" | number;

/** The week of a channel in mode `auto`, by type; what an alarm holds no week holds back. */
export interface RecordWeek {
  readonly general: RecordWhen;
  /** Of channels that see motion; absent: `never`, motion is on the timeline only. */
  readonly motion?: RecordWhen;
}

/** "Don't record when somebody is at home." */
export interface AtHome {
  /** Modes of arming, `disarmed` among them. */
  readonly modes: readonly string[];
  /** `record`: what an alarm links is kept all the same. `nothing`: the channel is off for privacy then. */
  readonly alarms: "record" | "nothing";
}

export interface RecordSettings {
  readonly recordMode: RecordMode;
  /** Of mode `auto`; absent: general always. */
  readonly recordWeek?: RecordWeek;
  /** Absent: it records whether somebody is at home or not. */
  readonly atHome?: AtHome;
}

/** What a recorder does with a channel: all goes to the disk, what holds keep, or nothing whatever asks. */
export type RecordNow = "continuous" | "alarm" | "off";

export type RecordBecause =
  "always" | "alarms-only" | "private" | "at-home" | "inside" | "outside" | "never" | "clock-not-set";

export interface RecordDecision {
  readonly now: RecordNow;
  /** Motion is recorded where it is seen. */
  readonly motion: boolean;
  readonly because: RecordBecause;
  /** The schedule that decided. */
  readonly schedule?: number;
}

export interface RecordFacts {
  readonly wall: number;
  readonly time: SiteTime | undefined;
  /** The mode that the site is armed in, or `disarmed`. */
  readonly arming: string;
}

type Calendar = Pick<SiteConfig, "schedules" | "site">;

/** Is the channel off for privacy, so that not even an alarm records it? The gate in words; undefined when it is not. */
export function privacyGate({ recordMode, atHome }: RecordSettings, arming: string | undefined): string | undefined {
  if (recordMode === "off") return privacyGates.off;
  if (arming === undefined || atHome?.alarms !== "nothing" || !atHome.modes.includes(arming)) return undefined;
  return privacyGates.atHome(arming);
}

export const privacyGates = {
  off: "off for privacy",
  atHome: (mode: string) => `off for privacy while ${mode === disarmedMode ? "disarmed" : `armed as ${mode}`}`,
} as const;

/** What is decided for a channel that is switched on. */
export function recordingOf(config: Calendar, settings: RecordSettings, facts: RecordFacts): RecordDecision {
  const { recordMode, recordWeek, atHome } = settings;
  const alarms = (because: RecordBecause): RecordDecision => ({ now: "alarm", motion: false, because });
  if (recordMode === "off") return { now: "off", motion: false, because: "private" };
  if (atHome?.modes.includes(facts.arming) === true)
    return atHome.alarms === "nothing" ? { now: "off", motion: false, because: "at-home" } : alarms("at-home");
  if (recordMode === "alarm") return alarms("alarms-only");
  if (recordMode === "continuous") return { now: "continuous", motion: true, because: "always" };
  const general = whenOf(config, recordWeek?.general ?? "always", facts);
  const motion = whenOf(config, recordWeek?.motion ?? "never", facts).on;
  return {
    ...{ now: general.on ? "continuous" : "alarm", motion, because: general.because },
    ...(general.schedule === undefined ? {} : { schedule: general.schedule }),
  };
}

/**
 * Why motion that is no alarm is not recorded on this channel now, as a gate; undefined when it is. Off for privacy is a
 * gate of its own.
 */
export function motionGate(config: Calendar, settings: RecordSettings, facts: RecordFacts): string | undefined {
  const { now, motion, because } = recordingOf(config, settings, facts);
  if (now === "off" || motion) return undefined;
  if (because === "at-home") return motionGates.atHome;
  if (because === "alarms-only") return motionGates.alarmsOnly;
  return (settings.recordWeek?.motion ?? "never") === "never" ? motionGates.never : motionGates.outside;
}

export const motionGates = {
  atHome: "motion is not recorded while somebody is at home",
  alarmsOnly: "only alarms are recorded",
  never: "motion is on the timeline only",
  outside: "outside of the times at which motion is recorded",
} as const;

export interface When {
  readonly on: boolean;
  readonly because: RecordBecause;
  readonly schedule?: number;
}

/** A schedule that is gone, or a clock that is not believed, holds nothing back: too much is better than nothing. */
export function whenOf(config: Calendar, when: RecordWhen, { wall, time }: RecordFacts): When {
  if (when === "always") return { on: true, because: "always" };
  if (when === "never") return { on: false, because: "never" };
  const state = scheduleState(config, when, wall, time);
  switch (state.kind) {
    case "none":
      return { on: true, because: "always" };
    case "clock-not-set":
      return { on: true, because: "clock-not-set", schedule: when };
    case "inside":
      return { on: true, because: "inside", schedule: when };
    case "outside":
      return { on: false, because: "outside", schedule: when };
  }
}

/** What happens on a channel at a moment. */
export interface Happening {
  /** An alarm, or somebody by hand, holds it. */
  readonly held: boolean;
  readonly moving: boolean;
  /** A rule of the analysis sees what it looks for; no week gates it. */
  readonly intelligent: boolean;
}

/** What footage of this moment is recorded for; nothing of it: it is not recorded. */
export function typesAt({ now, motion }: RecordDecision, happening: Happening): RecordType[] {
  if (now === "off") return [];
  const is: Readonly<Record<RecordType, boolean>> = {
    general: now === "continuous",
    motion: motion && happening.moving,
    intelligent: happening.intelligent,
    alarm: happening.held,
  };
  return recordTypes.filter((type) => is[type]);
}

/** Schedules that a channel goes by. */
export const schedulesOf = ({
  recordWeek,
  timedPictures,
}: Pick<ChannelSettings, "recordWeek" | "timedPictures">): number[] =>
  [recordWeek?.general, recordWeek?.motion, timedPictures?.when].filter((when) => typeof when === "number");

/** Without an alarm nothing of it is ever recorded. */
export const recordsOnAlarmOnly = ({ recordMode, recordWeek }: RecordSettings): boolean =>
  recordMode === "alarm" ||
  (recordMode === "auto" && recordWeek?.general === "never" && (recordWeek.motion ?? "never") === "never");

/** Names of the modes in which not even an alarm records it, with commas; empty: none. */
export function privateModes(config: Pick<SiteConfig, "site">, { atHome }: RecordSettings): string {
  if (atHome?.alarms !== "nothing") return "";
  const { modes } = armingOf(config);
  return atHome.modes.map((id) => modes.find(({ mode }) => mode === id)?.name ?? id).join(", ");
}

/** Is a file general footage? One that does not say so itself is of a version whose channels had one mode for all week. */
export const isGeneral = (file: { readonly cause?: "general" | "holds" }, mode: RecordMode | undefined): boolean =>
  file.cause === undefined ? mode === "continuous" || mode === "auto" : file.cause === "general";
