/** What is known of a board: its link, its contacts, how it answers. */
import type { Level } from "../domain/level.ts";
import type { LoopReading } from "../domain/supervised-loop.ts";

export interface BoardStatus {
  readonly board: number;
  readonly state: "online" | "connecting" | "lost" | "unauthorized" | "off";
  readonly since: number;
  readonly reason: string;
  /** Measured milliseconds between two looks at the inputs (p95); 0 where the board reports by itself. */
  readonly measuredPollMs: number;
  readonly health: BoardHealth;
  readonly points: readonly PointStatus[];
  readonly warnings: readonly string[];
}

/** Every contact that the board has, also those that are no input of the site. */
export interface PointStatus {
  readonly point: number;
  /** As the driver says it: before debounce, apart from NO and NC. */
  readonly level: Level;
  /** When it last went from closed to open or back; absent until that was seen. Faults do not count. */
  readonly changedAt?: number;
  /** Why it is at fault or unknown, as a sentence for people. */
  readonly reason?: string;
  /** What is read of a supervised loop. */
  readonly loop?: Omit<LoopReading, "reason">;
  /** Percent, and when it said something last; of wireless sensors that tell. */
  readonly battery?: number;
  readonly seenAt?: number;
}

export interface BoardHealth {
  /** When it last answered or said something; absent before the first time. */
  readonly lastHeardAt?: number;
  /** How many of the newest exchanges (1000 at most) the error rate is taken from. */
  readonly exchanges: number;
  /** Share of them that failed, 0–1. */
  readonly errorRate: number;
  /** Measured milliseconds between two looks at the inputs; 0 where the board reports by itself. */
  readonly pollMedianMs: number;
  readonly pollP99Ms: number;
}

/** What a test of a board's settings found within its patience (5 s). */
export interface BoardProbe {
  readonly ok: boolean;
  /** In one sentence. */
  readonly what: string;
  readonly tookMs: number;
  readonly points: readonly PointStatus[];
}
