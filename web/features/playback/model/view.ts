/** Which stretch of time the timeline shows, and where a time lies on it. Pure. */
export interface View {
  readonly from: number;
  readonly to: number;
}

const shortestMs = 20_000;
/** The longest month, and a day to move about in. */
const longestMs = 32 * 86_400_000;

export const xOf = (view: View, width: number, wall: number): number =>
  ((wall - view.from) / (view.to - view.from)) * width;

export const wallAt = (view: View, width: number, x: number): number =>
  view.from + (x / Math.max(1, width)) * (view.to - view.from);

/** Nearer (factor < 1) or farther, with the time at `wall` staying where it is. */
export function zoom(view: View, factor: number, wall: number): View {
  const length = view.to - view.from;
  const next = Math.max(shortestMs, Math.min(longestMs, length * factor));
  const share = (wall - view.from) / length;
  return { from: wall - share * next, to: wall + (1 - share) * next };
}

export const pan = (view: View, ms: number): View => ({ from: view.from + ms, to: view.to + ms });

/** The view with `wall` in it: turned like a page when it is just outside, else with `wall` in the middle. */
export function reveal(view: View, wall: number): View {
  const length = view.to - view.from;
  const margin = length * 0.05;
  if (wall >= view.from + margin / 2 && wall <= view.to - margin / 2) return view;
  const isNear = wall > view.from - length / 2 && wall < view.to + length / 2;
  if (!isNear) return { from: wall - length / 2, to: wall + length / 2 };
  return wall > view.to - margin
    ? pan(view, wall - view.to + length * 0.9)
    : pan(view, wall - view.from - length * 0.1);
}

const minute = 60_000;
const steps = [
  1000,
  5000,
  10_000,
  30_000,
  minute,
  5 * minute,
  10 * minute,
  30 * minute,
  60 * minute,
  3 * 60 * minute,
  6 * 60 * minute,
  24 * 60 * minute,
  2 * 24 * 60 * minute,
  7 * 24 * 60 * minute,
];
const dayMs = 24 * 60 * minute;

/** Lengths that one goes to at once. */
export const lengths = { hour: 60 * minute, day: dayMs, week: 7 * dayMs, month: 31 * dayMs } as const;
export type Length = keyof typeof lengths;

/** That long around a time, which stands in the middle. */
export const around = (wall: number, length: Length): View => ({
  from: wall - lengths[length] / 2,
  to: wall + lengths[length] / 2,
});

/** The length whose button is pressed: that of the view, to a tenth. */
export const lengthOf = ({ from, to }: View): Length | undefined =>
  (Object.keys(lengths) as Length[]).find((one) => Math.abs((to - from) / lengths[one] - 1) < 0.1);

/** Labels are days where a day is narrow. */
export const labelsAreDays = ({ from, to }: View, width: number): boolean =>
  ((to - from) * 84) / Math.max(1, width) > 12 * 60 * minute;

/** Times for labels about `spacing` pixels apart, on whole steps of the site's clock. `offsetMs`: zone minus UTC. */
export function ticks(view: View, width: number, spacing: number, offsetMs: number): number[] {
  const wanted = ((view.to - view.from) * spacing) / Math.max(1, width);
  const step = steps.find((one) => one >= wanted) ?? 7 * dayMs;
  const first = Math.ceil((view.from + offsetMs) / step) * step - offsetMs;
  const out: number[] = [];
  for (let at = first; at < view.to; at += step) out.push(at);
  return out;
}

/** Above the rows stand the labels of the hours. */
export const axisHeight = 20;

/** Sixteen rows take no more of the page than it can spare. */
export const rowHeightOf = (rows: number): number => (rows <= 4 ? 22 : rows <= 9 ? 14 : 10);

/** Of the strip of motion at the bottom of a row, which leaves so much less to the recordings. */
export const stripHeightOf = (rows: number): number => (rows <= 4 ? 7 : rows <= 9 ? 5 : 3);

/** Which row is at a height of the timeline; the nearest one beside them, undefined when there is none. */
export function rowAt(y: number, rows: number): number | undefined {
  if (rows === 0) return undefined;
  return Math.max(0, Math.min(rows - 1, Math.floor((y - axisHeight) / rowHeightOf(rows))));
}

/** Of the small picture above the timeline, pixels. */
export const thumbWidth = 192;
/** The same picture for moments this near each other: fewer requests, and those kept. */
const thumbPixels = 3;

/** The moment whose picture is asked for; whole steps, and never after the one that is pointed at. */
export function thumbMoment(view: View, width: number, wall: number): number {
  const step = Math.max(1000, Math.ceil((((view.to - view.from) / Math.max(1, width)) * thumbPixels) / 1000) * 1000);
  return Math.floor(wall / step) * step;
}

/** Where it stands: over the pointer, and never out of the timeline. */
export const thumbLeft = (view: View, width: number, wall: number): number =>
  Math.round(Math.max(0, Math.min(width - thumbWidth, xOf(view, width, wall) - thumbWidth / 2)));
