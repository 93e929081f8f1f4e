import type { ReceiptAction } from "../domain/receipt.ts";
import type { CoreRecord, Stamped } from "../messages/journal.ts";

type Turn = Extract<ReceiptAction["target"], { kind: "ptz" }>;

/**
 * Cameras that an alarm turned and that did not look back yet, as far as the journal's newest files tell. Where exactly
 * such a camera looks now is not known: somebody may have turned it by hand since.
 */
export function ptzStart(records: readonly Stamped<CoreRecord>[]): readonly number[] {
  const turns = new Map<string, Turn>();
  const away = new Set<number>();
  const settle = ({ channel, afterS }: Turn) => (afterS === undefined ? away.add(channel) : away.delete(channel));
  const note = ({ id, target, outcome }: ReceiptAction) => {
    if (target.kind !== "ptz") return;
    turns.set(id, target);
    if (outcome?.kind === "done") settle(target);
  };
  for (const { record } of records) {
    if (record.kind === "edge") record.actions.forEach(note);
    if (record.kind === "state") record.open.forEach(({ actions }) => actions.forEach(note));
    if (record.kind !== "outcome" || record.outcome.kind !== "done") continue;
    const turn = turns.get(record.actionId);
    if (turn !== undefined) settle(turn);
  }
  return [...away];
}
