import { fork, type ChildProcess } from "node:child_process";
import { after, seconds, type Clock } from "../../kernel/time.ts";
import type { Crop, RgbPicture } from "../ports.ts";
import type { FromModel, ToModel } from "./wire.ts";

export type Opened = Extract<FromModel, { kind: "opened" }>;
export type Seen = Extract<FromModel, { kind: "seen" }>;

/** One model in a process of its own. Ask one thing at a time. */
export interface ModelProcess extends Disposable {
  /** False once it ended; then everything rejects. */
  readonly alive: boolean;
  open(file: string): Promise<Opened>;
  look(picture: RgbPicture, crops: readonly Crop[]): Promise<Seen>;
}

/** A large model on a slow machine loads for some seconds. */
const openMs = seconds(60);
/** A picture of a large model with several crops. */
const lookMs = seconds(30);
/** JavaScript of the child holds a picture or two; the weights lie outside of its heap. */
const flags = ["--max-old-space-size=128"] as const;

/** Starts one. @param script what runs in it; another one in tests */
export function startModelProcess(clock: Clock, script = new URL("./child.ts", import.meta.url)): ModelProcess {
  const child = fork(script, [], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    serialization: "advanced",
    execArgv: [...process.execArgv.filter((flag) => flag.startsWith("--experimental-")), ...flags],
  });
  const ask = asker(child, clock);
  return {
    get alive() {
      return ask.alive();
    },
    open: (file) => ask.ask({ kind: "open", file }, "opened", openMs),
    look: (picture, crops) => ask.ask({ kind: "look", picture, crops }, "seen", lookMs),
    [Symbol.dispose]() {
      ask.end("the model's process is closed");
    },
  };
}

function asker(child: ChildProcess, clock: Clock) {
  let waiting: ((message: FromModel) => void) | undefined;
  let ended: string | undefined;
  const end = (why: string): void => {
    if (ended !== undefined) return;
    ended = why;
    child.kill("SIGKILL");
    const who = waiting;
    waiting = undefined;
    who?.({ kind: "failed", message: why });
  };
  child.on("message", (message: FromModel) => {
    const who = waiting;
    waiting = undefined;
    who?.(message);
  });
  child.once("error", (error) => end(`the model's process could not be started: ${error.message}`));
  child.once("exit", (code, signal) => end(`the model's process ended (${signal ?? `exit code ${code ?? 0}`})`));
  const ask = <K extends FromModel["kind"]>(message: ToModel, kind: K, longestMs: number) =>
    new Promise<Extract<FromModel, { kind: K }>>((resolve, reject) => {
      if (ended !== undefined) throw new Error(ended);
      if (waiting !== undefined) throw new Error("the model is asked one thing at a time");
      const cancel = clock.wakeAt(after(clock.now(), longestMs), () => end("the model does not answer"));
      waiting = (answer) => {
        cancel();
        if (answer.kind === kind) resolve(answer as Extract<FromModel, { kind: K }>);
        else reject(new Error(answer.kind === "failed" ? answer.message : `the model answered ${answer.kind}`));
      };
      child.send(message, (error) => {
        if (error !== null) end(`the model's process took no picture: ${error.message}`);
      });
    });
  return { ask, end, alive: () => ended === undefined };
}
