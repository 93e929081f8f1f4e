/** What is known of one board: link, contacts, how often it is really looked at, and what to warn of. */
import type { Clock } from "../kernel/time.ts";
import type { BoardStatus } from "../messages/api.ts";
import type { BoardLink, LevelReport } from "../drivers/driver.ts";

/** Poll intervals that the p95 is taken from. */
const window = 256;
/** A new p95 is taken after this many polls, and told when it moved by more than a fifth. */
const every = 64;

export interface BoardWatch {
  link(link: BoardLink): void;
  level(report: LevelReport): void;
  /** True when the measured interval moved so far that the status has to be told again. */
  polled(intervalMs: number): boolean;
  /** The driver was stopped: nothing is known any more. */
  off(): void;
  status(): BoardStatus;
}

/** `warn` tells what to warn of at a measured poll interval (ms; 0 = the board reports by itself). */
export function watchBoard(
  clock: Clock,
  board: number,
  warn: (measuredPollMs: number) => readonly string[],
): BoardWatch {
  let state: BoardStatus["state"] = "connecting";
  let reason = "";
  let since = clock.wall();
  let measured = 0;
  let polls = 0;
  const intervals: number[] = [];
  const points = new Map<number, BoardStatus["points"][number]>();
  const change = (next: BoardStatus["state"], why: string) => {
    if (next !== state) since = clock.wall();
    state = next;
    reason = why;
  };
  return {
    link(link) {
      change(link.kind, "reason" in link ? link.reason : "");
      if (link.kind !== "online") intervals.length = 0;
    },
    level: ({ point, level, reason: why }) =>
      void points.set(point, { point, level, ...(why === undefined ? {} : { reason: why }) }),
    polled(intervalMs) {
      intervals.push(intervalMs);
      if (intervals.length > window) intervals.shift();
      polls++;
      if (polls % every !== 0) return false;
      const p95 = percentile(intervals, 0.95);
      if (Math.abs(p95 - measured) <= measured / 5) return false;
      measured = p95;
      return true;
    },
    off() {
      change("off", "");
      points.clear();
      intervals.length = 0;
      measured = 0;
    },
    status: () => ({
      board,
      state,
      since,
      reason,
      measuredPollMs: measured,
      points: [...points.values()].sort((a, b) => a.point - b.point),
      warnings: state === "off" ? [] : warn(measured),
    }),
  };
}

/** The value that a share (0–1) of the samples does not exceed; 0 without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
