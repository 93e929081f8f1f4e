/**
 * The contract of every board driver: facts up, wanted states down. A driver holds no debounce, schedule, rule or
 * hold. After each (re)connect it reports every input's level; a level that was not seen to change is `state`.
 */
import type { Instant } from "../kernel/time.ts";
import type { Level, OutputState } from "../domain/level.ts";
import type { SensorFact } from "../domain/sensor-watch.ts";
import type { LoopReading, LoopTamper } from "../domain/supervised-loop.ts";

export interface LevelReport {
  readonly point: number;
  readonly level: Level;
  readonly at: Instant;
  /**
   * `change`: seen to change while connected. `state`: first look after start or reconnect, or a retained message.
   * `pulse-retained` never occurs: retained pulses are dropped by the driver.
   */
  readonly how: "change" | "state";
  /** For `fault` and `unknown`: why, as a sentence for people. */
  readonly reason?: string;
  /** Of a level that becomes active: what was seen, one line for people. */
  readonly title?: string;
  /** With `fault`: the loop of a supervised contact is cut or shorted. */
  readonly tamper?: LoopTamper;
}

/** What a device or program said: there is no contact behind it, so it is no level. */
export interface NetworkMessage {
  readonly point: number;
  /** What it is about, one line for people. */
  readonly title?: string;
  /** The sender's own id of it. */
  readonly id?: string;
}

export type BoardLink =
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  | { readonly kind: "lost"; readonly reason: string }
  | { readonly kind: "unauthorized"; readonly reason: string };

export interface DriverEvents {
  level(report: LevelReport): void;
  link(link: BoardLink, at: Instant): void;
  /** What a relay really is, as read back; `unknown` when the board can't say or is lost. */
  readBack(point: number, state: OutputState | "unknown", at: Instant): void;
  /** The command for `point` was handed to the connection at `at` (written to the socket). */
  commanded(point: number, state: OutputState, at: Instant): void;
  /** A poll of the inputs took place; milliseconds since the one before. Drivers that are told do not call it. */
  polled(intervalMs: number): void;
  /** A wireless sensor told its battery or that it is there. Drivers of wired points have none of it. */
  sensor?(fact: SensorFact): void;
  /** A message came that is a network alarm. Repeats of one `id` are the engine's business. */
  message?(message: NetworkMessage): void;
  /** What an analogue input reads of a supervised loop now, also where its state did not change. */
  measured?(point: number, reading: LoopReading): void;
  /** The device answered or said something that makes sense (`true`), or failed to: what its error rate counts. */
  heard(ok: boolean): void;
}

export interface Driver extends AsyncDisposable {
  /**
   * What the relay shall be from now on. Goes out at once when connected, and again after each reconnect.
   * Repeating it is harmless. `until`: when it is over at the latest, for boards that end it by themselves if they hear
   * nothing more; others do as without.
   */
  want(point: number, state: OutputState, until?: Instant): void;
}

export interface DriverDeps {
  readonly clock: import("../kernel/time.ts").Clock;
  readonly events: DriverEvents;
  readonly log: (message: string, details?: Record<string, unknown>) => void;
}
