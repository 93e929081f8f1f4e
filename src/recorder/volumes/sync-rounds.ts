import type { DirtyFile } from "../ports.ts";
import { before, between, type Duration, type Instant } from "../../kernel/time.ts";

/**
 * One round a volume: all dirty files are synced together, and the next round begins when it ends. In the background
 * a round begins every `everyMs`; an urgent one as soon as the writes it waits for have ended.
 */
export interface SyncRounds {
  mark(file: DirtyFile): void;
  /** Begins a round when all given writes have ended and the running round is over. */
  urgent(write: Promise<void>): void;
  tick(now: Instant): void;
  /** Runs rounds until nothing is dirty. */
  drain(): Promise<void>;
  /** Duration of the last rounds, ms. */
  percentile(share: number): Duration;
}

const remembered = 256;

export function createSyncRounds(everyMs: Duration, now: () => Instant): SyncRounds {
  let dirty = new Set<DirtyFile>();
  let running: Promise<void> | undefined;
  let lastStart = before(now(), everyMs);
  let urgentWrites = 0;
  let urgentWanted = false;
  const durations: Duration[] = [];

  const round = async (): Promise<void> => {
    const files = [...dirty];
    dirty = new Set();
    const started = now();
    lastStart = started;
    await Promise.all(files.map((file) => file.sync()));
    durations.push(between(started, now()));
    if (durations.length > remembered) durations.shift();
  };
  const start = (): Promise<void> => {
    urgentWanted = false;
    running = round().finally(() => {
      running = undefined;
      if (urgentWanted) next();
    });
    return running;
  };
  const next = (): void => {
    if (running === undefined && urgentWrites === 0 && dirty.size > 0) void start();
  };

  return {
    mark: (file) => void dirty.add(file),
    urgent(write) {
      urgentWrites++;
      void write.finally(() => {
        urgentWrites--;
        urgentWanted = true;
        next();
      });
    },
    tick(at) {
      if (between(lastStart, at) >= everyMs) next();
    },
    async drain() {
      while (running !== undefined || dirty.size > 0) await (running ?? start());
    },
    percentile(share) {
      const sorted = durations.toSorted((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    },
  };
}
