import type { Duration, Instant } from "../../kernel/time.ts";

/** A job did not end within its deadline, or was not begun because another had not. */
export class StalledError extends Error {
  override readonly name = "StalledError";
}

/**
 * The file-system jobs of one volume. At most `limit` are in flight, so that a hanging disk cannot take the whole
 * thread pool. A job that has not ended after `deadlineMs` is given up: its caller gets a `StalledError`, so do all
 * that wait, and nothing new is begun until the given-up ones have really ended.
 */
export interface JobQueue {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Looks for jobs past their deadline. */
  tick(now: Instant): void;
  readonly stalled: boolean;
  readonly inFlight: number;
}

interface Job {
  begin(): void;
  giveUp(error: StalledError): void;
  started: Instant;
  givenUp: boolean;
}

export interface JobQueueOptions {
  readonly limit: number;
  readonly deadlineMs: Duration;
  readonly now: () => Instant;
}

export function createJobQueue(options: JobQueueOptions): JobQueue {
  const running = new Set<Job>();
  let waiting: Job[] = [];
  let givenUp = 0;

  const beginNext = (): void => {
    while (running.size < options.limit) {
      const job = waiting.shift();
      if (job === undefined) return;
      running.add(job);
      job.started = options.now();
      job.begin();
    }
  };
  const ended = (job: Job): void => {
    running.delete(job);
    if (job.givenUp) givenUp--;
    beginNext();
  };

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        if (givenUp > 0) {
          reject(new StalledError("the disk does not answer"));
          return;
        }
        const job: Job = {
          started: options.now(),
          givenUp: false,
          giveUp: reject,
          begin() {
            work()
              .then(resolve, reject)
              .finally(() => {
                ended(job);
              });
          },
        };
        waiting.push(job);
        beginNext();
      }),
    tick(now) {
      const late = [...running].filter((job) => !job.givenUp && now - job.started > options.deadlineMs);
      if (late.length === 0) return;
      const error = new StalledError(`the disk has not answered for ${options.deadlineMs / 1000} s`);
      for (const job of late) {
        job.givenUp = true;
        givenUp++;
        job.giveUp(error);
      }
      const turnedAway = waiting;
      waiting = [];
      for (const job of turnedAway) job.giveUp(error);
    },
    get stalled() {
      return givenUp > 0;
    },
    get inFlight() {
      return running.size;
    },
  };
}
