import { useState } from "react";

/** How many steps can be taken back. */
const mostSteps = 50;

interface Undo<T> {
  /** Remembers what is there before it is changed. */
  readonly remember: (before: T) => void;
  /** Absent: nothing was changed. */
  readonly back: (() => void) | undefined;
}

/** Takes back what was drawn, a stroke at a time; of one thing, whose changes begin anew with another `key`. */
export function useUndo<T>(key: string | number, restore: (value: T) => void): Undo<T> {
  const [past, setPast] = useState<{ readonly key: string | number; readonly steps: readonly T[] }>({ key, steps: [] });
  const steps = past.key === key ? past.steps : [];
  const last = steps.at(-1);
  return {
    remember: (before) => setPast({ key, steps: [...steps, before].slice(-mostSteps) }),
    back:
      last === undefined
        ? undefined
        : () => {
            setPast({ key, steps: steps.slice(0, -1) });
            restore(last);
          },
  };
}
