/** A child process of ours that runs what strangers made: bound in memory, ended with us, and told of once. */
import { fork } from "node:child_process";
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { after, type Clock } from "../kernel/time.ts";
import { endingWithParent, parentDeathWords } from "./end-with-parent.ts";
import { processUse } from "./other-process.ts";

export interface BoundChildOptions {
  readonly clock: Clock;
  /** What it runs. */
  readonly script: string | URL;
  /** Of its JavaScript; what native code takes is not in there. MB. */
  readonly heapMb: number;
  /** Bytes that it may hold of the machine, all in all. */
  readonly mostBytes?: number;
  /** Before its command, so that it ends with us; in tests: none. */
  readonly before?: readonly string[];
}

export interface BoundChildEvents<From> {
  message(said: From): void;
  /** Once; nothing follows. @param why a sentence; @param last what it wrote to its standard error last, or nothing */
  ended(why: string, last: string): void;
}

export interface BoundChild<To> {
  readonly pid: number | undefined;
  /** Why it ended; undefined while it runs. */
  readonly why: string | undefined;
  send(message: To): void;
  /** Kills it. */
  end(why: string): void;
}

const lookEveryMs = 100;
const mebibyte = 1024 ** 2;
/** What one may take: recording and alarms need the rest. */
const usualBytes = Math.min(2048 * mebibyte, totalmem() / 3);
const longestWords = 300;

/** Starts one; messages go over Node's own channel. */
export function startBoundChild<To extends object, From>(
  options: BoundChildOptions,
  events: BoundChildEvents<From>,
): BoundChild<To> {
  const { clock, script, heapMb, mostBytes = usualBytes, before = parentDeathWords() } = options;
  const flags = process.execArgv.filter((flag) => flag.startsWith("--experimental-"));
  const args = [...flags, `--max-old-space-size=${heapMb}`];
  const { command, args: execArgv } = endingWithParent({ command: process.execPath, args }, before);
  const child = fork(typeof script === "string" ? script : fileURLToPath(script), [], {
    ...{ execPath: command, execArgv: [...execArgv], serialization: "advanced" },
    // not inherited: whoever waits for the end of our output would wait for a child that is stuck
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let ended: string | undefined;
  let last = "";
  const end = (why: string): void => {
    if (ended !== undefined) return;
    ended = why;
    cancelLook();
    child.kill("SIGKILL");
    child.stderr?.destroy();
    events.ended(why, last);
  };
  const look = (): void => {
    const bytes = child.pid === undefined ? 0 : (processUse(child.pid)?.memory ?? 0);
    if (bytes > mostBytes) end(`the model took more than ${Math.round(mostBytes / mebibyte)} MB of memory`);
    else cancelLook = clock.wakeAt(after(clock.now(), lookEveryMs), look);
  };
  let cancelLook = clock.wakeAt(after(clock.now(), lookEveryMs), look);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (last = `${last}${text}`.slice(-longestWords)));
  child.stderr?.on("error", () => undefined);
  child.on("message", (message) => {
    if (ended === undefined) events.message(message as From);
  });
  // more than one may come: of the start, and of what could not be sent then
  child.on("error", (error) => end(`the model's process could not be started: ${error.message}`));
  child.once("exit", (code, signal) => end(`the model's process ended (${signal ?? `exit code ${code ?? 0}`})`));
  return {
    pid: child.pid,
    get why() {
      return ended;
    },
    send(message) {
      child.send(message, (error) => {
        if (error !== null) end(`the model's process takes nothing more: ${error.message}`);
      });
    },
    end,
  };
}
