/**
 * One alarm input: levels in, edges out. NO/NC, debounce, what was *found* after a blind window, chatter.
 *
 *                    first level / state           raw change              held for the debounce time
 *     blind ───────────────────────────▶ steady ──────────────▶ settling ──────────────────────────────▶ steady
 *       ▲  unknown or fault level          ▲                       │ │ ▲                    edge (time = first change)
 *       └───────────── from any ───────────┼───────────────────────┘ └─┘ each bounce restarts the settling,
 *                                          └─ old side held: glitch      the first change's time is kept
 *     disabled: from any by `disable`; `enable` → blind, knowing nothing.
 *
 * A *run* begins with a raw change away from the accepted side and ends when either side was held for the debounce
 * time: the new one is an edge whose time is the first change of the run, the old one a glitch that is counted.
 * Held for exactly the debounce time is accepted, one millisecond less is not. The rest of an active contact has a
 * debounce time of its own (`restoreMs`).
 * A fault never clears an input: what it was stays *known*, and the first level afterwards decides.
 */
import type { Duration, Instant, Moment, WallTime } from "../kernel/time.ts";
import { after, later, wallOf } from "../kernel/time.ts";
import type { Step } from "../kernel/machine.ts";
import { assertNever, step } from "../kernel/machine.ts";
import type { InputMemory, LevelFact } from "./engine-types.ts";
import type { Level, SensorType } from "./level.ts";
import { isActive } from "./level.ts";

export interface AlarmInputConfig {
  readonly type: SensorType;
  readonly debounceMs: Duration;
  /** What an active contact must rest to be cleared; absent: the debounce time. */
  readonly restoreMs?: Duration;
  readonly enabled: boolean;
}

export type Side = "rest" | "active";

export type InputPhase =
  | { readonly kind: "disabled" }
  | { readonly kind: "blind" }
  | { readonly kind: "steady" }
  | {
      readonly kind: "settling";
      /** Where the contact is now; it may be back on the old side. */
      readonly side: Side;
      readonly firstAt: Instant;
      readonly until: Instant;
      /** The run began with a state, not a change: nobody saw the moment. */
      readonly found: boolean;
      readonly chatters: boolean;
    };

export interface AlarmInputState {
  readonly phase: InputPhase;
  /** What is accepted; outlives a blind window. */
  readonly known: Side | "unknown";
  /** As last reported. */
  readonly level: Level;
  /** Last time the contact was seen on its resting side. */
  readonly lastRest?: WallTime;
  readonly since: WallTime;
  readonly glitches: number;
}

export type AlarmInputEvent =
  | { readonly kind: "level"; readonly report: Omit<LevelFact, "point"> }
  /** Software says where it is (HTTP trigger, virtual point): accepted at once. */
  | { readonly kind: "set"; readonly side: Side; readonly at: Instant }
  | { readonly kind: "wake" }
  | { readonly kind: "disable" }
  | { readonly kind: "enable" };

export type AlarmInputEffect =
  | {
      readonly kind: "edge";
      readonly edge: "raised" | "cleared" | "raised(found)";
      readonly at: Instant;
      /** When the debounce time was full: the earliest moment at which it could be decided. */
      readonly dueAt: Instant;
      readonly notBefore?: WallTime;
    }
  /** It is no longer active without an edge (disabled): what it holds ends. */
  | { readonly kind: "released" }
  /** It has not held still for its debounce time since `since`; ends when it does. */
  | { readonly kind: "chatter"; readonly on: boolean }
  | { readonly kind: "wake"; readonly at: Instant };

type Stepped = Step<AlarmInputState, AlarmInputEffect>;

/** How long a side must hold: a restore may take longer than a raise. */
const heldFor = (config: AlarmInputConfig, known: AlarmInputState["known"], side: Side): Duration =>
  known === "active" && side === "rest" ? (config.restoreMs ?? config.debounceMs) : config.debounceMs;

const longestOf = ({ debounceMs, restoreMs = 0 }: AlarmInputConfig): Duration => Math.max(debounceMs, restoreMs);

