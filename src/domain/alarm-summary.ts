/**
 * An alarm as one line of the inbox: what its edges' receipts say together. Pure; times are formatted by the caller.
 *
 *     Front door 02:10:04 · 3 cameras recorded, 12.0 s before · saved
 *     Front door 02:10:04 · 1 of 2 cameras recorded, 10.4 s before · channel 2: no footage: camera offline
 */
import type { WallTime } from "../kernel/time.ts";
import type { FormatTime } from "./receipt-sentence.ts";
import type { Receipt, ReceiptAction } from "./receipt.ts";

/** `good`: all was done. `bad`: something was not. `open`: an outcome is missing still, and nothing went wrong yet. */
export type Verdict = "good" | "bad" | "open";

/** Footage of one camera for an alarm. */
export interface AlarmCamera {
  readonly channel: number;
  readonly outcome: "recorded" | "short" | "failed" | "recording";
  /** Why it is short or failed. */
  readonly reason?: string;
  /** From the pre-record to the end of the recording; absent when there is none. `to` is absent while it records. */
  readonly from?: WallTime;
  readonly to?: WallTime;
  /** The least that was reached before an edge, ms. */
  readonly preAchievedMs?: number;
}

/** What went wrong besides the cameras: outputs and messages. */
export interface AlarmFault {
  readonly kind: "output" | "notify" | "snapshot" | "ptz";
  readonly number: number;
  readonly reason: string;
}

export interface AlarmSummary {
  readonly verdict: Verdict;
  readonly cameras: readonly AlarmCamera[];
  readonly faults: readonly AlarmFault[];
}

/**
 * The receipts that belong to an alarm, in order of time: a `cleared` edge counts once after a raised one (a later one
 * ends an event that came after the alarm).
 */
export function edgesOfAlarm(receipts: readonly Receipt[]): Receipt[] {
  const ordered = receipts.toSorted((a, b) => a.edge.at.wall - b.edge.at.wall);
  return ordered.filter(({ edge }, i) => edge.kind !== "cleared" || (i > 0 && ordered[i - 1]?.edge.kind !== "cleared"));
}

/** How many times the input was raised in it. */
export const raisedCount = (receipts: readonly Receipt[]): number =>
  receipts.filter(({ edge }) => edge.kind !== "cleared").length;

/** What the receipts of one alarm say together. */
export function summarize(receipts: readonly Receipt[]): AlarmSummary {
  const actions = receipts.flatMap((receipt) => receipt.actions.map((action) => ({ action, receipt })));
  const channels = [
    ...new Set(actions.flatMap(({ action: { target } }) => (target.kind === "record" ? target.channel : []))),
  ];
  const cameras = channels
    .sort((a, b) => a - b)
    .map((channel) =>
      cameraOf(
        channel,
        actions.filter(({ action: { target } }) => target.kind === "record" && target.channel === channel),
      ),
    );
  const faults = actions.flatMap(({ action }) => faultOf(action));
  // a message for when nobody acknowledges is nothing that is missing
  const waiting = actions.some(({ action }) => action.outcome === undefined && action.escalateAt === undefined);
  const bad = faults.length > 0 || cameras.some((camera) => camera.outcome === "failed" || camera.outcome === "short");
  return { verdict: bad ? "bad" : waiting ? "open" : "good", cameras, faults };
}

interface RecordAction {
  readonly action: ReceiptAction;
  readonly receipt: Receipt;
}

/** One camera over all edges: the worst outcome counts, the bounds reach over all. */
function cameraOf(channel: number, actions: readonly RecordAction[]): AlarmCamera {
  const bounds = actions.flatMap((one) => boundsOf(one) ?? []);
  const before = actions.flatMap(({ action }) => action.record?.preAchievedMs ?? []);
  const ends = bounds.flatMap((one) => one.to ?? []);
  const { outcome, reason } = worstOf(actions);
  return {
    channel,
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(bounds.length === 0 ? {} : { from: Math.min(...bounds.map((one) => one.from)) as WallTime }),
    ...(bounds.length > 0 && ends.length === bounds.length ? { to: Math.max(...ends) as WallTime } : {}),
    ...(before.length === 0 ? {} : { preAchievedMs: Math.min(...before) }),
  };
}

