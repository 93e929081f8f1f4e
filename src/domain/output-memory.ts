/**
 * What of an output outlives a restart: latched holds, a mode that somebody forced, and how often its relay operated.
 * The journal tells it; a plain hold is not among it, because a siren or a gate must not move by itself after an outage.
 */
import type { Instant, Moment } from "../kernel/time.ts";
import { after, between, earlier, instant } from "../kernel/time.ts";

/** A hold that waits for an acknowledgement. `from` says which boot `boundAt` belongs to. */
export interface LatchMemory {
  readonly by: string;
  readonly input: number;
  readonly alarmId?: string;
  readonly from: Moment;
  readonly boundAt: Instant;
}

/** A mode that returns to auto at `until`. */
export interface ForcedMemory {
  readonly mode: "on" | "off";
  readonly until: Moment;
}

export interface OutputMemory {
  readonly output: number;
  /** Times that its relay was switched from rest. */
  readonly operations: number;
  readonly forced?: ForcedMemory;
  readonly latches: readonly LatchMemory[];
}

/** What is journalled of it; besides, `output` records carry the operations. */
export type OutputRecord =
  | { readonly kind: "latched"; readonly output: number; readonly latch: LatchMemory }
  /** By their holds' names. */
  | { readonly kind: "latches-ended"; readonly output: number; readonly by: readonly string[] }
  /** Without `forced`: it is auto again. */
  | { readonly kind: "forced"; readonly output: number; readonly forced?: ForcedMemory }
  /** Another relay, or a new one: its operations count from 0. */
  | { readonly kind: "relay-replaced"; readonly output: number };

type Folded = OutputRecord | { readonly kind: "output"; readonly output: number; readonly operations?: number };

const nothing = (output: number): OutputMemory => ({ output, operations: 0, latches: [] });

/** Takes a record into what is remembered, by output. */
export function foldOutput(memory: Map<number, OutputMemory>, record: Folded): void {
  const { forced, ...before } = memory.get(record.output) ?? nothing(record.output);
  const kept = forced === undefined ? {} : { forced };
  const put = (part: Partial<OutputMemory>) => void memory.set(record.output, { ...before, ...kept, ...part });
  switch (record.kind) {
    case "output":
      if (record.operations !== undefined) put({ operations: record.operations });
      return;
    case "latched":
      put({ latches: [...before.latches, record.latch] });
      return;
    case "latches-ended":
      put({ latches: before.latches.filter(({ by }) => !record.by.includes(by)) });
      return;
    case "forced":
      memory.set(record.output, { ...before, ...(record.forced === undefined ? {} : { forced: record.forced }) });
      return;
    case "relay-replaced":
      put({ operations: 0 });
      return;
  }
}

/** A remembered moment in this boot's instants, as the wall clock places it; never in the future. */
export const pastInstant = (at: Moment, now: Moment): Instant =>
  at.bootId === now.bootId ? at.instant : earlier(instant(now.instant + (at.wall - now.wall)), now.instant);

/** The latches in this boot's instants whose bound has not passed. */
export function resumedLatches(
  memory: OutputMemory | undefined,
  now: Moment,
): readonly { readonly latch: LatchMemory; readonly from: Instant; readonly boundAt: Instant }[] {
  return (memory?.latches ?? []).flatMap((latch) => {
    const from = pastInstant(latch.from, now);
    const boundAt = after(from, between(latch.from.instant, latch.boundAt));
    return boundAt <= now.instant ? [] : [{ latch, from, boundAt }];
  });
}
