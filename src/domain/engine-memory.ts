/**
 * After a crash: the journal is folded into what the engine goes on from, and the first step orders again what is
 * still held. Recording goes on; outputs do not, unless they are latched: they are at rest after a start, because a siren
 * or a gate must not move by itself after an outage of unknown length. What they had not proven by then is `failed`.
 */
import { seconds } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { journal, settle } from "./engine-draft.ts";
import { callerKey, feedInput } from "./engine-inputs.ts";
import { resumeOutputs } from "./engine-forced.ts";
import { foldAlarm, foldGraver, foldReleased } from "./alarms.ts";
import type { ArmingMemory } from "./arming.ts";
import { resumeArmed } from "./engine-arming.ts";
import { foldRaised } from "./engine-conditions.ts";
import type {
  AlarmMemory,
  CoreRecordLike,
  EngineMemory,
  EngineRecord,
  InputMemory,
  RaisedMemory,
  RecordHold,
} from "./engine-types.ts";
import { stateRecord } from "./engine-view.ts";
import type { OutputMemory } from "./output-memory.ts";
import { foldOutput } from "./output-memory.ts";
import { escalated, graver, isSettled, judged, patience, receiptOf, released, rested } from "./receipt-book.ts";
import type { WalkMemory } from "./walk-test.ts";
import { severityOf, type ActionTarget, type Edge, type Receipt, type ReceiptAction } from "./receipt.ts";

interface Folding {
  armed: boolean;
  arming: ArmingMemory | undefined;
  readonly open: Map<string, Receipt>;
  readonly holds: Map<string, RecordHold>;
  readonly inputs: Map<number, InputMemory>;
  readonly alarms: Map<number, AlarmMemory>;
  readonly raised: Map<number, RaisedMemory>;
  readonly outputs: Map<number, OutputMemory>;
  walk: WalkMemory | undefined;
  readonly callers: Map<string, string>;
}

/** Callers' ids that are kept, as many as the running engine keeps at least. */
const keptCallers = 10_000;

/**
 * Folds a journal, oldest record first: from its last `state` record on, or from nothing. Records of other kinds are
 * skipped. Callers' ids are taken from every edge in it, so that two days' files remember them across midnight.
 */
export function memoryFrom(records: readonly CoreRecordLike[]): EngineMemory {
  const memory: Folding = {
    armed: false,
    arming: undefined,
    walk: undefined,
    open: new Map(),
    holds: new Map(),
    inputs: new Map(),
    alarms: new Map(),
    raised: new Map(),
    outputs: new Map(),
    callers: new Map(),
  };
  for (const record of records) fold(memory, record);
  return {
    armed: memory.armed,
    ...(memory.arming === undefined ? {} : { arming: memory.arming }),
    open: [...memory.open.values()],
    holds: [...memory.holds.values()],
    inputs: [...memory.inputs.values()],
    alarms: [...memory.alarms.values()],
    raised: [...memory.raised.values()],
    outputs: [...memory.outputs.values()],
    ...(memory.walk === undefined ? {} : { walk: memory.walk }),
    callers: [...memory.callers].slice(-keptCallers).map(([key, eventId]) => ({ key, eventId })),
  };
}

