/** The rooms of the core process, joined: drivers → engine → recorders, pages and journal. Without sockets of its own. */
import type { Clock } from "../kernel/time.ts";
import { pollWarning } from "../domain/alarm-input.ts";
import { canReadBack } from "../domain/alarm-output.ts";
import type { EngineMemory } from "../domain/engine.ts";
import type { Outcome, Receipt } from "../domain/receipt.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { AccountOp, ProcessState } from "../messages/api.ts";
import type { StoreWriter } from "../messages/store.ts";
import type { Log } from "../platform/log.ts";
import { startApiLink, type ApiLink } from "./api-link.ts";
import { execute } from "./commands.ts";
import { openCoreJournal } from "./core-journal.ts";
import { startDriverHost, type DriverHost } from "./driver-host.ts";
import { startEngineShell, type EngineShell } from "./engine-shell.ts";
import { latencyBook } from "./latency.ts";
import { liveBook, type LiveBook } from "./live-book.ts";
import type { ConfigSealer, CreateDriver } from "./ports.ts";
import type { PlanFrame } from "./recorder-plan.ts";
import { startRecorderLink, type RecorderLink } from "./recorder-link.ts";
import { readBacks, sirensToRest } from "./rest.ts";
import { openSite, type Site } from "./site.ts";
import { triggerDesk } from "./trigger-desk.ts";

export interface RoomsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly pid: number;
  readonly journalFolder: string;
  readonly config: SiteConfig;
  readonly memory: EngineMemory | undefined;
  readonly sealer: ConfigSealer;
  readonly createDriver: CreateDriver;
  readonly store: StoreWriter;
  /** How many recorder processes the channels are distributed over. */
  readonly recorders: number;
  readonly frame: PlanFrame;
  newId(): string;
  notify(notifier: number, receipt: Receipt): Promise<Outcome>;
  testNotifier(notifier: number): Promise<Outcome>;
  accountWritten(op: AccountOp): void;
  /** A child process said hello, or its connection closed. */
  connected(role: "recorder" | "api" | "analysis", index: number, pid: number): void;
  disconnected(role: "recorder" | "api" | "analysis", index: number): void;
}

export interface Rooms {
  readonly site: Site;
  readonly engine: EngineShell;
  readonly live: LiveBook;
  readonly recorders: RecorderLink;
  readonly clients: ApiLink;
  /** Lets the boards in and resolves what the life before left open. Once everything else is up. */
  begin(): void;
  processState(state: ProcessState): void;
  /** First half of a clean stop: sirens to rest, boards let go, recorders and clients asked to end. */
  quieten(): Promise<void>;
  /** Second half, after the children ended: the journal says so and is on the medium. */
  close(): Promise<void>;
}

