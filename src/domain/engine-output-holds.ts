/** Holds on outputs in the engine: edges begin them as the output behaves; rest, time and people end them. */
import type { Duration, Instant } from "../kernel/time.ts";
import { after, later, seconds } from "../kernel/time.ts";
import { activeState, canReadBack, endAfterRest, isSilenced, longestOnMs } from "./alarm-output.ts";
import type { RunningAlarm } from "./alarms.ts";
import type { Draft } from "./engine-draft.ts";
import { change, journal, setOutput, settle } from "./engine-draft.ts";
import { latchMemory } from "./engine-output-memory.ts";
import type { OutputEntry, OutputHold, WaitingAction } from "./engine-state.ts";
import { soonest } from "./engine-state.ts";
import type { EngineEvent } from "./engine-types.ts";
import type { Holds } from "./hold.ts";
import { addHold, endHold, holdUntil, isHeld, nextHoldEnd } from "./hold.ts";
import { behaviourOf, fixedTime } from "./output-settings.ts";
import type { Edge, ReceiptAction } from "./receipt.ts";
import { patience, postponeDeadline } from "./receipt-book.ts";
import { paceOf } from "./relay-profile.ts";
import type { Linkage, OutputKind } from "./site-config.ts";
import { defaults } from "./site-config.ts";
import { walkOnAlready, walkPulseMs } from "./walk-test.ts";

export interface Switching {
  readonly edge: Edge;
  readonly linkage: Linkage;
  readonly actions: readonly ReceiptAction[];
  /** When the edge could be decided first. */
  readonly dueAt: Instant;
  /** What a confirmation counts from, where it is not the edge: the end of its entry delay. */
  readonly confirmFrom?: Instant;
  readonly alarm: RunningAlarm | undefined;
  /** The edge repeats one of its alarm. */
  readonly joined: boolean;
}

/** Begins a hold on every output that the edge's open actions name, but of those that wait for the entry delay. */
export function switchOutputs(draft: Draft, switching: Switching): void {
  const { edge, actions, dueAt, confirmFrom = edge.at.instant } = switching;
  for (const { id, target, outcome, waitsUntil } of actions) {
    if (target.kind !== "output" || outcome !== undefined || waitsUntil !== undefined) continue;
    const entry = draft.state.outputs.get(target.output);
    if (entry === undefined) {
      settle(draft, edge.eventId, id, { kind: "failed", reason: "its output is not there" });
      continue;
    }
    if (edge.walk !== undefined && entry.wanted === activeState(entry.settings)) {
      settle(draft, edge.eventId, id, { kind: "suppressed", gate: walkOnAlready });
      continue;
    }
    const hold = holdOfEdge(draft, entry, id, switching);
    if (hold === undefined) {
      settle(draft, edge.eventId, id, { kind: "suppressed", gate: "its relay rests between repeats" });
      continue;
    }
    begin(draft, entry, hold, { eventId: edge.eventId, actionId: id, edgeAt: confirmFrom, dueAt });
  }
}

function begin(draft: Draft, entry: OutputEntry, hold: OutputHold, waiting: WaitingAction): void {
  const { output } = entry.settings;
  setOutput(draft, { ...entry, holds: addHold(entry.holds, hold), waiting: [...entry.waiting, waiting] });
  if (hold.latched !== undefined) journal(draft, { kind: "latched", output, latch: latchMemory(hold, draft.now) });
  draft.resend.add(output);
  draft.changedOutputs.add(output);
  draft.by = `event ${waiting.eventId}`;
  if (hold.from > draft.now.instant) {
    const at = after(hold.from, patience.output);
    change(draft, { book: postponeDeadline(draft.state.book, waiting.eventId, waiting.actionId, at) });
    return;
  }
  settleWhereItIsAlready(draft, output, waiting);
}

/**
 * The hold of an edge. Its bound counts from the first edge of the alarm, so that edges which join do not keep a siren on
 * for ever; a repeat waits until the relay has had its pause. Undefined when no time is left.
 */
function holdOfEdge(
  draft: Draft,
  entry: OutputEntry,
  by: string,
  { edge, linkage, alarm, joined }: Switching,
): OutputHold | undefined {
  const { settings } = entry;
  const now = draft.now.instant;
  if (edge.walk !== undefined) return pulseOfWalk(entry, by, edge, now);
  const from = joined ? pacedFrom(entry, now) : now;
  const boundAt = after(alarm?.firstAt ?? now, longestOnMs(settings));
  if (boundAt <= from) return undefined;
  const holdS = linkage.outputs.find((link) => link.output === settings.output)?.holdS ?? defaults.outputHoldS;
  const hold: OutputHold = { by, from, boundAt, input: edge.input, holdS };
  const behaviour = behaviourOf(settings);
  if (behaviour.kind === "latched") {
    return { ...hold, holdS: 0, latched: alarm === undefined ? {} : { alarmId: alarm.alarmId } };
  }
  const time = fixedTime(behaviour);
  if (time === undefined) return hold;
  return { ...hold, endAt: (behaviour.kind === "pulse" && endOfPulse(entry, now)) || after(from, time) };
}

/** In a walk test an output is on for a second at most, whatever else it would do. */
function pulseOfWalk(entry: OutputEntry, by: string, { input }: Edge, now: Instant): OutputHold {
  const own = fixedTime(behaviourOf(entry.settings)) ?? walkPulseMs;
  const from = pacedFrom(entry, now);
  const until = after(from, Math.min(own, walkPulseMs));
  return { by, from, boundAt: until, endAt: until, input, holdS: 0 };
}

