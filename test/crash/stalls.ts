/** How long nobody on this machine got a turn: a thread that only sleeps, and says when it woke late. */
import { Worker } from "node:worker_threads";

/** Milliseconds of CLOCK_MONOTONIC. */
export interface Stall {
  readonly from: number;
  readonly to: number;
}

/** It sleeps 20 ms at a time, outside of every event loop; what is later than that by 150 ms is a stall. */
const sleeper = `
  const { parentPort } = require("node:worker_threads");
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const now = () => Number(process.hrtime.bigint()) / 1e6;
  for (let last = now(); ; ) {
    Atomics.wait(cell, 0, 0, 20);
    const at = now();
    if (at - last > 170) parentPort.postMessage({ from: last, to: at });
    last = at;
  }
`;

/** Watches until it is disposed; `stalls` grows meanwhile. */
export function watchStalls(): { readonly stalls: readonly Stall[] } & AsyncDisposable {
  const stalls: Stall[] = [];
  const worker = new Worker(sleeper, { eval: true });
  worker.on("message", (stall: Stall) => void stalls.push(stall));
  return {
    stalls,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