/** Joins the rooms. Nothing moves before `begin`. */
export function openRooms(deps: RoomsDeps): Rooms {
  const { clock, log, store } = deps;
  const latency = latencyBook();
  const relays = readBacks();
  const desk = triggerDesk(clock);
  const live = liveBook(clock, { engine: () => engine.view(), latency: () => latency.stats() });
  live.onEvent((_seq, event) => {
    if (event.kind === "trouble") store.put({ kind: "trouble", trouble: event.trouble });
  });
  const boards: DriverHost = startDriverHost({
    clock,
    log,
    createDriver: deps.createDriver,
    pollWarning,
    level: (board, report) => engine.feed({ kind: "level", board, report }),
    link: (board, link, at) => engine.feed({ kind: "link", board, link, at }),
    readBack(board, point, state, at) {
      engine.feed({ kind: "read-back", board, point, state, at });
      relays.set(board, point, state);
    },
    commanded(board, point, state, at) {
      engine.feed({ kind: "commanded", board, point, state, at });
      const settings = site.config().boards.find((row) => row.board === board);
      if (!canReadBack(settings, point)) relays.set(board, point, state);
    },
    status: (board) => live.publish({ kind: "board", board }),
  });
  const recorders = startRecorderLink(
    {
      clock,
      log,
      live,
      recorders: deps.recorders,
      frame: deps.frame,
      holds: () => engine.view().openHolds,
      store: (intent) => store.put(intent),
      said(message) {
        if (message.kind === "hold-answer") desk.answered(message.holdId, message.answer);
        engine.feed(message);
      },
      up(index, pid, channels) {
        deps.connected("recorder", index, pid);
        engine.feed({ kind: "recorder-up", channels });
      },
      down(index, channels) {
        deps.disconnected("recorder", index);
        engine.feed({ kind: "recorder-down", channels });
      },
    },
    deps.config,
  );
  const engine: EngineShell = startEngineShell(
    {
      clock,
      log,
      live,
      latency,
      memory: deps.memory,
      newId: () => deps.newId(),
      openJournal: (opening) =>
        openCoreJournal({ clock, folder: deps.journalFolder, opening, failed: (why) => tellJournal(live, log, why) }),
      want: (board, point, state) => boards.want(board, point, state),
      order: (hold) => recorders.hold(hold),
      tell(channel, message) {
        if (channel === undefined) recorders.tellAll(message);
        else recorders.tell(channel, message);
      },
      store: (intent) => store.put(intent),
      notify: (notifier, receipt) => deps.notify(notifier, receipt),
      modeChanged(output, mode) {
        const row = site.config().outputs.find((candidate) => candidate.output === output);
        if (row !== undefined) site.put({ part: "output", value: { ...row, mode } });
      },
    },
    deps.config,
  );
  const site = openSite(
    {
      sealer: deps.sealer,
      journal: (record) => engine.journal.append(record),
      store: (intent) => store.put(intent),
      changed(config) {
        engine.configure(config);
        boards.configure(config);
        recorders.configure(config);
        keepConfigured(live, config);
      },
    },
    deps.config,
  );
  const clients = startApiLink({
    log,
    live,
    execute: (actor, command) =>
      execute(
        {
          clock,
          site,
          engine,
          live,
          store,
          desk,
          setLevel: (board, point, level) => boards.setLevel(board, point, level),
          tellRecorder: (channel, message) => recorders.tell(channel, message),
          testNotifier: (notifier) => deps.testNotifier(notifier),
          accountWritten: (op) => deps.accountWritten(op),
        },
        actor,
        command,
      ),
    up: (role, index, pid) => deps.connected(role, index, pid),
    down: (role, index) => deps.disconnected(role, index),
  });
  return {
    site,
    engine,
    live,
    recorders,
    clients,
    begin() {
      engine.journal.append({ kind: "start", version: deps.version, pid: deps.pid });
      for (const receipt of engine.view().openReceipts) store.put({ kind: "receipt", receipt });
      engine.feed({ kind: "resume" });
      boards.configure(site.config());
    },
    processState: (process) => live.publish({ kind: "process", process }),
    async quieten() {
      engine.halt();
      const want: DriverHost["want"] = (board, point, state) => boards.want(board, point, state);
      const restless = await sirensToRest({ clock, readBacks: relays, want }, site.config());
      for (const siren of restless)
        log.warn({ output: siren.output }, "siren was not read back at rest before the stop");
      await boards[Symbol.asyncDispose]();
      recorders.tellAll({ kind: "stop" });
      clients.stop();
    },
    async close() {
      recorders[Symbol.dispose]();
      engine.journal.append({ kind: "clean-stop" });
      await engine.journal.synced();
      await engine[Symbol.asyncDispose]();
    },
  };
}

function tellJournal(live: LiveBook, log: Log, why: string | undefined): void {
  if (why === undefined) {
    live.settle("journal");
    return;
  }
  log.error({ why }, "journal trouble");
  live.raise("journal", why);
}

/** Rows that were removed are no longer shown. */
function keepConfigured(live: LiveBook, config: SiteConfig): void {
  live.keepOnly(
    "channels",
    config.channels.map((row) => row.channel),
  );
  live.keepOnly(
    "boards",
    config.boards.map((row) => row.board),
  );
  live.keepOnly(
    "volumes",
    config.volumes.map((row) => row.id),
  );
}
