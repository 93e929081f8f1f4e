/** How much moved, as the timeline draws it under the recordings: one height a pixel, and where nobody looked. Pure. */
import type { MotionTimeline } from "../../../../src/contract/motion.ts";
import type { Range } from "./line.ts";
import { type View, xOf } from "./view.ts";

/** Of one camera: −1 nobody looked, 0 nothing moved, 1–255 how much. */
export interface MotionLine {
  readonly from: number;
  readonly stepMs: number;
  readonly steps: readonly number[];
}

const second = 1000;
const stepLengths = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * second);
/** Of a view; a step is a pixel or two. */
const wantedSteps = 1000;
/** What is asked for begins and ends at so many steps, so that a pan needs no new request for each pixel. */
const snapSteps = 24;
/** A view longer than this is asked for without what is beside it. */
const longMs = 8 * 86_400_000;

/** What is asked of the server for a view: it and, of a short one, half of it on each side. */
export function motionAsk(view: View): Range & { readonly stepMs: number } {
  const length = view.to - view.from;
  const stepMs = stepLengths.find((one) => length / one <= wantedSteps) ?? 3600 * second;
  const snap = stepMs * snapSteps;
  const beside = length > longMs ? 0 : length / 2;
  return {
    from: Math.max(0, Math.floor((view.from - beside) / snap) * snap),
    to: Math.ceil((view.to + beside) / snap) * snap,
    stepMs,
  };
}

export const lineOf = (motion: MotionTimeline | undefined, channel: number): MotionLine | undefined => {
  const found = motion?.channels.find((one) => one.channel === channel);
  return motion === undefined || found === undefined
    ? undefined
    : { from: motion.from, stepMs: motion.stepMs, steps: found.steps };
};

/** Somebody looked at some time at least: else there is nothing to draw. */
export const wasWatched = ({ steps }: MotionLine): boolean => steps.some((step) => step >= 0);

export type MotionMoment = "unwatched" | "still" | { readonly percent: number };

/** What is known of a moment. */
export function motionAt({ from, stepMs, steps }: MotionLine, wall: number): MotionMoment {
  const step = steps[Math.floor((wall - from) / stepMs)] ?? -1;
  if (step < 0) return "unwatched";
  return step === 0 ? "still" : { percent: Math.max(1, Math.round(step / 2.55)) };
}

/** The most that lies in each pixel, −1 where nobody looked. */
function pixels({ from, stepMs, steps }: MotionLine, view: View, width: number): Int16Array {
  const columns = new Int16Array(Math.max(0, Math.ceil(width))).fill(-1);
  const first = Math.max(0, Math.floor((view.from - from) / stepMs));
  const last = Math.min(steps.length - 1, Math.ceil((view.to - from) / stepMs));
  for (let at = first; at <= last; at++) {
    const step = steps[at] ?? -1;
    const start = Math.max(0, Math.floor(xOf(view, width, from + at * stepMs)));
    const end = Math.min(columns.length, Math.max(start + 1, Math.ceil(xOf(view, width, from + (at + 1) * stepMs))));
    for (let x = start; x < end; x++) columns[x] = Math.max(columns[x] ?? -1, step);
  }
  return columns;
}

/** Small motion is seen too, and large one is not drawn over the recordings. */
const heightOf = (step: number): number => 0.2 + 0.8 * Math.sqrt(step / 255);

export interface MotionPaths {
  /** As high as it was strong, standing on `y`. */
  readonly moved: string;
  /** A line under all the time that was looked at. */
  readonly watched: string;
}

/** Paths of a strip of this height whose lower side is at `y`. */
export function motionPaths(
  line: MotionLine,
  view: View,
  width: number,
  at: { y: number; height: number },
): MotionPaths {
  const columns = pixels(line, view, width);
  let [moved, watched] = ["", ""];
  for (let x = 0; x < columns.length;) {
    const step = columns[x] ?? -1;
    let end = x + 1;
    while (end < columns.length && columns[end] === step) end++;
    if (step >= 0) watched += `M${x} ${at.y}h${end - x}`;
    const height = Math.round(heightOf(step) * at.height * 10) / 10;
    if (step > 0) moved += `M${x} ${at.y}v${-height}h${end - x}v${height}z`;
    x = end;
  }
  return { moved, watched };
}
