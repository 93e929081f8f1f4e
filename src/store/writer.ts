import { Worker } from "node:worker_threads";
import type { StoreIntent, StoreWriter } from "../messages/store.ts";
import type { WriterAnswer, WriterBatch } from "./writer-thread.ts";

export type WriterLog = (message: string, details?: Record<string, unknown>) => void;

/** A batch is sent after so many milliseconds or intents, whichever comes first. */
const batchMs = 50;
const batchIntents = 500;
/** What waits while the database can't be written; beyond it new intents are dropped and counted. */
export const mostWaiting = 50_000;
/** Pause before a failed batch is tried again, ms: doubled up to the longest. */
const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** How long a stop waits for the last batches, ms. */
const stopMs = 5000;

/**
 * Starts the thread that alone writes the database. `put` never waits and never throws; what is put is committed in
 * order. A database that can't be written is tried again for ever; it is logged when that begins and ends.
 */
export function startStoreWriter(databasePath: string, log: WriterLog): StoreWriter {
  let waiting: StoreIntent[] = [];
  let inFlight: readonly StoreIntent[] = [];
  let batchId = 0;
  let put = 0;
  let settled = 0;
  let dropped = 0;
  let failures = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let flushes: { readonly upTo: number; readonly done: () => void }[] = [];
  let worker = startWorker();

  function startWorker(): Worker {
    const started = new Worker(new URL("./writer-thread.ts", import.meta.url), { workerData: { databasePath } });
    started.on("message", (answer: WriterAnswer) => answered(answer));
    started.on("error", (error: Error) =>
      log("the database writer crashed and is started again", { error: error.message }),
    );
    started.on("exit", () => {
      if (stopped) return;
      worker = startWorker();
      failed("the thread ended");
    });
    started.unref();
    return started;
  }

  function schedule(delayMs: number): void {
    if (timer !== undefined || inFlight.length > 0) return;
    timer = setTimeout(send, delayMs);
  }

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    if (inFlight.length > 0) return;
    inFlight = waiting.slice(0, batchIntents);
    waiting = waiting.slice(batchIntents);
    if (inFlight.length > 0) post();
  }

  function post(): void {
    timer = undefined;
    worker.postMessage({ id: ++batchId, intents: inFlight } satisfies WriterBatch);
  }

  function answered(answer: WriterAnswer): void {
    if (answer.id !== batchId) return;
    if (answer.kind === "failed") {
      failed(answer.error);
      return;
    }
    if (failures > 0) log("the database is written again", { failures });
    failures = 0;
    for (const reason of answer.refused) log("the database refused a row; it is left out", { reason });
    if (answer.thinned !== undefined)
      log("short lines of receipts that are gone left the journal", { ...answer.thinned });
    settled += inFlight.length;
    inFlight = [];
    for (const flush of flushes) if (flush.upTo <= settled) flush.done();
    flushes = flushes.filter((flush) => flush.upTo > settled);
    if (waiting.length > 0) schedule(waiting.length >= batchIntents || flushes.length > 0 ? 0 : batchMs);
  }

  function failed(error: string): void {
    if (inFlight.length === 0) return;
    if (failures === 0) log("the database can't be written; trying again", { error });
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
    failures++;
    clearTimeout(timer);
    timer = setTimeout(post, pause);
  }

  function flushed(): Promise<void> {
    if (settled >= put) return Promise.resolve();
    const upTo = put;
    return new Promise((done) => {
      flushes.push({ upTo, done });
      if (inFlight.length === 0) send();
    });
  }

  return {
    put(intent) {
      if (waiting.length + inFlight.length >= mostWaiting) {
        if (dropped === 0) log("the database falls behind; rows are dropped and counted", { waiting: mostWaiting });
        dropped++;
        return;
      }
      waiting.push(intent);
      put++;
      if (waiting.length === batchIntents && inFlight.length === 0) send();
      else schedule(batchMs);
    },
    flushed,
    get dropped() {
      return dropped;
    },
    async [Symbol.asyncDispose]() {
      await within(stopMs, flushed());
      stopped = true;
      clearTimeout(timer);
      const ended = new Promise<void>((done) => worker.once("exit", () => done()));
      worker.ref();
      worker.postMessage("close");
      await within(stopMs, ended);
      await worker.terminate();
      if (settled < put) log("stopped with rows that could not be written", { rows: put - settled });
    },
  };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
