/** Counts what was done for one camera since it was last asked, as rates a second. */
export interface Tally {
  looked(): void;
  /** A picture that would be looked at if there were time enough. */
  due(): void;
  /** Pictures that were due and not decoded, since nothing moved; below 0: some of them were after all. */
  skipped(pictures: number): void;
  /** How long a piece of work took by the clock. */
  cost(ms: number): void;
  /** Rates since the last call, `elapsedMs` ago; begins anew. */
  take(elapsedMs: number): {
    readonly lookedAt: number;
    readonly skipped: number;
    readonly costMs: number;
    /** Share of what was due that was not looked at although something may have moved, 0–1. */
    readonly leftOut: number;
  };
}

export function createTally(): Tally {
  let [looked, due, skipped, cost] = [0, 0, 0, 0];
  /** Told as skipped before, and looked at since. */
  let owed = 0;
  return {
    looked() {
      looked++;
    },
    due() {
      due++;
    },
    skipped: (pictures) => void (skipped += pictures),
    cost: (ms) => void (cost += ms),
    take(elapsedMs) {
      const rate = (count: number): number => (elapsedMs <= 0 ? 0 : Math.round((count * 10_000) / elapsedMs) / 10);
      const leftOut = due === 0 ? 0 : Math.max(0, Math.round((1 - (looked + skipped) / due) * 100) / 100);
      const told = Math.max(0, skipped - owed);
      const taken = { lookedAt: rate(looked), skipped: rate(told), costMs: rate(cost), leftOut };
      owed = told - skipped + owed;
      [looked, due, skipped, cost] = [0, 0, 0, 0];
      return taken;
    },
  };
}

/**
 * The processor time of the whole process (ms a second), by how long each camera's work took by the clock. A thread's own
 * processor time is counted when it is put to sleep or the kernel ticks (Linux `sum_exec_runtime`), so that before and
 * after a piece of work of less than a tick it is the same.
 */
export function costsOf<Row extends { readonly costMs: number }>(rows: readonly Row[], cpuMs: number): readonly Row[] {
  const all = rows.reduce((sum, { costMs }) => sum + costMs, 0);
  return rows.map((row) => ({ ...row, costMs: all === 0 ? 0 : Math.round((row.costMs / all) * cpuMs * 10) / 10 }));
}
