/**
 * "Door 3, Sunday 02:10, in night": what would happen, and what would not, with the reasons. There is no second set of
 * rules: the engine itself runs, with the configuration as it is, in a world in which every board, camera and receiver
 * works. What the configuration is the reason for shows; what is broken just now does not.
 */
import type { Moment, WallTime } from "../kernel/time.ts";
import { instant, seconds, wallTime } from "../kernel/time.ts";
import { armingRanges } from "./arming.ts";
import { isMessage } from "./board-points.ts";
import type { EngineEffect, EngineEnv, EngineEvent, EngineState } from "./engine.ts";
import { initialEngine, stepEngine } from "./engine.ts";
import type { Level } from "./level.ts";
import type { ActionTarget, Receipt } from "./receipt.ts";
import type { SiteTime } from "./schedule-gate.ts";
import type { AlarmInputSettings, SiteConfig } from "./site-config.ts";

export interface SimulationAsk {
  readonly input: number;
  /** When its contact changes. */
  readonly wall: WallTime;
  /** The mode that the site is armed in, its exit delay over; absent: disarmed. */
  readonly mode?: string;
  /** How long the contact stays away from its rest, seconds; a message is over at once. */
  readonly activeS: number;
}

/** From when until when a thing is on or recorded; without an end at the end of the simulation. */
export interface SimulatedSpan {
  readonly from: WallTime;
  readonly to?: WallTime;
}

/** `waits`: for the end of the entry delay, and then it happens unless somebody disarms. */
export interface SimulatedAction {
  readonly target: ActionTarget;
  readonly verdict: "happens" | "waits" | "suppressed" | "failed";
  /** The gate, or why it can't be. */
  readonly reason?: string;
  readonly spans: readonly SimulatedSpan[];
}

export interface Simulation {
  /** Absent: the input is switched off, or its edges go unnoticed. */
  readonly edge?: { readonly at: WallTime; readonly decidedAt: WallTime };
  /** The receipt's own words: an alarm that wants a person, or an event. */
  readonly alarm: boolean;
  readonly actions: readonly SimulatedAction[];
  /** A key switch armed or disarmed the site. */
  readonly armedAfter: boolean;
}

/** What the simulated world tells the engine of things that the real one hears of from outside. */
interface Later {
  readonly at: number;
  readonly event: EngineEvent;
}

interface Run {
  readonly env: EngineEnv;
  readonly start: WallTime;
  state: EngineState;
  at: number;
  wakeAt: number | undefined;
  later: Later[];
  steps: number;
  readonly receipts: Map<string, Receipt>;
  readonly spans: Map<string, SimulatedSpan[]>;
  readonly holds: Map<string, { readonly channel: number; readonly from: WallTime; to: WallTime }>;
  readonly told: Map<string, WallTime>;
  /** Actions that waited for the entry delay; one that came about does not say so any more. */
  readonly waited: Set<string>;
}

/** The longest exit delay, and a little for debounce. */
const leadMs = seconds(armingRanges.delayS[1] + 60);
/** After the contact came to rest: the longest post-record or output, and what ends late. */
const afterMs = seconds(1500);
/** More than any site needs; an engine that asks to be woken without end must not hang the page. */
const mostSteps = 20_000;

/** Runs the engine for one edge of one input. `time`: the site's clock; whether it is believed. */
export function simulate(config: SiteConfig, ask: SimulationAsk, time: SiteTime): Simulation {
  const input = config.inputs.find((one) => one.input === ask.input);
  const run = begin(config, ask, time);
  if (input === undefined) return summary(run, ask);
  bringUp(run, config);
  if (ask.mode !== undefined) step(run, { kind: "arm", armed: true, mode: ask.mode, by: "simulation" });
  pass(run, leadMs);
  move(run, config, input, "active");
  pass(run, seconds(ask.activeS));
  move(run, config, input, "rest");
  pass(run, afterMs);
  return summary(run, ask);
}

