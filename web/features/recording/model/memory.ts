/** Whether the memory for pictures is enough. Pure; no DOM. */
import type { RecordingNow } from "../../../../src/contract/recording.ts";

export interface MemoryView {
  /** 0–1. */
  readonly usedShare: number;
  /** Cameras want more than there is: some alarms will have less from before them than was asked for. */
  readonly tooSmall: boolean;
}

/** Undefined while no recorder has told. */
export function memoryView({ memory }: Pick<RecordingNow, "memory">): MemoryView | undefined {
  const { usedBytes, budgetBytes, needBytes } = memory;
  if (budgetBytes <= 0) return undefined;
  return { usedShare: Math.min(1, usedBytes / budgetBytes), tooSmall: needBytes > budgetBytes };
}
