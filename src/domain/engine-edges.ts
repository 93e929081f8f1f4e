/** An accepted edge: its alarm, its actions, its receipt, and what they set in motion. */
import type { Instant } from "../kernel/time.ts";
import { after, earlier, momentAt, seconds } from "../kernel/time.ts";
import type { JoinedAlarm, RunningAlarm } from "./alarms.ts";
import { joinAlarm } from "./alarms.ts";
import type { ZoneVerdict } from "./arming.ts";
import { isArmed } from "./arming.ts";
import type { Draft } from "./engine-draft.ts";
import { change, journal, setInput, withEntry } from "./engine-draft.ts";
import { countAlarm, judge } from "./engine-arming.ts";
import { endOutputHolds, switchOutputs } from "./engine-output-holds.ts";
import { isWalked, noteTrip, tripOf } from "./engine-walk.ts";
import { noteRaised } from "./engine-conditions.ts";
import { escalationAt } from "./engine-escalation.ts";
import { judgeAgain, judgedUntil, judgementDeadline } from "./engine-graver.ts";
import { recordDeadline } from "./engine-restore.ts";
import type { InputEntry } from "./engine-state.ts";
import type { RecordHold } from "./engine-types.ts";
import { inputMemory } from "./engine-view.ts";
import { awaitConfirmation, severityAt } from "./engine-confirm.ts";
import { antiDitherOf, causeOf, contextOf } from "./engine-context.ts";
import { holdUntil } from "./hold.ts";
import type { HoldTrigger } from "./footage-cause.ts";
import { backActions, linkageActions, linkageOf } from "./linkage.ts";
import { isWaiting, severityOf } from "./receipt.ts";
import type { ActionTarget, Edge, Receipt, ReceiptAction } from "./receipt.ts";
import type { Deadline } from "./receipt-book.ts";
import { enterReceipt, patience, receiptOf, restReceipt } from "./receipt-book.ts";
import type { Linkage } from "./site-config.ts";
import { walkGate } from "./walk-test.ts";
import { defaults } from "./site-config.ts";

export type EdgeDraft = Omit<Edge, "eventId" | "decidedAt" | "at"> & {
  readonly at: Instant;
  /** When it could be decided first; the measured latencies count from here. */
  readonly dueAt: Instant;
};

/** Makes the edge's receipt and carries it out. Returns its event id. */
export function acceptEdge(draft: Draft, { at, dueAt, ...facts }: EdgeDraft): string {
  const { env, now } = draft;
  const linkage = linkageOf(env.config, facts);
  const severity = facts.kind === "cleared" || linkage === undefined ? undefined : severityAt(draft, linkage, at);
  const grave = severity === undefined ? {} : { severity };
  const trip = tripOf(draft, { ...facts, at });
  const walk = trip === undefined ? {} : { walk: trip.walkId };
  const edge: Edge = { ...facts, ...grave, ...walk, eventId: env.newId(), at: momentAt(now, at), decidedAt: now };
  draft.others.push({ kind: "latency", what: "edge-to-decision", ms: Math.max(0, now.instant - dueAt) });
  if (edge.kind === "cleared" || linkage === undefined) {
    inputAtRest(draft, edge.input, at);
    const alarmId = draft.state.alarms.get(edge.input)?.alarmId;
    const back =
      linkage !== undefined && takeTurned(draft, edge.input) ? backActions(linkage, edge, () => env.newId()) : [];
    enterEdge(draft, { edge, actions: back, holds: [], ...(alarmId === undefined ? {} : { alarmId }) });
    tell(draft, edge, back);
    return edge.eventId;
  }
  const quiet = trip !== undefined || isWalked(draft, edge);
  const verdict: ZoneVerdict = quiet ? { kind: "event", gate: walkGate } : judge(draft, edge);
  if (edge.kind !== "tamper" && trip === undefined) noteRaised(draft, edge.input, at);
  awaitConfirmation(draft, edge, linkage);
  const { alarm, joined, graver } = alarmOf(draft, edge, verdict);
  const context = contextOf(draft, { edge, alarm, joined, graver, verdict, trip });
  const actions = linkageActions(linkage, edge, context).map((action) => withDownAnswer(draft, action));
  if (trip !== undefined) noteTrip(draft, { input: edge.input, at }, actions);
  const trigger = causeOf(draft, { edge, verdict, trip });
  const cause = trigger === "motion" || trigger === "intelligent" ? { cause: trigger } : {};
  const holds = actions.flatMap((action) => recordHoldOf(action, edge, { linkage, trigger }) ?? []);
  const until = trip === undefined ? judgedUntil(draft, edge, linkage, verdict) : undefined;
  enterEdge(draft, {
    ...{ edge: { ...edge, ...cause }, actions, holds },
    ...(alarm === undefined ? {} : { alarmId: alarm.alarmId }),
    ...(until === undefined ? {} : { judgedUntil: until }),
  });
  orderHolds(draft, holds);
  switchOutputs(draft, { edge, linkage, actions, dueAt, alarm, joined });
  tell(draft, edge, actions);
  if (trip === undefined) judgeAgain(draft, edge);
  return edge.eventId;
}