function worstOf(actions: readonly RecordAction[]): Pick<AlarmCamera, "outcome" | "reason"> {
  const outcomes = actions.map(({ action }) => action.outcome);
  for (const outcome of outcomes) if (outcome?.kind === "failed") return { outcome: "failed", reason: outcome.reason };
  // off for privacy is somebody's wish, and there is no footage all the same
  for (const outcome of outcomes)
    if (outcome?.kind === "suppressed") return { outcome: "failed", reason: outcome.gate };
  for (const outcome of outcomes) if (outcome?.kind === "short") return { outcome: "short", reason: outcome.reason };
  return { outcome: outcomes.some((outcome) => outcome === undefined) ? "recording" : "recorded" };
}

/** What a record action vouches for; while it is open from the pre-record that was asked for. */
export function boundsOf({
  action,
  receipt,
}: RecordAction): { readonly from: WallTime; readonly to?: WallTime } | undefined {
  const { target, record, outcome } = action;
  if (target.kind !== "record") return undefined;
  if (record?.from !== undefined && record.to !== undefined) return { from: record.from, to: record.to };
  if (outcome !== undefined) return undefined;
  const before = record?.preAchievedMs ?? target.preS * 1000;
  return { from: (receipt.edge.at.wall - Math.max(0, before)) as WallTime };
}

function faultOf({ target, outcome }: ReceiptAction): AlarmFault[] {
  if (outcome?.kind !== "failed" && outcome?.kind !== "short") return [];
  if (target.kind === "snapshot") return [{ kind: "snapshot", number: target.channel, reason: outcome.reason }];
  if (target.kind === "ptz") return [{ kind: "ptz", number: target.channel, reason: outcome.reason }];
  if (target.kind === "output") return [{ kind: "output", number: target.output, reason: outcome.reason }];
  return target.kind === "notify" ? [{ kind: "notify", number: target.notifier, reason: outcome.reason }] : [];
}

/** The line of the inbox. `head` names the alarm: its input and how often it was raised. */
export function alarmSentence(
  head: { readonly name: string; readonly at: WallTime; readonly count: number },
  summary: AlarmSummary,
  format: FormatTime,
): string {
  const times = head.count > 1 ? ` × ${head.count}` : "";
  const parts = [`${head.name} ${format(head.at)}${times}`, ...recordedPart(summary), ...complaints(summary)];
  if (summary.verdict === "open") parts.push("recording");
  if (summary.verdict === "good" && summary.cameras.length > 0) parts.push("saved");
  return parts.join(" · ");
}

function recordedPart({ cameras }: AlarmSummary): string[] {
  if (cameras.length === 0) return ["no camera is linked"];
  const good = cameras.filter((camera) => camera.outcome === "recorded" || camera.outcome === "recording");
  if (good.length === 0) return [];
  const number = good.length === cameras.length ? `${good.length}` : `${good.length} of ${cameras.length}`;
  const word = cameras.length === 1 ? "camera" : "cameras";
  const before = good.flatMap((camera) => camera.preAchievedMs ?? []);
  const reached = before.length === 0 ? "" : `, ${(Math.min(...before) / 1000).toFixed(1)} s before`;
  return [`${number} ${word} recorded${reached}`];
}

const faultWords = {
  output: "output",
  notify: "message",
  snapshot: "pictures of channel",
  ptz: "preset of channel",
} as const;

function complaints({ cameras, faults }: AlarmSummary): string[] {
  const parts = cameras.flatMap(({ channel, outcome, reason }) => {
    if (outcome === "failed") return [`channel ${channel}: no footage: ${reason ?? ""}`];
    return outcome === "short" ? [`channel ${channel}: short: ${reason ?? ""}`] : [];
  });
  return [...parts, ...faults.map(({ kind, number, reason }) => `${faultWords[kind]} ${number}: ${reason}`)];
}
