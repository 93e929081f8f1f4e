/**
 * The open receipts. Every action ends in exactly one outcome: by a result, or by its deadline as `failed`. A receipt
 * closes when all are known. Late, repeated and unknown results change nothing.
 */
import type { Instant, WallTime } from "../kernel/time.ts";
import { earlier } from "../kernel/time.ts";
import type { Graver, Outcome, OutputFacts, Receipt, ReceiptAction, RecordFacts } from "./receipt.ts";

export interface OpenReceipt {
  readonly receipt: Receipt;
  /** Per action without an outcome: when it fails, and with which sentence. */
  readonly deadlines: ReadonlyMap<string, Deadline>;
  /** The earliest of them that is still waited for. */
  readonly nextAt: Instant | undefined;
}

export interface Deadline {
  readonly at: Instant;
  readonly reason: string;
}

/** By event id, oldest first. */
export type ReceiptBook = ReadonlyMap<string, OpenReceipt>;

export interface ActionFacts {
  readonly record?: RecordFacts;
  readonly output?: OutputFacts;
}

/** What a change did; `receipt` is absent when nothing changed. */
export interface BookStep {
  readonly book: ReceiptBook;
  readonly receipt?: Receipt;
  readonly action?: ReceiptAction;
}

/** How long an action may wait for its outcome, ms. */
export const patience = { record: 60_000, output: 5000, notify: 300_000, snapshot: 60_000, ptz: 60_000 } as const;

/** Every outcome is known, and how grave it is. */
export const isSettled = ({ actions, judgedUntil }: Receipt): boolean =>
  judgedUntil === undefined && actions.every((action) => action.outcome !== undefined);

/** By this name a receipt has the deadline of its judgement beside those of its actions. */
export const judgement = "judged";

/** What is known as an edge is entered: of its receipt, and of its record in the journal. */
export const receiptOf = ({ edge, armed, actions, alarmId, judgedUntil }: Receipt): Receipt => ({
  ...{ edge, armed, actions },
  ...(alarmId === undefined ? {} : { alarmId }),
  ...(judgedUntil === undefined ? {} : { judgedUntil }),
});

/** Closes a receipt when it is settled. */
export const closeIfSettled = (receipt: Receipt, at: WallTime): Receipt =>
  receipt.closedAt === undefined && isSettled(receipt) ? { ...receipt, closedAt: at } : receipt;

/** Enters a receipt; one that is settled already is closed and not kept. Every open action needs a deadline. */
export function enterReceipt(
  book: ReceiptBook,
  receipt: Receipt,
  deadlines: ReadonlyMap<string, Deadline>,
  at: WallTime,
): { readonly book: ReceiptBook; readonly receipt: Receipt } {
  const entered = closeIfSettled(receipt, at);
  if (entered.closedAt !== undefined || book.has(receipt.edge.eventId)) return { book, receipt: entered };
  for (const action of entered.actions) {
    if (action.outcome === undefined && !deadlines.has(action.id)) throw new Error(`action ${action.id}: no deadline`);
  }
  return { book: new Map(book).set(receipt.edge.eventId, openReceipt(entered, deadlines)), receipt: entered };
}

export function openReceipt(receipt: Receipt, deadlines: ReadonlyMap<string, Deadline>): OpenReceipt {
  let nextAt: Instant | undefined = receipt.judgedUntil === undefined ? undefined : deadlines.get(judgement)?.at;
  for (const { id, outcome } of receipt.actions) {
    const at = outcome === undefined ? deadlines.get(id)?.at : undefined;
    if (at !== undefined) nextAt = nextAt === undefined ? at : earlier(nextAt, at);
  }
  return { receipt, deadlines, nextAt };
}

/** The action of that event, while it has no outcome. */
export function findAction(
  book: ReceiptBook,
  eventId: string,
  actionId: string,
): { readonly receipt: Receipt; readonly action: ReceiptAction } | undefined {
  const receipt = book.get(eventId)?.receipt;
  const action = receipt?.actions.find((candidate) => candidate.id === actionId);
  return receipt === undefined || action === undefined || action.outcome !== undefined
    ? undefined
    : { receipt, action };
}

/** Adds facts to an action that has no outcome yet; later facts win. */
export function noteFacts(book: ReceiptBook, eventId: string, actionId: string, facts: ActionFacts): BookStep {
  return changeAction(book, eventId, actionId, (action) => withFacts(action, facts));
}

/** Gives an action its outcome, if it has none, and closes the receipt when it was the last. */
export function settleAction(
  book: ReceiptBook,
  eventId: string,
  actionId: string,
  result: { readonly outcome: Outcome; readonly at: WallTime; readonly facts?: ActionFacts },
): BookStep {
  return changeAction(
    book,
    eventId,
    actionId,
    (action) => ({ ...withFacts(action, result.facts ?? {}), outcome: result.outcome, outcomeAt: result.at }),
    result.at,
  );
}

function withFacts(action: ReceiptAction, facts: ActionFacts): ReceiptAction {
  return {
    ...action,
    ...(facts.record === undefined ? {} : { record: { ...action.record, ...facts.record } }),
    ...(facts.output === undefined ? {} : { output: { ...action.output, ...facts.output } }),
  };
}

