/** What the pages show of the engine, as values. */
import type { WallTime } from "../kernel/time.ts";
import type { ArmingView } from "./arming.ts";
import type { RecordHold } from "./engine-types.ts";
import type { Level, OutputState } from "./level.ts";
import type { Receipt } from "./receipt.ts";
import type { OutputMode } from "./site-config.ts";
import type { WalkView } from "./walk-test.ts";

/** An input as pages show it; `since` is wall time. */
export interface InputView {
  readonly input: number;
  readonly level: Level;
  readonly active: boolean | "unknown";
  readonly since: number;
}

/** Commanded, read back, and by what it is held: shown apart. `until` is wall time. */
export interface OutputView {
  readonly output: number;
  readonly mode: OutputMode;
  /** What it shall be. */
  readonly wanted: OutputState;
  /** What the board's connection last took as a command. */
  readonly commanded: OutputState | "unknown";
  /** What the board says that the relay is. */
  readonly readBack: OutputState | "unknown";
  /** What its feedback contact feels; absent without one. */
  readonly feedback?: OutputState | "unknown";
  /** `input`: whose edge holds it; 0 for a person's test. */
  readonly holds: readonly {
    readonly by: string;
    readonly input: number;
    readonly until: number;
    /** It waits for an acknowledgement of this alarm. */
    readonly latched?: string;
  }[];
  /** When a forced mode returns to auto. */
  readonly forcedUntil?: number;
  /** How often its relay was switched from rest, as far as the journal knows. */
  readonly operations?: number;
}

/** What is wrong, since when; kept until `ended`. `key` is stable per cause (e.g. `volume:<id>`, `channel:3`). */
export interface Trouble {
  readonly key: string;
  readonly what: string;
  readonly since: WallTime;
  readonly ended?: WallTime;
}

/** All that a page or a snapshot shows, as values. */
export interface EngineView {
  readonly armed: boolean;
  readonly arming: ArmingView;
  readonly inputs: readonly InputView[];
  readonly outputs: readonly OutputView[];
  readonly openReceipts: readonly Receipt[];
  readonly openHolds: readonly RecordHold[];
  readonly troubles: readonly Trouble[];
  /** While one runs. */
  readonly walkTest?: WalkView;
}
