/** How Reed itself is: its processes, how long edges take, whether messages arrive. */
import type { Outcome } from "../domain/receipt.ts";

/** Processes that core keeps running; all but the recorders are its clients at one door. */
export type ProcessRole = "recorder" | ClientRole;
export type ClientRole = "api" | "analysis" | "detection" | "bucket";

export interface ProcessState {
  readonly name: string;
  readonly pid: number;
  readonly state: "running" | "starting" | "down";
  readonly restarts: number;
  readonly since: number;
}

/** Milliseconds, cumulative histograms since start: upper bounds and counts. */
export interface LatencyStats {
  readonly edgeToDecision: Histogram;
  readonly edgeToCommand: Histogram;
  readonly edgeToDurable: Histogram;
}
export interface Histogram {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** What became of a test message, with the peer's own words. */
export interface NotifierTestAnswer {
  readonly outcome: Outcome;
  /** HTTP status and the beginning of the text that the peer answered; absent when it was not reached. */
  readonly answer?: { readonly status: number; readonly text: string };
  /** How long the peer took. */
  readonly ms: number;
}
