/** What happened is told at once, and is in the database a moment later (50 ms, more on a busy disk). */
const soonMs = 100;
const againMs = [1000, 4000];

export interface Looks {
  /** Something happened. */
  ask(): void;
  cancel(): void;
}

/** Looks soon after it was asked to, and twice again later. However often it is asked, the next look is never put off. */
export function createLooks(look: () => void): Looks {
  let soon: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout>[] = [];
  const forgetLater = () => {
    for (const timer of again) clearTimeout(timer);
  };
  return {
    ask() {
      soon ??= setTimeout(() => {
        soon = undefined;
        look();
      }, soonMs);
      forgetLater();
      again = againMs.map((ms) => setTimeout(look, ms));
    },
    cancel() {
      clearTimeout(soon);
      forgetLater();
    },
  };
}
