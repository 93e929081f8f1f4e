import { after, between, later, type Duration, type Instant } from "../../kernel/time.ts";
import type { OutputState } from "../../domain/level.ts";
import type { ModbusRtuSettings, ModbusSettings, ModbusTcpSettings } from "../../domain/site-config.ts";
import type { Driver, DriverDeps } from "../driver.ts";
import { trackLevels, type LevelTrack } from "../level-track.ts";
import { logEvery, repeatText, trackOutputs, type OutputTrack } from "../output-track.ts";
import { keepRunning, reasonOf, sleepUntil } from "../reconnect.ts";
import { connectModbus, type ModbusConnection } from "./connection.ts";
import { startPoller, type Poller } from "./poller.ts";
import { connectRtu } from "./rtu-connection.ts";
import { openSerialPort, type OpenSerial } from "./serial-port.ts";

/** How long a stop waits for commands that are not yet answered. */
const flushTime: Duration = 500;

/** What all lives of one driver share. */
export interface ModbusBoard {
  readonly settings: ModbusSettings;
  readonly deps: DriverDeps;
  readonly levels: LevelTrack;
  readonly outputs: OutputTrack;
}

/** A board over Modbus TCP; connects at once and keeps trying until it is disposed. */
export const startModbusDriver = (settings: ModbusTcpSettings, deps: DriverDeps): Driver =>
  startDriver(settings, deps, (signal) => connectModbus(settings, deps.clock, signal));

/** The same over a serial line. `open` is the machine's port; tests have their own. */
export const startModbusRtuDriver = (
  settings: ModbusRtuSettings,
  deps: DriverDeps,
  open: OpenSerial = openSerialPort,
): Driver =>
  startDriver(settings, deps, (signal) =>
    connectRtu(settings, { clock: deps.clock, open, missed: () => deps.events.heard(false) }, signal),
  );

type Connect = (signal: AbortSignal) => Promise<ModbusConnection>;

function startDriver(settings: ModbusSettings, deps: DriverDeps, connect: Connect): Driver {
  const stop = new AbortController();
  const board: ModbusBoard = { settings, deps, levels: trackLevels(deps.events), outputs: trackOutputs() };
  let commander: Commander | undefined;

  const life = async (signal: AbortSignal, online: () => void) => {
    const connection = await connect(signal);
    const closed = () => connection.close();
    signal.addEventListener("abort", closed);
    try {
      const poller = startPoller(board, connection);
      const first = await poller.readAll();
      online();
      for (const apply of first) apply();
      commander = startCommander(board, connection);
      for (const { point, state } of board.outputs.wanted()) commander.send(point, state);
      await pollForEver(board, connection, poller, commander);
    } finally {
      signal.removeEventListener("abort", closed);
      connection.close();
      commander = undefined;
      board.levels.forget();
      const at = deps.clock.now();
      const known = board.outputs.lost();
      if (!signal.aborted) for (const point of known) deps.events.readBack(point, "unknown", at);
    }
  };
  const running = keepRunning(deps, stop.signal, life);
  return {
    want(point, state) {
      if (stop.signal.aborted) return;
      board.outputs.want(point, state);
      commander?.send(point, state);
    },
    async [Symbol.asyncDispose]() {
      const flushed = new AbortController();
      void commander?.done().then(() => flushed.abort());
      if (commander !== undefined) await sleepUntil(deps.clock, after(deps.clock.now(), flushTime), flushed.signal);
      stop.abort();
      await running;
    },
  };
}

/** Polls at the asked pace, never two at once; a late one is followed at once by the next, none is made up for. */
async function pollForEver(
  board: ModbusBoard,
  connection: ModbusConnection,
  poller: Poller,
  commander: Commander,
): Promise<void> {
  const { clock, events } = board.deps;
  let due = after(clock.now(), board.settings.pollMs);
  let before: Instant | undefined;
  for (;;) {
    await sleepUntil(clock, due, connection.signal);
    if (connection.signal.aborted) throw new Error(connection.reason);
    const started = clock.now();
    if (before !== undefined) events.polled(between(before, started));
    before = started;
    await poller.poll();
    commander.repeatDue();
    due = later(after(started, board.settings.pollMs), clock.now());
  }
}

interface Commander {
  send(point: number, state: OutputState): void;
  repeatDue(): void;
  done(): Promise<void>;
}

/** Writes coils on one connection. Of commands that wait for the line, only the newest a relay goes out. */
function startCommander(board: ModbusBoard, connection: ModbusConnection): Commander {
  const { deps, outputs, settings } = board;
  const waiting = new Map<number, OutputState>();
  const refused = new Set<number>();
  const settle = (point: number, refusal: string | undefined) => {
    if (refusal === undefined) refused.delete(point);
    else if (!refused.has(point)) {
      refused.add(point);
      deps.log(refusal, { point });
    }
  };
  const send = (point: number, state: OutputState) => {
    const output = settings.outputs.find((candidate) => candidate.point === point);
    if (output === undefined) {
      deps.log("no such output on this board", { point });
      return;
    }
    const queued = waiting.has(point);
    waiting.set(point, state);
    if (queued) return;
    const newest = () => waiting.get(point) ?? state;
    const make = () => {
      const on = (newest() === "on") === (output.onWhen === 1);
      return { kind: "write-coil", address: output.address, on } as const;
    };
    const sent = () => {
      const at = deps.clock.now();
      const handed = newest();
      waiting.delete(point);
      outputs.commanded(point, at);
      deps.events.commanded(point, handed, at);
    };
    connection.command(make, sent).then(
      (answer) => {
        deps.events.heard(answer.kind !== "exception");
        settle(point, answer.kind === "exception" ? answer.exception.text : undefined);
      },
      (error: unknown) => settle(point, `command not answered: ${reasonOf(error)}`),
    );
  };
  return {
    send,
    repeatDue() {
      for (const { point, state, repeats } of outputs.due(deps.clock.now())) {
        if (repeats % logEvery === 1) deps.log(repeatText, { point, wanted: state, repeats });
        send(point, state);
      }
    },
    done: () => connection.commandsDone(),
  };
}
