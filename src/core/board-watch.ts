/** What is known of one board: link, contacts, how often it is really looked at, how it answers, and what to warn of. */
import { momentOf, wallOf, type Clock } from "../kernel/time.ts";
import type { SensorFact } from "../domain/sensor-watch.ts";
import type { LoopReading } from "../domain/supervised-loop.ts";
import type { BoardHealth, BoardStatus, PointStatus } from "../messages/api.ts";
import type { BoardLink, LevelReport } from "../drivers/driver.ts";

/** Poll intervals that the percentiles are taken from. */
const window = 256;
/** A new p95 is taken after this many polls, and told when it moved by more than a fifth. */
const every = 64;
/** Share of its scale by which a loop's reading must move to be told again. */
const worthTelling = 0.005;
/** Exchanges that the error rate is taken from. */
const mostExchanges = 1000;

export interface BoardWatch {
  link(link: BoardLink): void;
  level(report: LevelReport): void;
  sensor(fact: SensorFact): void;
  /** True when the reading moved so far that the status has to be told again. */
  measured(point: number, reading: LoopReading): boolean;
  /** True when the measured interval moved so far that the status has to be told again. */
  polled(intervalMs: number): boolean;
  /** The board answered, or failed to. */
  heard(ok: boolean): void;
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
  const points = watchPoints(clock);
  const answers = watchAnswers(clock);
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
    level: (report) => points.level(report),
    sensor: (fact) => points.sensor(fact),
    measured: (point, reading) => points.measured(point, reading),
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
    heard: (ok) => answers.heard(ok),
    off() {
      change("off", "");
      points.forget();
      answers.forget();
      intervals.length = 0;
      measured = 0;
    },
    status: () => ({
      board,
      state,
      since,
      reason,
      measuredPollMs: measured,
      health: {
        ...answers.health(),
        pollMedianMs: percentile(intervals, 0.5),
        pollP99Ms: percentile(intervals, 0.99),
      },
      points: points.all(),
      warnings: state === "off" ? [] : warn(measured),
    }),
  };
}

/** The contacts, and when each last went from closed to open or back: a fault in between is no change. */
function watchPoints(clock: Clock) {
  const points = new Map<number, PointStatus>();
  const loops = new Map<number, Omit<LoopReading, "reason">>();
  const sensors = new Map<number, Pick<PointStatus, "battery" | "seenAt">>();
  const known = new Map<number, { readonly level: "closed" | "open"; readonly changedAt?: number }>();
  return {
    level({ point, level, reason }: LevelReport): void {
      const before = known.get(point);
      if (level === "closed" || level === "open") {
        const moved = before !== undefined && before.level !== level;
        known.set(point, moved ? { level, changedAt: clock.wall() } : { ...before, level });
      }
      const changedAt = known.get(point)?.changedAt;
      points.set(point, {
        point,
        level,
        ...(changedAt === undefined ? {} : { changedAt }),
        ...(reason === undefined ? {} : { reason }),
      });
    },
    sensor({ point, battery, seenAt }: SensorFact): void {
      sensors.set(point, {
        ...sensors.get(point),
        ...(battery === undefined ? {} : { battery }),
        ...(seenAt === undefined ? {} : { seenAt: wallOf(momentOf(clock), seenAt) }),
      });
    },
    measured(point: number, { state, ratio, ohms }: LoopReading): boolean {
      const told = loops.get(point);
      const next = { state, ...(ratio === undefined ? {} : { ratio }), ...(ohms === undefined ? {} : { ohms }) };
      // noise of the converter moves nothing
      if (told?.state === state && Math.abs((told.ratio ?? -1) - (ratio ?? -1)) < worthTelling) return false;
      loops.set(point, next);
      return true;
    },
    forget() {
      sensors.clear();
      loops.clear();
      points.clear();
      known.clear();
    },
    all: () =>
      [...points.values()]
        .map((row) => {
          const loop = loops.get(row.point);
          return { ...row, ...sensors.get(row.point), ...(loop === undefined ? {} : { loop }) };
        })
        .sort((a, b) => a.point - b.point),
  };
}

/** How the newest exchanges ended. */
function watchAnswers(clock: Clock) {
  const results: boolean[] = [];
  let failed = 0;
  let lastHeardAt: number | undefined;
  return {
    heard(ok: boolean): void {
      results.push(ok);
      if (!ok) failed++;
      if (results.length > mostExchanges && results.shift() === false) failed--;
      if (ok) lastHeardAt = clock.wall();
    },
    forget() {
      results.length = 0;
      failed = 0;
      lastHeardAt = undefined;
    },
    health: (): Pick<BoardHealth, "lastHeardAt" | "exchanges" | "errorRate"> => ({
      ...(lastHeardAt === undefined ? {} : { lastHeardAt }),
      exchanges: results.length,
      errorRate: results.length === 0 ? 0 : failed / results.length,
    }),
  };
}

/** The value that a share (0–1) of the samples does not exceed; 0 without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
