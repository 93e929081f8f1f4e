import { seconds } from "../kernel/time.ts";

/** What all cameras leave out alike. */
export interface ThriftStep {
  /** Pictures a second that are looked at. */
  readonly rate: number;
  /** Only key units are decoded: what lies between them is what decoding costs. */
  readonly keysOnly: boolean;
}

export const thriftSteps: readonly ThriftStep[] = [
  { rate: 5, keysOnly: false },
  { rate: 2.5, keysOnly: false },
  { rate: 1.25, keysOnly: false },
  { rate: 1.25, keysOnly: true },
];

/** How the time since the last measure went. */
export interface Spent {
  readonly elapsedMs: number;
  /** Processor time of the whole process. */
  readonly cpuMs: number;
  /** How long the unit that waited longest had been at the recorder before it was handled. */
  readonly behindMs: number;
}

/** Part of the machine that the process may take for all cameras together. */
const share = 0.6;
/** Part of one core: decoding is one thread, which on a larger machine is full long before that share is. */
const mostOfACore = 0.9;
/** Behind by more than this: a process that steps back from the processor gets too little of it. */
const mostBehindMs = seconds(1);
/** So many good measures in a row, and one step is taken back. */
const calmMeasures = 5;

export interface Thrift {
  measure(spent: Spent): ThriftStep;
}

/** Takes a step when there is not enough processor time, for all cameras at once, and takes it back when there is. */
export function createThrift(cores: number): Thrift {
  const budget = Math.min(share * cores, mostOfACore);
  let step = 0;
  let calm = 0;
  return {
    measure({ elapsedMs, cpuMs, behindMs }) {
      const used = elapsedMs <= 0 ? 0 : cpuMs / elapsedMs / budget;
      if (used > 1 || behindMs > mostBehindMs) {
        step = Math.min(step + 1, thriftSteps.length - 1);
        calm = 0;
      } else if (used < 0.5 && ++calm >= calmMeasures) {
        step = Math.max(0, step - 1);
        calm = 0;
      }
      return thriftSteps[step] ?? { rate: 1, keysOnly: true };
    },
  };
}
