import { firstSteps, type FirstStep, type FirstStepState } from "../../../../src/domain/first-steps.ts";

export const isStep = (text: string | undefined): text is FirstStep => firstSteps.some((step) => step === text);

/** The step after this one; undefined behind the last. */
export const stepAfter = (step: FirstStep): FirstStep | undefined => firstSteps[firstSteps.indexOf(step) + 1];

/** Where the path goes on: at the first step that is neither done nor skipped, else at the first that was skipped. */
export function openStep(states: readonly FirstStepState[]): FirstStep | undefined {
  return (states.find(({ state }) => state === "open") ?? states.find(({ state }) => state === "skipped"))?.step;
}

/** What is left to do; skipped steps are found again here. */
export const leftSteps = (states: readonly FirstStepState[]): readonly FirstStepState[] =>
  states.filter(({ state }) => state !== "done");