/** Edges that act belong to an alarm; the loss of a board is always one of its own. */
function alarmOf(
  draft: Draft,
  edge: Edge,
  verdict: ZoneVerdict,
): Omit<JoinedAlarm, "alarm"> & { readonly alarm: RunningAlarm | undefined } {
  if (verdict.kind !== "acts") return { alarm: undefined, joined: false, graver: false };
  const running = edge.kind === "tamper" ? undefined : draft.state.alarms.get(edge.input);
  const times = { at: edge.at.instant, decidedAt: edge.decidedAt.instant, severity: severityOf({ edge }) };
  const joined = joinAlarm(running, times, antiDitherOf(draft, edge), () => draft.env.newId());
  if (edge.kind !== "tamper") change(draft, { alarms: withEntry(draft.state.alarms, edge.input, joined.alarm) });
  if (edge.kind !== "tamper" && !joined.joined) countAlarm(draft, edge.input);
  return joined;
}

/** A record action whose recorder process is away knows its first answer already. */
export const withDownAnswer = (draft: Draft, action: ReceiptAction): ReceiptAction =>
  action.target.kind === "record" && action.outcome === undefined && draft.state.down.has(action.target.channel)
    ? { ...action, record: { answer: "will-backfill" } }
    : action;

interface Recorded {
  readonly linkage: Linkage;
  readonly trigger: HoldTrigger;
}

function recordHoldOf(action: ReceiptAction, edge: Edge, { linkage, trigger }: Recorded): RecordHold | undefined {
  if (action.target.kind !== "record" || action.outcome !== undefined) return undefined;
  return {
    holdId: action.id,
    eventId: edge.eventId,
    channel: action.target.channel,
    trigger,
    bootId: edge.at.bootId,
    edgeAt: edge.at.instant,
    edgeWall: edge.at.wall,
    preMs: seconds(action.target.preS),
    boundAt: after(edge.at.instant, seconds(linkage.maxRecordS)),
  };
}

type EnteredEdge = Omit<Receipt, "armed"> & { readonly holds: readonly RecordHold[] };

/** Enters and journals the receipt of an edge. */
export function enterEdge(draft: Draft, { holds, ...facts }: EnteredEdge): void {
  const { book, arming } = draft.state;
  const entered = receiptOf({ ...facts, armed: isArmed(arming) });
  const deadlines = new Map([
    ...deadlinesOf(draft, entered.edge, entered.actions, holds),
    ...judgementDeadline(entered, draft.now),
  ]);
  const step = enterReceipt(book, entered, deadlines, draft.now.wall);
  change(draft, { book: step.book });
  draft.receipts.set(entered.edge.eventId, step.receipt);
  journal(draft, { kind: "edge", ...entered, holds });
  if (step.receipt.closedAt !== undefined) journal(draft, { kind: "receipt", receipt: step.receipt });
}

function deadlinesOf(
  draft: Draft,
  edge: Edge,
  actions: readonly ReceiptAction[],
  holds: readonly RecordHold[],
): ReadonlyMap<string, Deadline> {
  const now = draft.now.instant;
  const deadlines = new Map<string, Deadline>(holds.map((hold) => [hold.holdId, recordDeadline(hold.boundAt)]));
  for (const action of actions) {
    const { id, target, waitsUntil } = action;
    const begins = waitsUntil === undefined ? now : (draft.state.arming.entry?.until ?? now);
    const from = escalationAt({ edge }, action, draft.now) ?? begins;
    const deadline = deadlineOf(target, from);
    if (deadline !== undefined) deadlines.set(id, deadline);
  }
  return deadlines;
}

