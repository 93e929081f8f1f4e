import {
  askCredentialGate,
  openGate,
  stepCredentialGate,
  type CredentialEvent,
  type CredentialGate,
} from "../../domain/credential-gate.ts";
import type { Clock, Instant } from "../../kernel/time.ts";

/** The credential gates of all hosts (each with its login), shared by all channels of a process. */
export interface HostGate {
  ask(key: string): { readonly kind: "go" } | { readonly kind: "wait"; readonly until: Instant };
  tell(key: string, event: CredentialEvent): void;
  /** Calls after each change of one gate, until the returned function is called. */
  watch(key: string, call: (gate: CredentialGate) => void): () => void;
}

/** @see HostGate */
export function createHostGate(clock: Clock): HostGate {
  const gates = new Map<string, CredentialGate>();
  const watchers = new Map<string, Set<(gate: CredentialGate) => void>>();
  const gateOf = (key: string): CredentialGate => gates.get(key) ?? openGate;

  const set = (key: string, gate: CredentialGate): void => {
    const before = gateOf(key);
    if (gate === openGate) gates.delete(key);
    else gates.set(key, gate);
    const changed = before.kind !== gate.kind || ("until" in before && "until" in gate && before.until !== gate.until);
    if (changed) for (const call of [...(watchers.get(key) ?? [])]) call(gate);
  };

  return {
    ask(key) {
      const answer = askCredentialGate(gateOf(key), clock.now());
      if (answer.kind === "wait") return answer;
      set(key, answer.gate);
      return { kind: "go" };
    },
    tell: (key, event) => set(key, stepCredentialGate(gateOf(key), event, clock.now())),
    watch(key, call) {
      const calls = watchers.get(key) ?? new Set();
      watchers.set(key, calls.add(call));
      return () => {
        calls.delete(call);
        if (calls.size === 0) watchers.delete(key);
      };
    },
  };
}
