/** Open receipts as the lines of a journal before say them: short lines (`short-lines.ts`) do not repeat them. */
import type { EngineRecord } from "./engine-records.ts";
import { receiptOf } from "./receipt-book.ts";
import type { Receipt, ReceiptAction } from "./receipt.ts";

/** By event id. */
export type ShortBook = Map<string, Receipt>;

/** Of core's other records nothing is known here. */
export type AnyRecord = EngineRecord | { readonly kind: string };

/** Takes a record, as writer and reader do alike. */
export function noteRecord(book: ShortBook, any: AnyRecord): void {
  const record = any as EngineRecord;
  switch (record.kind) {
    case "state":
      book.clear();
      for (const receipt of record.open) book.set(receipt.edge.eventId, receipt);
      return;
    case "edge":
      book.set(record.edge.eventId, receiptOf(record));
      return;
    case "facts":
    case "outcome":
      noteAction(book, record);
      return;
    case "receipt":
      if (record.receipt.closedAt === undefined) book.set(record.receipt.edge.eventId, record.receipt);
      else book.delete(record.receipt.edge.eventId);
      return;
    // of alarms and what becomes one: never told in short again
    case "released":
    case "rested":
    case "graver":
    case "judged":
    case "escalated":
      book.delete(record.eventId);
      return;
    default:
      return;
  }
}

function noteAction(book: ShortBook, record: Extract<EngineRecord, { kind: "facts" | "outcome" }>): void {
  const receipt = book.get(record.eventId);
  if (receipt === undefined) return;
  const told: Partial<ReceiptAction> = {
    ...(record.record === undefined ? {} : { record: record.record }),
    ...(record.output === undefined ? {} : { output: record.output }),
    ...(record.kind === "outcome" ? { outcome: record.outcome, outcomeAt: record.at } : {}),
  };
  const actions = receipt.actions.map((action) => (action.id === record.actionId ? { ...action, ...told } : action));
  book.set(record.eventId, { ...receipt, actions });
}

/** The place of an action among those of its event. */
export function placeOf(book: ShortBook, eventId: string, actionId: string): number | undefined {
  const place = book.get(eventId)?.actions.findIndex(({ id }) => id === actionId) ?? -1;
  return place < 0 ? undefined : place;
}

/** The action that a short line speaks of: by its place, else the first without an outcome. */
export function actionAt(book: ShortBook, eventId: string, place: number | undefined): ReceiptAction | undefined {
  const actions = book.get(eventId)?.actions ?? [];
  return place === undefined ? actions.find(({ outcome }) => outcome === undefined) : actions[place];
}
