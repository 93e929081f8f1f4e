/** What the pages show of the engine, and what its journal begins each day with. */
import type { Moment } from "../kernel/time.ts";
import { momentAt, wallOf } from "../kernel/time.ts";
import type { ArmingMemory, ArmingState, ArmingView } from "./arming.ts";
import { isArmed, isShutDown } from "./arming.ts";
import type { EngineRecord, EngineView, InputMemory, InputView, OutputView } from "./engine-types.ts";
import { outputMemory } from "./engine-output-memory.ts";
import { pointKey, type EngineState, type InputEntry, type OutputEntry } from "./engine-state.ts";
import { holdUntil } from "./hold.ts";
import { watchMemory } from "./sensor-watch.ts";
import type { OutputState } from "./level.ts";
import { walkMemory, walkView } from "./walk-test.ts";

const activeOf = (entry: InputEntry): boolean | "unknown" =>
  entry.machine.known === "unknown" ? "unknown" : entry.machine.known === "active";

export const inputView = (entry: InputEntry): InputView => ({
  input: entry.settings.input,
  level: entry.machine.level,
  active: activeOf(entry),
  since: entry.machine.since,
});

/** What the feedback contact of an output feels; undefined without one. */
export function feedbackOf(state: EngineState, { settings }: OutputEntry): OutputState | "unknown" | undefined {
  if (settings.feedback === undefined) return undefined;
  const { board, point, onWhen } = settings.feedback;
  const level = state.levels.get(pointKey(board, point));
  if (level !== "closed" && level !== "open") return "unknown";
  return level === onWhen ? "on" : "off";
}

export function outputView(state: EngineState, entry: OutputEntry, now: Moment): OutputView {
  const feedback = feedbackOf(state, entry);
  return {
    output: entry.settings.output,
    mode: entry.mode,
    wanted: entry.wanted,
    commanded: entry.commanded,
    readBack: entry.readBack,
    ...(feedback === undefined ? {} : { feedback }),
    holds: entry.holds.map((hold) => ({
      ...{ by: hold.by, input: hold.input, until: wallOf(now, holdUntil(hold)) },
      ...(hold.latched?.alarmId === undefined ? {} : { latched: hold.latched.alarmId }),
    })),
    ...(entry.forcedUntil === undefined ? {} : { forcedUntil: wallOf(now, entry.forcedUntil) }),
    operations: entry.operations,
  };
}

/** What a restart needs of an input. `wall`: when it was last known to be so; for a blind input, before it went. */
export function inputMemory(entry: InputEntry, now: Moment): InputMemory {
  const { machine } = entry;
  const sees = machine.phase.kind === "steady" || (machine.phase.kind === "settling" && machine.known !== "rest");
  return {
    input: entry.settings.input,
    level: machine.level,
    active: activeOf(entry),
    wall: sees ? now.wall : (machine.lastRest ?? machine.since),
    ...(entry.turned === true ? { turned: true } : {}),
    ...watchMemory(entry.watch, now),
    ...(entry.loop?.told === undefined ? {} : { tamper: entry.loop.told }),
  };
}

export function armingMemory(arming: ArmingState, now: Moment): ArmingMemory {
  const { mode, by, since, bypass, alarms, open, exitUntil, entry, restartedAt } = arming;
  return {
    ...{ mode, by, since, bypass, alarms, open },
    ...(restartedAt === undefined ? {} : { restartedAt }),
    ...(exitUntil === undefined ? {} : { exitUntil: momentAt(now, exitUntil) }),
    ...(entry === undefined ? {} : { entry: { ...entry, until: momentAt(now, entry.until) } }),
  };
}

export function armingView({ arming, inputs }: EngineState, now: Moment): ArmingView {
  const { mode, by, since, bypass, open, exitUntil, entry } = arming;
  const shutDown = [...inputs.values()].filter(({ settings }) => isShutDown(settings, arming));
  return {
    ...{ mode, by, since, bypass, open },
    shutDown: shutDown.map(({ settings }) => settings.input),
    ...(exitUntil === undefined ? {} : { exitUntil: wallOf(now, exitUntil) }),
    ...(entry === undefined ? {} : { entry: { ...entry, until: wallOf(now, entry.until) } }),
  };
}

/** The `state` record that begins each day's journal: enough to start from. */
export const stateRecord = (state: EngineState, now: Moment): EngineRecord => ({
  kind: "state",
  armed: isArmed(state.arming),
  arming: armingMemory(state.arming, now),
  open: [...state.book.values()].map(({ receipt }) => receipt),
  holds: [...state.holds.values()],
  inputs: [...state.inputs.values()].map((entry) => inputMemory(entry, now)),
  raised: [...state.raised].map(([input, at]) => ({ input, at: momentAt(now, at) })),
  alarms: [...state.alarms].map(([input, { alarmId, firstAt, lastAt, count, silenced, gravest }]) => ({
    ...{ input, alarmId, count, silenced, gravest },
    first: momentAt(now, firstAt),
    last: momentAt(now, lastAt),
  })),
  outputs: [...state.outputs.values()].map((entry) => outputMemory(entry, now)),
  ...(state.walk === undefined ? {} : { walk: walkMemory(state.walk, now) }),
});

export const engineView = (state: EngineState, now: Moment): EngineView => ({
  armed: isArmed(state.arming),
  arming: armingView(state, now),
  inputs: [...state.inputs.values()].map(inputView),
  outputs: [...state.outputs.values()].map((entry) => outputView(state, entry, now)),
  openReceipts: [...state.book.values()].map(({ receipt }) => receipt),
  openHolds: [...state.holds.values()],
  troubles: [...state.troubles.values()],
  ...(state.walk === undefined ? {} : { walkTest: walkView(state.walk, now) }),
});