function fold(memory: Folding, record: CoreRecordLike): void {
  switch (record.kind) {
    case "state":
      foldState(memory, record);
      return;
    case "armed":
      memory.armed = record.armed;
      memory.arming = record.arming;
      if (!record.armed) memory.alarms.clear();
      return;
    case "walk":
      memory.walk = record.ended === undefined ? record.walk : undefined;
      return;
    case "arming":
      memory.arming = record.arming;
      return;
    case "released": {
      const receipt = memory.open.get(record.eventId);
      if (receipt === undefined || receipt.alarmId !== undefined) return;
      memory.open.set(record.eventId, released(receipt, record.alarmId));
      foldReleased(memory.alarms, receipt.edge.input, { ...record, severity: severityOf(receipt) });
      return;
    }
    case "rested": {
      const receipt = memory.open.get(record.eventId);
      if (receipt !== undefined) memory.open.set(record.eventId, rested(receipt));
      return;
    }
    case "silenced":
      for (const alarm of memory.alarms.values()) memory.alarms.set(alarm.input, { ...alarm, silenced: true });
      return;
    case "input":
      memory.inputs.set(record.memory.input, record.memory);
      return;
    case "edge":
      rememberCaller(memory, record.edge);
      // a state that knows its receipt counted it already
      if (memory.open.has(record.edge.eventId)) return;
      if (record.edge.walk === undefined) foldRaised(memory.raised, record.edge);
      foldEdge(memory, record);
      foldAlarm(memory.alarms, record);
      return;
    case "escalated": {
      const receipt = memory.open.get(record.eventId);
      if (receipt !== undefined) memory.open.set(record.eventId, escalated(receipt, record.actionId));
      return;
    }
    case "graver":
    case "judged":
      foldJudgement(memory, record);
      return;
    case "hold-end": {
      const hold = memory.holds.get(record.holdId);
      if (hold !== undefined) memory.holds.set(record.holdId, { ...hold, endAt: record.endAt });
      return;
    }
    case "outcome":
      foldOutcome(memory, record);
      return;
    case "facts":
      foldFacts(memory, record);
      return;
    case "receipt":
      if (record.receipt.closedAt === undefined) memory.open.set(record.receipt.edge.eventId, record.receipt);
      else memory.open.delete(record.receipt.edge.eventId);
      return;
    case "output":
    case "latched":
    case "latches-ended":
    case "forced":
    case "relay-replaced":
      foldOutput(memory.outputs, record);
      return;
    case "board":
    case "start":
    case "clean-stop":
    case "config":
    case "config-removed":
    // what people make of an alarm, and what keeps its footage, the engine does not need
    case "alarm-reviewed":
    case "footage-locked":
    case "lock-released":
    case "bookmark":
    case "bookmark-removed":
    case "auto-arm":
      return;
  }
}

type RecordOf<K extends EngineRecord["kind"]> = Extract<EngineRecord, { readonly kind: K }>;

function foldState(memory: Folding, record: RecordOf<"state">): void {
  memory.armed = record.armed;
  memory.arming = record.arming;
  memory.walk = record.walk;
  memory.open.clear();
  memory.holds.clear();
  memory.inputs.clear();
  memory.alarms.clear();
  memory.raised.clear();
  memory.outputs.clear();
  for (const receipt of record.open) {
    memory.open.set(receipt.edge.eventId, receipt);
    rememberCaller(memory, receipt.edge);
  }
  for (const hold of record.holds) memory.holds.set(hold.holdId, hold);
  for (const input of record.inputs) memory.inputs.set(input.input, input);
  for (const raised of record.raised ?? []) memory.raised.set(raised.input, raised);
  for (const alarm of record.alarms ?? []) memory.alarms.set(alarm.input, alarm);
  for (const output of record.outputs ?? []) memory.outputs.set(output.output, output);
}

function foldEdge(memory: Folding, record: RecordOf<"edge">): void {
  for (const hold of record.holds) memory.holds.set(hold.holdId, hold);
  const receipt = receiptOf(record);
  if (!isSettled(receipt)) memory.open.set(record.edge.eventId, receipt);
}

function foldJudgement(memory: Folding, record: RecordOf<"graver"> | RecordOf<"judged">): void {
  const before = memory.open.get(record.eventId);
  if (before === undefined) return;
  const receipt = record.kind === "graver" ? graver(before, record) : judged(before);
  if (record.kind === "graver") foldGraver(memory.alarms, receipt.alarmId, record.graver.severity);
  if (isSettled(receipt)) memory.open.delete(record.eventId);
  else memory.open.set(record.eventId, receipt);
}

function foldOutcome(memory: Folding, record: RecordOf<"outcome">): void {
  memory.holds.delete(record.actionId);
  foldFacts(memory, record, { outcome: record.outcome, outcomeAt: record.at });
  const receipt = memory.open.get(record.eventId);
  if (receipt !== undefined && isSettled(receipt)) memory.open.delete(record.eventId);
}

