/** Whether a player keeps up with the clock that all share: one that doesn't is not waited for, and shows key frames. Pure. */

export interface Pace {
  /** Since when it has had no picture although the clock asked for one; on the caller's line, ms. */
  readonly waitingSince: number | undefined;
  /** When it had to jump to catch up, the last ones. */
  readonly jumps: readonly number[];
  /** Until then it shows key frames only. */
  readonly keysUntil: number;
  /** How long that was the last time, ms. */
  readonly restMs: number;
}

export interface PaceSeen {
  readonly now: number;
  /** The clock goes, or would go. */
  readonly playing: boolean;
  readonly waiting: boolean;
  readonly jumped: boolean;
}

export const paceLimits = {
  /** The others wait this long for one. */
  patienceMs: 4000,
  /** That many jumps in `jumpWindowMs` are too many. */
  jumps: 4,
  jumpWindowMs: 8000,
  /** After it all pictures are tried again; twice as long each time it fails. */
  firstRestMs: 20_000,
  longestRestMs: 320_000,
} as const;

export const freshPace: Pace = { waitingSince: undefined, jumps: [], keysUntil: 0, restMs: 0 };

/** @param seen what the player did since the last step */
export function stepPace(pace: Pace, { now, playing, waiting, jumped }: PaceSeen): Pace {
  if (!playing) return { ...pace, waitingSince: undefined, jumps: [] };
  const waitingSince = waiting ? (pace.waitingSince ?? now) : undefined;
  const recent = pace.jumps.filter((at) => at > now - paceLimits.jumpWindowMs);
  const jumps = jumped ? [...recent, now] : recent;
  const next = { ...pace, waitingSince, jumps };
  const isLost = isImpatient(next, now) || jumps.length >= paceLimits.jumps;
  if (!isLost || isBehind(pace, now)) return next;
  const restMs = Math.min(paceLimits.longestRestMs, Math.max(paceLimits.firstRestMs, pace.restMs * 2));
  return { ...next, jumps: [], restMs, keysUntil: now + restMs };
}

/** It shows key frames only, because it could not keep up. */
export const isBehind = ({ keysUntil }: Pace, now: number): boolean => now < keysUntil;

const isImpatient = ({ waitingSince }: Pace, now: number): boolean =>
  waitingSince !== undefined && now - waitingSince > paceLimits.patienceMs;

/** Whether the clock stands for those that have no picture: never for long while others could go on. */
export function isHeld(
  players: readonly { readonly pace: Pace; readonly waiting: boolean; readonly ready: boolean }[],
  now: number,
): boolean {
  const waiting = players.filter((player) => player.waiting);
  if (waiting.length === 0) return false;
  if (!players.some(({ ready }) => ready)) return true;
  return waiting.some(({ pace }) => !isBehind(pace, now) && !isImpatient(pace, now));
}
