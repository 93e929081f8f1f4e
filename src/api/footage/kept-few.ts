/** Keeps the last few answers; who asks for one that is being made gets the same one. What failed is not kept. */
export interface KeptFew<T> {
  of(key: string, make: () => T): T;
  drop(key: string): void;
}

export function keptFew<T extends Promise<unknown>>(most: number): KeptFew<T> {
  const kept = new Map<string, T>();
  return {
    of(key, make) {
      const known = kept.get(key);
      const one = known ?? make();
      kept.delete(key);
      // the one that was asked for last goes last
      kept.set(key, one);
      if (known === undefined) {
        one.catch(() => kept.get(key) === one && kept.delete(key));
        if (kept.size > most) kept.delete(kept.keys().next().value ?? "");
      }
      return one;
    },
    drop: (key) => void kept.delete(key),
  };
}
