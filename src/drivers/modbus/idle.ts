/** Whoever waits until a connection has no command under way. */
export interface Idle {
  /** Something ended: those who wait are told, unless commands are still under way. */
  tell(): void;
  /** Resolves at once where none is. */
  done(): Promise<void>;
}

export function openIdle(isBusy: () => boolean): Idle {
  let waiting: (() => void)[] = [];
  const tell = () => {
    if (isBusy()) return;
    for (const one of waiting) one();
    waiting = [];
  };
  return {
    tell,
    done: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        tell();
      }),
  };
}
