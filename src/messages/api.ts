/**
 * api ↔ core: newline-delimited JSON over core's Unix socket. The api never writes the database: a change is a typed
 * command that core answers; what happens is pushed to every api as `event`s with a sequence number.
 */
import type { ArmingView } from "../domain/arming.ts";
import type { InputView, OutputView } from "../domain/engine-types.ts";
import type { AutoArmPending } from "../domain/auto-arm.ts";
import type { Level } from "../domain/level.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { WalkRecord, WalkTerms, WalkView } from "../domain/walk-test.ts";
import type { DriverSettings, SiteConfig, OutputMode } from "../domain/site-config.ts";
import type { RunningModel } from "./models.ts";
import type { CameraWord, ChannelDetection, DetectionPlan, DetectionReport } from "./detection.ts";
import type { AccountOp } from "./account.ts";
import type { BoardStatus } from "./board-status.ts";
import type { ClientRole, LatencyStats, ProcessState } from "./health.ts";
import type { ChannelState, HoldAnswer, RecorderStats, TroubleReport, VolumeState } from "./recorder.ts";

export type { AccountOp, Preferences, Role, Scope, SessionFrom } from "./account.ts";

export type { BoardHealth, BoardProbe, BoardStatus, PointStatus } from "./board-status.ts";

export type { Histogram, LatencyStats, NotifierTestAnswer, ProcessState } from "./health.ts";

/** Parts of the configuration that are replaced or removed as one row. */
export type ConfigChange =
  | { readonly part: "site"; readonly value: SiteConfig["site"] }
  | { readonly part: "volume"; readonly value: SiteConfig["volumes"][number] }
  | { readonly part: "channel"; readonly value: SiteConfig["channels"][number] }
  | { readonly part: "board"; readonly value: SiteConfig["boards"][number] }
  | { readonly part: "input"; readonly value: SiteConfig["inputs"][number] }
  | { readonly part: "output"; readonly value: SiteConfig["outputs"][number] }
  | { readonly part: "notifier"; readonly value: SiteConfig["notifiers"][number] }
  | { readonly part: "view"; readonly value: SiteConfig["views"][number] }
  | { readonly part: "schedule"; readonly value: SiteConfig["schedules"][number] }
  | { readonly part: "subscription"; readonly value: SiteConfig["subscriptions"][number] };

export type ConfigPart = ConfigChange["part"];

export type TriggerVerb = "start" | "stop" | "pulse";

/** Who asked, for the audit log. */
export interface Actor {
  /** `code`: a person by the code that they typed. */
  readonly kind: "user" | "key" | "system" | "code";
  readonly name: string;
}

