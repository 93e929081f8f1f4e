/** A run of the whole Reed under strace: cameras, a board, alarms, new segments; and what it told the outside. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCameraProgram, type CameraProgram } from "../../src/testkit/process.ts";
import { startBoardProgram, type BoardProgram } from "../support/board.ts";
import { pause, startReed, type Api, type RunningReed } from "../support/reed.ts";
import { live } from "../support/site.ts";
import { readSenderLog, type SenderFacts } from "../verifier/logs.ts";
import { diskFrom, type Disk } from "./disk.ts";
import { readCalls, straceCommand } from "./strace.ts";

/** Something that a caller was told, at an instant (ms of CLOCK_MONOTONIC). */
export type Told =
  | { readonly kind: "armed"; readonly asked: number; readonly at: number; readonly armed: boolean }
  | { readonly kind: "triggered"; readonly at: number; readonly eventId: string }
  | { readonly kind: "channel"; readonly at: number; readonly channel: number };

export interface Recording {
  readonly disk: Disk;
  /** The data folder; it is gone after the run, and the configuration names its volume by the whole path. */
  readonly data: string;
  readonly told: readonly Told[];
  /** By channel. */
  readonly sent: ReadonlyMap<number, SenderFacts>;
  /** An instant of CLOCK_MONOTONIC (ms) as CLOCK_REALTIME (s), which strace prints. */
  toReal(instant: number): number;
  toInstant(real: number): number;
  readonly key: string;
  /** All cameras were live, and the run began to end; instants. */
  readonly from: number;
  readonly until: number;
}

export const preRecordS = 2;
export const continuous = [1, 2] as const;
export const alarmOnly = 3;
export const maxRecordS = 10;

const now = () => Number(process.hrtime.bigint()) / 1e6;

/**
 * CLOCK_REALTIME − CLOCK_MONOTONIC, ms: at the tick of a millisecond both are known to a microsecond, unless another
 * process came between, which only makes it smaller.
 */
function clockOffset(): number {
  const once = () => {
    const before = Date.now();
    let wall = before;
    while (wall === before) wall = Date.now();
    return wall - now();
  };
  return Math.max(...Array.from({ length: 20 }, once));
}

const source = (gopSeconds: number) =>
  ({ kind: "synthetic", width: 160, height: 96, fps: 15, gopSeconds, bitsPerSecond: 120_000 }) as const;

/** Takes about half a minute. */
export async function record(): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), "rd-"));
  const [data, logs] = [join(folder, "data"), join(folder, "logs")];
  for (const path of [data, logs]) mkdirSync(path);
  const trace = join(folder, "trace");
  const offsets = [clockOffset()];
  try {
    await using cameras = await startCameraProgram({
      cameras: [{ source: source(1) }, { source: source(2) }, { source: source(1) }],
      logFolder: logs,
    });
    await using board = await startBoardProgram({ contacts: 1, relays: 1, closed: [true] });
    const ran = await runUnder(trace, data, cameras, board);
    offsets.push(clockOffset());
    await cameras.send({ do: "flush" });
    const disk = diskFrom(readCalls(readFileSync(trace, "latin1")), data);
    const sent = new Map([1, 2, 3].map((channel) => [channel, readSenderLog(join(logs, `cam${channel}.log`))]));
    const offset = offsets.reduce((sum, each) => sum + each, 0) / offsets.length;
    return {
      ...ran,
      ...{ disk, data },
      sent,
      toReal: (instant) => (instant + offset) / 1000,
      toInstant: (real) => real * 1000 - offset,
    };
  } finally {
    if (process.env["REED_KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
    else console.log(`kept ${folder}`);
  }
}

type Ran = Pick<Recording, "told" | "from" | "until" | "key">;

async function runUnder(trace: string, data: string, cameras: CameraProgram, board: BoardProgram): Promise<Ran> {
  const reed = await startReed({ data, wrap: straceCommand(trace) });
  try {
    const told: Told[] = [];
    const api = await reed.administrator();
    await setUp(api, cameras, board, told);
    for (const channel of [...continuous, alarmOnly]) await live(api, channel, channel === alarmOnly ? 2500 : 1);
    const from = now();
    await alarms(api, reed, cameras, board, told);
    const until = now();
    await stop(reed);
    return { told, from, until, key: api.key };
  } finally {
    await reed.killAll();
  }
}

/** strace does not pass signals on: the launcher, core's parent, is told. */
async function stop(reed: RunningReed): Promise<void> {
  const stat = readFileSync(`/proc/${reed.pid("core")}/stat`, "utf8");
  process.kill(Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]), "SIGTERM");
  await reed.stop();
}

async function setUp(api: Api, cameras: CameraProgram, board: BoardProgram, told: Told[]): Promise<void> {
  for (const channel of [...continuous, alarmOnly]) {
    const recordMode = channel === alarmOnly ? "alarm" : "continuous";
    await api.post("channels", { url: cameras.urls[channel - 1], preRecordS, recordMode });
    told.push({ kind: "channel", at: now(), channel });
  }
  const modbus = { kind: "modbus-tcp", host: "127.0.0.1", port: board.port, pollMs: 20 };
  const points = { inputs: [{ point: 1, address: 0 }], outputs: [{ point: 1, address: 0 }] };
  await api.post("boards", { driver: { ...modbus, ...points } });
  await api.post("boards", { driver: { kind: "http-trigger", inputs: [{ point: 1, key: triggerKey, maxS: 5 }] } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  const common = { antiDitherS: 1, maxRecordS };
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...{ ...common, name: "Door", kind: "door", board: 1, point: 1, debounceMs: 60, postRecordS: 2 },
    ...{ recordChannels: [1, 2, 3], outputs: [{ output: 1, holdS: 1 }] },
  });
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...{ ...common, name: "Call", kind: "button", board: 2, point: 1, postRecordS: 1, recordChannels: [2, 3] },
  });
}

const triggerKey = "a key of the test only";

async function alarms(
  api: Api,
  reed: RunningReed,
  cameras: CameraProgram,
  board: BoardProgram,
  told: Told[],
): Promise<void> {
  const arm = async (armed: boolean) => {
    const asked = now();
    await api.post("arming", { armed });
    told.push({ kind: "armed", asked, at: now(), armed });
  };
  const trigger = async (verb: string, eventId: string) => {
    const headers = { "x-reed-key": triggerKey };
    const answer = await fetch(`${reed.url}/trigger/2/1/${verb}?event_id=${eventId}&max_s=3`, {
      method: "POST",
      headers,
    });
    if (!answer.ok) throw new Error(`trigger: ${answer.status} ${await answer.text()}`);
    told.push({ kind: "triggered", at: now(), eventId });
  };
  await pause(3000);
  await board.send({ do: "pulse", contact: 0, ms: 300 });
  await pause(1000);
  await arm(true);
  await board.send({ do: "pulse", contact: 0, ms: 1500 });
  await pause(2500);
  await cameras.send({ do: "change-parameters", camera: 1, source: { ...source(1), width: 192 } });
  await trigger("pulse", "first");
  await pause(1500);
  await cameras.send({ do: "reboot", camera: 2, downMs: 400 });
  await pause(2500);
  await trigger("start", "second");
  await pause(1000);
  await board.send({ do: "pulse", contact: 0, ms: 200 });
  await arm(false);
  await pause(1000);
  await cameras.send({ do: "change-parameters", camera: 3, source: { ...source(1), width: 192 } });
  await pause(7500);
  await arm(true);
  await board.send({ do: "set", contact: 0, to: "open" });
  await pause(1500);
}
