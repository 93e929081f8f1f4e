/**
 * Arming by the clock: at closing time, with a warning before, and put off by whoever is still there. Pure: what is
 * known and the time in; what to do, what to show and when to look again out. Core carries it out (`core/auto-arm.ts`).
 *
 *     idle ──warning time──▶ warned ──closing time──▶ armed, idle
 *                              │ ▲
 *                     postpone │ │ warning time of the new closing time
 *                              ▼ │
 *                           postponed
 */
import type { LocalClock } from "../kernel/local-time.ts";
import type { Holiday, ScheduleSettings, Turn } from "./weekly-schedule.ts";
import { turnsBetween } from "./weekly-schedule.ts";

export interface AutoArmSettings {
  /** The schedule whose turns arm. */
  readonly schedule: number;
  /** Arm when it ends (opening hours) or when it begins (hours in which nobody is there). */
  readonly armWhen: "ends" | "begins";
  /** Name of the mode to arm in; absent: the first. */
  readonly mode?: string;
  /** Also disarm at the opposite turn. */
  readonly disarm: boolean;
  readonly warningMin: number;
  /** Whom the warning is sent to. */
  readonly notifiers: readonly number[];
}

export const autoArmRanges = { warningMin: [0, 60] } as const;

/** What is kept; all times are wall times, because a restart may be another boot. */
export interface AutoArmState {
  /** Turns up to this time are done. */
  readonly doneUpTo: number;
  /** The turn that somebody put off, and until when. */
  readonly postponed?: { readonly turn: number; readonly until: number };
  /** When it was warned of arming at `target`. */
  readonly warned?: { readonly target: number; readonly at: number };
}

/** What is about to happen, for everybody to see. */
export interface AutoArmPending {
  /** When it arms. */
  readonly at: number;
  readonly schedule: string;
  readonly postponed: boolean;
  readonly mode?: string;
}

export interface AutoArmFacts {
  readonly settings: AutoArmSettings;
  readonly schedule: ScheduleSettings;
  readonly holidays: readonly Holiday[];
  readonly clock: LocalClock;
  readonly wall: number;
  readonly armed: boolean;
  /** The wall clock was set since the look before: what was warned of is a longer or a shorter time away now. */
  readonly stepped?: boolean;
}

export type AutoArmEffect =
  | { readonly kind: "warn"; readonly at: number }
  /** `late`: the turn was missed, because Reed or its clock was away. */
  | { readonly kind: "arm"; readonly late: boolean }
  | { readonly kind: "disarm" };

export interface AutoArmStep {
  readonly state: AutoArmState;
  readonly effects: readonly AutoArmEffect[];
  readonly pending?: AutoArmPending;
}

const minuteMs = 60_000;
/** A warning that comes later than this after its time is given in full, and arming waits for it. */
const lateMs = minuteMs;
/** A clock that was set by less than this changes no warning. */
export const autoArmStepMs = minuteMs;
/** A clock that was set back by more than this was wrong before: what it had passed is not done. */
const setBackMs = 60 * minuteMs;

/** One look at the clock. Looks that come late, early or twice do no harm. */
export function stepAutoArm(facts: AutoArmFacts, before: AutoArmState): AutoArmStep {
  const { settings, schedule, holidays, clock, wall, armed } = facts;
  const state: AutoArmState =
    before.doneUpTo > wall + setBackMs ? { doneUpTo: wall } : facts.stepped === true ? warnAnew(before) : before;
  const idle: AutoArmState = { doneUpTo: Math.max(wall, state.doneUpTo) };
  const warningMs = settings.warningMin * minuteMs;
  const turns = turnsBetween(schedule, holidays, clock, { after: state.doneUpTo, upTo: wall + warningMs });
  const arms = (turn: Turn) => turn.active === (settings.armWhen === "begins");
  const past = turns.filter((turn) => turn.wall <= wall).at(-1);
  const next = turns.find((turn) => turn.wall > wall);
  if (past !== undefined && !arms(past)) {
    const done = { ...idle, doneUpTo: Math.max(past.wall, idle.doneUpTo) };
    return { state: done, effects: settings.disarm && armed ? [{ kind: "disarm" }] : [] };
  }
  const turn = past ?? (next !== undefined && arms(next) ? next : undefined);
  if (turn === undefined || armed) return { state: past === undefined ? kept(state, idle, turn) : idle, effects: [] };
  return towards(facts, state, turn);
}

const warnAnew = ({ doneUpTo, postponed }: AutoArmState): AutoArmState => ({
  doneUpTo,
  ...(postponed === undefined ? {} : { postponed }),
});

/** Armed already, or nothing ahead: what was put off is over unless its turn is still to come. */
const kept = (state: AutoArmState, idle: AutoArmState, turn: Turn | undefined): AutoArmState =>
  turn !== undefined && state.postponed?.turn === turn.wall ? state : idle;

/** A turn that arms is near, here or missed: warn, wait, or arm. */
function towards({ settings, schedule, wall }: AutoArmFacts, state: AutoArmState, turn: Turn): AutoArmStep {
  const warningMs = settings.warningMin * minuteMs;
  const put = state.postponed?.turn === turn.wall ? state.postponed : undefined;
  const target = put?.until ?? turn.wall;
  const more = { schedule: schedule.name, ...(settings.mode === undefined ? {} : { mode: settings.mode }) };
  const waiting = (at: number): AutoArmPending => ({ at, postponed: put !== undefined, ...more });
  if (wall < target - warningMs) return { state, effects: [], pending: waiting(target) };
  const warned = state.warned?.target === target ? state.warned : { target, at: wall };
  const at = warned.at > target - warningMs + lateMs ? warned.at + warningMs : target;
  if (wall >= at) {
    const late = wall > target + lateMs;
    return { state: { doneUpTo: Math.max(wall, turn.wall) }, effects: [{ kind: "arm", late }] };
  }
  const effects: AutoArmEffect[] = warned === state.warned ? [] : [{ kind: "warn", at }];
  return { state: { ...state, warned }, effects, pending: waiting(at) };
}

/** The state in which what is pending waits so much longer; undefined when nothing is pending. */
export function postponeAutoArm(facts: AutoArmFacts, before: AutoArmState, byMs: number): AutoArmState | undefined {
  const { state, pending } = stepAutoArm(facts, before);
  if (pending === undefined) return undefined;
  const turn = state.postponed?.turn ?? state.warned?.target;
  if (turn === undefined) return undefined;
  return { doneUpTo: state.doneUpTo, postponed: { turn, until: pending.at + byMs } };
}
