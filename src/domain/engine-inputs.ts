/** Inputs in the engine: a board's levels and software triggers go through the input machines; edges come out. */
import type { Instant } from "../kernel/time.ts";
import { after, days, earlier, minutes, seconds, wallOf } from "../kernel/time.ts";
import type { AlarmInputEffect, AlarmInputEvent } from "./alarm-input.ts";
import { stepAlarmInput } from "./alarm-input.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, change, endTrouble, journal, setInput, withEntry } from "./engine-draft.ts";
import { keySwitch } from "./engine-arming.ts";
import { acceptEdge, inputAtRest } from "./engine-edges.ts";
import { noteChange } from "./engine-sensors.ts";
import { feedbackMoved } from "./engine-outputs.ts";
import type { InputEntry } from "./engine-state.ts";
import { inputConfig, pointKey } from "./engine-state.ts";
import type { EngineEffect, LevelFact, TriggerEvent } from "./engine-types.ts";
import { inputMemory } from "./engine-view.ts";
import { isActive } from "./level.ts";
import { recentId, rememberId } from "./recent-ids.ts";
import type { Edge } from "./receipt.ts";

/** One event through one input's machine, with everything that follows from it. */
export function feedInput(draft: Draft, input: number, event: AlarmInputEvent, trigger?: Edge["trigger"]): void {
  const entry = draft.state.inputs.get(input);
  if (entry === undefined) return;
  const config = inputConfig(entry.settings, draft.env.config.boards);
  const { state, effects } = stepAlarmInput(config, entry.machine, event, draft.now);
  const before = entry.machine;
  const { run, ...rest } = entry;
  const next: InputEntry = {
    ...rest,
    machine: state,
    ...(run !== undefined && state.known === "active" ? { run } : {}),
  };
  setInput(draft, next);
  if (before.known !== state.known || (before.phase.kind === "blind") !== (state.phase.kind === "blind")) {
    journal(draft, { kind: "input", memory: inputMemory(next, draft.now) });
  }
  if (before.known !== state.known || before.level !== state.level) draft.changedInputs.add(input);
  for (const effect of effects) onInputEffect(draft, input, effect, trigger);
}

function onInputEffect(draft: Draft, input: number, effect: AlarmInputEffect, trigger: Edge["trigger"]): void {
  const entry = draft.state.inputs.get(input);
  if (entry === undefined) return;
  const { name } = entry.settings;
  const title = trigger?.title ?? (trigger === undefined ? entry.title : undefined);
  switch (effect.kind) {
    case "edge": {
      const eventId = acceptEdge(draft, {
        input,
        inputName: title === undefined || effect.edge === "cleared" ? name : `${name}: ${title}`,
        kind: effect.edge,
        at: effect.at,
        dueAt: effect.dueAt,
        ...(effect.notBefore === undefined ? {} : { notBefore: effect.notBefore }),
        ...(trigger === undefined || effect.edge === "cleared" ? {} : { trigger }),
        ...(trigger !== undefined || title === undefined || effect.edge === "cleared" ? {} : { title }),
      });
      const current = draft.state.inputs.get(input);
      if (current !== undefined) setInput(draft, { ...current, lastEventId: eventId });
      keySwitch(draft, entry.settings, effect.edge);
      return;
    }
    case "released":
      inputAtRest(draft, input, draft.now.instant);
      return;
    case "chatter": {
      const key = `input:${input}:chatter`;
      const what = `${name} chatters: it has not held still for ${entry.settings.debounceMs} ms`;
      if (effect.on) beginTrouble(draft, key, what);
      else endTrouble(draft, key);
      return;
    }
    case "wake":
      return;
  }
}

const inputsAt = (draft: Draft, board: number, point: number): InputEntry[] =>
  [...draft.state.inputs.values()].filter(({ settings }) => settings.board === board && settings.point === point);

/** A board's report. A mere state at rest does not end what software holds active. */
export function onLevel(draft: Draft, board: number, report: LevelFact): void {
  change(draft, { levels: withEntry(draft.state.levels, pointKey(board, report.point), report.level) });
  feedbackMoved(draft, board, report.point);
  for (const { settings, run } of inputsAt(draft, board, report.point)) {
    const { level } = report;
    const believable = level === "closed" || level === "open";
    if (run !== undefined && report.how === "state" && believable && !isActive(level, settings.type)) continue;
    noteChange(draft, settings.input, report);
    noteTitle(draft, settings, report);
    feedInput(draft, settings.input, { kind: "level", report });
  }
}

/** What was seen is said with the level, and the edge may come a debounce time later. */
function noteTitle(draft: Draft, { input, type }: InputEntry["settings"], { level, title }: LevelFact): void {
  const entry = draft.state.inputs.get(input);
  const believable = level === "closed" || level === "open";
  if (entry === undefined || !believable || !isActive(level, type) || entry.title === title) return;
  setInput(draft, { ...entry, title });
}

