/**
 * Time as the project knows it. Only `clock.ts` (in a shell) asks what time it is; everything else is handed a value.
 *
 * - `Instant`: milliseconds (with fraction) on the machine's monotonic clock (CLOCK_MONOTONIC). Comparable between
 *   processes of one boot, never across boots.
 * - `WallTime`: milliseconds since 1970-01-01 UTC. An attribute for people; never used for order.
 * - `Duration`: plain milliseconds.
 */
declare const instantBrand: unique symbol;
declare const wallBrand: unique symbol;
export type Instant = number & { readonly [instantBrand]: true };
export type WallTime = number & { readonly [wallBrand]: true };
export type Duration = number;

export const instant = (ms: number): Instant => ms as Instant;
export const wallTime = (ms: number): WallTime => ms as WallTime;

export const after = (at: Instant, by: Duration): Instant => instant(at + by);
export const before = (at: Instant, by: Duration): Instant => instant(at - by);
/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export const between = (from: Instant, to: Instant): Duration => to - from;
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

export const seconds = (s: number): Duration => s * 1000;
export const minutes = (m: number): Duration => m * 60_000;
export const hours = (h: number): Duration => h * 3_600_000;
export const days = (d: number): Duration => d * 86_400_000;

/** One moment seen on both clocks, with the boot that the instant belongs to. */
export interface Moment {
  readonly bootId: string;
  readonly instant: Instant;
  readonly wall: WallTime;
}

/** What a shell uses to ask for the time and to be woken; `testkit/fake-clock.ts` is the other implementation. */
export interface Clock {
  now(): Instant;
  wall(): WallTime;
  readonly bootId: string;
  /** Calls back once, not before `at`. Returns a function that cancels it. */
  wakeAt(at: Instant, call: () => void): () => void;
}

export const momentOf = (clock: Clock): Moment => ({
  bootId: clock.bootId,
  instant: clock.now(),
  wall: clock.wall(),
});

/** The wall time of another instant of the same boot, by the offset that held at `moment`. */
export const wallOf = (moment: Moment, at: Instant): WallTime => wallTime(moment.wall + (at - moment.instant));

/** The moment at which the clocks that show `moment` now show, or will show, `at`. */
export const momentAt = (moment: Moment, at: Instant): Moment => ({
  bootId: moment.bootId,
  instant: at,
  wall: wallOf(moment, at),
});
