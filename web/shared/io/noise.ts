/** What one press of *silence* ends. Pure; no DOM. */
import { activeState, isSilenced } from "../../../src/domain/alarm-output.ts";
import type { OutputStatus } from "../../../src/messages/api.ts";
import type { Output } from "../types.ts";

/** Sirens, strobes and general outputs that are active now: away from their rest. */
export const noisy = (outputs: readonly Output[], live: readonly OutputStatus[]): readonly Output[] =>
  outputs.filter(
    (output) =>
      isSilenced(output.kind) && live.find((one) => one.output === output.output)?.wanted === activeState(output),
  );