/** A pulse that is on, or waits for its pause, is not lengthened by an edge. */
function endOfPulse({ holds }: OutputEntry, now: Instant): Instant | undefined {
  const pulses = holds.filter((hold) => hold.input !== 0 && hold.endAt !== undefined && holdUntil(hold) > now);
  return pulses.length === 0 ? undefined : pulses.map(holdUntil).reduce(later);
}

/** When a repeat may switch the relay: at once if it is on, else its pace after it was switched on last. */
function pacedFrom(entry: OutputEntry, now: Instant): Instant {
  if (entry.lastOnAt === undefined || entry.mode === "on" || isHeld(entry.holds, now)) return now;
  return later(now, after(entry.lastOnAt, paceMs(entry)));
}

const paceMs = ({ settings }: OutputEntry): Duration => seconds(paceOf(settings));

/** An output that is active already, as far as its board can say, needs no new proof. */
function settleWhereItIsAlready(draft: Draft, output: number, { eventId, actionId }: WaitingAction): void {
  const entry = draft.state.outputs.get(output);
  if (entry === undefined) return;
  const active = activeState(entry.settings);
  if (entry.wanted !== active) return;
  const board = draft.env.config.boards.find((candidate) => candidate.board === entry.settings.board);
  if (canReadBack(board, entry.settings.point)) {
    if (entry.readBack !== active) return;
    settle(draft, eventId, actionId, { kind: "done" }, { output: { confirmedAfterMs: 0 } });
  } else if (entry.commanded === active) {
    settle(draft, eventId, actionId, { kind: "done" }, { output: { commandedAfterMs: 0 } });
  }
}

/** What those holds follow came to rest: they go on for their hold time; a pulse, a time and a latch do not hear of it. */
export function endOutputHolds(draft: Draft, which: (hold: OutputHold) => boolean, restAt: Instant): void {
  for (const entry of draft.state.outputs.values()) {
    const held = entry.holds.filter((hold) => which(hold) && hold.endAt === undefined && hold.latched === undefined);
    if (held.length === 0) continue;
    const holds = held.reduce(
      (all, hold) => endHold(all, hold.by, endAfterRest(hold, restAt, hold.holdS)),
      entry.holds,
    );
    setOutput(draft, { ...entry, holds });
    draft.changedOutputs.add(entry.settings.output);
  }
}

/** One press: every siren, strobe and general output lets go; edges that join the running alarms stay quiet. */
export function silence(draft: Draft, by: string): void {
  draft.by = `silence by ${by}`;
  dropHolds(draft, isSilenced, "silenced before the board confirmed it");
  silenceAlarms(draft, by);
}

export function silenceAlarms(draft: Draft, by: string): void {
  if ([...draft.state.alarms.values()].every((alarm) => alarm.silenced)) return;
  const alarms = [...draft.state.alarms].map(([input, alarm]) => [input, { ...alarm, silenced: true }] as const);
  change(draft, { alarms: new Map(alarms) });
  journal(draft, { kind: "silenced", by });
}

export function dropHolds(draft: Draft, which: (kind: OutputKind) => boolean, reason: string): void {
  for (const entry of draft.state.outputs.values()) {
    if (!which(entry.settings.kind)) continue;
    if (entry.holds.length > 0) draft.changedOutputs.add(entry.settings.output);
    letGo(draft, entry, () => true);
    for (const { eventId, actionId } of entry.waiting) settle(draft, eventId, actionId, { kind: "short", reason });
  }
}

/** Somebody has seen the alarm: what it latched on lets go, whatever kind of output it is. */
export function acknowledge(
  draft: Draft,
  { alarmId, by }: Extract<EngineEvent, { readonly kind: "acknowledge" }>,
): void {
  for (const entry of draft.state.outputs.values()) {
    const ended = letGo(draft, entry, (hold) => hold.latched !== undefined && hold.latched.alarmId === alarmId);
    if (ended.length === 0) continue;
    draft.by = `alarm acknowledged by ${by}`;
    draft.changedOutputs.add(entry.settings.output);
    const reason = "acknowledged before the board confirmed it";
    for (const { eventId, actionId } of entry.waiting) {
      if (ended.includes(actionId)) settle(draft, eventId, actionId, { kind: "short", reason });
    }
  }
}

/** Ends those holds now. Returns the names of those that were latched. */
function letGo(draft: Draft, entry: OutputEntry, which: (hold: OutputHold) => boolean): readonly string[] {
  const ended = entry.holds.filter(which);
  if (ended.length > 0) setOutput(draft, { ...entry, holds: entry.holds.filter((hold) => !ended.includes(hold)) });
  return unlatched(draft, entry, ended);
}

function unlatched(draft: Draft, entry: OutputEntry, ended: readonly OutputHold[]): readonly string[] {
  const by = ended.filter(({ latched }) => latched !== undefined).map((hold) => hold.by);
  if (by.length > 0) journal(draft, { kind: "latches-ended", output: entry.settings.output, by });
  return by;
}

/** Of those that met their bound nothing comes back, whatever the clock says after a restart. */
export function latchesOver(draft: Draft, entry: OutputEntry, left: readonly OutputHold[]): void {
  if (left.length < entry.holds.length)
    unlatched(
      draft,
      entry,
      entry.holds.filter((hold) => !left.includes(hold)),
    );
}

/** When a hold begins (a repeat that waited) or ends next. */
export const nextHoldMove = (holds: Holds, now: Instant): Instant | undefined =>
  soonest([nextHoldEnd(holds), ...holds.map(({ from }) => (from > now ? from : undefined))]);