function begin(config: SiteConfig, ask: SimulationAsk, time: SiteTime): Run {
  let ids = 0;
  const env: EngineEnv = { config, time, newId: () => `simulated-${ids++}` };
  const start = wallTime(ask.wall - leadMs);
  const at = 1000;
  const state = initialEngine(config, undefined, momentOf(start, at));
  const run: Run = {
    ...{ env, start, state, at, wakeAt: undefined, later: [], steps: 0 },
    ...{ receipts: new Map(), spans: new Map(), holds: new Map(), told: new Map(), waited: new Set() },
  };
  step(run, { kind: "resume" });
  return run;
}

const momentOf = (start: WallTime, at: number): Moment => ({
  bootId: "simulation",
  instant: instant(at),
  wall: wallTime(start + (at - 1000)),
});

/** All boards answer, all contacts are at rest. */
function bringUp(run: Run, config: SiteConfig): void {
  for (const { board, enabled } of config.boards) {
    if (enabled) step(run, { kind: "link", board, link: { kind: "online" }, at: instant(run.at) });
  }
  for (const input of config.inputs) {
    if (sourceOf(config, input) !== "run") report(run, input, levelOf(input, "rest"), "state");
  }
}

/** A contact has a level, a run is started and stopped by software, a message says that something happened. */
function sourceOf(config: SiteConfig, input: AlarmInputSettings): "contact" | "run" | "message" {
  const driver = config.boards.find((one) => one.board === input.board)?.driver;
  if (driver?.kind === "http-trigger" || driver?.kind === "camera-offline") return "run";
  return driver !== undefined && isMessage(driver, input.point) ? "message" : "contact";
}

const levelOf = ({ type }: AlarmInputSettings, side: "rest" | "active"): Level =>
  (type === "NC") === (side === "rest") ? "closed" : "open";

function report(run: Run, { board, point }: AlarmInputSettings, level: Level, how: "change" | "state"): void {
  step(run, { kind: "level", board, report: { point, level, at: instant(run.at), how } });
}

function move(run: Run, config: SiteConfig, input: AlarmInputSettings, side: "rest" | "active"): void {
  const { board, point } = input;
  const trigger = (verb: "start" | "stop" | "pulse") => step(run, { kind: "trigger", board, point, verb });
  switch (sourceOf(config, input)) {
    case "contact":
      report(run, input, levelOf(input, side), "change");
      return;
    case "run":
      trigger(side === "active" ? "start" : "stop");
      return;
    case "message":
      // it has no length: that it is over needs no word
      if (side === "active") trigger("pulse");
  }
}

function step(run: Run, event: EngineEvent): void {
  run.steps++;
  if (event.kind === "wake") run.wakeAt = undefined;
  const next = stepEngine(run.env, run.state, event, momentOf(run.start, run.at));
  run.state = next.state;
  const answers = next.effects.flatMap((effect) => heed(run, effect) ?? []);
  for (const answer of answers) step(run, answer);
}

/** Notes what an effect does and gives what the world answers to it at once. */
function heed(run: Run, effect: EngineEffect): readonly EngineEvent[] | undefined {
  const now = momentOf(run.start, run.at);
  switch (effect.kind) {
    case "wake":
      run.wakeAt = effect.at;
      return undefined;
    case "receipt-changed":
      run.receipts.set(effect.receipt.edge.eventId, effect.receipt);
      for (const { id, waitsUntil } of effect.receipt.actions) if (waitsUntil !== undefined) run.waited.add(id);
      return undefined;
    case "output-changed":
      noteOutput(run, effect.output.output, effect.output.holds.length > 0, now.wall);
      return undefined;
    case "want-output": {
      const { board, point, state } = effect;
      const at = now.instant;
      return [
        { kind: "commanded", board, point, state, at },
        { kind: "read-back", board, point, state, at },
      ];
    }
    case "order-hold": {
      const { holdId, channel, edgeWall, preMs, boundAt } = effect.hold;
      const to = momentOf(run.start, boundAt).wall;
      run.holds.set(holdId, { channel, from: wallTime(edgeWall - preMs), to });
      closeLater(run, holdId, boundAt);
      return undefined;
    }
    case "end-hold": {
      const hold = run.holds.get(effect.holdId);
      if (hold !== undefined) hold.to = momentOf(run.start, effect.endAt).wall;
      closeLater(run, effect.holdId, effect.endAt);
      return undefined;
    }
    case "take-snapshots": {
      const { eventId, actionId } = effect;
      run.told.set(actionId, now.wall);
      return [{ kind: "snapshot-result", eventId, actionId, outcome: { kind: "done" } }];
    }
    case "go-ptz": {
      const { eventId, actionId } = effect;
      run.told.set(actionId, now.wall);
      return [{ kind: "ptz-result", eventId, actionId, outcome: { kind: "done" } }];
    }
    case "notify": {
      run.told.set(effect.action.id, now.wall);
      const { eventId } = effect.receipt.edge;
      return [{ kind: "notify-result", eventId, actionId: effect.action.id, outcome: { kind: "done" } }];
    }
    default:
      return undefined;
  }
}

