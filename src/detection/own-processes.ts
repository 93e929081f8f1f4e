/** What the processes use that this one has started. */
import { processUse } from "../platform/other-process.ts";

export interface OwnProcesses {
  /** Their processor time since the last call, ms. What one used after the last call and before its end is not told. */
  takeCpuMs(): number;
}

/** Bytes that these hold of the machine, together. */
export const memoryOf = (pids: readonly number[], useOf = processUse): number =>
  pids.reduce((sum, pid) => sum + (useOf(pid)?.memory ?? 0), 0);

/** @param running those that run now */
export function watchProcesses(running: () => readonly number[], useOf = processUse): OwnProcesses {
  let before = new Map<number, number>();
  return {
    takeCpuMs() {
      const now = new Map(running().map((pid) => [pid, useOf(pid)?.cpuMs ?? before.get(pid) ?? 0]));
      let sum = 0;
      for (const [pid, cpuMs] of now) sum += Math.max(0, cpuMs - (before.get(pid) ?? 0));
      before = now;
      return sum;
    },
  };
}