type Settled = Pick<ReceiptAction, "outcome" | "outcomeAt">;

function foldFacts(memory: Folding, record: RecordOf<"facts" | "outcome">, settled: Settled = {}): void {
  const receipt = memory.open.get(record.eventId);
  if (receipt === undefined) return;
  const facts = {
    ...(record.record === undefined ? {} : { record: record.record }),
    ...(record.output === undefined ? {} : { output: record.output }),
  };
  const actions = receipt.actions.map((action) =>
    action.id === record.actionId && action.outcome === undefined ? { ...action, ...facts, ...settled } : action,
  );
  memory.open.set(record.eventId, { ...receipt, actions });
}

function rememberCaller(memory: Folding, edge: Edge): void {
  const { trigger } = edge;
  if (trigger?.callerId === undefined) return;
  memory.callers.set(callerKey(edge.input, trigger.verb, trigger.callerId), edge.eventId);
}

/** The first step of a life: relays to rest, holds ordered again, what a restart cut off is said so. */
export function resume(draft: Draft): void {
  draft.by = "start";
  resumeOutputs(draft);
  for (const { receipt } of draft.state.book.values()) {
    for (const { id, target, outcome, waitsUntil, escalateAt } of receipt.actions) {
      if (outcome !== undefined || waitsUntil !== undefined || escalateAt !== undefined) continue;
      resumeAction(draft, receipt, id, target);
    }
  }
  for (const hold of draft.state.holds.values()) draft.holds.push({ kind: "order-hold", hold });
  endLostRuns(draft);
  resumeArmed(draft);
  journal(draft, stateRecord(draft.state, draft.now));
}

function resumeAction(draft: Draft, receipt: Receipt, actionId: string, target: ActionTarget): void {
  const { eventId } = receipt.edge;
  switch (target.kind) {
    case "output":
      settle(draft, eventId, actionId, {
        kind: "failed",
        reason: "interrupted by a restart before the board confirmed it",
      });
      return;
    case "notify":
      // perhaps it was sent: a message twice, with the same event id, is better than none
      draft.notify.push({ notifier: target.notifier, eventId, actionId });
      return;
    case "ptz":
      resumeTurn(draft, receipt, actionId, target);
      return;
    case "snapshot":
      settle(draft, eventId, actionId, { kind: "failed", reason: "interrupted by a restart" });
      return;
    case "record":
      if (draft.state.holds.has(actionId)) return;
      settle(draft, eventId, actionId, { kind: "failed", reason: "interrupted by a restart before it was ordered" });
      return;
  }
}

/** A camera still looks back at the time that was meant for it; nobody knows whether it took another order. */
function resumeTurn(draft: Draft, { edge }: Receipt, actionId: string, target: TurnTarget): void {
  const meant = seconds(target.afterS ?? 0);
  const left = Math.min(edge.decidedAt.wall + meant - draft.now.wall, meant);
  if (target.afterS === undefined || left < -patience.ptz) {
    settle(draft, edge.eventId, actionId, { kind: "failed", reason: "interrupted by a restart" });
    return;
  }
  const order = { ...target, kind: "go-ptz", eventId: edge.eventId, actionId } as const;
  draft.holds.push({ ...order, afterS: Math.max(0, left) / 1000 });
}

type TurnTarget = Extract<ActionTarget, { kind: "ptz" }>;

/** An HTTP trigger that held an input active before the start, and whose end nobody knows, is at rest. */
function endLostRuns(draft: Draft): void {
  for (const { settings, machine, run } of draft.state.inputs.values()) {
    const driver = draft.env.config.boards.find((board) => board.board === settings.board)?.driver;
    if (driver?.kind !== "http-trigger" || machine.known !== "active" || run !== undefined) continue;
    feedInput(draft, settings.input, { kind: "set", side: "rest", at: draft.now.instant });
  }
}