/** When an output or a message that is set in motion at `from` has failed; what records has the deadline of its hold. */
export function deadlineOf(target: ActionTarget, from: Instant): Deadline | undefined {
  switch (target.kind) {
    case "output":
      return { at: after(from, patience.output), reason: `not confirmed within ${patience.output / 1000} s` };
    case "notify":
      return { at: after(from, patience.notify), reason: "not delivered within 5 min" };
    case "snapshot": {
      const takes = seconds((target.count - 1) * target.intervalS);
      return { at: after(from, takes + patience.snapshot), reason: "no picture came in time" };
    }
    case "ptz":
      return {
        at: after(from, seconds(target.afterS ?? 0) + patience.ptz),
        reason: "the camera did not answer in time",
      };
    case "record":
      return undefined;
  }
}

/** Orders the holds of new record actions and keeps them until their outcome. */
export function orderHolds(draft: Draft, holds: readonly RecordHold[]): void {
  for (const hold of holds) draft.holds.push({ kind: "order-hold", hold });
  keepHolds(draft, holds);
}

export function tell(draft: Draft, edge: Edge, actions: readonly ReceiptAction[]): void {
  for (const { id, target, outcome, waitsUntil, escalateAt } of actions) {
    if (outcome !== undefined || waitsUntil !== undefined || escalateAt !== undefined) continue;
    if (target.kind === "snapshot")
      draft.holds.push({ kind: "take-snapshots", eventId: edge.eventId, actionId: id, ...picturesOf(target) });
    if (target.kind === "ptz") {
      draft.holds.push({ ...target, kind: "go-ptz", eventId: edge.eventId, actionId: id });
      if (target.afterS === undefined) setTurned(draft, edge.input, true);
    }
    if (target.kind !== "notify") continue;
    draft.notify.push({ notifier: target.notifier, eventId: edge.eventId, actionId: id });
  }
}

/** Whoever turned a camera lets it look back when it comes to rest, whatever became of its alarm: disarmed, over, forgotten. */
function takeTurned(draft: Draft, input: number): boolean {
  const turned = draft.state.inputs.get(input)?.turned === true;
  if (turned) setTurned(draft, input, false);
  return turned;
}

function setTurned(draft: Draft, input: number, to: boolean): void {
  const entry = draft.state.inputs.get(input);
  if (entry === undefined || (entry.turned === true) === to) return;
  const next: InputEntry = { ...entry, turned: to };
  setInput(draft, next);
  journal(draft, { kind: "input", memory: inputMemory(next, draft.now) });
}

const picturesOf = ({ channel, count, intervalS }: Extract<ActionTarget, { kind: "snapshot" }>) => ({
  channel,
  count,
  intervalS,
});

/** The input came to rest (or is no more): what its edges hold ends after the time that is set for it. */
export function inputAtRest(draft: Draft, input: number, restAt: Instant): void {
  endRecordHolds(draft, (edge) => edge.kind !== "tamper" && edge.kind !== "manual" && edge.input === input, restAt);
  endOutputHolds(draft, (hold) => hold.input === input, restAt);
  for (const { receipt } of draft.state.book.values()) {
    const { edge, rested } = receipt;
    if (edge.kind === "tamper" || edge.input !== input || rested === true || !receipt.actions.some(isWaiting)) continue;
    change(draft, { book: restReceipt(draft.state.book, edge.eventId) });
    journal(draft, { kind: "rested", eventId: edge.eventId });
  }
}

/** Ends the record holds of those edges `postRecordS` after `restAt`; a hold that met its bound before is left alone. */
export function endRecordHolds(draft: Draft, which: (edge: Edge) => boolean, restAt: Instant): void {
  const changed: RecordHold[] = [];
  for (const hold of draft.state.holds.values()) {
    if (hold.endAt !== undefined || restAt >= hold.boundAt) continue;
    const edge = draft.state.book.get(hold.eventId)?.receipt.edge;
    if (edge === undefined || !which(edge)) continue;
    const postS = linkageOf(draft.env.config, edge)?.postRecordS ?? defaults.postRecordS;
    const endAt = earlier(after(restAt, seconds(postS)), hold.boundAt);
    const ended: RecordHold = { ...hold, endAt };
    changed.push(ended);
    journal(draft, { kind: "hold-end", holdId: hold.holdId, endAt: holdUntil(ended) });
    draft.holds.push({ kind: "end-hold", holdId: hold.holdId, channel: hold.channel, endAt: holdUntil(ended) });
  }
  keepHolds(draft, changed);
}

export function keepHolds(draft: Draft, changed: readonly RecordHold[]): void {
  if (changed.length === 0) return;
  const all = new Map(draft.state.holds);
  for (const hold of changed) all.set(hold.holdId, hold);
  change(draft, { holds: all });
}
