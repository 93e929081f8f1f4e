/**
 * Zones and arming, as rules: in which mode of arming which input acts, waits or is only recorded. Pure; the engine
 * keeps the running delays (`engine-arming.ts`). Every suppression names its gate.
 */
import type { Instant, Moment, WallTime } from "../kernel/time.ts";
import { after, seconds } from "../kernel/time.ts";

/** The mode that is always there: what is not a 24-hour zone is recorded and acts on nothing. */
export const disarmedMode = "disarmed";

/**
 * What an input is in the alarm. `instant`: acts at once, also while the exit delay runs. `entry-exit`: the way in and
 * out, with both delays. `follower`: on that way; free while a delay runs, else at once. `24h-audible`, `24h-silent`:
 * also while disarmed; silent: without sirens and strobes. `key-switch`: arms and disarms. `record-only`: footage and
 * a receipt, nothing else.
 */
export const zoneTypes = [
  "instant",
  "entry-exit",
  "follower",
  "24h-audible",
  "24h-silent",
  "key-switch",
  "record-only",
] as const;
export type ZoneType = (typeof zoneTypes)[number];

/** One armed mode. */
export interface ModeSettings {
  /** Its name for programs: `home`, `night`, `away` or a person's own. */
  readonly mode: string;
  readonly name: string;
  /** Seconds to leave, and to disarm after coming in. */
  readonly exitS: number;
  readonly entryS: number;
}

export interface ArmingSettings {
  /** At least one, in the order in which they are offered; the first is meant by "armed". */
  readonly modes: readonly ModeSettings[];
  /** What goes on although the site is disarmed; all other outputs and messages are suppressed then. */
  readonly whileDisarmed: { readonly outputs: readonly number[]; readonly notifiers: readonly number[] };
}

/** A person's code; kept as an argon2id hash. */
export interface CodeSettings {
  readonly code: number;
  readonly name: string;
  readonly pinHash: string;
}

/** `toggle`: each press arms or disarms. `follow`: armed as long as it is active. */
export interface KeySwitchSettings {
  readonly acts: "toggle" | "follow";
  /** Absent: the first mode. */
  readonly mode?: string;
}

/** What zones add to an input's settings; absent in rows of versions before there were any. */
export interface ZoneSettings {
  /** Absent: `instant`, as every input was. */
  readonly zone?: ZoneType;
  /** Armed in these modes; absent: in all. */
  readonly modes?: readonly string[];
  /** Pages and buzzers chime when it is raised while it is not armed. */
  readonly chime?: boolean;
  /** After so many alarms in one arming it is left alone until the next; absent or 0: never. */
  readonly swingerAlarms?: number;
  /** Of a key switch; absent: it toggles the first mode. */
  readonly keySwitch?: KeySwitchSettings;
}

export const exitSDefault = 60;
export const entrySDefault = 30;
/** For new inputs. */
export const swingerAlarmsDefault = 3;
export const zoneDefault: ZoneType = "record-only";
/** Seconds of a delay and alarms before a shutdown, inclusive. */
export const armingRanges = { delayS: [0, 300], swingerAlarms: [0, 20] } as const;

const mode = (id: string, name: string): ModeSettings => ({
  mode: id,
  name,
  exitS: exitSDefault,
  entryS: entrySDefault,
});

export const defaultArming: ArmingSettings = {
  modes: [mode("home", "Home"), mode("night", "Night"), mode("away", "Away")],
  whileDisarmed: { outputs: [], notifiers: [] },
};

/** The settings of a site; one that never set any has the defaults. */
export const armingOf = (config: { readonly site: { readonly arming?: ArmingSettings } }): ArmingSettings =>
  config.site.arming ?? defaultArming;

/** The mode by that name; of an unknown one the first. */
export function modeOf(settings: ArmingSettings, id: string | undefined): ModeSettings {
  const first = settings.modes[0] ?? mode("away", "Away");
  return settings.modes.find((one) => one.mode === id) ?? first;
}

export const zoneOf = (input: ZoneSettings): ZoneType => input.zone ?? "instant";

/** Of these an arming decides; the others are the same whether armed or not. */
export const isBurglarZone = (zone: ZoneType): boolean =>
  zone === "instant" || zone === "entry-exit" || zone === "follower";

/** Would it act in that mode, once delays are over? */
export const isArmedIn = (input: ZoneSettings, id: string): boolean =>
  isBurglarZone(zoneOf(input)) && id !== disarmedMode && (input.modes === undefined || input.modes.includes(id));

/** It acts at any hour, whatever is armed. */
export const actsAlways = (input: ZoneSettings): boolean =>
  zoneOf(input) === "24h-audible" || zoneOf(input) === "24h-silent";