/** The board is out of reach: all its points are at fault, or not looked at. */
export function faultInputs(draft: Draft, board: number, at: Instant, level: "fault" | "unknown" = "fault"): void {
  const levels = new Map(draft.state.levels);
  for (const key of levels.keys()) if (key.startsWith(`${board}/`)) levels.set(key, level);
  change(draft, { levels });
  feedbackMoved(draft, board);
  for (const { settings } of draft.state.inputs.values()) {
    if (settings.board !== board) continue;
    feedInput(draft, settings.input, { kind: "level", report: { level, at, how: "change" } });
  }
}

/** Where nobody says a limit, software holds an input active for at most this long, and never longer than the cap. */
const defaultRunMs = minutes(10);
const longestRunMs = minutes(60);

/** What makes a caller's event id unique: the same id may start and later stop one event. */
export const callerKey = (input: number, verb: TriggerEvent["verb"], callerId: string): string =>
  `${input}/${verb}/${callerId}`;

/** A trigger from software. The same caller's id a second time does nothing and gets the same event. */
export function onTrigger(draft: Draft, event: TriggerEvent): void {
  draft.others.push(triggered(draft, event));
}

function triggered(draft: Draft, event: TriggerEvent): EngineEffect {
  const refused = (reason: string): EngineEffect => ({ kind: "trigger-refused", reason });
  const entry = inputsAt(draft, event.board, event.point)[0];
  if (entry === undefined) return refused(`no input is configured on board ${event.board}, point ${event.point}`);
  const { input, enabled } = entry.settings;
  if (!enabled) return refused(`input ${input} is switched off`);
  const key = event.eventId === undefined ? undefined : callerKey(input, event.verb, event.eventId);
  const known = key === undefined ? undefined : recentId(draft.state.callers, key);
  if (known !== undefined) return { kind: "triggered", eventId: known, repeated: true };
  if (event.verb === "stop") setSide(draft, input, "rest");
  else startRun(draft, entry, event);
  const eventId = draft.state.inputs.get(input)?.lastEventId;
  if (eventId === undefined) return refused("nothing was started");
  if (key !== undefined) change(draft, { callers: rememberId(draft.state.callers, key, eventId) });
  if (event.verb === "pulse" && entry.machine.known !== "active") setSide(draft, input, "rest");
  return { kind: "triggered", eventId, repeated: false };
}

const setSide = (draft: Draft, input: number, side: "rest" | "active", trigger?: Edge["trigger"]): void =>
  feedInput(draft, input, { kind: "set", side, at: draft.now.instant }, trigger);

/** Each start with an id of its own is an edge of its own, also while the input is still active. */
function startRun(draft: Draft, entry: InputEntry, event: TriggerEvent): void {
  const { now } = draft;
  const until = after(now.instant, event.verb === "pulse" ? 0 : runLength(draft, event));
  setSide(draft, entry.settings.input, "active", {
    verb: event.verb === "pulse" ? "pulse" : "start",
    until: wallOf(now, until),
    ...(event.eventId === undefined ? {} : { callerId: event.eventId }),
    ...(event.title === undefined ? {} : { title: event.title }),
    ...(event.away === undefined ? {} : { away: event.away }),
  });
  const current = draft.state.inputs.get(entry.settings.input);
  if (current !== undefined && event.verb === "start") setInput(draft, { ...current, run: { until } });
}

function runLength(draft: Draft, event: TriggerEvent): number {
  const driver = draft.env.config.boards.find((board) => board.board === event.board)?.driver;
  // the watch itself ends it, when the last camera is back
  if (driver?.kind === "camera-offline") return days(365);
  const point =
    driver?.kind === "http-trigger" ? driver.inputs.find((input) => input.point === event.point) : undefined;
  const most = Math.min(point === undefined ? longestRunMs : seconds(point.maxS), longestRunMs);
  return event.maxS === undefined ? Math.min(defaultRunMs, most) : Math.min(Math.max(0, seconds(event.maxS)), most);
}

/** Everything that time alone brings about in inputs: debounce times that are full, software runs that are over. */
export function inputsDue(draft: Draft): void {
  const at = draft.now.instant;
  const settling = [...draft.state.inputs.values()]
    .flatMap(({ settings, machine }) =>
      machine.phase.kind === "settling" && machine.phase.until <= at
        ? [{ input: settings.input, until: machine.phase.until }]
        : [],
    )
    .sort((a, b) => a.until - b.until);
  for (const { input } of settling) feedInput(draft, input, { kind: "wake" });
  for (const { settings, run } of draft.state.inputs.values()) {
    if (run === undefined || run.until > at) continue;
    feedInput(draft, settings.input, { kind: "set", side: "rest", at: earlier(run.until, at) });
  }
}
