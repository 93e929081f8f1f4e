/**
 * A shell for tests: it keeps time, calls the engine when it asked to be woken, never a moment earlier or later, keeps
 * the journal, and knows what each relay was told last.
 */
import type { Moment } from "../../kernel/time.ts";
import { instant, wallTime } from "../../kernel/time.ts";
import type { EngineEffect, EngineEvent, EngineRecord, EngineState } from "../engine.ts";
import { initialEngine, memoryFrom, stepEngine } from "../engine.ts";
import type { Level } from "../level.ts";
import type { Receipt } from "../receipt.ts";
import type { SiteTime } from "../schedule-gate.ts";
import type { OutputMode, SiteConfig } from "../site-config.ts";

export interface World {
  readonly state: EngineState;
  readonly now: Moment;
  readonly journal: readonly EngineRecord[];
  /** Effects of the last step. */
  readonly last: readonly EngineEffect[];
  /** All effects so far. */
  readonly all: readonly EngineEffect[];
  /** What each output was told last. */
  readonly relays: ReadonlyMap<number, "on" | "off">;
  /** Receipts as last told, by event id. */
  readonly receipts: ReadonlyMap<string, Receipt>;
  config: SiteConfig;
  time: SiteTime | undefined;
  do(event: EngineEvent): readonly EngineEffect[];
  /** Lets time pass, with every wake at its time. */
  pass(ms: number): void;
  stepWall(ms: number): void;
  /** As if it had come to this. */
  goOn(state: EngineState): void;
  /** A crash and a start `awayMs` later, in another boot or the same. */
  restart(awayMs: number, reboot: boolean, before?: (now: Moment) => void): void;
  /** A board's contact changes now. */
  contact(board: number, point: number, level: Level, how?: "change" | "state"): readonly EngineEffect[];
}

export function engineWorld(
  config: SiteConfig,
  watch: (world: World) => void = () => undefined,
  /** A journal of the life before. */
  before: readonly EngineRecord[] = [],
): World {
  let time = 1_000_000;
  let wall = 1_790_000_000_000;
  let boot = 1;
  let ids = 0;
  const journal: EngineRecord[] = [...before];
  const all: EngineEffect[] = [];
  const relays = new Map<number, "on" | "off">();
  const receipts = new Map<string, Receipt>();
  const moment = (): Moment => ({ bootId: `boot-${boot}`, instant: instant(time), wall: wallTime(wall) });
  let last: readonly EngineEffect[] = [];
  let wakeAt: number | undefined;
  let state = initialEngine(config, before.length === 0 ? undefined : memoryFrom(before), moment());

  const move = (ms: number) => {
    time += ms;
    wall += ms;
  };
  const world: World = {
    config,
    time: undefined,
    journal,
    all,
    relays,
    receipts,
    get state() {
      return state;
    },
    get now() {
      return moment();
    },
    get last() {
      return last;
    },
    do(event) {
      if (event.kind === "wake") wakeAt = undefined;
      const { time: siteTime } = world;
      const newId = () => `id-${String(++ids).padStart(6, "0")}`;
      const env = { config: world.config, newId, ...(siteTime === undefined ? {} : { time: siteTime }) };
      const step = stepEngine(env, state, event, moment());
      state = step.state;
      last = step.effects;
      for (const effect of step.effects) {
        all.push(effect);
        if (effect.kind === "journal") journal.push(effect.record);
        if (effect.kind === "want-output") relays.set(effect.output, effect.state);
        if (effect.kind === "receipt-changed") receipts.set(effect.receipt.edge.eventId, effect.receipt);
        if (effect.kind === "wake") wakeAt = effect.at;
        if (effect.kind === "mode-changed") world.config = withMode(world.config, effect.output, effect.mode);
      }
      watch(world);
      return last;
    },
    pass(ms) {
      const target = time + ms;
      let inVain = 0;
      while (wakeAt !== undefined && wakeAt <= target) {
        inVain = wakeAt > time ? 0 : inVain + 1;
        if (inVain > 100) throw new Error(`asks to be woken at ${wakeAt} again and again`);
        if (wakeAt > time) move(wakeAt - time);
        world.do({ kind: "wake" });
      }
      move(target - time);
    },
    goOn(other) {
      state = other;
    },
    stepWall(ms) {
      wall += ms;
    },
    restart(awayMs, reboot, before) {
      move(awayMs);
      if (reboot) {
        boot++;
        time = 5000;
      }
      wakeAt = undefined;
      before?.(moment());
      state = initialEngine(world.config, memoryFrom(journal), moment());
      world.do({ kind: "resume" });
    },
    contact: (board, point, level, how = "change") =>
      world.do({ kind: "level", board, report: { point, level, at: instant(time), how } }),
  };
  world.do({ kind: "resume" });
  return world;
}

/** A contact of board 1 opens, and its debounce passes. */
export function open(world: World, point = 1): void {
  world.contact(1, point, "open");
  world.pass(250);
}

/** It closes, and its debounce passes. */
export function shut(world: World, point = 1): void {
  world.contact(1, point, "closed");
  world.pass(250);
}

/** The receipt of the newest edge that is no clearing. */
export const lastRaised = (world: World): Receipt | undefined =>
  [...world.receipts.values()].findLast(({ edge }) => edge.kind !== "cleared");

/** The shell writes modes to the configuration. */
export const withMode = (config: SiteConfig, output: number, mode: OutputMode): SiteConfig => ({
  ...config,
  outputs: config.outputs.map((row) => (row.output === output ? { ...row, mode } : row)),
});

export const edgesOf = (records: readonly EngineRecord[]) => records.filter((record) => record.kind === "edge");
export const outcomesOf = (records: readonly EngineRecord[]) => records.filter((record) => record.kind === "outcome");