export type Command =
  | { readonly kind: "put"; readonly change: ConfigChange }
  /** All of them or, when one can't be put, none. */
  | { readonly kind: "put-all"; readonly changes: readonly ConfigChange[] }
  /** Talks to a board that is not configured yet (or not so), and says what it found. */
  | { readonly kind: "board-test"; readonly driver: DriverSettings }
  | { readonly kind: "remove"; readonly part: Exclude<ConfigPart, "site">; readonly id: number | string }
  /** `mode` and `bypass` as of the engine's event; `unlessOpen`: refused while something has to be closed or bypassed. */
  | {
      readonly kind: "arm";
      readonly armed: boolean;
      readonly mode?: string;
      readonly bypass?: readonly number[];
      readonly unlessOpen?: boolean;
    }
  | { readonly kind: "bypass"; readonly inputs: readonly number[] }
  /** Refused while the site is armed, one runs or an alarm holds an output. */
  | { readonly kind: "walk-start"; readonly terms: Omit<WalkTerms, "walkId" | "by"> }
  | { readonly kind: "walk-stop" }
  | { readonly kind: "silence" }
  /** Puts off what is about to be armed by the clock. */
  | { readonly kind: "postpone-arming"; readonly minutes: number }
  | { readonly kind: "rest-outputs"; readonly confirmed: boolean }
  /** `forS`: seconds until it returns to auto. */
  | { readonly kind: "output-mode"; readonly output: number; readonly mode: OutputMode; readonly forS?: number }
  /** Its relay is a new one: operations count from 0. */
  | { readonly kind: "relay-replaced"; readonly output: number }
  /** `confirmed`: somebody said that a lock or gate may move. */
  | {
      readonly kind: "output-test";
      readonly output: number;
      readonly seconds: number;
      readonly confirmed: boolean;
    }
  | {
      readonly kind: "trigger";
      readonly board: number;
      readonly point: number;
      readonly verb: TriggerVerb;
      readonly eventId?: string;
      readonly maxS?: number;
      readonly title?: string;
    }
  /** Record now, answered by `TriggerAnswer`; ends by `record-stop` or after `maxS`. */
  | { readonly kind: "record"; readonly channel: number; readonly maxS: number }
  | { readonly kind: "record-stop"; readonly channel: number }
  | { readonly kind: "relay-test"; readonly board: number; readonly point: number; readonly confirmed: boolean }
  | { readonly kind: "virtual-input"; readonly board: number; readonly point: number; readonly level: Level }
  | { readonly kind: "retry-camera"; readonly channel: number }
  /** Turns a camera by hand; answers `PtzAnswer`. */
  | { readonly kind: "ptz-go"; readonly channel: number; readonly preset: number }
  /** Answers the presets that the camera knows. */
  | { readonly kind: "ptz-presets"; readonly channel: number }
  /** Somebody has seen it; the first one counts. */
  | { readonly kind: "acknowledge-alarm"; readonly alarmId: string }
  | { readonly kind: "resolve-alarm"; readonly alarmId: string; readonly note: string }
  /** Answers with the ids of the locks, in order. `forMs`: a lease that ends by itself. */
  | {
      readonly kind: "lock-footage";
      readonly spans: readonly { readonly channel: number; readonly from: number; readonly to: number }[];
      readonly reason: string;
      readonly alarmId?: string;
      readonly forMs?: number;
    }
  | { readonly kind: "release-locks"; readonly ids: readonly string[] }
  /** Answers with its id. `at`, `to`: wall time, ms. */
  | {
      readonly kind: "bookmark";
      readonly channels: readonly number[];
      readonly at: number;
      readonly to?: number;
      readonly note: string;
    }
  | { readonly kind: "remove-bookmark"; readonly id: string }
  | { readonly kind: "notifier-test"; readonly notifier: number }
  /** Answers with the list of `DeadLetter`s. */
  | { readonly kind: "dead-letters" }
  | { readonly kind: "send-letter"; readonly letter: string }
  | { readonly kind: "remove-letter"; readonly letter: string }
  /** The site's key for web push is made where there is none; answers the public one. */
  | { readonly kind: "push-key" }
  /** Evidence packs are signed with a new key from now on; answers its fingerprint. */
  | { readonly kind: "new-evidence-key" }
  | { readonly kind: "account"; readonly op: AccountOp }
  | RestoreCommand
  /** Something that only the api sees and the audit log keeps: viewing, export, refused logins. */
  | { readonly kind: "audit"; readonly what: string; readonly details: unknown };

/** All of a backup at once. Whole parts are replaced; a part that is not named stays as it is. All or nothing. */
export interface RestoreCommand {
  readonly kind: "restore";
  readonly parts: readonly ConfigPart[];
  readonly rows: readonly ConfigChange[];
  /** `restore-user` and `create-key` only; who is not among them stays. */
  readonly accounts: readonly AccountOp[];
}

export interface CommandError {
  /** Key of the API's error table (`contract/errors.ts`). */
  readonly code: "not-found" | "invalid" | "conflict" | "forbidden" | "unavailable" | "internal";
  readonly message: string;
}

/** Per camera, what a trigger really did: idempotent by event id. */
export interface TriggerAnswer {
  readonly eventId: string;
  readonly repeated: boolean;
  readonly cameras: readonly { readonly channel: number; readonly answer: HoldAnswer }[];
}