/** A run that bounces for longer than this is chatter, ms. */
export const chatterAfter = (debounceMs: Duration): Duration => Math.max(20 * debounceMs, 5000);

/** An input of which nothing is known but, perhaps, what a journal kept of it. */
export function initialAlarmInput(
  config: AlarmInputConfig,
  saved: InputMemory | undefined,
  wall: WallTime,
): AlarmInputState {
  const known = saved === undefined || saved.active === "unknown" ? "unknown" : saved.active ? "active" : "rest";
  return {
    phase: config.enabled ? { kind: "blind" } : { kind: "disabled" },
    known: config.enabled ? known : "unknown",
    level: "unknown",
    since: saved?.wall ?? wall,
    glitches: 0,
    ...(saved !== undefined && saved.active === false ? { lastRest: saved.wall } : {}),
  };
}

/** One event of one input. `now` is never before a report's `at` by contract; an earlier `at` is taken as it is. */
export function stepAlarmInput(
  config: AlarmInputConfig,
  state: AlarmInputState,
  event: AlarmInputEvent,
  now: Moment,
): Stepped {
  switch (event.kind) {
    case "level":
      return state.phase.kind === "disabled"
        ? step({ ...state, level: event.report.level })
        : onLevel(config, state, event.report, now);
    case "set":
      return state.phase.kind === "disabled" ? step(state) : onSet(state, event, now);
    case "wake":
      return settle(state, now.instant, now);
    case "disable":
      return disable(state, now);
    case "enable":
      return state.phase.kind === "disabled" ? enable(config, state, now) : step(state);
    default:
      return assertNever(event);
  }
}

function onLevel(
  config: AlarmInputConfig,
  from: AlarmInputState,
  report: Omit<LevelFact, "point">,
  now: Moment,
): Stepped {
  const due = settle(from, report.at, now);
  const { level } = report;
  if (level === "unknown" || level === "fault") return then(due, (state) => goBlind(state, level, report.at, now));
  const side: Side = isActive(level, config.type) ? "active" : "rest";
  const seen = then(due, (state) => onSide({ ...state, level }, side, report, { config, now }));
  const marked =
    side === "rest" && seen.state.phase.kind === "steady"
      ? { ...seen.state, lastRest: wallOf(now, report.at) }
      : seen.state;
  return then({ state: marked, effects: seen.effects }, (state) => settle(state, now.instant, now));
}

/** The contact is on `side`, says a believable level. */
function onSide(
  state: AlarmInputState,
  side: Side,
  report: { readonly at: Instant; readonly how: "change" | "state" },
  { config, now }: { readonly config: AlarmInputConfig; readonly now: Moment },
): Stepped {
  const { phase } = state;
  if (phase.kind === "settling") {
    if (phase.side === side) return step(state);
    const until = after(later(report.at, phase.firstAt), heldFor(config, state.known, side));
    const chatters = phase.chatters || report.at - phase.firstAt >= chatterAfter(longestOf(config));
    const effects: AlarmInputEffect[] = [{ kind: "wake", at: until }];
    if (chatters && !phase.chatters) effects.unshift({ kind: "chatter", on: true });
    return { state: { ...state, phase: { ...phase, side, until, chatters } }, effects };
  }
  if (side === state.known) return step({ ...state, phase: { kind: "steady" } });
  if (state.known === "unknown" && (report.how === "state" || side === "rest")) {
    return step({ ...state, phase: { kind: "steady" }, known: side, since: wallOf(now, report.at) });
  }
  const until = after(report.at, heldFor(config, state.known, side));
  const run: InputPhase = {
    kind: "settling",
    side,
    firstAt: report.at,
    until,
    found: report.how === "state",
    chatters: false,
  };
  return step({ ...state, phase: run }, { kind: "wake", at: until });
}

