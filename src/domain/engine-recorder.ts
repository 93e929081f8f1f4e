/** What the recorder proves of a hold becomes facts and, when the hold is over, the outcome of its action. */
import type { Draft } from "./engine-draft.ts";
import { change, note, settle } from "./engine-draft.ts";
import type { EngineEvent, HoldClosedEvent, HoldDurableEvent, HoldFreshEvent, RecordHold } from "./engine-types.ts";
import { findAction } from "./receipt-book.ts";
import type { Outcome, RecordFacts } from "./receipt.ts";

type EventOf<K extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: K }>;

export function onHoldAnswer(draft: Draft, event: EventOf<"hold-answer">): void {
  const hold = draft.state.holds.get(event.holdId);
  if (hold === undefined) return;
  const { answer } = event;
  const known = findAction(draft.state.book, hold.eventId, event.holdId)?.action.record?.answer;
  const awaySince = known === undefined && answer.kind === "will-backfill" ? { awaySince: answer.since } : {};
  note(draft, hold.eventId, event.holdId, { record: { answer: answer.kind, ...awaySince } });
}

export function onHoldDurable(draft: Draft, event: HoldDurableEvent): void {
  const hold = draft.state.holds.get(event.holdId);
  const open = hold && findAction(draft.state.book, hold.eventId, event.holdId);
  if (hold === undefined || open === undefined) return;
  const { decidedAt } = open.receipt.edge;
  const facts: RecordFacts = { preAchievedMs: event.preAchievedMs };
  if (decidedAt.bootId !== draft.now.bootId || open.action.record?.durableAfterMs !== undefined) {
    note(draft, hold.eventId, event.holdId, { record: facts });
    return;
  }
  const durableAfterMs = Math.max(0, event.durableAt - decidedAt.instant);
  note(draft, hold.eventId, event.holdId, { record: { ...facts, durableAfterMs } });
  draft.others.push({ kind: "latency", what: "edge-to-durable", ms: durableAfterMs });
}

export function onHoldFresh(draft: Draft, event: HoldFreshEvent): void {
  const hold = draft.state.holds.get(event.holdId);
  const open = hold && findAction(draft.state.book, hold.eventId, event.holdId);
  if (hold === undefined || open?.action.record?.newFrameAfterMs !== undefined || hold.bootId !== draft.now.bootId)
    return;
  const newFrameAfterMs = Math.max(0, event.freshAt - hold.edgeAt);
  note(draft, hold.eventId, event.holdId, { record: { newFrameAfterMs } });
}

export function onHoldClosed(draft: Draft, event: HoldClosedEvent): void {
  const hold = draft.state.holds.get(event.holdId);
  if (hold === undefined) {
    // late or repeated: its outcome is known, the recorder may let go
    draft.holds.push({ kind: "forget-hold", holdId: event.holdId });
    return;
  }
  const facts: RecordFacts = {
    ...(event.preAchievedMs === undefined ? {} : { preAchievedMs: event.preAchievedMs }),
    ...(event.from === undefined ? {} : { from: event.from }),
    ...(event.to === undefined ? {} : { to: event.to }),
    ...(event.gaps.length === 0 ? {} : { gaps: event.gaps }),
    ...(metItsBound(draft, hold) ? { inputStillOpen: true } : {}),
  };
  settle(draft, hold.eventId, event.holdId, outcomeOf(event), { record: facts });
}

/** Its cause went on until the bound. Of a bound that passed while nobody watched, what is known of the cause now decides. */
function metItsBound(draft: Draft, hold: RecordHold): boolean {
  const { state, now } = draft;
  if (hold.trigger === "manual" || hold.endAt !== undefined || now.instant < hold.boundAt) return false;
  if (hold.boundAt > state.startedAt) return true;
  const edge = state.book.get(hold.eventId)?.receipt.edge;
  if (edge === undefined) return false;
  if (edge.loop !== undefined) return state.inputs.get(edge.input)?.loop?.told !== undefined;
  return edge.kind === "tamper"
    ? state.boards.get(edge.board ?? 0)?.lostAt !== undefined
    : state.inputs.get(edge.input)?.machine.known === "active";
}

function outcomeOf(event: HoldClosedEvent): Outcome {
  switch (event.result) {
    case "done":
      return { kind: "done" };
    case "short":
      return { kind: "short", reason: event.reason };
    case "failed":
      return { kind: "failed", reason: event.reason };
  }
}

/** Its process is away: what it did not answer yet it can only fill in later. */
export function onRecorderDown(draft: Draft, event: EventOf<"recorder-down">): void {
  change(draft, { down: new Set([...draft.state.down, ...event.channels]) });
  for (const hold of draft.state.holds.values()) {
    if (!event.channels.includes(hold.channel)) continue;
    const answer = findAction(draft.state.book, hold.eventId, hold.holdId)?.action.record?.answer;
    if (answer === undefined) note(draft, hold.eventId, hold.holdId, { record: { answer: "will-backfill" } });
  }
}

/** It is back and is told again everything that is still waited for. */
export function onRecorderUp(draft: Draft, event: EventOf<"recorder-up">): void {
  const down = [...draft.state.down].filter((channel) => !event.channels.includes(channel));
  change(draft, { down: new Set(down) });
  for (const hold of draft.state.holds.values()) {
    if (event.channels.includes(hold.channel)) draft.holds.push({ kind: "order-hold", hold });
  }
}
