/** A receipt in one sentence, for pages, messages and the log. Time formatting is the caller's (site time zone). */
import type { WallTime } from "../kernel/time.ts";
import type { Receipt, ReceiptAction } from "./receipt.ts";
import { loopWords } from "./supervised-loop.ts";

export type FormatTime = (wall: WallTime) => string;

/**
 * `Front door raised 02:10:04 · 3 cameras recorded, 12.0 s before, durable after 84 ms` — the least that was achieved
 * before and the slowest that became durable; then one part for everything that did not go as asked.
 */
export function sentence(receipt: Receipt, format: FormatTime): string {
  const { edge } = receipt;
  const what = edge.loop !== undefined ? loopWords[edge.loop] : edge.kind === "manual" ? "recorded by hand" : edge.kind;
  const head = `${edge.inputName} ${what} ${format(edge.at.wall)}${foundSince(receipt, format)}`;
  const parts = [
    ...seenToo(receipt),
    ...recorded(receipt.actions),
    ...switched(receipt.actions),
    ...told(receipt.actions),
  ];
  const rest = receipt.actions.flatMap((action) => complaint(action, format));
  const open = receipt.actions.filter((action) => action.outcome === undefined);
  const later = open.filter((action) => action.escalateAt !== undefined).length;
  const waiting = open.length - later;
  if (later > 0) rest.push(`${count(later, "message")} for when nobody acknowledges`);
  if (waiting > 0) rest.push(`${waiting} still open`);
  return [head, ...parts, ...rest].join(" · ");
}

/** Who made it graver, and when. */
function seenToo({ graver }: Receipt): string[] {
  if (graver === undefined) return [];
  const { severity, name, afterMs } = graver;
  const when = `${(Math.abs(afterMs) / 1000).toFixed(1)} s ${afterMs < 0 ? "before" : "after"}`;
  return [`raised to ${severity}: ${name} ${when}`];
}

function foundSince(receipt: Receipt, format: FormatTime): string {
  const { kind, notBefore } = receipt.edge;
  return kind === "raised(found)" && notBefore !== undefined ? ` (at rest until ${format(notBefore)})` : "";
}

const isDone = (action: ReceiptAction): boolean => action.outcome?.kind === "done";

function recorded(actions: readonly ReceiptAction[]): string[] {
  const done = actions.filter((action) => action.target.kind === "record" && isDone(action));
  if (done.length === 0) return [];
  const before = done.flatMap((action) => action.record?.preAchievedMs ?? []);
  const durable = done.flatMap((action) => action.record?.durableAfterMs ?? []);
  const parts = [`${count(done.length, "camera")} recorded`];
  if (before.length > 0) parts.push(`${(Math.min(...before) / 1000).toFixed(1)} s before`);
  if (durable.length > 0) parts.push(`durable after ${Math.round(Math.max(...durable))} ms`);
  if (done.some((action) => action.record?.inputStillOpen === true)) parts.push("input still open");
  return [parts.join(", ")];
}

function switched(actions: readonly ReceiptAction[]): string[] {
  const done = actions.filter((action) => action.target.kind === "output" && isDone(action));
  return done.length === 0 ? [] : [`${count(done.length, "output")} switched`];
}

function told(actions: readonly ReceiptAction[]): string[] {
  const done = actions.filter((action) => action.target.kind === "notify" && isDone(action));
  // of a walk test: nobody was told, only the way to them was gone
  const proved = done.filter(({ test }) => test === "probe").length;
  const sent = done.length - proved;
  return [
    ...(sent === 0 ? [] : [`${count(sent, "message")} sent`]),
    ...(proved === 0 ? [] : [`${count(proved, "way")} proved`]),
  ];
}

function complaint(action: ReceiptAction, format: FormatTime): string[] {
  const { outcome, target } = action;
  if (outcome === undefined || outcome.kind === "done") return [];
  const what =
    target.kind === "record"
      ? `channel ${target.channel}`
      : target.kind === "output"
        ? `output ${target.output}`
        : target.kind === "snapshot"
          ? `pictures of channel ${target.channel}`
          : target.kind === "ptz"
            ? `preset ${target.preset} of channel ${target.channel}`
            : `message ${target.notifier}`;
  switch (outcome.kind) {
    case "short":
      return [`${what}: short: ${outcome.reason}${since(action, format)}`];
    case "suppressed":
      return [target.kind === "record" ? `${what}: no footage: ${outcome.gate}` : `${what}: ${outcome.gate}`];
    case "failed":
      return target.kind === "record"
        ? [`${what}: no footage: ${outcome.reason}${since(action, format)}`]
        : [`${what}: ${outcome.reason}`];
  }
}

/** A camera that was away when the edge came: since when. */
const since = ({ record }: ReceiptAction, format: FormatTime): string =>
  record?.awaySince === undefined ? "" : ` (away since ${format(record.awaySince)})`;

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
