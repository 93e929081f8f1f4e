import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { instant, wallTime, type Clock } from "../kernel/time.ts";

/** The id that Linux gives this boot; other systems get one per process, which only makes instants incomparable. */
function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return randomUUID();
  }
}

/** setTimeout fires at once for delays above 2^31-1 ms, so longer sleeps are taken in steps. */
const longestTimer = 2_000_000_000;

/** The machine's own clocks. The only place of the project that asks what time it is. */
export function systemClock(): Clock {
  const bootId = readBootId();
  const now = () => instant(Number(process.hrtime.bigint()) / 1e6);
  return {
    bootId,
    now,
    wall: () => wallTime(Date.now()),
    wakeAt(at, call) {
      let timer: NodeJS.Timeout;
      const arm = () => {
        const left = at - now();
        timer = left > longestTimer ? setTimeout(arm, longestTimer) : setTimeout(call, Math.max(0, Math.ceil(left)));
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}
