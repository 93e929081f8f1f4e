/**
 * A refused password is no network error: cameras lock callers out, so after two refusals nobody calls that host until a
 * pause is over or somebody asks for it. One gate a host, shared by all of its sessions.
 *
 *     open ──two refusals──▶ closed ──pause over, or on demand──▶ trying (one session only)
 *       ▲                       ▲                                    │        │
 *       └────── accepted ───────┼────────────────────────────────────┘        │
 *                               └───────────────── refused ───────────────────┘
 */
import { after, minutes, type Duration, type Instant } from "../kernel/time.ts";

export type CredentialGate =
  | { readonly kind: "open"; readonly refusals: 0 | 1 }
  | { readonly kind: "closed"; readonly until: Instant; readonly closings: number }
  /** One session may try; it counts as given up after a while, so that a lost one does not bar the host for ever. */
  | { readonly kind: "trying"; readonly until: Instant; readonly closings: number };

export type CredentialEvent =
  | { readonly kind: "refused" }
  | { readonly kind: "accepted" }
  /** Somebody changed the password or pressed "try again". */
  | { readonly kind: "demand" };

export const openGate: CredentialGate = { kind: "open", refusals: 0 };

export const gateReason = "Password refused, or no free connection.";

const pauses: readonly Duration[] = [minutes(5), minutes(15), minutes(30)];
const pauseAfter = (closings: number): Duration => pauses[Math.min(closings, pauses.length) - 1] ?? minutes(5);

/** How long the one session that tries may take. */
const tryMs = minutes(1);

const close = (closings: number, now: Instant): CredentialGate => ({
  kind: "closed",
  until: after(now, pauseAfter(closings)),
  closings,
});

/** What became of a session's login. Refusals of sessions that began before the gate closed change nothing. */
export function stepCredentialGate(gate: CredentialGate, event: CredentialEvent, now: Instant): CredentialGate {
  if (event.kind === "accepted") return openGate;
  if (event.kind === "demand") return gate.kind === "closed" ? { ...gate, until: now } : gate;
  switch (gate.kind) {
    case "open":
      return gate.refusals === 0 ? { kind: "open", refusals: 1 } : close(1, now);
    case "trying":
      return close(gate.closings + 1, now);
    case "closed":
      return gate;
  }
}

export type GateAnswer =
  { readonly kind: "go"; readonly gate: CredentialGate } | { readonly kind: "wait"; readonly until: Instant };

/** May a session to this host begin now? Of a closed gate whose pause is over, only the first that asks may. */
export function askCredentialGate(gate: CredentialGate, now: Instant): GateAnswer {
  switch (gate.kind) {
    case "open":
      return { kind: "go", gate };
    case "closed":
    case "trying":
      if (now < gate.until) return { kind: "wait", until: gate.until };
      return { kind: "go", gate: { kind: "trying", until: after(now, tryMs), closings: gate.closings } };
  }
}
