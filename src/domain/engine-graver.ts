/**
 * How grave an alarm is, judged again while the seconds of its linkage last: a person who is seen after the door has
 * opened makes its alarm as grave as one who stood there before. Raised, never lowered, and once for an edge.
 *
 *   judgedUntil ──something else saw it──▶ graver: its people are told once more
 *        ├──its time──▶ judged
 *        └──disarmed──▶ judged (but for what acts at any hour)
 *
 * Nothing else has to be remembered: the receipt stays open until it is judged, and so outlives a restart.
 */
import type { Instant, Moment } from "../kernel/time.ts";
import { after, between, earlier, instant, seconds, wallOf, type WallTime } from "../kernel/time.ts";
import { momentInBoot } from "./alarms.ts";
import { actsAlways, type ZoneVerdict } from "./arming.ts";
import type { Draft } from "./engine-draft.ts";
import { change, journal, withEntry } from "./engine-draft.ts";
import { deadlineOf, tell } from "./engine-edges.ts";
import { graverActions, linkageOf } from "./linkage.ts";
import { gravestOf, isGraver, usualSeverity, type Confirmation, type Severity } from "./linkage-settings.ts";
import { endJudgement, graverReceipt, judgement, type BookStep, type Deadline } from "./receipt-book.ts";
import { severityOf, type Edge, type Graver, type Receipt } from "./receipt.ts";
import type { Linkage } from "./site-config.ts";

/** Pictures are looked at a little after they were taken, and may be told so much later than what they confirm, ms. */
const toldLate = 10_000;

/** Until when the severity of an edge may still rise; undefined: it can't, or nobody is called for it. */
export function judgedUntil(
  { now }: Draft,
  { at, severity, kind }: Edge,
  { confirm }: Linkage,
  verdict: ZoneVerdict,
): WallTime | undefined {
  if (verdict.kind === "event" || (kind !== "raised" && kind !== "raised(found)")) return undefined;
  if (confirm?.severity === undefined || confirm.inputs.length === 0) return undefined;
  const until = after(at.instant, seconds(confirm.withinS) + toldLate);
  const mayRise = until > now.instant && isGraver(confirm.severity, severity ?? usualSeverity);
  return mayRise ? wallOf(now, until) : undefined;
}

/** The same in instants of this boot: asked once, no later step of the wall clock moves it. */
export function judgementAt({ edge, judgedUntil: until }: Receipt, now: Moment): Instant | undefined {
  if (until === undefined) return undefined;
  const whole = until - edge.decidedAt.wall;
  if (edge.decidedAt.bootId === now.bootId) return after(edge.decidedAt.instant, whole);
  return earlier(instant(now.instant + (until - now.wall)), after(now.instant, whole));
}

/** As a deadline beside those of its actions. */
export function judgementDeadline(receipt: Receipt, now: Moment): readonly (readonly [string, Deadline])[] {
  const at = judgementAt(receipt, now);
  return at === undefined ? [] : [[judgement, { at, reason: "" }]];
}

/** An edge that others may have waited for. */
export function judgeAgain(draft: Draft, edge: Edge): void {
  if (edge.kind !== "raised" && edge.kind !== "raised(found)") return;
  for (const { receipt } of draft.state.book.values()) {
    if (receipt.judgedUntil === undefined) continue;
    const linkage = linkageOf(draft.env.config, receipt.edge);
    const severity = severityBy(draft, receipt, linkage?.confirm, edge);
    if (linkage !== undefined && severity !== undefined) raise(draft, receipt, { linkage, severity, by: edge });
  }
}

/** The severity that the edge gives the receipt; undefined: none that is graver. */
function severityBy(
  { now }: Draft,
  receipt: Receipt,
  confirm: Confirmation | undefined,
  edge: Edge,
): Severity | undefined {
  if (confirm?.severity === undefined || !confirm.inputs.includes(edge.input)) return undefined;
  const apart = Math.abs(between(momentInBoot(receipt.edge.at, now), edge.at.instant));
  if (apart > seconds(confirm.withinS)) return undefined;
  return isGraver(confirm.severity, severityOf(receipt)) ? confirm.severity : undefined;
}

interface Raising {
  readonly linkage: Linkage;
  readonly severity: Severity;
  readonly by: Edge;
}

function raise(draft: Draft, receipt: Receipt, { linkage, severity, by }: Raising): void {
  const { edge, alarmId } = receipt;
  const afterMs = between(momentInBoot(edge.at, draft.now), by.at.instant);
  const seenBy = linkageOf(draft.env.config, by);
  const graver: Graver = {
    ...{ severity, input: by.input, name: by.inputName, eventId: by.eventId, at: by.at.wall, afterMs },
    // the source "camera offline" names cameras that it does not record
    ...(seenBy === undefined || by.trigger?.away !== undefined ? {} : { channels: seenBy.recordChannels }),
  };
  const told = alarmId === undefined || toldSo(draft, alarmId, severity);
  const actions = told ? [] : graverActions(linkage, by, draft.env, draft.now.wall);
  const deadlines = new Map(
    actions.flatMap(({ id, target }) => {
      const deadline = deadlineOf(target, draft.now.instant);
      return deadline === undefined ? [] : [[id, deadline] as const];
    }),
  );
  journal(draft, { kind: "graver", eventId: edge.eventId, graver, actions });
  keep(draft, graverReceipt(draft.state.book, edge.eventId, { graver, actions, at: draft.now.wall }, deadlines));
  noteGravest(draft, alarmId, severity);
  tell(draft, edge, actions);
}

/** People were told of this alarm as of one so grave. */
function toldSo({ state }: Draft, alarmId: string, severity: Severity): boolean {
  const running = [...state.alarms.values()].find((one) => one.alarmId === alarmId);
  if (running !== undefined) return !isGraver(severity, running.gravest);
  return [...state.book.values()].some(
    ({ receipt }) => receipt.alarmId === alarmId && !isGraver(severity, severityOf(receipt)),
  );
}

function noteGravest(draft: Draft, alarmId: string | undefined, severity: Severity): void {
  for (const [input, alarm] of draft.state.alarms) {
    if (alarm.alarmId !== alarmId) continue;
    const gravest = gravestOf(severity, alarm.gravest);
    change(draft, { alarms: withEntry(draft.state.alarms, input, { ...alarm, gravest }) });
  }
}

/** Nobody else saw it in time. */
export function judgementsDue(draft: Draft): void {
  const now = draft.now.instant;
  for (const { receipt, deadlines } of draft.state.book.values()) {
    const at = deadlines.get(judgement)?.at;
    if (receipt.judgedUntil !== undefined && (at === undefined || at <= now)) endOne(draft, receipt.edge.eventId);
  }
}

/** Somebody disarmed: whoever is seen now is the one who did. What acts at any hour is judged on. */
export function endJudgements(draft: Draft): void {
  for (const { receipt } of draft.state.book.values()) {
    if (receipt.judgedUntil === undefined) continue;
    const settings = draft.env.config.inputs.find(({ input }) => input === receipt.edge.input);
    if (settings === undefined || !actsAlways(settings)) endOne(draft, receipt.edge.eventId);
  }
}

function endOne(draft: Draft, eventId: string): void {
  journal(draft, { kind: "judged", eventId });
  keep(draft, endJudgement(draft.state.book, eventId, draft.now.wall));
}

function keep(draft: Draft, { book, receipt }: BookStep): void {
  if (receipt === undefined) return;
  change(draft, { book });
  draft.receipts.set(receipt.edge.eventId, receipt);
  if (receipt.closedAt !== undefined) journal(draft, { kind: "receipt", receipt });
}
