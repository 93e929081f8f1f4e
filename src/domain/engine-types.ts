/**
 * The words between the engine (`engine.ts`) and its shell (core). The shell feeds events, stores the state and carries
 * out the effects in the order of the list; it decides nothing. Types that also travel between processes are declared
 * here again, structurally equal to those of `messages/`, because the domain may not import messages.
 */
import type { Duration, Instant } from "../kernel/time.ts";
import type { ArmingView } from "./arming.ts";
import type {
  HoldAnswerFact,
  HoldClosedEvent,
  HoldDurableEvent,
  HoldFreshEvent,
  LevelFact,
  LinkFact,
  RecordHold,
  TriggerEvent,
} from "./engine-facts.ts";
import type { EngineRecord } from "./engine-records.ts";
import type { OutputState } from "./level.ts";
import type { Outcome, Receipt, ReceiptAction } from "./receipt.ts";
import type { InputView, OutputView, Trouble } from "./engine-views.ts";
import type { SensorFact } from "./sensor-watch.ts";
import type { SiteTime } from "./schedule-gate.ts";
import type { OutputMode, SiteConfig } from "./site-config.ts";
import type { WalkEvent, WalkRecord } from "./walk-test.ts";

export type { EngineView, InputView, OutputView, Trouble } from "./engine-views.ts";
export type * from "./engine-facts.ts";
export type * from "./engine-records.ts";

/** What the engine is handed besides state and event. `newId` gives a fresh UUIDv7. */
export interface EngineEnv {
  readonly config: SiteConfig;
  /** What schedules go by; absent: nothing is known, and they wait. */
  readonly time?: SiteTime;
  newId(): string;
}

/** `mode`: which, while armed; absent: the one that it is in, else the first. `bypass`: inputs to leave out. */
export interface ArmEvent {
  readonly kind: "arm";
  readonly armed: boolean;
  readonly mode?: string;
  readonly bypass?: readonly number[];
  readonly by: string;
}

export type EngineEvent =
  | { readonly kind: "level"; readonly board: number; readonly report: LevelFact }
  /** A wireless sensor told of itself. */
  | { readonly kind: "sensor"; readonly board: number; readonly fact: SensorFact }
  | { readonly kind: "link"; readonly board: number; readonly link: LinkFact; readonly at: Instant }
  | {
      readonly kind: "read-back";
      readonly board: number;
      readonly point: number;
      readonly state: OutputState | "unknown";
      readonly at: Instant;
    }
  | {
      readonly kind: "commanded";
      readonly board: number;
      readonly point: number;
      readonly state: OutputState;
      readonly at: Instant;
    }
  | { readonly kind: "hold-answer"; readonly holdId: string; readonly answer: HoldAnswerFact }
  | HoldDurableEvent
  | HoldFreshEvent
  | HoldClosedEvent
  /** The recorder process with these channels went away, or is back (connected and planned). */
  | { readonly kind: "recorder-down"; readonly channels: readonly number[] }
  | { readonly kind: "recorder-up"; readonly channels: readonly number[] }
  | {
      readonly kind: "notify-result" | "snapshot-result" | "ptz-result";
      readonly eventId: string;
      readonly actionId: string;
      readonly outcome: Outcome;
    }
  | ArmEvent
  /** Leaves these inputs out of the running arming, instead of those before. */
  | { readonly kind: "bypass"; readonly inputs: readonly number[]; readonly by: string }
  | { readonly kind: "silence"; readonly by: string }
  | { readonly kind: "rest-outputs"; readonly confirmed: boolean; readonly by: string }
  /** Somebody has seen the alarm: what is latched on by it lets go. */
  | { readonly kind: "acknowledge"; readonly alarmId: string; readonly by: string }
  /** Takes effect at once; the shell also writes it to the configuration. `forS`: until it is auto again, else 1 h. */
  | {
      readonly kind: "output-mode";
      readonly output: number;
      readonly mode: OutputMode;
      readonly by: string;
      readonly forS?: number;
    }
  /** Its relay is a new one. */
  | { readonly kind: "relay-replaced"; readonly output: number; readonly by: string }
  | { readonly kind: "output-test"; readonly output: number; readonly seconds: number; readonly by: string }
  | WalkEvent
  | TriggerEvent
  /** By hand, for at most `maxS`; answered by `triggered` or `trigger-refused`. */
  | { readonly kind: "record"; readonly channel: number; readonly maxS: number; readonly by: string }
  | { readonly kind: "record-stop"; readonly channel: number; readonly by: string }
  /** `env.config` is a new one. */
  | { readonly kind: "config-changed" }
  | { readonly kind: "wake" }
  /** Once, right after `initialEngine`. */
  | { readonly kind: "resume" };