/** What the engine knows of the arming as it is now. */
export interface ArmingState {
  readonly mode: string;
  readonly by: string;
  readonly since: WallTime;
  /** When this arming began; of a restart, its start. */
  readonly at: Instant;
  /** While the exit delay runs. */
  readonly exitUntil?: Instant;
  /** While the entry delay runs: until when, and whose edge began it. */
  readonly entry?: { readonly until: Instant; readonly input: number };
  /** Inputs that are left out of this arming. */
  readonly bypass: readonly number[];
  /** Alarms of this arming by input, where a number of them shuts the input down. */
  readonly alarms: readonly { readonly input: number; readonly count: number }[];
  /** Inputs that were open when they became armed and have not closed since. */
  readonly open: readonly number[];
  /** When Reed was started again while it was armed so. */
  readonly restartedAt?: WallTime;
}

/** The same as the journal keeps it. */
export interface ArmingMemory {
  readonly mode: string;
  readonly by: string;
  readonly since: WallTime;
  readonly exitUntil?: Moment;
  readonly entry?: { readonly until: Moment; readonly input: number };
  readonly bypass: readonly number[];
  readonly alarms: ArmingState["alarms"];
  readonly open: readonly number[];
  readonly restartedAt?: WallTime;
}

/** The same as pages show it; times are wall times. */
export interface ArmingView {
  readonly mode: string;
  readonly by: string;
  readonly since: WallTime;
  /** While a delay runs: until when. */
  readonly exitUntil?: WallTime;
  readonly entry?: { readonly until: WallTime; readonly input: number };
  readonly bypass: readonly number[];
  /** Left alone after too many alarms, until the next arming. */
  readonly shutDown: readonly number[];
  /** Open since they became armed: they can't raise an alarm. */
  readonly open: readonly number[];
}

export const isArmed = ({ mode: id }: Pick<ArmingState, "mode">): boolean => id !== disarmedMode;

/**
 * What becomes of a raised edge's outputs and messages. `acts`: now, as part of an alarm. `waits`: for the end of the
 * entry delay. `event`: recorded and told in its receipt only, because of the gate.
 */
export type ZoneVerdict =
  | { readonly kind: "acts"; readonly silent?: boolean }
  | { readonly kind: "waits"; readonly until: Instant }
  | { readonly kind: "event"; readonly gate: string };

export const gates = {
  disarmed: "disarmed",
  recordOnly: "record-only",
  keySwitch: "key switch",
  bypassed: "bypassed",
  exitDelay: "exit delay",
  disarmedInTime: "entry delay: disarmed in time",
  silent: "24-hour silent",
  notArmedIn: (name: string) => `not armed in ${name}`,
  swinger: (alarms: number) => `swinger shutdown after ${alarms} alarms`,
} as const;

export const alarmsOf = ({ alarms }: Pick<ArmingState, "alarms">, input: number): number =>
  alarms.find((one) => one.input === input)?.count ?? 0;

/** Was it shut down in this arming? */
export const isShutDown = (input: ZoneSettings & { readonly input: number }, arming: ArmingState): boolean =>
  (input.swingerAlarms ?? 0) > 0 && alarmsOf(arming, input.input) >= (input.swingerAlarms ?? 0);

/** `joins`: the edge is part of an alarm that is running, which a shutdown does not cut off. */
export interface Judged {
  readonly settings: ArmingSettings;
  readonly arming: ArmingState;
  readonly now: Instant;
  readonly joins: boolean;
}

/** What tampering with an input's loop does: it acts at any hour, armed or not, unless the input itself is left out. */
export function loopVerdict(
  input: (ZoneSettings & { readonly input: number }) | undefined,
  arming: Pick<ArmingState, "bypass">,
): ZoneVerdict {
  if (input === undefined || zoneOf(input) === "record-only") return { kind: "event", gate: gates.recordOnly };
  return arming.bypass.includes(input.input) ? { kind: "event", gate: gates.bypassed } : { kind: "acts" };
}

/** What a raised edge of this input does now. */
export function zoneVerdict(input: ZoneSettings & { readonly input: number }, judged: Judged): ZoneVerdict {
  const { settings, arming, now } = judged;
  const zone = zoneOf(input);
  const event = (gate: string): ZoneVerdict => ({ kind: "event", gate });
  if (zone === "record-only") return event(gates.recordOnly);
  if (zone === "key-switch") return event(gates.keySwitch);
  if (arming.bypass.includes(input.input)) return event(gates.bypassed);
  if (zone === "24h-audible") return { kind: "acts" };
  if (zone === "24h-silent") return { kind: "acts", silent: true };
  if (!isArmed(arming)) return event(gates.disarmed);
  const armedMode = modeOf(settings, arming.mode);
  if (!isArmedIn(input, arming.mode)) return event(gates.notArmedIn(armedMode.name.toLowerCase()));
  if (!judged.joins && isShutDown(input, arming)) return event(gates.swinger(input.swingerAlarms ?? 0));
  if (zone === "instant") return { kind: "acts" };
  if (arming.exitUntil !== undefined && now < arming.exitUntil) return event(gates.exitDelay);
  if (judged.joins) return { kind: "acts" };
  if (arming.entry !== undefined) return { kind: "waits", until: arming.entry.until };
  if (zone === "follower" || armedMode.entryS === 0) return { kind: "acts" };
  return { kind: "waits", until: after(now, seconds(armedMode.entryS)) };
}
