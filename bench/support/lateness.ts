import { spawn } from "node:child_process";

/** How late the machine woke a process that only sleeps, ms: what nobody's latency on it can be below. */
export interface Lateness {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const everyMs = 10;

/** Sleeps 10 ms at a time until its stdin ends, then prints the percentiles. */
const sleeper = `
const { monitorEventLoopDelay } = require("node:perf_hooks");
const delay = monitorEventLoopDelay({ resolution: ${everyMs} });
delay.enable();
process.stdin.resume().on("end", () => {
  const late = (ns) => Math.max(0, ns / 1e6 - ${everyMs});
  const at = (share) => late(delay.percentile(share));
  console.log(JSON.stringify({ p50: at(50), p95: at(95), p99: at(99), max: late(delay.max) }));
  process.exit(0);
});`;

/** Starts a process of ordinary priority that only sleeps; `stop` gives how late it woke. */
export function watchLateness(): { stop(): Promise<Lateness> } {
  const child = spawn(process.execPath, ["-e", sleeper], { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    async stop() {
      child.stdin.end();
      await ended;
      return JSON.parse(text) as Lateness;
    },
  };
}
