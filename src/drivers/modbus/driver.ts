import { after, between, later, type Duration, type Instant } from "../../kernel/time.ts";
import type { ModbusRtuSettings, ModbusSettings, ModbusTcpSettings } from "../../domain/site-config.ts";
import type { Driver, DriverDeps } from "../driver.ts";
import { trackLevels, type LevelTrack } from "../level-track.ts";
import { trackLoops, type LoopTrack } from "../loop-track.ts";
import { logEvery, repeatText, trackOutputs, type OutputTrack, type WantedOutput } from "../output-track.ts";
import { keepRunning, reasonOf, sleepUntil } from "../reconnect.ts";
import { connectModbus, type ModbusConnection } from "./connection.ts";
import { startPoller, type Poller } from "./poller.ts";
import type { WriteCoilRequest } from "./protocol.ts";
import { timedUnits } from "./quirks.ts";
import { connectRtu } from "./rtu-connection.ts";
import { openSerialPort, type OpenSerial } from "./serial-port.ts";

type ModbusOutput = Omit<ModbusSettings["outputs"][number], "timedAddress"> & {
  readonly timedAddress?: number | undefined;
};

/** How long a stop waits for commands that are not yet answered. */
const flushTime: Duration = 500;

/** What all lives of one driver share. */
export interface ModbusBoard {
  readonly settings: ModbusSettings;
  readonly deps: DriverDeps;
  readonly levels: LevelTrack;
  readonly loops: LoopTrack;
  /** What the supply of each loop reads, by point, where a register tells. */
  readonly supplies: Map<number, number>;
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
  const levels = trackLevels(deps.events);
  const loops = trackLoops(deps.events, levels);
  const board: ModbusBoard = { settings, deps, levels, loops, supplies: new Map(), outputs: trackOutputs() };
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
      for (const wanted of board.outputs.wanted()) commander.send(wanted);
      await pollForEver(board, connection, poller, commander);
    } finally {
      signal.removeEventListener("abort", closed);
      connection.close();
      commander = undefined;
      board.levels.forget();
      board.loops.forget();
      board.supplies.clear();
      const at = deps.clock.now();
      const known = board.outputs.lost();
      if (!signal.aborted) for (const point of known) deps.events.readBack(point, "unknown", at);
    }
  };
  const running = keepRunning(deps, stop.signal, life);
  return {
    want(point, state, until) {
      if (stop.signal.aborted) return;
      board.outputs.want(point, state, until);
      commander?.send({ point, state, ...(until === undefined ? {} : { until }) });
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
  send(wanted: WantedOutput): void;
  repeatDue(): void;
  done(): Promise<void>;
}

/** An *on* whose end is known goes to the board's timed coil, if it has one: the board ends it also when Reed is dead. */
function coilRequest(output: ModbusOutput, { state, until }: WantedOutput, now: Instant): WriteCoilRequest {
  const on = (state === "on") === (output.onWhen === 1);
  const units =
    output.timedAddress === undefined || until === undefined || !on ? undefined : timedUnits(between(now, until));
  return units === undefined || output.timedAddress === undefined
    ? { kind: "write-coil", address: output.address, on }
    : { kind: "write-coil", address: output.timedAddress, on, units };
}

/** Writes coils on one connection. Of commands that wait for the line, only the newest a relay goes out. */
function startCommander(board: ModbusBoard, connection: ModbusConnection): Commander {
  const { deps, outputs, settings } = board;
  const waiting = new Map<number, WantedOutput>();
  const refused = new Set<number>();
  /** Relays whose timed coil the board refused. */
  const untimed = new Set<number>();
  const settle = (point: number, refusal: string | undefined) => {
    if (refusal === undefined) refused.delete(point);
    else if (!refused.has(point)) {
      refused.add(point);
      deps.log(refusal, { point });
    }
  };
  const send = (wanted: WantedOutput) => {
    const { point } = wanted;
    const output = settings.outputs.find((candidate) => candidate.point === point);
    if (output === undefined) {
      deps.log("no such output on this board", { point });
      return;
    }
    const queued = waiting.has(point);
    waiting.set(point, wanted);
    if (queued) return;
    const newest = () => waiting.get(point) ?? wanted;
    let timed = false;
    const make = () => {
      const request = coilRequest(
        untimed.has(point) ? { ...output, timedAddress: undefined } : output,
        newest(),
        deps.clock.now(),
      );
      timed = request.units !== undefined;
      return request;
    };
    const sent = () => {
      const at = deps.clock.now();
      const handed = newest().state;
      waiting.delete(point);
      outputs.commanded(point, at);
      deps.events.commanded(point, handed, at);
    };
    connection.command(make, sent).then(
      (answer) => {
        deps.events.heard(answer.kind !== "exception");
        settle(point, answer.kind === "exception" ? answer.exception.text : undefined);
        if (answer.kind !== "exception" || !timed) return;
        // a board without timed coils is switched like any other
        untimed.add(point);
        const again = outputs.wanted().find((one) => one.point === point);
        if (again !== undefined) send(again);
      },
      (error: unknown) => settle(point, `command not answered: ${reasonOf(error)}`),
    );
  };
  return {
    send,
    repeatDue() {
      for (const { repeats, ...due } of outputs.due(deps.clock.now())) {
        if (repeats % logEvery === 1) deps.log(repeatText, { point: due.point, wanted: due.state, repeats });
        send(due);
      }
    },
    done: () => connection.commandsDone(),
  };
}
