import { loadavg } from "node:os";
import { pause } from "../../test/support/reed.ts";
import { processorTime } from "../support/machine.ts";
import type { Meter } from "../support/meter.ts";

/** What each meter counted in the same stretch of time. */
export interface Window {
  readonly ms: number;
  readonly rows: readonly WindowRow[];
  /** Share of all processors that was busy with anything, 0–1. */
  readonly busy: number;
  readonly load: number;
}

export interface WindowRow {
  readonly name: string;
  readonly cpuMs: number;
  readonly voluntarySwitches: number;
  readonly writtenBytes: number;
}

export async function measureWindow(meters: readonly Meter[], ms: number): Promise<Window> {
  const machine = processorTime();
  const start = performance.now();
  const before = meters.map((meter) => meter.read());
  await pause(ms);
  const after = meters.map((meter) => meter.read());
  const took = performance.now() - start;
  const { busyMs, allMs } = processorTime();
  return {
    ms: took,
    busy: (busyMs - machine.busyMs) / (allMs - machine.allMs),
    load: loadavg()[0] ?? NaN,
    rows: meters.map(({ name }, i) => ({
      name,
      cpuMs: (after[i]?.cpuMs ?? NaN) - (before[i]?.cpuMs ?? NaN),
      voluntarySwitches: (after[i]?.voluntarySwitches ?? NaN) - (before[i]?.voluntarySwitches ?? NaN),
      writtenBytes: (after[i]?.writtenBytes ?? NaN) - (before[i]?.writtenBytes ?? NaN),
    })),
  };
}
