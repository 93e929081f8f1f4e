/** What the two WebSockets say. Text messages are JSON; `/api/live` sends binary ones too. */
import type { LiveEvent, LiveState } from "../messages/api.ts";

/** `/api/events`: a snapshot first, after each time core was away and when rows were removed, then deltas with rising numbers. */
export type EventMessage =
  | { readonly kind: "snapshot"; readonly seq: number; readonly state: LiveState }
  | { readonly kind: "event"; readonly seq: number; readonly event: LiveEvent }
  | { readonly kind: "core-away" };

/**
 * `/api/live/:channel`: `init` announces that the next binary message is an init segment for a SourceBuffer of this
 * type; all other binary messages are fragments of it, one picture each, with the time at which it was taken before it
 * where that is known (`prft`, ISO 14496-12 §8.16.5).
 */
export type LiveMessage =
  | { readonly kind: "init"; readonly mime: string; readonly width?: number; readonly height?: number }
  | { readonly kind: "state"; readonly state: string; readonly reason: string }
  /** Said first to who asked for `sub`, and when it changes: without a sub stream that plays it is the main one, and why. */
  | { readonly kind: "stream"; readonly stream: "main" | "sub"; readonly reason: string }
  /** It is not served now: `most` pictures are being converted already (`busy`), or none can be. */
  | { readonly kind: "refused"; readonly reason: string; readonly most: number; readonly busy: boolean }
  /** Whole GOPs were left out because this reader was too slow. */
  | { readonly kind: "dropped"; readonly gops: number };

/** Reasons to close, RFC 6455 §7.4: 4000–4999 are ours. */
export const closeCodes = {
  tooSlow: 4001,
  recorderAway: 4003,
  loggedOut: 4004,
  refused: 4005,
  rightsChanged: 4006,
} as const;
