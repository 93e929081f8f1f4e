/** What a restart makes of the life before it: instants of another boot are placed by their wall times. */
import type { Instant, Moment, WallTime } from "../kernel/time.ts";
import { after, between, earlier, later, instant } from "../kernel/time.ts";
import type { EngineMemory, RecordHold } from "./engine-types.ts";
import { holdUntil } from "./hold.ts";
import type { Receipt } from "./receipt.ts";
import type { Deadline, OpenReceipt, ReceiptBook } from "./receipt-book.ts";
import { openReceipt, patience } from "./receipt-book.ts";

/** The instant of this boot at which the wall clock, as it is set now, showed `wall`. */
export const instantOf = (now: Moment, wall: WallTime): Instant => instant(now.instant + (wall - now.wall));

/** The same hold in instants of this boot; one whose bound passed meanwhile has its `boundAt` in the past. */
export function rebaseHold(hold: RecordHold, now: Moment): RecordHold {
  const edgeAt = hold.bootId === now.bootId ? hold.edgeAt : earlier(instantOf(now, hold.edgeWall), now.instant);
  const moved = (at: Instant): Instant => after(edgeAt, between(hold.edgeAt, at));
  const boundAt = moved(hold.boundAt);
  const rebased: RecordHold = { ...hold, bootId: now.bootId, edgeAt, boundAt };
  return hold.endAt === undefined ? rebased : { ...rebased, endAt: moved(hold.endAt) };
}

/** Holds to go on with: those whose action has no outcome yet. */
export function restoredHolds(saved: EngineMemory | undefined, now: Moment): ReadonlyMap<string, RecordHold> {
  const waiting = new Set(
    (saved?.open ?? []).flatMap((receipt) =>
      receipt.actions.filter((action) => action.outcome === undefined).map((action) => action.id),
    ),
  );
  return new Map(
    (saved?.holds ?? []).filter((hold) => waiting.has(hold.holdId)).map((hold) => [hold.holdId, rebaseHold(hold, now)]),
  );
}

export function restoredBook(
  saved: EngineMemory | undefined,
  holds: ReadonlyMap<string, RecordHold>,
  now: Moment,
): ReceiptBook {
  const open = (saved?.open ?? []).map((receipt): [string, OpenReceipt] => [
    receipt.edge.eventId,
    openReceipt(receipt, restoredDeadlines(receipt, holds, now)),
  ]);
  return new Map(open);
}

/** After a restart a recorder gets at least its full patience again; a message keeps the time it had. */
function restoredDeadlines(
  receipt: Receipt,
  holds: ReadonlyMap<string, RecordHold>,
  now: Moment,
): ReadonlyMap<string, Deadline> {
  const decidedAt = instantOf(now, receipt.edge.decidedAt.wall);
  const deadlines = receipt.actions
    .filter((action) => action.outcome === undefined)
    .map((action): [string, Deadline] => {
      const hold = holds.get(action.id);
      if (hold !== undefined) return [action.id, recordDeadline(later(holdUntil(hold), now.instant))];
      const at = action.target.kind === "notify" ? after(decidedAt, patience.notify) : now.instant;
      return [action.id, { at: earlier(at, after(now.instant, patience.notify)), reason: "interrupted by a restart" }];
    });
  return new Map(deadlines);
}

export const recordDeadline = (over: Instant): Deadline => ({
  at: after(over, patience.record),
  reason: `the recorder did not report within ${patience.record / 1000} s after the end`,
});

/** The software run that held an input active, when its receipt is still open. */
export function restoredRun(
  saved: EngineMemory | undefined,
  input: number,
  now: Moment,
): { readonly until: Instant } | undefined {
  const latest = (saved?.open ?? []).findLast(
    ({ edge }) => edge.input === input && edge.kind !== "cleared" && edge.trigger !== undefined,
  );
  return latest?.edge.trigger === undefined ? undefined : { until: instantOf(now, latest.edge.trigger.until) };
}
