/**
 * Who is looked at next: each channel has at most one picture waiting, a newer one takes its place, and channels come in
 * turn, so that a busy one keeps no other from its turn. Bounded by the number of channels.
 */
export interface Turns<T> {
  /** Puts it in line; gives back what it took the place of. */
  offer(channel: number, what: T): T | undefined;
  /** Takes out who is next. */
  next(): T | undefined;
  /** Takes out all. */
  clear(): readonly T[];
}

export function createTurns<T>(): Turns<T> {
  // in the order of their turn; a channel that offers again keeps its place
  const waiting = new Map<number, T>();
  return {
    offer(channel, what) {
      const before = waiting.get(channel);
      waiting.set(channel, what);
      return before;
    },
    next() {
      const first = waiting.entries().next();
      if (first.done === true) return undefined;
      waiting.delete(first.value[0]);
      return first.value[1];
    },
    clear() {
      const all = [...waiting.values()];
      waiting.clear();
      return all;
    },
  };
}
