/** A stand-in core, the recorder as a process, and what lies on its volume: for the tests of the recorder process. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instant, wallTime, type Clock } from "../../src/kernel/time.ts";
import type {
  ChannelPlan,
  CoreToRecorder,
  HoldOrder,
  RecorderPlan,
  RecorderToCore,
} from "../../src/messages/recorder.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { listenLines, type Lines } from "../../src/platform/lines.ts";
import { dataPaths } from "../../src/platform/paths.ts";
import { findMarks } from "../../src/testkit/camera/sei.ts";

const main = join(import.meta.dirname, "..", "..", "src", "recorder", "main.ts");
const patienceMs = 20_000;

export const clock: Clock = systemClock();

export interface RecorderPeer extends AsyncDisposable {
  readonly data: string;
  readonly messages: RecorderToCore[];
  send(message: CoreToRecorder): void;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Asks it to stop and gives its exit code. */
  stop(): Promise<number | null>;
  /** The first message that fits, also one that came already. */
  until<T extends RecorderToCore>(fits: (message: RecorderToCore) => message is T): Promise<T>;
  /** Numbers of the access units in the files of a channel, in the order of the files. */
  recorded(channel: number): number[];
}

export async function recorderPeer(): Promise<RecorderPeer> {
  const data = mkdtempSync(join(tmpdir(), "reed-recorder-"));
  mkdirSync(join(data, "run"));
  const messages: RecorderToCore[] = [];
  const watchers = new Set<() => void>();
  let lines: Lines<RecorderToCore, CoreToRecorder> | undefined;
  let child: ChildProcess | undefined;
  const server: Server = await listenLines<RecorderToCore, CoreToRecorder>(dataPaths(data).coreSocket, (accepted) => {
    lines = accepted;
    accepted.onMessage((message) => {
      messages.push(message);
      for (const watch of watchers) watch();
    });
  });
  const until = <T extends RecorderToCore>(fits: (message: RecorderToCore) => message is T): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = messages.find(fits);
        if (found === undefined) return;
        watchers.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        watchers.delete(look);
        reject(
          new Error(`not said in ${patienceMs} ms: ${fits.toString()}; last: ${JSON.stringify(messages.slice(-3))}`),
        );
      }, patienceMs);
      watchers.add(look);
      look();
    });
  const ended = async (): Promise<number | null> => {
    const running = child;
    child = undefined;
    if (running === undefined) return null;
    if (running.exitCode === null && running.signalCode === null) await once(running, "exit");
    return running.exitCode;
  };
  return {
    data,
    messages,
    send: (message) => lines?.send(message),
    async start() {
      messages.length = 0;
      child = spawn(process.execPath, [main, "--data", data, "--index", "0"], {
        stdio: ["ignore", process.env["REED_PEER_LOG"] === undefined ? "ignore" : "inherit", "inherit"],
      });
      await until((message) => message.kind === "hello");
    },
    async kill() {
      child?.kill("SIGKILL");
      await ended();
    },
    stop() {
      lines?.send({ kind: "stop" });
      return ended();
    },
    until,
    recorded(channel) {
      const folder = `ch${String(channel).padStart(2, "0")}-main`;
      const files = globSync(join(data, "footage", "footage", "*", folder, "*.mp4")).sort();
      return files.flatMap((file) => findMarks(readFileSync(file)).map((mark) => mark.number));
    },
    async [Symbol.asyncDispose]() {
      child?.kill("SIGKILL");
      await ended();
      lines?.close();
      await new Promise((resolve) => server.close(resolve));
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export const channelPlan = (channel: number, url: string, recordMode: ChannelPlan["recordMode"]): ChannelPlan => ({
  ...{ channel, name: `camera ${channel}`, url, username: "", password: "", audio: false },
  ...{ recordMode, preRecordMs: 2000 },
});

export const planOf = (...channels: ChannelPlan[]): RecorderPlan => ({
  revision: 1,
  channels,
  volumes: [{ id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 }],
  memoryBytes: 256e6,
  segmentMs: 3000,
});

export function holdNow(holdId: string, channel: number, preMs: number, lastsMs: number): HoldOrder {
  const edgeAt = clock.now();
  const endAt = instant(edgeAt + lastsMs);
  return {
    ...{ holdId, eventId: `event of ${holdId}`, channel, trigger: "edge", bootId: clock.bootId, edgeAt },
    ...{ edgeWall: wallTime(clock.wall()), preMs, boundAt: instant(edgeAt + 60_000), endAt },
  };
}

type Of<K extends RecorderToCore["kind"]> = Extract<RecorderToCore, { kind: K }>;
export const closed =
  (holdId: string) =>
  (message: RecorderToCore): message is Of<"hold-closed"> =>
    message.kind === "hold-closed" && message.holdId === holdId;
export const durable =
  (holdId: string) =>
  (message: RecorderToCore): message is Of<"hold-durable"> =>
    message.kind === "hold-durable" && message.holdId === holdId;
export const answered =
  (holdId: string) =>
  (message: RecorderToCore): message is Of<"hold-answer"> =>
    message.kind === "hold-answer" && message.holdId === holdId;
export const channelIs =
  (channel: number, state: string) =>
  (message: RecorderToCore): message is Of<"channel"> =>
    message.kind === "channel" && message.state.channel === channel && message.state.state === state;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
