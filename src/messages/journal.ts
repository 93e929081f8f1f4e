/**
 * What stands in the journals. Two kinds of file, one format (`platform/journal-file.ts`): core's own
 * (`<data>/journal/<date>.core.log`: edges, decisions, outcomes, arming, configuration) and one a volume
 * (`<volume>/journal/<date>.rec.log`: segments, holds, gaps, clock steps, copies of receipts).
 * Order is (boot, seq); wall time is an attribute. A record kind that a reader does not know is skipped.
 */
import type { Instant, Moment, WallTime } from "../kernel/time.ts";
import type { Level, OutputState } from "../domain/level.ts";
import type { Edge, Outcome, Receipt, ReceiptAction, RecordFacts, OutputFacts } from "../domain/receipt.ts";
import type { FootageGap, HoldOrder, SegmentRow } from "./recorder.ts";
import type { ConfigChange } from "./api.ts";

export interface JournalStamp {
  readonly seq: number;
  readonly boot: string;
  readonly at: Instant;
  readonly wall: WallTime;
}

export type CoreRecord =
  /** First record of each file: what was true when it began, so that one file is enough to start from. */
  | {
      readonly kind: "state";
      readonly armed: boolean;
      readonly open: readonly Receipt[];
      readonly holds: readonly HoldOrder[];
      readonly inputs: readonly InputMemory[];
      /** Absent in journals of versions that did not keep them. */
      readonly alarms?: readonly AlarmMemory[];
    }
  | { readonly kind: "start"; readonly version: string; readonly pid: number }
  | { readonly kind: "clean-stop" }
  | { readonly kind: "armed"; readonly armed: boolean; readonly by: string }
  /** Input levels as accepted, so that a restart can tell `found` from `state`. */
  | { readonly kind: "input"; readonly memory: InputMemory }
  | {
      readonly kind: "edge";
      readonly edge: Edge;
      readonly armed: boolean;
      readonly alarmId?: string;
      readonly actions: readonly ReceiptAction[];
      readonly holds: readonly HoldOrder[];
    }
  | { readonly kind: "hold-end"; readonly holdId: string; readonly endAt: Instant }
  | {
      readonly kind: "outcome";
      readonly eventId: string;
      readonly actionId: string;
      readonly outcome: Outcome;
      readonly at: WallTime;
      readonly record?: RecordFacts;
      readonly output?: OutputFacts;
    }
  /** All facts so far of an action that is still open: a crash must not forget what was proven. */
  | {
      readonly kind: "facts";
      readonly eventId: string;
      readonly actionId: string;
      readonly record?: RecordFacts;
      readonly output?: OutputFacts;
    }
  /** The running alarms are quiet from now on. */
  | { readonly kind: "silenced"; readonly by: string }
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "output"; readonly output: number; readonly state: OutputState; readonly by: string }
  | { readonly kind: "config"; readonly change: ConfigChange }
  | { readonly kind: "config-removed"; readonly part: string; readonly id: number | string }
  | { readonly kind: "board"; readonly board: number; readonly state: string; readonly reason: string };

export interface InputMemory {
  readonly input: number;
  readonly level: Level;
  readonly active: boolean | "unknown";
  readonly wall: WallTime;
}

/** The running alarm of an input: edges inside its window join it, also after a restart. */
export interface AlarmMemory {
  readonly input: number;
  readonly alarmId: string;
  /** When its first edge was decided, and the time of its last. */
  readonly first: Moment;
  readonly last: Moment;
  readonly count: number;
  readonly silenced: boolean;
}

export type VolumeRecord =
  | { readonly kind: "start"; readonly pid: number; readonly volumeId: string }
  | { readonly kind: "clean-stop" }
  | { readonly kind: "segment-open"; readonly segment: SegmentRow }
  /** `head`: the chain's SHA-256 after the last fragment, hex. */
  | { readonly kind: "segment-close"; readonly segment: SegmentRow; readonly head: string; readonly fragments: number }
  /** After a crash: the tail beyond the last whole fragment was cut off. */
  | {
      readonly kind: "segment-recovered";
      readonly segment: SegmentRow;
      readonly head: string;
      readonly fragments: number;
      readonly cutBytes: number;
    }
  | { readonly kind: "segment-untrusted"; readonly id: string; readonly reason: string }
  | {
      readonly kind: "segment-deleted";
      readonly id: string;
      readonly path: string;
      readonly reason: string;
      readonly head: string;
    }
  | { readonly kind: "gap"; readonly channel: number; readonly gap: FootageGap }
  | { readonly kind: "hold"; readonly hold: HoldOrder }
  | { readonly kind: "hold-end"; readonly holdId: string; readonly endAt: Instant }
  | {
      readonly kind: "hold-durable";
      readonly holdId: string;
      readonly durableAt: Instant;
      readonly preAchievedMs: number;
      readonly short?: string;
    }
  | {
      readonly kind: "hold-closed";
      readonly holdId: string;
      readonly result: "done" | "short" | "failed";
      readonly reason: string;
      readonly from?: WallTime;
      readonly to?: WallTime;
      readonly gaps: readonly FootageGap[];
    }
  /** Why footage of that time is missing (camera or disk away), for receipts after a crash. Without `to`: it began. */
  | {
      readonly kind: "outage";
      readonly channel: number;
      readonly from: WallTime;
      readonly to?: WallTime;
      readonly reason: string;
    }
  | { readonly kind: "clock-step"; readonly byMs: number }
  | { readonly kind: "note"; readonly note: unknown };

export type Stamped<R> = JournalStamp & { readonly record: R };
