/**
 * One step being made: a state under change and the effects so far. Everything here lives inside one `stepEngine`
 * call; outside, the engine stays a pure function. `finished` puts the effects in their order: relays first, then the
 * journal, then holds, then everything else.
 */
import { after, type Moment } from "../kernel/time.ts";
import { findAction, noteFacts, patience, settleAction, type ActionFacts } from "./receipt-book.ts";
import type { EngineEffect, EngineEnv, EngineRecord, Trouble } from "./engine-types.ts";
import type { EngineState, InputEntry, OutputEntry } from "./engine-state.ts";
import { armingView, inputView, outputView } from "./engine-view.ts";
import type { Outcome, Receipt, ReceiptAction } from "./receipt.ts";

export interface Draft {
  readonly env: EngineEnv;
  readonly now: Moment;
  state: EngineState;
  readonly commands: EngineEffect[];
  readonly records: EngineEffect[];
  readonly holds: EngineEffect[];
  readonly others: EngineEffect[];
  readonly notify: { readonly notifier: number; readonly eventId: string; readonly actionId: string }[];
  /** As they are at the end of the step. */
  readonly receipts: Map<string, Receipt>;
  readonly changedInputs: Set<number>;
  readonly changedOutputs: Set<number>;
  /** Outputs that are told their state again even if it did not change. */
  readonly resend: Set<number>;
  /** Pages are told how the arming is at the end of the step. */
  armingChanged: boolean;
  /** Why outputs change in this step, for the journal; of some outputs apart. */
  by: string;
  readonly byOf: Map<number, string>;
}

export const beginDraft = (env: EngineEnv, state: EngineState, now: Moment): Draft => ({
  env,
  now,
  state,
  commands: [],
  records: [],
  holds: [],
  others: [],
  notify: [],
  receipts: new Map(),
  changedInputs: new Set(),
  changedOutputs: new Set(),
  resend: new Set(),
  armingChanged: false,
  by: "",
  byOf: new Map(),
});

export function change(draft: Draft, part: Partial<EngineState>): void {
  draft.state = { ...draft.state, ...part };
}

export const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> =>
  new Map(map).set(key, value);

export function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

export function setInput(draft: Draft, entry: InputEntry): void {
  change(draft, { inputs: withEntry(draft.state.inputs, entry.settings.input, entry) });
}

export function setOutput(draft: Draft, entry: OutputEntry): void {
  change(draft, { outputs: withEntry(draft.state.outputs, entry.settings.output, entry) });
}

export const journal = (draft: Draft, record: EngineRecord): void =>
  void draft.records.push({ kind: "journal", record });

/** Gives an action its outcome, once; journals it and lets go of whatever waited for it. */
export function settle(
  draft: Draft,
  eventId: string,
  actionId: string,
  outcome: Outcome,
  facts: ActionFacts = {},
): void {
  const at = draft.now.wall;
  const { book, receipt, action } = settleAction(draft.state.book, eventId, actionId, { outcome, at, facts });
  if (receipt === undefined || action === undefined) return;
  change(draft, { book });
  draft.receipts.set(eventId, receipt);
  journal(draft, {
    kind: "outcome",
    eventId,
    actionId,
    outcome,
    at,
    ...factsOf(action),
  });
  if (receipt.closedAt !== undefined) journal(draft, { kind: "receipt", receipt });
  if (action.target.kind === "record") letGoOfHold(draft, actionId, action.target.channel);
  if (action.target.kind === "output") stopWaiting(draft, action.target.output, actionId);
}

function letGoOfHold(draft: Draft, holdId: string, channel: number): void {
  change(draft, { holds: without(draft.state.holds, holdId) });
  draft.holds.push({ kind: "forget-hold", holdId, channel });
}

function stopWaiting(draft: Draft, output: number, actionId: string): void {
  const entry = draft.state.outputs.get(output);
  if (entry === undefined) return;
  setOutput(draft, { ...entry, waiting: entry.waiting.filter((waiting) => waiting.actionId !== actionId) });
}

const factsOf = (action: ReceiptAction): ActionFacts => ({
  ...(action.record === undefined ? {} : { record: action.record }),
  ...(action.output === undefined ? {} : { output: action.output }),
});

/** The recorder says all that it knows again after each connection. */
function tellsNothingNew(before: ReceiptAction | undefined, { record, output }: ActionFacts): boolean {
  const known = new Map<string, unknown>(Object.entries({ ...before?.record, ...before?.output }));
  return Object.entries({ ...record, ...output }).every(([name, value]) => known.get(name) === value);
}

/** Adds facts to an action that has no outcome yet. */
export function note(draft: Draft, eventId: string, actionId: string, facts: ActionFacts): void {
  const before = findAction(draft.state.book, eventId, actionId)?.action;
  const { book, receipt, action } = noteFacts(draft.state.book, eventId, actionId, facts);
  if (receipt === undefined || action === undefined || tellsNothingNew(before, facts)) return;
  change(draft, { book });
  draft.receipts.set(eventId, receipt);
  journal(draft, { kind: "facts", eventId, actionId, ...factsOf(action) });
}

export function beginTrouble(draft: Draft, key: string, what: string): void {
  if (draft.state.troubles.has(key)) return;
  const trouble: Trouble = { key, what, since: draft.now.wall };
  change(draft, { troubles: withEntry(draft.state.troubles, key, trouble) });
  draft.others.push({ kind: "trouble", trouble });
}

export function endTrouble(draft: Draft, key: string): void {
  const trouble = draft.state.troubles.get(key);
  if (trouble === undefined) return;
  change(draft, { troubles: without(draft.state.troubles, key) });
  draft.others.push({ kind: "trouble", trouble: { ...trouble, ended: draft.now.wall } });
}

/** All effects in their order. A receipt, input or output that changed several times is told once, as it is now. */
export function finished(draft: Draft): EngineEffect[] {
  const { state, now } = draft;
  const effects: EngineEffect[] = [...draft.commands, ...draft.records, ...draft.holds];
  for (const { notifier, eventId, actionId } of draft.notify) {
    const receipt = draft.receipts.get(eventId) ?? state.book.get(eventId)?.receipt;
    const action = receipt?.actions.find((candidate) => candidate.id === actionId);
    if (receipt === undefined || action === undefined) continue;
    const until = state.book.get(eventId)?.deadlines.get(actionId)?.at ?? after(now.instant, patience.notify);
    effects.push({ kind: "notify", notifier, receipt, action, until });
  }
  for (const receipt of draft.receipts.values()) effects.push({ kind: "receipt-changed", receipt });
  for (const input of draft.changedInputs) {
    const entry = state.inputs.get(input);
    if (entry !== undefined) effects.push({ kind: "input-changed", input: inputView(entry) });
  }
  for (const output of draft.changedOutputs) {
    const entry = state.outputs.get(output);
    if (entry !== undefined) effects.push({ kind: "output-changed", output: outputView(state, entry, now) });
  }
  if (draft.armingChanged) effects.push({ kind: "arming-changed", arming: armingView(state, now) });
  return [...effects, ...draft.others];
}