function changeAction(
  book: ReceiptBook,
  eventId: string,
  actionId: string,
  change: (action: ReceiptAction) => ReceiptAction,
  closeAt?: WallTime,
): BookStep {
  const open = book.get(eventId);
  const before = open?.receipt.actions.find((action) => action.id === actionId);
  if (open === undefined || before === undefined || before.outcome !== undefined) return { book };
  const action = change(before);
  const actions = open.receipt.actions.map((other) => (other.id === actionId ? action : other));
  const changed: Receipt = { ...open.receipt, actions };
  const receipt = closeAt === undefined ? changed : closeIfSettled(changed, closeAt);
  const next = new Map(book);
  if (receipt.closedAt !== undefined) next.delete(eventId);
  else next.set(eventId, closeAt === undefined ? { ...open, receipt } : openReceipt(receipt, open.deadlines));
  return { book: next, receipt, action };
}

/** Makes the event one of an alarm; what waited in it waits no more and gets new deadlines. */
export function releaseReceipt(
  book: ReceiptBook,
  eventId: string,
  alarmId: string,
  deadlines: ReadonlyMap<string, Deadline>,
): BookStep {
  const open = book.get(eventId);
  if (open === undefined) return { book };
  const receipt: Receipt = released(open.receipt, alarmId);
  const all = new Map([...open.deadlines, ...deadlines]);
  return { book: new Map(book).set(eventId, openReceipt(receipt, all)), receipt };
}

/** Nothing makes it graver any more. */
export function endJudgement(book: ReceiptBook, eventId: string, at: WallTime): BookStep {
  const open = book.get(eventId);
  if (open?.receipt.judgedUntil === undefined) return { book };
  return withReceipt(book, closeIfSettled(judged(open.receipt), at), open.deadlines);
}

/** Kept while it is open. */
function withReceipt(book: ReceiptBook, receipt: Receipt, deadlines: OpenReceipt["deadlines"]): BookStep {
  const next = new Map(book);
  if (receipt.closedAt === undefined) next.set(receipt.edge.eventId, openReceipt(receipt, deadlines));
  else next.delete(receipt.edge.eventId);
  return { book: next, receipt };
}

interface MadeGraver {
  readonly graver: Graver;
  readonly actions: readonly ReceiptAction[];
}

/** It is graver, which these messages say. */
export function graverReceipt(
  book: ReceiptBook,
  eventId: string,
  made: MadeGraver & { readonly at: WallTime },
  deadlines: ReadonlyMap<string, Deadline>,
): BookStep {
  const open = book.get(eventId);
  if (open === undefined) return { book };
  const receipt = closeIfSettled(graver(open.receipt, made), made.at);
  return withReceipt(book, receipt, new Map([...open.deadlines, ...deadlines]));
}

/** The receipt of which nothing more is waited for than its actions. */
export function judged(receipt: Receipt): Receipt {
  const { judgedUntil, ...rest } = receipt;
  return judgedUntil === undefined ? receipt : rest;
}

/** The receipt since something else saw it, too. */
export const graver = (receipt: Receipt, made: MadeGraver): Receipt => ({
  ...judged(receipt),
  graver: made.graver,
  actions: [...receipt.actions, ...made.actions],
});

/** Its input came to rest while it waited. */
export function restReceipt(book: ReceiptBook, eventId: string): ReceiptBook {
  const open = book.get(eventId);
  return open === undefined ? book : new Map(book).set(eventId, { ...open, receipt: rested(open.receipt) });
}

export const rested = (receipt: Receipt): Receipt => ({ ...receipt, rested: true });

/** The receipt after its entry delay. */
export const released = (receipt: Receipt, alarmId: string): Receipt => ({
  ...receipt,
  alarmId,
  actions: receipt.actions.map((action) => {
    const { waitsUntil, ...rest } = action;
    return waitsUntil === undefined || action.outcome !== undefined ? action : rest;
  }),
});

/** The receipt after a message of it went out that nobody's acknowledgement had stopped. */
export const escalated = (receipt: Receipt, actionId: string): Receipt => ({
  ...receipt,
  actions: receipt.actions.map((action) => {
    const { escalateAt, ...rest } = action;
    return escalateAt === undefined || action.id !== actionId ? action : rest;
  }),
});

export interface OverdueAction {
  readonly eventId: string;
  readonly actionId: string;
  readonly reason: string;
}

/** Actions that waited in vain. */
export function overdueActions(book: ReceiptBook, now: Instant): OverdueAction[] {
  const overdue: OverdueAction[] = [];
  for (const [eventId, { receipt, deadlines, nextAt }] of book) {
    if (nextAt === undefined || now < nextAt) continue;
    for (const { id, outcome } of receipt.actions) {
      const deadline = deadlines.get(id);
      if (outcome !== undefined || deadline === undefined || now < deadline.at) continue;
      overdue.push({ eventId, actionId: id, reason: deadline.reason });
    }
  }
  return overdue;
}

/** When the next action runs out of time. */
export function nextDeadline(book: ReceiptBook): Instant | undefined {
  let next: Instant | undefined;
  for (const { nextAt } of book.values()) {
    if (nextAt !== undefined) next = next === undefined ? nextAt : earlier(next, nextAt);
  }
  return next;
}

/** An action that begins later may wait longer. */
export function postponeDeadline(book: ReceiptBook, eventId: string, actionId: string, at: Instant): ReceiptBook {
  const open = book.get(eventId);
  const deadline = open?.deadlines.get(actionId);
  if (open === undefined || deadline === undefined) return book;
  const deadlines = new Map(open.deadlines).set(actionId, { ...deadline, at });
  return new Map(book).set(eventId, openReceipt(open.receipt, deadlines));
}
