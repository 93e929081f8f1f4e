import { after, seconds, type Clock, type Instant } from "../kernel/time.ts";
import type { DetectionNews } from "../domain/detection/news.ts";
import type { Level, OutputState } from "../domain/level.ts";
import type { SensorFact } from "../domain/sensor-watch.ts";
import type { BoardSettings, DriverSettings, SiteConfig } from "../domain/site-config.ts";
import type { BoardProbe, BoardStatus } from "../messages/api.ts";
import type { BoardLink, DriverEvents, LevelReport, NetworkMessage } from "../drivers/driver.ts";
import type { Log } from "../platform/log.ts";
import { probeBoard } from "./board-probe.ts";
import { watchBoard, type BoardWatch } from "./board-watch.ts";
import type { BoardDriver, CreateDriver } from "./ports.ts";

export interface DriverHostDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly createDriver: CreateDriver;
  /** What to warn of for an input, given its board's measured poll (ms). */
  readonly pollWarning: (debounceMs: number, measuredPollMs: number) => string | undefined;
  level(board: number, report: LevelReport): void;
  sensor(board: number, fact: SensorFact): void;
  message(board: number, message: NetworkMessage): void;
  link(board: number, link: BoardLink, at: Instant): void;
  readBack(board: number, point: number, state: OutputState | "unknown", at: Instant): void;
  commanded(board: number, point: number, state: OutputState, at: Instant): void;
  status(status: BoardStatus): void;
  /** What a driver of a video-detection board that begins has missed. */
  news(board: number): DetectionNews | undefined;
}

/** Keeps one driver a board running, as the configuration says. */
export interface DriverHost extends AsyncDisposable {
  /** Starts, restarts and stops drivers so that they fit; boards whose settings are the same are left alone. */
  configure(config: SiteConfig): void;
  /** Goes to the driver at once; a driver that is started later gets it too. */
  want(board: number, point: number, state: OutputState, until?: Instant): void;
  /** On for so long, and off again; at the latest when the host ends. For relays that the engine does not know. */
  pulse(board: number, point: number, lasts: number): void;
  /** False when the board is not virtual, or is off. */
  setLevel(board: number, point: number, level: Level): boolean;
  /** Tells a video-detection board what its camera's pictures show. */
  detected(board: number, news: DetectionNews): void;
  /** Talks to a board that is not hosted here, as a test of its settings. */
  probe(settings: DriverSettings): Promise<BoardProbe>;
}

/** How often the health of the boards that are on is told, without anything else happening. */
export const healthEvery = seconds(2);

interface Hosted {
  settings: BoardSettings;
  readonly watch: BoardWatch;
  driver: BoardDriver | undefined;
  /** Counts the drivers that this board has had. */
  generation: number;
  /** Ends when the driver before has stopped: two of them never talk to one board. */
  stopped: Promise<void>;
  readonly wants: Map<number, { readonly state: OutputState; readonly until: Instant | undefined }>;
}

