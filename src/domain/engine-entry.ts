/** The end of a delay: the exit delay opens the zones of the way out, the entry delay lets go what waited for it. */
import { momentAt } from "../kernel/time.ts";
import { joinAlarm } from "./alarms.ts";
import { countAlarm, exitOver } from "./engine-arming.ts";
import { setArming } from "./engine-open.ts";
import type { Draft } from "./engine-draft.ts";
import { change, journal, settle, withEntry } from "./engine-draft.ts";
import { antiDitherOf, contextOf } from "./engine-context.ts";
import { deadlineOf, tell } from "./engine-edges.ts";
import { endOutputHolds, switchOutputs } from "./engine-output-holds.ts";
import { escalationAt } from "./engine-escalation.ts";
import { gateOf, linkageOf } from "./linkage.ts";
import { releaseReceipt } from "./receipt-book.ts";
import { isWaiting, severityOf, type Receipt } from "./receipt.ts";

/** Everything that time alone brings about in the arming. */
export function armingDue(draft: Draft): void {
  exitOver(draft);
  const { entry, ...arming } = draft.state.arming;
  if (entry === undefined || entry.until > draft.now.instant) return;
  setArming(draft, arming);
  const waiting = [...draft.state.book.values()].filter(({ receipt }) => receipt.actions.some(isWaiting));
  for (const { receipt } of waiting) release(draft, receipt);
}

/** Nobody disarmed in time: the edge is of an alarm now, its outputs go on and its messages out. */
function release(draft: Draft, receipt: Receipt): void {
  const { edge } = receipt;
  const { now } = draft;
  const waiting = receipt.actions.filter(isWaiting);
  const linkage = linkageOf(draft.env.config, edge);
  if (linkage === undefined) {
    for (const { id } of waiting) {
      settle(draft, edge.eventId, id, { kind: "failed", reason: "its input was removed while it waited" });
    }
    return;
  }
  const times = { at: now.instant, decidedAt: now.instant, severity: severityOf(receipt) };
  const running = draft.state.alarms.get(edge.input);
  const { alarm, joined, graver } = joinAlarm(running, times, antiDitherOf(draft, edge), () => draft.env.newId());
  change(draft, { alarms: withEntry(draft.state.alarms, edge.input, alarm) });
  if (!joined) countAlarm(draft, edge.input);
  const deadlines = new Map(
    waiting.flatMap((action) => {
      const { id, target } = action;
      const deadline = deadlineOf(target, escalationAt(receipt, action, now) ?? now.instant);
      return deadline === undefined ? [] : [[id, deadline] as const];
    }),
  );
  const step = releaseReceipt(draft.state.book, edge.eventId, alarm.alarmId, deadlines);
  change(draft, { book: step.book });
  if (step.receipt !== undefined) draft.receipts.set(edge.eventId, step.receipt);
  journal(draft, { kind: "released", eventId: edge.eventId, alarmId: alarm.alarmId, at: momentAt(now, now.instant) });
  const context = contextOf(draft, { edge, alarm, joined, verdict: { kind: "acts" } });
  const free = (step.receipt?.actions ?? []).filter(({ id, target, escalateAt }) => {
    if (!waiting.some((one) => one.id === id)) return false;
    const gate =
      target.kind !== "record" && target.kind !== "snapshot"
        ? gateOf(target, { ...context, graver: graver && escalateAt === undefined })
        : undefined;
    if (gate !== undefined) settle(draft, edge.eventId, id, gate);
    return gate === undefined;
  });
  const { instant: at } = now;
  switchOutputs(draft, { edge, linkage, actions: free, dueAt: at, confirmFrom: at, alarm, joined });
  tell(draft, edge, free);
  const active = draft.state.inputs.get(edge.input)?.machine.known === "active" && receipt.rested === undefined;
  if (!active) endOutputHolds(draft, ({ by }) => free.some(({ id }) => id === by), now.instant);
}
