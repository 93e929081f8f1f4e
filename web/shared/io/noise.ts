/** What one press of *silence* ends, and what stands against arming. Pure; no DOM. */
import { activeState, isSilenced } from "../../../src/domain/alarm-output.ts";
import type { InputState, OutputStatus } from "../../../src/messages/api.ts";
import type { Input, Output } from "../types.ts";

/** Sirens, strobes and general outputs that are active now: away from their rest. */
export const noisy = (outputs: readonly Output[], live: readonly OutputStatus[]): readonly Output[] =>
  outputs.filter(
    (output) =>
      isSilenced(output.kind) && live.find((one) => one.output === output.output)?.wanted === activeState(output),
  );

export interface NotReady {
  readonly name: string;
  readonly why: "active" | "unknown";
}

/** Inputs that are switched on and not at rest: arming is possible, but worth a question. */
export const notReady = (inputs: readonly Input[], live: readonly InputState[]): readonly NotReady[] =>
  inputs.flatMap((input): NotReady[] => {
    const state = live.find((one) => one.input === input.input);
    if (!input.enabled || state === undefined || state.active === false) return [];
    return [{ name: input.name, why: state.active === true ? "active" : "unknown" }];
  });
