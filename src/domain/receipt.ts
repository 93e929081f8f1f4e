import type { Duration, Moment, WallTime } from "../kernel/time.ts";
import { usualSeverity, type Severity } from "./linkage-settings.ts";
import type { LoopTamper } from "./supervised-loop.ts";

/**
 * `raised(found)`: the input was active on the first look after a blind window; nobody saw the moment.
 * `tamper`: a board was lost for more than 10 s while armed; `input` is 0 then and `board` says which. Or the loop of an
 * input was cut or shorted, at any hour; `input` says which then, `loop` how.
 * `manual`: somebody pressed "record now"; `input` is 0 then and the one action says which channel.
 */
export type EdgeKind = "raised" | "cleared" | "raised(found)" | "tamper" | "manual";

/** An accepted change of an input. Its time is the first raw change; debounce delays only the decision. */
export interface Edge {
  /** UUIDv7; the event id that acknowledgements and holds carry. */
  readonly eventId: string;
  readonly input: number;
  /** Of the input, of the board for a tamper event, of the channel for a recording by hand. */
  readonly inputName: string;
  readonly board?: number;
  readonly kind: EdgeKind;
  /** What was done to the loop of a supervised input. */
  readonly loop?: LoopTamper;
  readonly at: Moment;
  /** When the input machine accepted it. */
  readonly decidedAt: Moment;
  /** For `raised(found)`: last time the input was known to be at rest. */
  readonly notBefore?: WallTime;
  /** Raised by software: the caller's own event id, and when it ends unless a `stop` comes first. */
  readonly trigger?: SoftwareTrigger;
  /** What was seen, of an input that sees; also behind `inputName`. */
  readonly title?: string;
  /** What its footage is recorded for, of what pictures show and is no alarm; absent: as of every edge. */
  readonly cause?: "motion" | "intelligent";
  /** How much it wants a person; absent: as usual. */
  readonly severity?: Severity;
  /** Tripped in this walk test: it called nobody. */
  readonly walk?: string;
  /** Recorded by hand: who asked, and when it ends unless it is stopped before. */
  readonly manual?: { readonly by: string; readonly until: WallTime };
}

export interface SoftwareTrigger {
  readonly verb: "start" | "pulse";
  readonly callerId?: string;
  readonly until: WallTime;
  /** What the caller says that it is about; also behind `inputName`. */
  readonly title?: string;
  /** Cameras that it says are away: they are not recorded for it. */
  readonly away?: readonly number[];
}

/** How an action ended. There is no "unknown". `reason` and `gate` are sentences for people. */
export type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "short"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "suppressed"; readonly gate: string };

export type ActionTarget =
  | { readonly kind: "record"; readonly channel: number; readonly preS: number }
  | { readonly kind: "output"; readonly output: number }
  | { readonly kind: "snapshot"; readonly channel: number; readonly count: number; readonly intervalS: number }
  /** `again`: asked while its alarm runs. `afterS`: back, so many seconds after the rest. */
  | {
      readonly kind: "ptz";
      readonly channel: number;
      readonly preset: number;
      readonly again?: true;
      readonly afterS?: number;
    }
  | { readonly kind: "notify"; readonly notifier: number };

/** Facts of a record action as the recorder proved them. Instants are of the edge's boot unless the outcome says so. */
export interface RecordFacts {
  /** What the recorder answered at once. */
  readonly answer?: "recording" | "will-backfill" | "failed";
  /** Since when the camera was away (or the volumes were) as the edge came; with `will-backfill`. */
  readonly awaySince?: WallTime;
  /** Edge instant − arrival of the first access unit kept, ms. */
  readonly preAchievedMs?: Duration;
  /** Edge decision → everything up to the edge synced, ms. */
  readonly durableAfterMs?: Duration;
  /** Edge → a picture that came after it is synced, ms: the camera is not only remembered, it sees. */
  readonly newFrameAfterMs?: Duration;
  /** Bounds of the footage kept for this edge. */
  readonly from?: WallTime;
  readonly to?: WallTime;
  readonly gaps?: readonly { readonly from: WallTime; readonly to: WallTime; readonly reason: string }[];
  readonly inputStillOpen?: boolean;
}

export interface OutputFacts {
  /** Edge reported by the driver → command handed to the board's connection, ms. */
  readonly commandedAfterMs?: Duration;
  /** Edge → the board read back as wanted, ms; absent where the board can't be read back. */
  readonly confirmedAfterMs?: Duration;
}

export interface ReceiptAction {
  readonly id: string;
  readonly target: ActionTarget;
  readonly because: { readonly rule: string; readonly eventId: string };
  /** While it waits for the end of the entry delay: when that is. */
  readonly waitsUntil?: WallTime;
  /** A message that goes out then, unless somebody acknowledged the alarm before. */
  readonly escalateAt?: WallTime;
  /** In a walk test: proved without telling anybody, or by one message that is marked as a test. */
  readonly test?: "probe" | "send";
  readonly outcome?: Outcome;
  readonly outcomeAt?: WallTime;
  readonly record?: RecordFacts;
  readonly output?: OutputFacts;
}

/** An action that waits for the end of the entry delay. */
export const isWaiting = ({ waitsUntil, outcome }: ReceiptAction): boolean =>
  waitsUntil !== undefined && outcome === undefined;

/** What became of an edge: one outcome per action; closed when all are known. */
export interface Receipt {
  readonly edge: Edge;
  /** Edges of one input inside its anti-dither window share the alarm id. Absent while disarmed (an event only). */
  readonly alarmId?: string;
  readonly armed: boolean;
  /** Its input came to rest while it waited for the end of the entry delay: outputs then stay on for their hold time. */
  readonly rested?: true;
  /** What is seen until then may make its alarm graver; it is not closed before. */
  readonly judgedUntil?: WallTime;
  readonly graver?: Graver;
  readonly actions: readonly ReceiptAction[];
  readonly closedAt?: WallTime;
}

/** What else saw it, too late to be known as the edge came: from then on its alarm is graver. */
export interface Graver {
  readonly severity: Severity;
  /** Who saw it: the input, its name with what it saw, and the event of its own edge. */
  readonly input: number;
  readonly name: string;
  readonly eventId: string;
  /** Cameras that this input records; absent where it names others, and of a record of before this was kept. */
  readonly channels?: readonly number[];
  readonly at: WallTime;
  /** After the edge, ms; what was told late may have been seen before it. */
  readonly afterMs: Duration;
}

/** How much it wants a person, as far as is known. */
export const severityOf = ({ edge, graver }: Pick<Receipt, "edge" | "graver">): Severity =>
  graver?.severity ?? edge.severity ?? usualSeverity;
