import type { Instant, WallTime } from "../../kernel/time.ts";

/** Units on the medium without a hole between them, by their arrival. */
export interface Run {
  readonly from: Instant;
  readonly to: Instant;
  readonly fromWall: WallTime;
  readonly toWall: WallTime;
  /** Arrivals of its key frames. */
  readonly keys: readonly Instant[];
  /** Nothing is missing between the run before and this one. */
  readonly joins: boolean;
}

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly fromWall: WallTime;
  readonly toWall: WallTime;
}

/**
 * What is durable of one channel: continuous spans and where playing may start in them; each begins at
 * a key frame. Filled in the order of arrival
 * as files are synced; after a restart what the files hold of an earlier time is put before it.
 */
export interface Coverage {
  add(run: Run): void;
  /** Takes runs that lie before everything here, in order. What is here already is not taken again. */
  putBefore(runs: readonly Run[]): void;
  /** Spans that touch [from, to], whole, oldest first. */
  touching(from: Instant, to: Instant): readonly Span[];
  /** Newest key frame at or before `at` in the span that holds `at`. */
  keyAtOrBefore(at: Instant): Instant | undefined;
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
  forget(before: Instant): void;
}

/** Between two units of one session more than this is a hole: the camera sent nothing. */
export const longestPauseMs = 2000;

export function createCoverage(): Coverage {
  let spans: Span[] = [];
  let keys: Instant[] = [];
  /** After a hole, until a key frame comes: nothing can be shown of it. */
  let blind = false;

  /** Gives whether a key frame is still awaited. */
  const extend = (into: Span[], run: Run, isBlind: boolean): boolean => {
    const last = into.at(-1);
    // a range that was written again after a failure lies inside what is there
    if (last !== undefined && ((run.joins && !isBlind) || run.from <= last.to)) {
      if (run.to > last.to) into[into.length - 1] = { ...last, to: run.to, toWall: run.toWall };
      return false;
    }
    const from = run.keys[0];
    if (from === undefined) return true;
    into.push({ from, to: run.to, fromWall: (run.fromWall + (from - run.from)) as WallTime, toWall: run.toWall });
    return false;
  };
  return {
    add(run) {
      blind = extend(spans, run, blind);
      const newest = keys.at(-1) ?? -Infinity;
      for (const key of run.keys) if (key > newest) keys.push(key);
    },
    putBefore(runs) {
      const limit = spans[0]?.from ?? Infinity;
      const older = runs.filter((run) => run.to < limit);
      const before: Span[] = [];
      let stillBlind = false;
      for (const run of older) stillBlind = extend(before, run, stillBlind);
      spans = [...before, ...spans];
      keys = [...older.flatMap((run) => run.keys), ...keys];
    },
    touching: (from, to) => spans.filter((span) => span.to >= from && span.from <= to),
    keyAtOrBefore(at) {
      const span = spans.findLast((candidate) => candidate.from <= at);
      if (span === undefined || span.to < at) return undefined;
      return keys.findLast((key) => key <= at && key >= span.from) ?? span.from;
    },
    get start() {
      return spans[0]?.from;
    },
    get end() {
      return spans.at(-1)?.to;
    },
    forget(before) {
      spans = spans.filter((span) => span.to >= before);
      const kept = keys.findIndex((key) => key >= before);
      keys = kept < 0 ? [] : keys.slice(kept);
    },
  };
}
