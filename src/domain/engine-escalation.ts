/**
 * Escalation: a message that is in the receipt from the edge on, and goes out at its time unless somebody acknowledged
 * the alarm before. Nothing else has to be remembered: an open receipt outlives a restart.
 *
 *   waits until `escalateAt` ──acknowledged──▶ suppressed("acknowledged by …")
 *              └──its time──▶ sent like any other message
 */
import type { Instant, Moment } from "../kernel/time.ts";
import { after, between, instant } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { change, journal, settle } from "./engine-draft.ts";
import type { EngineState } from "./engine-state.ts";
import type { EngineEvent } from "./engine-types.ts";
import type { Receipt, ReceiptAction } from "./receipt.ts";
import { escalated, openReceipt } from "./receipt-book.ts";

export const isEscalation = (
  action: ReceiptAction,
): action is ReceiptAction & Required<Pick<ReceiptAction, "escalateAt">> =>
  action.escalateAt !== undefined && action.outcome === undefined;

/** When it goes out, in instants of this boot: a step of the wall clock moves nothing inside the boot of its edge. */
export function escalationAt(
  receipt: Pick<Receipt, "edge">,
  { escalateAt }: ReceiptAction,
  now: Moment,
): Instant | undefined {
  if (escalateAt === undefined) return undefined;
  const { decidedAt } = receipt.edge;
  return decidedAt.bootId === now.bootId
    ? after(decidedAt.instant, escalateAt - decidedAt.wall)
    : instant(now.instant + (escalateAt - now.wall));
}

/** Sends what is due. */
export function escalationsDue(draft: Draft): void {
  for (const { receipt } of draft.state.book.values()) {
    for (const action of receipt.actions) {
      if (!isEscalation(action) || action.waitsUntil !== undefined || action.target.kind !== "notify") continue;
      const at = escalationAt(receipt, action, draft.now);
      if (at === undefined || between(at, draft.now.instant) < 0) continue;
      escalate(draft, receipt.edge.eventId, action.id);
      draft.notify.push({ notifier: action.target.notifier, eventId: receipt.edge.eventId, actionId: action.id });
    }
  }
}

function escalate(draft: Draft, eventId: string, actionId: string): void {
  const open = draft.state.book.get(eventId);
  if (open === undefined) return;
  const receipt = escalated(open.receipt, actionId);
  change(draft, { book: new Map(draft.state.book).set(eventId, openReceipt(receipt, open.deadlines)) });
  draft.receipts.set(eventId, receipt);
  journal(draft, { kind: "escalated", eventId, actionId });
}

/** Somebody has seen the alarm: nobody else is told any more. */
export function endEscalations(draft: Draft, { alarmId, by }: Extract<EngineEvent, { kind: "acknowledge" }>): void {
  for (const { receipt } of draft.state.book.values()) {
    if (receipt.alarmId !== alarmId) continue;
    for (const action of receipt.actions) {
      if (!isEscalation(action)) continue;
      settle(draft, receipt.edge.eventId, action.id, { kind: "suppressed", gate: `acknowledged by ${by}` });
    }
  }
}

/** When the next one goes out. */
export const escalationTimes = (state: EngineState, now: Moment): (Instant | undefined)[] =>
  [...state.book.values()].flatMap(({ receipt }) =>
    receipt.actions.map((action) =>
      isEscalation(action) && action.waitsUntil === undefined ? escalationAt(receipt, action, now) : undefined,
    ),
  );
