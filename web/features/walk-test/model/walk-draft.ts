/** What somebody is about to ask for, before the test begins. */
import type { WalkBody } from "../../../../src/contract/walk-test.ts";
import { walkMinutesDefault } from "../../../../src/domain/walk-test.ts";

export interface WalkDraft {
  readonly inputs: readonly number[];
  readonly minutes: number;
  readonly pulse: boolean;
  readonly locks: readonly number[];
  readonly send: readonly number[];
}

export interface DraftInput {
  readonly input: number;
  readonly enabled: boolean;
  readonly zone?: string;
  readonly outputs?: readonly { readonly output: number }[];
  readonly notifiers?: readonly number[];
}

/** All that are switched on; a key switch arms, and is left out unless somebody ticks it. */
export const firstDraft = (inputs: readonly DraftInput[]): WalkDraft => ({
  inputs: inputs.filter((row) => row.enabled && row.zone !== "key-switch").map(({ input }) => input),
  minutes: walkMinutesDefault,
  pulse: true,
  locks: [],
  send: [],
});

export const toggled = (list: readonly number[], id: number): readonly number[] =>
  list.includes(id) ? list.filter((one) => one !== id) : [...list, id];

/** Locks and gates that an input of the test would move. */
export function locksOf<Row extends { readonly output: number; readonly kind: string }>(
  draft: WalkDraft,
  inputs: readonly DraftInput[],
  outputs: readonly Row[],
): readonly Row[] {
  const linked = inputs
    .filter(({ input }) => draft.inputs.includes(input))
    .flatMap((row) => (row.outputs ?? []).map(({ output }) => output));
  return outputs.filter(({ kind, output }) => (kind === "lock" || kind === "gate") && linked.includes(output));
}

/** Of the receivers that take one message to be proved: those that an input of the test tells. */
export function toldOnly<Row extends { readonly notifier: number }>(
  draft: WalkDraft,
  inputs: readonly DraftInput[],
  receivers: readonly Row[],
): readonly Row[] {
  const linked = inputs.filter(({ input }) => draft.inputs.includes(input)).flatMap((row) => row.notifiers ?? []);
  return receivers.filter(({ notifier }) => linked.includes(notifier));
}

/** What is sent; ticks of things that are no longer part of the test do not count. */
export const bodyOf = (draft: WalkDraft, locks: readonly number[], send: readonly number[]): WalkBody => ({
  inputs: draft.inputs,
  minutes: draft.minutes,
  pulse: draft.pulse,
  locks: draft.locks.filter((id) => locks.includes(id)),
  send: draft.send.filter((id) => send.includes(id)),
});
