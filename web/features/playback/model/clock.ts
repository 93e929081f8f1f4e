/** One clock for all players: where it stands in the footage (wall time, ms), and how fast it goes. Pure. */
export interface PlayerClock {
  /** Position at `since`. */
  readonly wall: number;
  /** On the caller's own line, ms (performance.now). */
  readonly since: number;
  readonly playing: boolean;
  /** A player waits for data: the clock stands although it is told to play, so that all stay in step. */
  readonly held: boolean;
  /** How fast; always positive. */
  readonly rate: number;
  readonly backwards: boolean;
}

export const rates = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

export const createClock = (wall: number, now: number): PlayerClock => ({
  wall,
  since: now,
  playing: false,
  held: false,
  rate: 1,
  backwards: false,
});

export const positionOf = (clock: PlayerClock, now: number): number =>
  clock.playing && !clock.held
    ? clock.wall + (now - clock.since) * clock.rate * (clock.backwards ? -1 : 1)
    : clock.wall;

type Change = Partial<Pick<PlayerClock, "wall" | "playing" | "held" | "rate" | "backwards">>;

/** What pressing J or L again and again does: the first press turns round at normal speed, the next ones go faster. */
export function shuttle(
  { playing, backwards, rate }: Pick<PlayerClock, "playing" | "backwards" | "rate">,
  to: "on" | "back",
): { readonly backwards: boolean; readonly rate: number } {
  const turned = backwards !== (to === "back");
  return { backwards: to === "back", rate: turned ? 1 : playing ? rateBeside(rate, 1) : rate };
}

/** The clock with something changed from now on; what is not named goes on as it was. */
export function changeClock(clock: PlayerClock, now: number, change: Change): PlayerClock {
  return { ...clock, wall: positionOf(clock, now), since: now, ...change };
}

/** The next rate up or down; the same at either end. */
export function rateBeside(rate: number, steps: 1 | -1): number {
  const at = rates.findIndex((one) => one >= rate);
  return rates[Math.max(0, Math.min(rates.length - 1, (at < 0 ? rates.length - 1 : at) + steps))] ?? 1;
}

/** What a player does that is ahead of (positive) or behind the clock. */
export type Correction = { readonly kind: "rate"; readonly rate: number } | { readonly kind: "seek" };

/** Nobody sees less than this; a picture stands for 33 to 100 ms. */
const fineMs = 12;
/** Beyond it no nudge catches up before somebody notices. Counted in real time: at 8× the footage runs 8 times as far. */
const lostMs = 400;
/** No browser's element plays faster. */
const fastest = 16;
/** A nudge takes a second to end what is wrong, and is never more than this share of the speed. */
const largestNudge = 0.25;

/** While it plays: keep the speed, nudge it, or jump. `driftMs`: of the footage. */
export function correctionOf(driftMs: number, rate: number): Correction {
  const real = driftMs / rate;
  if (Math.abs(real) <= fineMs) return { kind: "rate", rate };
  if (Math.abs(real) > lostMs) return { kind: "seek" };
  const nudge = Math.max(-largestNudge, Math.min(largestNudge, -real / 500));
  return { kind: "rate", rate: Math.min(fastest, rate * (1 + nudge)) };
}
