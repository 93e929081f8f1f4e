import { after, type Clock, type Duration } from "../../kernel/time.ts";

/**
 * One timer and one buffer for the sockets of all cameras. A socket that has read what there was is parked and reads
 * again at the next tick: wake-ups, not bytes, are what receiving costs. Ticks only come while somebody is parked.
 */
export interface ReadPacer {
  /** Filled by a read and used up before its callback returns, so that every socket may share it. */
  readonly buffer: Uint8Array;
  park(resume: () => void): void;
  readonly parked: number;
}

/** `every`: the longest pause, ms. */
export function createReadPacer(clock: Clock, every: Duration = 50, bufferBytes = 256 * 1024): ReadPacer {
  let waiting: (() => void)[] = [];
  const tick = (): void => {
    const due = waiting;
    waiting = [];
    for (const resume of due) resume();
  };
  return {
    buffer: new Uint8Array(bufferBytes),
    park(resume) {
      waiting.push(resume);
      if (waiting.length === 1) clock.wakeAt(after(clock.now(), every), tick);
    },
    get parked() {
      return waiting.length;
    },
  };
}
