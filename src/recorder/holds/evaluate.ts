import type { Duration, Instant, WallTime } from "../../kernel/time.ts";
import type { FootageGap } from "../../messages/recorder.ts";
import type { Coverage, Span } from "../recording/coverage.ts";

/** What a hold wants kept. */
export interface HoldWindow {
  readonly edge: Instant;
  readonly edgeWall: WallTime;
  readonly preMs: Duration;
  readonly end: Instant;
}

export interface PreRecord {
  /** Edge − arrival of the first unit kept. */
  readonly preAchievedMs: Duration;
  /** Set when less than asked was there. */
  readonly short?: string;
}

export interface HoldResult {
  readonly result: "done" | "short" | "failed";
  readonly reason: string;
  readonly preAchievedMs?: Duration;
  readonly from?: WallTime;
  readonly to?: WallTime;
  readonly gaps: readonly FootageGap[];
}

export type ReasonFor = (from: Instant, to: Instant) => string;

/** The end of a window that is less than this short of a picture is no gap: the next one was not due yet. */
const frameMs = 250;

const wanted = (window: HoldWindow): Instant => (window.edge - window.preMs) as Instant;
const inSeconds = (ms: Duration): string => `${(ms / 1000).toFixed(1)} s`;

/** Where the footage kept for the window begins: at a key frame at or before the asked time, where there is one. */
function firstKept(window: HoldWindow, coverage: Coverage): Instant | undefined {
  return coverage.keyAtOrBefore(wanted(window)) ?? coverage.touching(wanted(window), window.edge)[0]?.from;
}

/** What lies before the edge; undefined when nothing does. */
export function preRecordOf(window: HoldWindow, coverage: Coverage, reasonFor: ReasonFor): PreRecord | undefined {
  const first = firstKept(window, coverage);
  if (first === undefined || first > window.edge) return undefined;
  const preAchievedMs = window.edge - first;
  const missing = holes(wanted(window), window.edge, coverage.touching(wanted(window), window.edge));
  const gap = missing.find((hole) => hole.to < window.edge || window.edge - hole.from > frameMs);
  if (gap === undefined) return { preAchievedMs };
  return { preAchievedMs, short: sentence(window, gap, reasonFor) };
}

/** What became of the hold: all of it is on the medium, or what is missing and why. */
export function evaluateHold(window: HoldWindow, coverage: Coverage, reasonFor: ReasonFor): HoldResult {
  const spans = coverage.touching(wanted(window), window.end);
  const wallAt = (at: Instant): WallTime => (window.edgeWall + (at - window.edge)) as WallTime;
  const missing = holes(wanted(window), window.end, spans).filter(
    (hole) => hole.to < window.end || hole.to - hole.from > frameMs,
  );
  const gaps = missing.map((hole) => ({
    from: wallAt(hole.from),
    to: wallAt(hole.to),
    reason: reasonFor(hole.from, hole.to),
  }));
  const last = spans.at(-1);
  if (last === undefined) return { result: "failed", reason: reasonFor(wanted(window), window.end), gaps };
  const first = firstKept(window, coverage);
  const start = first ?? spans[0]?.from ?? window.edge;
  const kept = {
    ...(first === undefined || first > window.edge ? {} : { preAchievedMs: window.edge - first }),
    from: wallAt(start),
    to: wallAt(last.to < window.end ? last.to : window.end),
    gaps,
  };
  const hole = missing[0];
  if (hole === undefined) return { result: "done", reason: "", ...kept };
  return { result: "short", reason: sentence(window, hole, reasonFor), ...kept };
}

interface Hole {
  readonly from: Instant;
  readonly to: Instant;
}

/** What spans leave of [from, to]. */
export function holes(from: Instant, to: Instant, spans: readonly Pick<Span, "from" | "to">[]): Hole[] {
  const found: Hole[] = [];
  let covered = from;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.from >= to) break;
    if (span.from > covered) found.push({ from: covered, to: span.from });
    if (span.to > covered) covered = span.to;
  }
  if (covered < to) found.push({ from: covered, to });
  return found;
}

function sentence(window: HoldWindow, hole: Hole, reasonFor: ReasonFor): string {
  const reason = reasonFor(hole.from, hole.to);
  if (hole.from <= wanted(window) && hole.to <= window.edge) {
    return `only ${inSeconds(window.edge - hole.to)} before the edge: ${reason}`;
  }
  return `${inSeconds(hole.to - hole.from)} missing: ${reason}`;
}
