import { seededRandom } from "../../src/testkit/random.ts";

/** Seeded randomness, so that a run can be had again. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  between(from: number, to: number): number;
  /** 0 … n − 1 */
  below(n: number): number;
  chance(p: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
}

export function seeded(seed: number): Random {
  const next = seededRandom(seed);
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    between: (from, to) => from + next() * (to - from),
    chance: (p) => next() < p,
    pick: (from) => from[below(from.length)] ?? from[0],
  };
}

/** `REED_SEED`, or another one each time; a failed run prints it. */
export const seedOfRun = (): number => Number(process.env["REED_SEED"] ?? Math.floor(Math.random() * 1e9));
