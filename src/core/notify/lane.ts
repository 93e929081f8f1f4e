/**
 * One lane a notifier: its tries go one after the other, a message that pauses lets the next one by. A receiver that
 * hangs holds up nobody's messages but its own.
 */
export interface Lane {
  /** Runs when it is its turn. `undefined`: too many wait already, it was not run. */
  run<T>(work: () => Promise<T>): Promise<T> | undefined;
}

/** Tries that wait for one receiver, at most; what comes on top is refused at once. */
export const laneBound = 100;

export function openLane(): Lane {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    run<T>(work: () => Promise<T>) {
      if (waiting >= laneBound) return undefined;
      waiting++;
      const turn = last.then(work).finally(() => waiting--);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
