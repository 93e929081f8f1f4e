/** What a restart makes of the life before it: instants of another boot are placed by their wall times. */
import type { Duration, Instant, Moment, WallTime } from "../kernel/time.ts";
import { after, between, earlier, later, instant, seconds } from "../kernel/time.ts";
import { momentInBoot } from "./alarms.ts";
import type { ArmingMemory, ArmingSettings, ArmingState } from "./arming.ts";
import { armingRanges, disarmedMode, modeOf } from "./arming.ts";
import { escalationAt } from "./engine-escalation.ts";
import { judgementDeadline } from "./engine-graver.ts";
import type { EngineMemory, RecordHold } from "./engine-types.ts";
import { holdUntil } from "./hold.ts";
import type { ActionTarget, Receipt } from "./receipt.ts";
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
  const decidedAt = momentInBoot(receipt.edge.decidedAt, now);
  const reason = "interrupted by a restart";
  const deadlines = receipt.actions
    .filter((action) => action.outcome === undefined)
    .map((action): [string, Deadline] => {
      const hold = holds.get(action.id);
      if (hold !== undefined) return [action.id, recordDeadline(later(holdUntil(hold), now.instant))];
      if (action.waitsUntil !== undefined) return [action.id, { at: afterEntry(action.waitsUntil, now), reason }];
      const escalates = escalationAt(receipt, action, now);
      if (escalates !== undefined)
        return [action.id, { at: after(later(escalates, now.instant), patience.notify), reason }];
      const most = patienceOf(action.target);
      const at = most === undefined ? now.instant : after(decidedAt, most);
      return [action.id, { at: earlier(at, after(now.instant, most ?? 0)), reason }];
    });
  return new Map([...deadlines, ...judgementDeadline(receipt, now)]);
}

/** How long what a restart goes on with may take from its decision on; undefined: it is not gone on with. */
function patienceOf(target: ActionTarget): Duration | undefined {
  if (target.kind === "notify") return patience.notify;
  return target.kind === "ptz" && target.afterS !== undefined ? seconds(target.afterS) + patience.ptz : undefined;
}

/** What waits for an entry delay gets its own deadline when that is over; until then this one is for safety. */
function afterEntry(until: WallTime, now: Moment): Instant {
  const most = after(now.instant, seconds(armingRanges.delayS[1]));
  return after(earlier(later(instantOf(now, until), now.instant), most), patience.notify);
}

export const recordDeadline = (over: Instant): Deadline => ({
  at: after(over, patience.record),
  reason: `the recorder did not report within ${patience.record / 1000} s after the end`,
});

/**
 * The software run that held an input active, when its receipt is still open. A step of the wall clock makes it neither
 * longer nor shorter; in another boot it lasts its whole time anew at most.
 */
export function restoredRun(
  saved: EngineMemory | undefined,
  input: number,
  now: Moment,
): { readonly until: Instant } | undefined {
  const latest = (saved?.open ?? []).findLast(
    ({ edge }) => edge.input === input && edge.kind !== "cleared" && edge.trigger !== undefined,
  );
  if (latest?.edge.trigger === undefined) return undefined;
  const { decidedAt, trigger } = latest.edge;
  const whole = between(instantOf(now, decidedAt.wall), instantOf(now, trigger.until));
  if (decidedAt.bootId === now.bootId) return { until: after(decidedAt.instant, whole) };
  return { until: earlier(instantOf(now, trigger.until), after(now.instant, whole)) };
}

/** What a restart goes on from: delays in this boot's instants, by the wall clock, and never longer than they were set. */
export function resumeArming(
  saved: { readonly armed: boolean; readonly arming?: ArmingMemory } | undefined,
  settings: ArmingSettings,
  now: Moment,
): ArmingState {
  const fresh = { mode: disarmedMode, by: "", since: now.wall, at: now.instant, bypass: [], alarms: [], open: [] };
  if (saved?.arming === undefined)
    return saved?.armed === true ? { ...fresh, mode: modeOf(settings, undefined).mode } : fresh;
  const { exitUntil, entry, ...rest } = saved.arming;
  const { mode, exitS, entryS } =
    rest.mode === disarmedMode ? { mode: disarmedMode, exitS: 0, entryS: 0 } : modeOf(settings, rest.mode);
  const here = (until: Moment, most: number): Instant =>
    until.bootId === now.bootId
      ? until.instant
      : earlier(instant(now.instant + (until.wall - now.wall)), after(now.instant, seconds(most)));
  return {
    ...rest,
    ...{ mode, at: now.instant },
    ...(exitUntil === undefined ? {} : { exitUntil: here(exitUntil, exitS) }),
    ...(entry === undefined ? {} : { entry: { ...entry, until: here(entry.until, entryS) } }),
  };
}
