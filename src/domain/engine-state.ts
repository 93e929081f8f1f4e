/** What the engine knows. Immutable; `engine-draft.ts` is how a step changes it. */
import type { Instant, Moment } from "../kernel/time.ts";
import { instant } from "../kernel/time.ts";
import type { AlarmInputConfig, AlarmInputState } from "./alarm-input.ts";
import { initialAlarmInput } from "./alarm-input.ts";
import type { RunningAlarm } from "./alarms.ts";
import type { ArmingState } from "./arming.ts";
import { armingOf } from "./arming.ts";
import { momentInBoot, resumeAlarm } from "./alarms.ts";
import { latchesOf, modeAtStart } from "./engine-output-memory.ts";
import type { EngineMemory, InputMemory, LinkFact, RecordHold, Trouble } from "./engine-types.ts";
import { restoredBook, restoredHolds, restoredRun, resumeArming } from "./engine-restore.ts";
import { isMessage } from "./board-points.ts";
import type { Hold, Holds } from "./hold.ts";
import type { Level, OutputState } from "./level.ts";
import type { OutputMemory } from "./output-memory.ts";
import type { SensorWatch } from "./sensor-watch.ts";
import type { LoopTamper } from "./supervised-loop.ts";
import { newWatch } from "./sensor-watch.ts";
import type { ReceiptBook } from "./receipt-book.ts";
import type { RecentIds } from "./recent-ids.ts";
import { noIds, rememberId } from "./recent-ids.ts";
import type { AlarmInputSettings, AlarmOutputSettings, OutputMode, SiteConfig } from "./site-config.ts";
import type { WalkState } from "./walk-test.ts";
import { resumeWalk } from "./walk-test.ts";

export interface EngineState {
  readonly arming: ArmingState;
  /** When this life of the engine began. */
  readonly startedAt: Instant;
  readonly inputs: ReadonlyMap<number, InputEntry>;
  readonly outputs: ReadonlyMap<number, OutputEntry>;
  readonly boards: ReadonlyMap<number, BoardEntry>;
  /** Last level of every point that a board reported, by `board/point`, for inputs that are configured later. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Points whose loop is cut or shorted, by `board/point`. */
  readonly tampers: ReadonlyMap<string, LoopTamper>;
  /** By input. */
  readonly alarms: ReadonlyMap<number, RunningAlarm>;
  /** When each input was last raised, for the conditions of others. */
  readonly raised: ReadonlyMap<number, Instant>;
  readonly book: ReceiptBook;
  /** Record holds whose action has no outcome yet, by hold id (= action id). */
  readonly holds: ReadonlyMap<string, RecordHold>;
  readonly callers: RecentIds;
  /** Channels whose recorder process is away. */
  readonly down: ReadonlySet<number>;
  /** While a walk test runs. */
  readonly walk?: WalkState;
  readonly troubles: ReadonlyMap<string, Trouble>;
  readonly wakeAt?: Instant;
}

export interface InputEntry {
  readonly settings: AlarmInputSettings;
  readonly machine: AlarmInputState;
  /** Held active by software until then at the latest. */
  readonly run?: SoftwareRun;
  /** Nobody has confirmed its edge yet; until then somebody may. */
  readonly doubtUntil?: Instant | undefined;
  /** What was seen as its level last became active. */
  readonly title?: string | undefined;
  readonly lastEventId?: string;
  /** It turned a camera that has not been told to look back. */
  readonly turned?: boolean;
  readonly watch: SensorWatch;
  /** Of a supervised loop that is or was tampered with. */
  readonly loop?: LoopWatch;
  /** The last word of its sensor that a restart would know of. */
  readonly seenJournalledAt?: Instant;
}

/** `now`: as reported last, since `since`; `told`: an event was made of it, and it is not mended yet. */
export interface LoopWatch {
  readonly now: "fine" | "unseen" | LoopTamper;
  readonly since: Instant;
  readonly told?: LoopTamper;
}

export interface SoftwareRun {
  readonly until: Instant;
}

/** A hold on an output, and what ends it. `input` is 0 for a person's test. */
export interface OutputHold extends Hold {
  readonly input: number;
  readonly holdS: number;
  /** Its input's rest does not end it. With an alarm id: an acknowledgement does. */
  readonly latched?: { readonly alarmId?: string };
}

