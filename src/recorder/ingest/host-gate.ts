import {
  askCredentialGate,
  openGate,
  stepCredentialGate,
  type CredentialEvent,
  type CredentialGate,
} from "../../domain/credential-gate.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import type { Credentials } from "../../media/rtsp/auth.ts";
import type { RtspUrl } from "../../media/rtsp/url.ts";

/** The credential gates of all hosts (each with its login), shared by all channels of a process. */
export interface HostGate {
  /** Until when nobody may call, without asking for it. */
  closedUntil(key: string): Instant | undefined;
  ask(key: string): { readonly kind: "go" } | { readonly kind: "wait"; readonly until: Instant };
  tell(key: string, event: CredentialEvent): void;
  /** Calls after each change of one gate, until the returned function is called. */
  watch(key: string, call: (gate: CredentialGate) => void): () => void;
}

/** The login of a camera; what stands in its address counts when no other was entered. */
export function credentialsOf(
  login: { readonly username: string; readonly password: string },
  address: RtspUrl,
): Credentials | undefined {
  if (login.username !== "" || login.password !== "") return { username: login.username, password: login.password };
  return address.username === undefined ? undefined : { username: address.username, password: address.password ?? "" };
}

/**
 * A gate is for one host *and* one login: with a single login, as is usual, that is the host. A channel with a wrong
 * password must not bar the others of the same encoder. Never logged.
 */
export const gateKey = (host: string, credentials: Credentials | undefined): string =>
  [host, credentials?.username ?? "", credentials?.password ?? ""].join("\u0000");

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
    closedUntil(key) {
      const answer = askCredentialGate(gateOf(key), clock.now());
      return answer.kind === "wait" ? answer.until : undefined;
    },
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

/**
 * For sessions beside the recording ones (sub streams): they obey what those have learnt of a host, and their own
 * refusals, which may mean "no connection free for two", bar only themselves.
 */
export function besideGate(main: HostGate, own: HostGate): HostGate {
  return {
    closedUntil: (key) => main.closedUntil(key) ?? own.closedUntil(key),
    ask(key) {
      const until = main.closedUntil(key);
      return until === undefined ? own.ask(key) : { kind: "wait", until };
    },
    tell: (key, event) => own.tell(key, event),
    watch: (key, call) => own.watch(key, call),
  };
}
