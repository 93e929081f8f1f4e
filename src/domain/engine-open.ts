/** The arming's state, and which inputs it can't raise an alarm from, because they are active already. */
import { actsAlways, isArmedIn, type ArmingState } from "./arming.ts";
import type { Draft } from "./engine-draft.ts";
import { change, journal } from "./engine-draft.ts";
import { armingMemory } from "./engine-view.ts";

/** Puts the new state of the arming; `told` says that another record of this step has it. */
export function setArming(draft: Draft, arming: ArmingState, told = false): void {
  change(draft, { arming });
  draft.armingChanged = true;
  if (!told) journal(draft, { kind: "arming", arming: armingMemory(arming, draft.now) });
}

/** What is open now can raise no alarm: it is told, until it has closed or is bypassed. */
export function lookForOpen(draft: Draft): void {
  const open = [...draft.state.inputs.values()].filter((entry) => isLeftOpen(draft, entry.settings.input));
  if (open.length > 0) setArming(draft, { ...draft.state.arming, open: open.map(({ settings }) => settings.input) });
}

/** It is active, and would act if it were raised now. */
export function isLeftOpen(draft: Draft, input: number): boolean {
  const { arming, inputs } = draft.state;
  const entry = inputs.get(input);
  if (entry === undefined || !entry.settings.enabled || entry.machine.known !== "active") return false;
  return actsAlways(entry.settings) || (isArmedIn(entry.settings, arming.mode) && !arming.bypass.includes(input));
}

/** A walk test is over: what of it acts at any hour and is still active can't be raised, and that is told. */
export function lookBehindWalk(draft: Draft, walked: readonly number[]): void {
  const { arming, inputs } = draft.state;
  const open = walked.filter((input) => {
    const settings = inputs.get(input)?.settings;
    return settings !== undefined && actsAlways(settings) && isLeftOpen(draft, input) && !arming.open.includes(input);
  });
  if (open.length > 0) setArming(draft, { ...arming, open: [...arming.open, ...open] });
}
