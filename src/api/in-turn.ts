/** Runs works one after the other, in the order that they were asked for; one that fails holds up none. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** @param most that may be there at once, the one that runs and those in line; one more is asked for the reason by `refuse` */
export function createTurns(most = Infinity, refuse?: () => Error): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  let here = 0;
  return (work) => {
    if (here >= most) return Promise.reject(refuse?.() ?? new Error("too many wait for their turn"));
    here++;
    const turn = last.then(work).finally(() => here--);
    last = turn.catch(() => undefined);
    return turn;
  };
}
