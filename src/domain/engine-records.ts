/**
 * What the engine journals, and what a restart makes of it (`engine-memory.ts`). `messages/journal.ts` adds what core
 * writes around it.
 */
import type { Instant, Moment, WallTime } from "../kernel/time.ts";
import type { ArmingMemory } from "./arming.ts";
import type { RecordHold } from "./engine-facts.ts";
import type { Level, OutputState } from "./level.ts";
import type { Severity } from "./linkage-settings.ts";
import type { OutputMemory, OutputRecord } from "./output-memory.ts";
import type { Edge, Graver, Outcome, OutputFacts, Receipt, ReceiptAction, RecordFacts } from "./receipt.ts";
import type { WatchMemory } from "./sensor-watch.ts";
import type { WalkEnded, WalkMemory } from "./walk-test.ts";

/** An input's level as accepted, so that a restart can tell `found` from a state. */
export interface InputMemory extends WatchMemory {
  readonly input: number;
  readonly level: Level;
  readonly active: boolean | "unknown";
  readonly wall: WallTime;
  readonly turned?: true;
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
  /** Of its edges; absent in journals of before: as usual. */
  readonly gravest?: Severity;
}

/** What the engine journals. */
export type EngineRecord =
  | {
      readonly kind: "state";
      readonly armed: boolean;
      readonly open: readonly Receipt[];
      readonly holds: readonly RecordHold[];
      readonly inputs: readonly InputMemory[];
      /** Absent in journals of versions that did not keep them. */
      readonly alarms?: readonly AlarmMemory[];
      readonly outputs?: readonly OutputMemory[];
      /** The same; then it is in the first mode while armed. */
      readonly arming?: ArmingMemory;
      readonly raised?: readonly RaisedMemory[];
      readonly walk?: WalkMemory;
    }
  | { readonly kind: "armed"; readonly armed: boolean; readonly by: string; readonly arming?: ArmingMemory }
  /** A delay began or is over, an input was bypassed or shut down: all that is known of the arming. */
  | { readonly kind: "arming"; readonly arming: ArmingMemory }
  /** The input of an event that waits for the end of the entry delay came to rest. */
  | { readonly kind: "rested"; readonly eventId: string }
  /** The entry delay of this event is over: from now on it is of an alarm, and nothing of it waits. */
  | { readonly kind: "released"; readonly eventId: string; readonly alarmId: string; readonly at: Moment }
  /** A walk test began or went on; with `ended` it is over. */
  | { readonly kind: "walk"; readonly walk: WalkMemory; readonly ended?: WalkEnded }
  | { readonly kind: "input"; readonly memory: InputMemory }
  | {
      readonly kind: "edge";
      readonly edge: Edge;
      readonly armed: boolean;
      readonly alarmId?: string;
      readonly judgedUntil?: WallTime;
      readonly actions: readonly ReceiptAction[];
      readonly holds: readonly RecordHold[];
    }
  /** Something else saw it, too: the alarm is graver from now on, and these messages say so. */
  | {
      readonly kind: "graver";
      readonly eventId: string;
      readonly graver: Graver;
      readonly actions: readonly ReceiptAction[];
    }
  /** Nothing that is seen from now on makes it graver. */
  | { readonly kind: "judged"; readonly eventId: string }
  /** A message that waited for an acknowledgement went out. */
  | { readonly kind: "escalated"; readonly eventId: string; readonly actionId: string }
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
  /** All facts so far of an action that is still open. */
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
  /** `operations`: of its relay so far, with each switching from rest. */
  | {
      readonly kind: "output";
      readonly output: number;
      readonly state: OutputState;
      readonly by: string;
      readonly operations?: number;
    }
  | OutputRecord
  | { readonly kind: "board"; readonly board: number; readonly state: string; readonly reason: string };

/** What `memoryFrom` reads: the engine's own records; others of core's journal are skipped. */
export type CoreRecordLike = EngineRecord | { readonly kind: OtherCoreRecord };

/** Of core's journal, but not the engine's. */
export type OtherCoreRecord =
  | "start"
  | "clean-stop"
  | `config${"" | "-removed"}`
  | "alarm-reviewed"
  | "footage-locked"
  | "lock-released"
  | `bookmark${"" | "-removed"}`
  | "auto-arm";

export interface RaisedMemory {
  readonly input: number;
  readonly at: Moment;
}

/** What a restart knows of the life before it. */
export interface EngineMemory {
  readonly armed: boolean;
  /** Absent in journals of versions without modes. */
  readonly arming?: ArmingMemory;
  readonly open: readonly Receipt[];
  /** Record holds without an outcome. */
  readonly holds: readonly RecordHold[];
  readonly inputs: readonly InputMemory[];
  readonly alarms: readonly AlarmMemory[];
  readonly outputs: readonly OutputMemory[];
  /** When each input was last raised. */
  readonly raised?: readonly RaisedMemory[];
  /** A walk test that ran. */
  readonly walk?: WalkMemory;
  /** Callers' event ids (`input/verb/id`) and the event that each became, oldest first. */
  readonly callers: readonly { readonly key: string; readonly eventId: string }[];
}