/** An output is on for somebody from its first hold to its last. */
function noteOutput(run: Run, output: number, held: boolean, at: WallTime): void {
  const spans = run.spans.get(`output:${output}`) ?? [];
  const last = spans.at(-1);
  const open = last !== undefined && last.to === undefined;
  if (held && !open) spans.push({ from: at });
  else if (!held && open) spans[spans.length - 1] = { from: last.from, to: at };
  run.spans.set(`output:${output}`, spans);
}

/** The recorder has all of it when the hold ends. */
function closeLater(run: Run, holdId: string, at: number): void {
  const others = run.later.filter(({ event }) => event.kind !== "hold-closed" || event.holdId !== holdId);
  const event = { kind: "hold-closed", holdId, result: "done", reason: "", gaps: [] } as const;
  run.later = [...others, { at, event }];
}

/** Lets time pass, with every wake and every answer at its time. */
function pass(run: Run, ms: number): void {
  const end = run.at + ms;
  for (;;) {
    const next = run.later.reduce<Later | undefined>(
      (best, one) => (best && best.at <= one.at ? best : one),
      undefined,
    );
    const at = Math.min(next?.at ?? Infinity, run.wakeAt ?? Infinity);
    if (at > end || run.steps > mostSteps) break;
    run.at = Math.max(run.at, at);
    if (next !== undefined && next.at === at) {
      run.later = run.later.filter((one) => one !== next);
      step(run, next.event);
    } else step(run, { kind: "wake" });
  }
  run.at = Math.max(run.at, end);
}

function summary(run: Run, ask: SimulationAsk): Simulation {
  const receipt = [...run.receipts.values()].find(({ edge }) => edge.input === ask.input && edge.kind === "raised");
  const armedAfter = run.state.arming.mode !== "disarmed";
  if (receipt === undefined) return { alarm: false, actions: [], armedAfter };
  const { edge, alarmId } = receipt;
  return {
    edge: { at: edge.at.wall, decidedAt: edge.decidedAt.wall },
    alarm: alarmId !== undefined,
    actions: receipt.actions.map((action) => ({
      target: action.target,
      spans: spansOf(run, action.id, action.target),
      ...verdictOf(action, run.waited.has(action.id)),
    })),
    armedAfter,
  };
}

function verdictOf(
  { outcome }: Receipt["actions"][number],
  waited: boolean,
): Pick<SimulatedAction, "verdict" | "reason"> {
  switch (outcome?.kind) {
    case "suppressed":
      return { verdict: "suppressed", reason: outcome.gate };
    case "failed":
      return { verdict: "failed", reason: outcome.reason };
    case "short":
    case "done":
    case undefined:
      return { verdict: waited ? "waits" : "happens" };
  }
}

function spansOf(run: Run, actionId: string, target: ActionTarget): readonly SimulatedSpan[] {
  if (target.kind === "output") return run.spans.get(`output:${target.output}`) ?? [];
  if (target.kind === "notify" || target.kind === "snapshot" || target.kind === "ptz") {
    const at = run.told.get(actionId);
    return at === undefined ? [] : [{ from: at }];
  }
  const hold = run.holds.get(actionId);
  return hold === undefined ? [] : [{ from: hold.from, to: hold.to }];
}