/** Ends the run whose last change was held until `at`, if there is one. */
function settle(state: AlarmInputState, at: Instant, now: Moment): Stepped {
  const { phase } = state;
  if (phase.kind !== "settling" || at < phase.until) return step(state);
  const steady: AlarmInputState = { ...state, phase: { kind: "steady" } };
  const calm: AlarmInputEffect[] = phase.chatters ? [{ kind: "chatter", on: false }] : [];
  const oldSide = phase.side === state.known || (state.known === "unknown" && phase.side === "rest");
  if (!oldSide) return accept(steady, phase, now, calm);
  return { state: { ...steady, known: phase.side, glitches: state.glitches + 1 }, effects: calm };
}

function accept(
  state: AlarmInputState,
  run: { readonly side: Side; readonly firstAt: Instant; readonly until: Instant; readonly found: boolean },
  now: Moment,
  calm: readonly AlarmInputEffect[],
): Stepped {
  const next: AlarmInputState = { ...state, known: run.side, since: wallOf(now, run.firstAt) };
  const times = { at: run.firstAt, dueAt: run.until };
  const found = run.found && run.side === "active";
  const edge: AlarmInputEffect = found
    ? {
        kind: "edge",
        edge: "raised(found)",
        ...times,
        ...(state.lastRest === undefined ? {} : { notBefore: state.lastRest }),
      }
    : { kind: "edge", edge: run.side === "active" ? "raised" : "cleared", ...times };
  return { state: next, effects: [...calm, edge] };
}

/** The board says nothing believable. A run is given up; what was known stays. */
function goBlind(state: AlarmInputState, level: Level, at: Instant, now: Moment): Stepped {
  const calm: AlarmInputEffect[] =
    state.phase.kind === "settling" && state.phase.chatters ? [{ kind: "chatter", on: false }] : [];
  const resting = state.phase.kind === "steady" && state.known === "rest";
  return {
    state: {
      ...state,
      level,
      phase: { kind: "blind" },
      ...(resting ? { lastRest: wallOf(now, at) } : {}),
    },
    effects: calm,
  };
}

function onSet(state: AlarmInputState, event: { readonly side: Side; readonly at: Instant }, now: Moment): Stepped {
  const calm: AlarmInputEffect[] =
    state.phase.kind === "settling" && state.phase.chatters ? [{ kind: "chatter", on: false }] : [];
  const steady: AlarmInputState = { ...state, phase: { kind: "steady" } };
  if (event.side === "rest" && state.known !== "active") return { state: { ...steady, known: "rest" }, effects: calm };
  return accept(steady, { side: event.side, firstAt: event.at, until: event.at, found: false }, now, calm);
}

function disable(state: AlarmInputState, now: Moment): Stepped {
  if (state.phase.kind === "disabled") return step(state);
  const effects: AlarmInputEffect[] = [];
  if (state.phase.kind === "settling" && state.phase.chatters) effects.push({ kind: "chatter", on: false });
  if (state.known === "active") effects.push({ kind: "released" });
  return { state: { ...state, phase: { kind: "disabled" }, known: "unknown", since: now.wall }, effects };
}

/** As after a start: the level that is already there is a state. */
function enable(config: AlarmInputConfig, state: AlarmInputState, now: Moment): Stepped {
  const blind: AlarmInputState = { ...state, phase: { kind: "blind" }, known: "unknown" };
  if (state.level !== "closed" && state.level !== "open") return step(blind);
  return onLevel(config, blind, { level: state.level, at: now.instant, how: "state" }, now);
}

function then(first: Stepped, next: (state: AlarmInputState) => Stepped): Stepped {
  const second = next(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** When this input wants to be woken, if at all. */
export const inputWake = (state: AlarmInputState): Instant | undefined =>
  state.phase.kind === "settling" ? state.phase.until : undefined;

/** Warns when bounces can be missed: the debounce should be at least twice the measured poll. Both in ms. */
export function pollWarning(debounceMs: Duration, measuredPollMs: Duration): string | undefined {
  if (measuredPollMs <= 0 || debounceMs >= 2 * measuredPollMs) return undefined;
  return `debounce ${debounceMs} ms is under twice the measured poll of ${Math.round(measuredPollMs)} ms: short changes can be missed or taken wrongly`;
}
