/**
 * How far a site is from "an alarm was tripped and seen". What the configuration shows by itself is not kept; the rest
 * is what somebody said of a step: done, or skipped for now.
 */
export const firstSteps = ["administrator", "site", "storage", "cameras", "input"] as const;

export type FirstStep = (typeof firstSteps)[number];

/** Steps of which nothing else says that they were gone: they have defaults that work. */
export type MarkedStep = Exclude<FirstStep, "administrator">;

export interface FirstStepMarks {
  readonly marks: Partial<Record<MarkedStep, "done" | "skipped">>;
  /** Somebody put the list away. */
  readonly dismissed: boolean;
}

export const noMarks: FirstStepMarks = { marks: {}, dismissed: false };

/** What is there already. */
export interface FirstStepFacts {
  /** The site has a name of its own. */
  readonly named: boolean;
  readonly channels: number;
  readonly inputs: number;
  /** An edge of any input has its receipt. */
  readonly tripped: boolean;
}

export interface FirstStepState {
  readonly step: FirstStep;
  readonly state: "open" | "done" | "skipped";
}

/** Each step in its order. Facts count more than what was said: a camera that is there makes its step done. */
export function stepsOf({ marks }: FirstStepMarks, facts: FirstStepFacts): readonly FirstStepState[] {
  const isThere: Partial<Record<FirstStep, boolean>> = {
    site: facts.named,
    cameras: facts.channels > 0,
    input: facts.inputs > 0 && facts.tripped,
  };
  return firstSteps.map((step) => {
    // nobody asks before there is an administrator
    if (step === "administrator" || isThere[step] === true) return { step, state: "done" };
    return { step, state: marks[step] ?? "open" };
  });
}
