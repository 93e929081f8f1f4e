import { randomBytes } from "node:crypto";
import { after, before, seconds, type Clock, type Duration } from "../../kernel/time.ts";
import type { SensorFact } from "../../domain/sensor-watch.ts";
import type { OutputState } from "../../domain/level.ts";
import type { MqttSettings } from "../../domain/site-config.ts";
import type { Driver, DriverDeps } from "../driver.ts";
import { trackLoops } from "../loop-track.ts";
import { trackLevels } from "../level-track.ts";
import { logEvery, repeatText, trackOutputs, type OutputTrack } from "../output-track.ts";
import { keepRunning, reasonOf, sleepUntil } from "../reconnect.ts";
import { countComplaints, type Complaints } from "./complaints.ts";
import { connectMqtt, type MqttConnection, type MqttMessage, type MqttTiming } from "./connection.ts";
import { readInputs, type InputOutlets } from "./inputs.ts";
import { readState, topicsOf, topicTrouble } from "./protocol.ts";

/** How long a stop waits for publications that are not yet acknowledged. */
const flushTime: Duration = 500;
const usualTiming: MqttTiming = { keepaliveS: 5, acceptWithin: seconds(5) };

interface Board {
  readonly settings: MqttSettings;
  readonly deps: DriverDeps;
  readonly outputs: OutputTrack;
  readonly complaints: Complaints;
}

/** Devices behind an MQTT broker; connects at once and keeps trying until it is disposed. */
export function startMqttDriver(settings: MqttSettings, deps: DriverDeps, timing = usualTiming): Driver {
  const stop = new AbortController();
  const board: Board = { settings, deps, outputs: trackOutputs(), complaints: complaintsOf(deps) };
  const levels = trackLevels(deps.events);
  const clientId = `reed-${randomBytes(6).toString("hex")}`;
  let session: MqttConnection | undefined;

  const life = async (signal: AbortSignal, online: () => void) => {
    const trouble = topicsOf(settings).map(topicTrouble).find(Boolean);
    if (trouble !== undefined) throw new Error(trouble);
    const told: InputOutlets["told"] = (point, said) => deps.events.sensor?.(sensorFact(deps.clock, point, said));
    const said: InputOutlets["said"] = (message) => deps.events.message?.(message);
    const loops = trackLoops(deps.events, levels);
    const inputs = readInputs(settings.inputs, levels, { complaints: board.complaints, loops, said, told });
    // messages may come before the last subscription is granted; they are few, as each is a retained one
    let early: MqttMessage[] | undefined = [];
    const handle = (message: MqttMessage) => {
      const again = inputs.message(message, deps.clock.now());
      readBacks(board, message);
      session?.subscribe(again).catch((error: unknown) => deps.log(reasonOf(error)));
    };
    const message = (received: MqttMessage) => (early === undefined ? handle(received) : void early.push(received));
    const connection = await connectMqtt({ settings, clientId, timing, message }, signal);
    const closed = () => void connection.close();
    signal.addEventListener("abort", closed);
    try {
      await connection.subscribe(topicsOf(settings));
      online();
      session = connection;
      for (const received of early) handle(received);
      early = undefined;
      inputs.begin(deps.clock.now());
      for (const { topic, payload } of settings.hello ?? []) connection.publish(topic, payload);
      for (const { point, state } of board.outputs.wanted()) send(board, connection, point, state);
      await untilLost(board, connection);
    } finally {
      session = undefined;
      signal.removeEventListener("abort", closed);
      await connection.close();
      levels.forget();
      const known = board.outputs.lost();
      const at = deps.clock.now();
      if (!signal.aborted) for (const point of known) deps.events.readBack(point, "unknown", at);
    }
  };
  const running = keepRunning(deps, stop.signal, life);
  return {
    want(point, state) {
      if (stop.signal.aborted) return;
      board.outputs.want(point, state);
      if (session !== undefined) send(board, session, point, state);
    },
    async [Symbol.asyncDispose]() {
      const flushed = new AbortController();
      void session?.delivered().then(() => flushed.abort());
      if (session !== undefined) await sleepUntil(deps.clock, after(deps.clock.now(), flushTime), flushed.signal);
      stop.abort();
      await running;
    },
  };
}

/** A message counts for the error rate too: it can be read, or it can't. */
function complaintsOf({ events, log }: DriverDeps): Complaints {
  const complaints = countComplaints(log);
  return {
    bad(key, reason) {
      events.heard(false);
      complaints.bad(key, reason);
    },
    good(key) {
      events.heard(true);
      complaints.good(key);
    },
  };
}

/** A live message is a word of now; of a retained one only what it says of itself is known. */
function sensorFact(
  clock: Clock,
  point: number,
  { battery, lastSeen, retained }: Parameters<InputOutlets["told"]>[1],
): SensorFact {
  const now = clock.now();
  const said = lastSeen === undefined ? undefined : before(now, Math.max(0, clock.wall() - lastSeen));
  const seenAt = retained ? said : now;
  return {
    point,
    ...(battery === undefined ? {} : { battery }),
    ...(seenAt === undefined ? {} : { seenAt }),
  };
}

function send(board: Board, connection: MqttConnection, point: number, state: OutputState): void {
  const { deps, outputs, settings } = board;
  const output = settings.outputs.find((candidate) => candidate.point === point);
  if (output === undefined) {
    deps.log("no such output on this board", { point });
    return;
  }
  if (connection.signal.aborted) return;
  connection.publish(output.topic, state === "on" ? output.on : output.off);
  const at = deps.clock.now();
  outputs.commanded(point, at);
  deps.events.commanded(point, state, at);
}

function readBacks(board: Board, message: MqttMessage): void {
  for (const output of board.settings.outputs) {
    if (output.stateTopic !== message.topic) continue;
    const key = `read-back of output ${output.point}`;
    const state = readState(message.payload, output);
    if (!state.ok) {
      board.complaints.bad(key, state.error);
      continue;
    }
    board.complaints.good(key);
    if (board.outputs.readBack(output.point, state.value)) {
      board.deps.events.readBack(output.point, state.value, board.deps.clock.now());
    }
  }
}

/** Sends again, about once a second, what the read-back contradicts; throws when the session is lost. */
async function untilLost(board: Board, connection: MqttConnection): Promise<void> {
  const { clock, log } = board.deps;
  for (;;) {
    await sleepUntil(clock, after(clock.now(), seconds(1)), connection.signal);
    if (connection.signal.aborted) throw new Error(connection.reason);
    for (const { point, state, repeats } of board.outputs.due(clock.now())) {
      if (repeats % logEvery === 1) log(repeatText, { point, wanted: state, repeats });
      send(board, connection, point, state);
    }
  }
}
