/** What drivers, recorders and callers report to the engine, as values. */
import type { Duration, Instant, WallTime } from "../kernel/time.ts";
import type { HoldTrigger } from "./footage-cause.ts";
import type { Level } from "./level.ts";
import type { LoopTamper } from "./supervised-loop.ts";

export interface LevelFact {
  readonly point: number;
  readonly level: Level;
  readonly at: Instant;
  readonly how: "change" | "state";
  /** What was seen, one line for people: of a level that becomes active. */
  readonly title?: string;
  /** With `fault`: the loop of a supervised contact is cut or shorted. */
  readonly tamper?: LoopTamper;
}

export type LinkFact =
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  | { readonly kind: "lost"; readonly reason: string }
  | { readonly kind: "unauthorized"; readonly reason: string };

export type HoldAnswerFact =
  | { readonly kind: "recording" }
  | { readonly kind: "will-backfill"; readonly reason: string; readonly since: WallTime }
  | { readonly kind: "failed"; readonly reason: string };

export interface GapFact {
  readonly from: WallTime;
  readonly to: WallTime;
  readonly reason: string;
}

/** Everything from the key frame before the asked time up to the edge is synced; `short`: less than asked was there. */
export interface HoldDurableEvent {
  readonly kind: "hold-durable";
  readonly holdId: string;
  readonly durableAt: Instant;
  readonly preAchievedMs: Duration;
  readonly short?: string;
}

/** A picture that came after the edge is synced too. */
export interface HoldFreshEvent {
  readonly kind: "hold-fresh";
  readonly holdId: string;
  readonly freshAt: Instant;
}

/** The hold is over and all of it is synced, or its lack explained. */
export interface HoldClosedEvent {
  readonly kind: "hold-closed";
  readonly holdId: string;
  readonly result: "done" | "short" | "failed";
  readonly reason: string;
  readonly preAchievedMs?: Duration;
  readonly from?: WallTime;
  readonly to?: WallTime;
  readonly gaps: readonly GapFact[];
}

/** `eventId` is the caller's own id (idempotence); `maxS` bounds a `start`, default: the point's, else 600 s. */
export interface TriggerEvent {
  readonly kind: "trigger";
  readonly board: number;
  readonly point: number;
  readonly verb: "start" | "stop" | "pulse";
  readonly eventId?: string;
  readonly maxS?: number;
  /** What it is about, for people: stands behind the input's name. */
  readonly title?: string;
  /** Channels that it says are away: it does not record them. */
  readonly away?: readonly number[];
}

/** One reason why a channel's footage is kept. `holdId` is the action's id; ordering it again does no harm. */
export interface RecordHold {
  readonly holdId: string;
  readonly eventId: string;
  readonly channel: number;
  readonly trigger: HoldTrigger;
  /** Boot that the instants belong to. A recorder of another boot goes by the wall times. */
  readonly bootId: string;
  readonly edgeAt: Instant;
  readonly edgeWall: WallTime;
  readonly preMs: Duration;
  /** When it ends at the latest (bound). `endAt` is set once the cause ended: rest + post-record. */
  readonly boundAt: Instant;
  readonly endAt?: Instant;
}
