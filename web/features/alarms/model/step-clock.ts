/**
 * One clock for several players: the wall time that all of them show. It runs while `playing`, and stands where any
 * player that has a picture for the moment waits for its bytes, so that none runs ahead.
 */
export interface StepClock {
  readonly wall: number;
  readonly playing: boolean;
}

export interface StepSpan {
  readonly from: number;
  readonly to: number;
  /** Where it begins, and begins anew: not before any camera has its first picture. */
  readonly start: number;
}

/**
 * The first moment of which every camera has a picture: each pre-record begins at a key frame of its own. A camera
 * that came only after the edge is not waited for.
 */
export function startOf(firsts: readonly number[], edge: number): number {
  const before = firsts.filter((first) => first <= edge);
  return before.length > 0 ? Math.max(...before) : Math.min(...firsts);
}

/** The clock after `passedMs`. At the end of the span it stops. */
export function tick(clock: StepClock, span: StepSpan, passedMs: number, waiting: boolean): StepClock {
  if (!clock.playing || waiting) return clock;
  const wall = clock.wall + passedMs;
  return wall >= span.to ? { wall: span.to, playing: false } : { wall, playing: true };
}

/** Play begins anew at the end of the span. */
export function toggled(clock: StepClock, span: StepSpan): StepClock {
  if (clock.playing) return { ...clock, playing: false };
  return { wall: clock.wall >= span.to ? span.start : clock.wall, playing: true };
}

export const sought = (clock: StepClock, span: StepSpan, wall: number): StepClock => ({
  ...clock,
  wall: Math.min(span.to, Math.max(span.from, wall)),
});

/** What a player shall do to be where the clock is. Seconds. */
export type Correction =
  { readonly kind: "run"; readonly rate: number } | { readonly kind: "stand" } | { readonly kind: "seek" };

/** Further off than this it jumps; nearer it runs a little faster or slower, which nobody sees. */
const jumpS = 0.35;
const closeS = 0.04;

/** @param offS how far the player is behind the clock (negative: ahead), s */
export function correction(clock: StepClock, offS: number): Correction {
  if (!clock.playing) return Math.abs(offS) > closeS ? { kind: "seek" } : { kind: "stand" };
  if (Math.abs(offS) > jumpS) return { kind: "seek" };
  if (Math.abs(offS) < closeS) return { kind: "run", rate: 1 };
  return { kind: "run", rate: offS > 0 ? 1.08 : 0.92 };
}