export type ApiToCore =
  | { readonly kind: "hello"; readonly role: ClientRole; readonly index: number; readonly pid: number }
  | { readonly kind: "command"; readonly id: number; readonly actor: Actor; readonly command: Command }
  /** Of the detection process alone. */
  | DetectionReport;

export type CoreToApi =
  | { readonly kind: "reply"; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly kind: "reply"; readonly id: number; readonly ok: false; readonly error: CommandError }
  /** First message after hello, then deltas as `event`. */
  | { readonly kind: "snapshot"; readonly seq: number; readonly state: LiveState }
  | { readonly kind: "event"; readonly seq: number; readonly event: LiveEvent }
  /** To the detection process alone. */
  | DetectionPlan
  | { readonly kind: "stop" };

export type InputState = InputView;
export type OutputStatus = OutputView;

export interface LiveState {
  readonly armed: boolean;
  readonly arming: ArmingView;
  readonly inputs: readonly InputState[];
  readonly outputs: readonly OutputStatus[];
  readonly boards: readonly BoardStatus[];
  readonly channels: readonly ChannelState[];
  readonly volumes: readonly VolumeState[];
  readonly troubles: readonly TroubleReport[];
  readonly openReceipts: readonly Receipt[];
  readonly alarms: AlarmCount;
  readonly processes: readonly ProcessState[];
  readonly latency: LatencyStats;
  readonly recorderStats: readonly RecorderStats[];
  /** How the detection of each camera goes that is looked at; absent: none is. */
  readonly detection?: readonly ChannelDetection[];
  /** The model that finds objects; absent: none is looked for. */
  readonly model?: RunningModel;
  /** Cameras that are listened to; absent: none is. */
  readonly words?: readonly CameraWord[];
  /** While a walk test runs. */
  readonly walkTest?: WalkView;
  /** Arming by the clock that is about to happen. */
  readonly autoArm?: AutoArmPending;
}

/** Alarms that nobody has acknowledged. */
export interface AlarmCount {
  readonly unacknowledged: number;
}

export type LiveEvent =
  /** Also when only a delay, a bypass or a shutdown changed. */
  | { readonly kind: "armed"; readonly armed: boolean; readonly arming: ArmingView }
  /** An input that chimes was raised while it is not armed. */
  | { readonly kind: "chime"; readonly input: number }
  | { readonly kind: "input"; readonly input: InputState }
  | { readonly kind: "output"; readonly output: OutputStatus }
  | { readonly kind: "board"; readonly board: BoardStatus }
  | { readonly kind: "channel"; readonly channel: ChannelState }
  | { readonly kind: "volume"; readonly volume: VolumeState }
  | { readonly kind: "trouble"; readonly trouble: TroubleReport }
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  /** An alarm began, was acknowledged or resolved; without `changed` only the count is told. Its edges are receipts. */
  | {
      readonly kind: "alarms";
      readonly alarms: AlarmCount;
      readonly changed?: { readonly alarmId: string; readonly state: "new" | "acknowledged" | "resolved" };
    }
  | { readonly kind: "process"; readonly process: ProcessState }
  /** How the detection of a camera goes. */
  | { readonly kind: "detection"; readonly detection: ChannelDetection }
  /** How the model that finds objects goes; without `model` none does. */
  | { readonly kind: "detection-model"; readonly model?: RunningModel }
  /** What a camera says by itself, or how it is heard. */
  | { readonly kind: "word"; readonly word: CameraWord }
  | { readonly kind: "stats"; readonly stats: RecorderStats; readonly latency: LatencyStats }
  /** A walk test began, or (`ended`) is over. */
  | { readonly kind: "walk-test"; readonly walk: WalkRecord }
  | { readonly kind: "config"; readonly part: ConfigPart }
  /** What is about to be armed by the clock; without `pending` nothing is. */
  | { readonly kind: "auto-arm"; readonly pending?: AutoArmPending };