export type LatencyName = "edge-to-decision" | "edge-to-command" | "edge-to-durable";

export type EngineEffect =
  /** Always first in a list: the relay before anything is committed. Repeatable. */
  | {
      readonly kind: "want-output";
      readonly output: number;
      readonly board: number;
      readonly point: number;
      readonly state: OutputState;
      /** When it is over at the latest: for boards that end it by themselves when they hear nothing more. */
      readonly until?: Instant;
    }
  | { readonly kind: "journal"; readonly record: EngineRecord }
  | { readonly kind: "order-hold"; readonly hold: RecordHold }
  | { readonly kind: "end-hold"; readonly holdId: string; readonly channel: number; readonly endAt: Instant }
  /** Its outcome is known (or nobody asked): the recorder may forget it. `channel` absent: unknown here, tell all. */
  | { readonly kind: "forget-hold"; readonly holdId: string; readonly channel?: number }
  /** Before the messages that carry the pictures; answered by `snapshot-result`. */
  | {
      readonly kind: "take-snapshots";
      readonly eventId: string;
      readonly actionId: string;
      readonly channel: number;
      readonly count: number;
      /** Seconds between two of them. */
      readonly intervalS: number;
    }
  /** As of the action's target; answered by `ptz-result`. */
  | {
      readonly kind: "go-ptz";
      readonly eventId: string;
      readonly actionId: string;
      readonly channel: number;
      readonly preset: number;
      readonly again?: true;
      readonly afterS?: number;
    }
  | {
      readonly kind: "notify";
      readonly notifier: number;
      readonly receipt: Receipt;
      readonly action: ReceiptAction;
      /** When it has failed unless its outcome is known: five minutes after the edge, its release or its escalation. */
      readonly until: Instant;
    }
  | { readonly kind: "receipt-changed"; readonly receipt: Receipt }
  | { readonly kind: "armed-changed"; readonly armed: boolean; readonly by: string }
  | { readonly kind: "arming-changed"; readonly arming: ArmingView }
  /** A walk test began, or is over. */
  | { readonly kind: "walk-changed"; readonly walk: WalkRecord }
  /** An input that chimes was raised while it is not armed. */
  | { readonly kind: "chime"; readonly input: number }
  | { readonly kind: "input-changed"; readonly input: InputView }
  | { readonly kind: "output-changed"; readonly output: OutputView }
  /** The engine changed a mode by itself (outputs to rest); the shell writes it to the configuration. */
  | { readonly kind: "mode-changed"; readonly output: number; readonly mode: OutputMode }
  /** Answer to a trigger: the event it became. Cameras' answers follow as `hold-answer`s of that receipt's actions. */
  | { readonly kind: "triggered"; readonly eventId: string; readonly repeated: boolean }
  | { readonly kind: "trigger-refused"; readonly reason: string }
  /** Nothing was done: these locks and gates would move. Ask, then send `confirmed: true`. */
  | { readonly kind: "confirmation-needed"; readonly outputs: readonly number[] }
  /** Begins without `ended`, ends with it; same `key`. */
  | { readonly kind: "trouble"; readonly trouble: Trouble }
  | { readonly kind: "latency"; readonly what: LatencyName; readonly ms: Duration }
  /** Be called with `wake` at `at`; replaces the wake asked for before. */
  | { readonly kind: "wake"; readonly at: Instant };
