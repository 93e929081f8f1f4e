import type { ProcessState } from "../../messages/api.ts";
import type { ProcessUsage } from "../../platform/machine.ts";

export interface MeasuredProcess extends ProcessState {
  readonly rssBytes?: number;
  readonly cpuShare?: number;
}

/** Closer looks than this share one result: a share of a few ticks says nothing. */
const shortestMs = 1000;

/**
 * Adds memory and processor share to processes. The share is of the time since the look before; of a process that is
 * seen for the first time, of its whole life.
 */
export function usageMeter(usageOf: (pid: number) => ProcessUsage | undefined) {
  const seen = new Map<number, { readonly usage: ProcessUsage; readonly share: number }>();
  return (processes: readonly ProcessState[]): MeasuredProcess[] => {
    for (const pid of seen.keys()) if (!processes.some((process) => process.pid === pid)) seen.delete(pid);
    return processes.map((process) => {
      const usage = process.state === "down" ? undefined : usageOf(process.pid);
      if (usage === undefined) return process;
      const before = seen.get(process.pid);
      const since = before === undefined ? usage.ageMs : usage.ageMs - before.usage.ageMs;
      if (before !== undefined && since < shortestMs) {
        return { ...process, rssBytes: usage.rssBytes, cpuShare: before.share };
      }
      const share = since <= 0 ? 0 : (usage.cpuMs - (before?.usage.cpuMs ?? 0)) / since;
      seen.set(process.pid, { usage, share });
      return { ...process, rssBytes: usage.rssBytes, cpuShare: share };
    });
  };
}