export interface OutputEntry {
  readonly settings: AlarmOutputSettings;
  /** In force; the configuration follows. */
  readonly mode: OutputMode;
  /** When a mode that is not auto returns to it. */
  readonly forcedUntil?: Instant;
  readonly holds: Holds<OutputHold>;
  /** As last told to the board. */
  readonly wanted: OutputState;
  readonly wantedAt: Instant;
  /** When a board that can do so switches it off by itself, as last told. */
  readonly toldUntil: Instant | undefined;
  /** As the board's connection last took it. */
  readonly commanded: OutputState | "unknown";
  readonly readBack: OutputState | "unknown";
  /** When it was switched from rest last, and how often so far. */
  readonly lastOnAt?: Instant;
  readonly operations: number;
  /** Actions that wait for the board. */
  readonly waiting: readonly WaitingAction[];
}

export interface WaitingAction {
  readonly eventId: string;
  readonly actionId: string;
  readonly edgeAt: Instant;
  /** When the edge could be decided first: what `commandedAfterMs` counts from. */
  readonly dueAt: Instant;
}

export interface BoardEntry {
  readonly link: LinkFact;
  /** Set while it is out of reach. */
  readonly lostAt?: Instant;
  /** A tamper event was made of this loss. */
  readonly tampered: boolean;
}

export const pointKey = (board: number, point: number): string => `${board}/${point}`;

/** As it is set; a point that only pulses (closed and open again at one instant) has nothing to hold still: debounce 0. */
export function inputConfig(settings: AlarmInputSettings, boards: SiteConfig["boards"]): AlarmInputConfig {
  const driver = boards.find(({ board }) => board === settings.board)?.driver;
  return driver !== undefined && isMessage(driver, settings.point)
    ? { ...settings, debounceMs: 0, restoreMs: 0 }
    : settings;
}

export const newInput = (settings: AlarmInputSettings, saved: InputMemory | undefined, now: Moment): InputEntry => ({
  settings,
  machine: initialAlarmInput(settings, saved, now.wall),
  watch: newWatch(now, saved),
  turned: saved?.turned === true,
  ...(saved?.tamper === undefined ? {} : { loop: { now: "unseen", since: now.instant, told: saved.tamper } }),
});

export const newOutput = (settings: AlarmOutputSettings, now: Moment, saved?: OutputMemory): OutputEntry => ({
  settings,
  ...modeAtStart(settings.mode, saved, now),
  holds: latchesOf(saved, now),
  wanted: settings.restState,
  wantedAt: now.instant,
  toldUntil: undefined,
  commanded: "unknown",
  readBack: "unknown",
  operations: saved?.operations ?? 0,
  waiting: [],
});

/** The state before the first event. `saved` is what `memoryFrom` read from the journal; send `resume` next. */
export function initialEngine(config: SiteConfig, saved: EngineMemory | undefined, now: Moment): EngineState {
  const holds = restoredHolds(saved, now);
  const walk = resumeWalk(saved?.walk, now);
  const inputs = config.inputs.map((settings): [number, InputEntry] => {
    const memory = saved?.inputs.find((candidate) => candidate.input === settings.input);
    const entry = newInput(settings, memory, now);
    const run = entry.machine.known === "active" ? restoredRun(saved, settings.input, now) : undefined;
    return [settings.input, run === undefined ? entry : { ...entry, run }];
  });
  return {
    arming: resumeArming(saved, armingOf(config), now),
    startedAt: now.instant,
    inputs: new Map(inputs),
    outputs: new Map(
      config.outputs.map((settings) => {
        const memory = saved?.outputs.find(({ output }) => output === settings.output);
        return [settings.output, newOutput(settings, now, memory)];
      }),
    ),
    boards: new Map(),
    levels: new Map(),
    tampers: new Map(),
    alarms: new Map(
      (saved?.alarms ?? [])
        .filter(({ input }) => config.inputs.some((settings) => settings.input === input))
        .map((alarm) => [alarm.input, resumeAlarm(alarm, now)]),
    ),
    raised: new Map((saved?.raised ?? []).map(({ input, at }) => [input, momentInBoot(at, now)])),
    book: restoredBook(saved, holds, now),
    holds,
    callers: (saved?.callers ?? []).reduce((ids, { key, eventId }) => rememberId(ids, key, eventId), noIds),
    down: new Set(),
    troubles: new Map(),
    ...(walk === undefined ? {} : { walk }),
  };
}

/** The earliest of the instants that are there. */
export function soonest(instants: Iterable<Instant | undefined>): Instant | undefined {
  let best: number | undefined;
  for (const at of instants) if (at !== undefined && (best === undefined || at < best)) best = at;
  return best === undefined ? undefined : instant(best);
}
