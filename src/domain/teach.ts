/**
 * Teaching an input what its rest looks like: the level at rest is recorded, then the contact must be seen to move.
 * What was never seen to change (a wrong terminal, a broken cable, a magnet out of reach) is never saved.
 *
 *   asking ──rest(level)──▶ waiting ──contact seen to move──▶ seen
 *              ▲                └──────── rest again ────────┘
 */
import type { Level, SensorType } from "./level.ts";

/** A contact as it is now; `changedAt`: when it last went from closed to open or back (wall, ms). */
export interface ContactNow {
  readonly level: Level;
  readonly changedAt?: number;
}

export type TeachState =
  | { readonly kind: "asking" }
  | { readonly kind: "waiting"; readonly rest: "closed" | "open"; readonly restChangedAt?: number }
  | { readonly kind: "seen"; readonly rest: "closed" | "open"; readonly type: SensorType };

export type TeachEvent =
  /** The person says: it is at rest now. */
  { readonly kind: "rest"; readonly contact: ContactNow } | { readonly kind: "contact"; readonly contact: ContactNow };

/** A loop that is closed at rest is NC, one that is open at rest is NO. */
export const typeOfRest = (rest: "closed" | "open"): SensorType => (rest === "closed" ? "NC" : "NO");

/** Why the rest can't be recorded, or undefined. */
export const whyNoRest = ({ level }: ContactNow): "unknown" | "fault" | undefined =>
  level === "unknown" || level === "fault" ? level : undefined;

/** Has the contact moved since its rest was recorded? A move there and back counts; a fault does not. */
export const hasMoved = (state: Extract<TeachState, { kind: "waiting" }>, { level, changedAt }: ContactNow): boolean =>
  level !== "unknown" &&
  level !== "fault" &&
  (level !== state.rest || (changedAt !== undefined && changedAt > (state.restChangedAt ?? 0)));

/** One event; what does not fit leaves the state as it is. */
export function stepTeach(state: TeachState, event: TeachEvent): TeachState {
  const { contact } = event;
  if (event.kind === "rest") {
    if (contact.level !== "closed" && contact.level !== "open") return state;
    const { changedAt } = contact;
    return {
      kind: "waiting",
      rest: contact.level,
      ...(changedAt === undefined ? {} : { restChangedAt: changedAt }),
    };
  }
  if (state.kind !== "waiting" || !hasMoved(state, contact)) return state;
  return { kind: "seen", rest: state.rest, type: typeOfRest(state.rest) };
}
