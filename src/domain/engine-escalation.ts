/**
 * Escalation: a message that is in the receipt from the edge on, and goes out at its time unless somebody acknowledged
 * the alarm before. Nothing else has to be remembered: an open receipt outlives a restart.
 *
 *   waits until `escalateAt` ──acknowledged──▶ suppressed("acknowledged by …")
 *              └──its time──▶ sent like any other message
 */
import type { Instant, Moment } from "../kernel/time.ts";
import { after, before, earlier, instant } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { change, journal, settle } from "./engine-draft.ts";
import type { EngineState } from "./engine-state.ts";
import type { EngineEvent } from "./engine-types.ts";
import type { Receipt, ReceiptAction } from "./receipt.ts";
import type { OpenReceipt } from "./receipt-book.ts";
import { escalated, openReceipt, patience } from "./receipt-book.ts";

export const isEscalation = (
  action: ReceiptAction,
): action is ReceiptAction & Required<Pick<ReceiptAction, "escalateAt">> =>
  action.escalateAt !== undefined && action.outcome === undefined;

/**
 * When it goes out, in instants of this boot. Asked once, for its deadline: no later step of the wall clock moves it. In
 * another boot than that of its edge it waits its whole time anew at most, however the clock was set meanwhile.
 */
export function escalationAt(
  receipt: Pick<Receipt, "edge">,
  { escalateAt }: ReceiptAction,
  now: Moment,
): Instant | undefined {
  if (escalateAt === undefined) return undefined;
  const { decidedAt } = receipt.edge;
  const whole = escalateAt - decidedAt.wall;
  if (decidedAt.bootId === now.bootId) return after(decidedAt.instant, whole);
  return earlier(instant(now.instant + (escalateAt - now.wall)), after(now.instant, whole));
}

/** Its deadline is its time and what a message may take. */
const dueAt = ({ deadlines }: OpenReceipt, { id }: ReceiptAction): Instant | undefined => {
  const deadline = deadlines.get(id);
  return deadline === undefined ? undefined : before(deadline.at, patience.notify);
};

/** Sends what is due. */
export function escalationsDue(draft: Draft): void {
  for (const open of draft.state.book.values()) {
    const { receipt } = open;
    for (const action of receipt.actions) {
      if (!isEscalation(action) || action.waitsUntil !== undefined || action.target.kind !== "notify") continue;
      const at = dueAt(open, action);
      if (at === undefined || at > draft.now.instant) continue;
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

/** When they go out. */
export const escalationTimes = (state: EngineState): (Instant | undefined)[] =>
  [...state.book.values()].flatMap((open) =>
    open.receipt.actions.map((action) =>
      isEscalation(action) && action.waitsUntil === undefined ? dueAt(open, action) : undefined,
    ),
  );
