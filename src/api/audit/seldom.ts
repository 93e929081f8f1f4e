import type { Clock } from "../../kernel/time.ts";

/** Within this time, ms, whoever goes on with the same thing is written down once. */
const againAfterMs = 10 * 60_000;
/** Beyond it the oldest are forgotten, and written down again. */
const mostRemembered = 10_000;

/**
 * Runs `write` unless it was run for the same key not long ago: a player or a download asks again every few seconds. Where
 * it fails the next one writes; who asks meanwhile waits for the same writing.
 */
export function createSeldom(clock: Pick<Clock, "now">): (key: string, write: () => Promise<void>) => Promise<void> {
  const last = new Map<string, { readonly at: number; readonly written: Promise<void> }>();
  return async (key, write) => {
    const at = clock.now();
    const before = last.get(key);
    const isRecent = before !== undefined && at - before.at < againAfterMs;
    const one = { at, written: isRecent ? before.written : write() };
    last.delete(key);
    last.set(key, one);
    if (last.size > mostRemembered) last.delete(last.keys().next().value ?? "");
    try {
      await one.written;
    } catch (error) {
      if (last.get(key)?.written === one.written) last.delete(key);
      throw error;
    }
  };
}