/** A host without boards; `configure` brings them. */
export function startDriverHost(deps: DriverHostDeps): DriverHost {
  const boards = new Map<number, Hosted>();
  let config: SiteConfig | undefined;
  let disposed = false;
  /** How each relay that is pulsed goes off, by board and point. */
  const pulses = new Map<string, () => void>();

  const host = (settings: BoardSettings): Hosted => {
    const warn = (measured: number) => warningsOf(deps, config, settings.board, measured);
    const hosted: Hosted = {
      settings,
      watch: watchBoard(deps.clock, settings.board, warn),
      driver: undefined,
      generation: 0,
      stopped: Promise.resolve(),
      wants: new Map(),
    };
    boards.set(settings.board, hosted);
    return hosted;
  };
  const start = (hosted: Hosted) => {
    if (disposed || !hosted.settings.enabled || hosted.driver !== undefined) return;
    if (boards.get(hosted.settings.board) !== hosted) return;
    hosted.watch.link({ kind: "connecting" });
    const board = hosted.settings.board;
    hosted.driver = deps.createDriver(hosted.settings.driver, {
      clock: deps.clock,
      log: (message, details) => deps.log.info({ board, ...details }, message),
      events: eventsOf(deps, hosted),
    });
    for (const [point, { state, until }] of hosted.wants) hosted.driver.want(point, state, until);
    if (hosted.driver.detected !== undefined) {
      const news = deps.news(board);
      if (news !== undefined) hosted.driver.detected(news);
    }
    deps.status(hosted.watch.status());
  };
  const stop = (hosted: Hosted) => {
    const driver = hosted.driver;
    if (driver === undefined) return;
    hosted.driver = undefined;
    hosted.generation++;
    hosted.watch.off();
    deps.status(hosted.watch.status());
    hosted.stopped = Promise.resolve(driver[Symbol.asyncDispose]()).catch((error: unknown) =>
      deps.log.error({ board: hosted.settings.board, error: String(error) }, "driver did not stop cleanly"),
    );
  };
  const settle = (settings: BoardSettings) => {
    const hosted = boards.get(settings.board) ?? host(settings);
    const same = sameDriver(hosted.settings, settings);
    hosted.settings = settings;
    if (!same || !settings.enabled) stop(hosted);
    if (settings.enabled) void hosted.stopped.then(() => start(hosted));
    else hosted.watch.off();
    deps.status(hosted.watch.status());
  };

  let cancelTick: () => void = () => undefined;
  const tick = () => {
    for (const { watch, driver } of boards.values()) if (driver !== undefined) deps.status(watch.status());
    cancelTick = deps.clock.wakeAt(after(deps.clock.now(), healthEvery), tick);
  };
  tick();

  return {
    configure(next) {
      config = next;
      for (const hosted of [...boards.values()]) {
        if (next.boards.some((row) => row.board === hosted.settings.board)) continue;
        stop(hosted);
        boards.delete(hosted.settings.board);
      }
      for (const settings of next.boards) settle(settings);
    },
    want(board, point, state, until) {
      const hosted = boards.get(board);
      hosted?.wants.set(point, { state, until });
      hosted?.driver?.want(point, state, until);
    },
    pulse(board, point, lasts) {
      const key = `${board}/${point}`;
      pulses.get(key)?.();
      const off = () => {
        cancel();
        pulses.delete(key);
        const hosted = boards.get(board);
        hosted?.wants.delete(point);
        hosted?.driver?.want(point, "off");
      };
      const cancel = deps.clock.wakeAt(after(deps.clock.now(), seconds(lasts)), off);
      pulses.set(key, off);
      boards.get(board)?.driver?.want(point, "on");
    },
    setLevel(board, point, level) {
      const driver = boards.get(board)?.driver;
      if (driver?.setLevel === undefined) return false;
      driver.setLevel(point, level);
      return true;
    },
    detected: (board, news) => boards.get(board)?.driver?.detected?.(news),
    probe: (settings) => probeBoard(deps, settings),
    async [Symbol.asyncDispose]() {
      disposed = true;
      cancelTick();
      for (const off of [...pulses.values()]) off();
      for (const hosted of boards.values()) stop(hosted);
      await Promise.all([...boards.values()].map((hosted) => hosted.stopped));
    },
  };
}

const sameDriver = (a: BoardSettings, b: BoardSettings): boolean =>
  JSON.stringify([a.enabled, a.driver]) === JSON.stringify([b.enabled, b.driver]);

function eventsOf(deps: DriverHostDeps, hosted: Hosted): DriverEvents {
  const { watch } = hosted;
  const board = hosted.settings.board;
  // a driver that was stopped may still say a last word: it no longer counts
  const { generation } = hosted;
  const counts = () => hosted.generation === generation;
  return {
    level(report) {
      if (!counts()) return;
      deps.level(board, report);
      watch.level(report);
      deps.status(watch.status());
    },
    sensor(fact) {
      if (!counts()) return;
      deps.sensor(board, fact);
      watch.sensor(fact);
      deps.status(watch.status());
    },
    message(message) {
      if (counts()) deps.message(board, message);
    },
    link(link, at) {
      if (!counts()) return;
      deps.link(board, link, at);
      watch.link(link);
      deps.status(watch.status());
    },
    readBack(point, state, at) {
      if (counts()) deps.readBack(board, point, state, at);
    },
    commanded(point, state, at) {
      if (counts()) deps.commanded(board, point, state, at);
    },
    polled(intervalMs) {
      if (counts() && watch.polled(intervalMs)) deps.status(watch.status());
    },
    measured(point, reading) {
      if (counts() && watch.measured(point, reading)) deps.status(watch.status());
    },
    heard(ok) {
      if (counts()) watch.heard(ok);
    },
  };
}

function warningsOf(deps: DriverHostDeps, config: SiteConfig | undefined, board: number, measured: number): string[] {
  if (config === undefined || measured === 0) return [];
  return config.inputs
    .filter((input) => input.enabled && input.board === board)
    .flatMap((input) => {
      const warning = deps.pollWarning(input.debounceMs, measured);
      return warning === undefined ? [] : [`${input.name}: ${warning}`];
    });
}
