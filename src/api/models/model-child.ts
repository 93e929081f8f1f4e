import { fork } from "node:child_process";
import { availableParallelism, totalmem } from "node:os";
import { after, seconds, type Clock } from "../../kernel/time.ts";
import type { FromTrial, ToTrial } from "../../messages/models.ts";
import { processUsage } from "../../platform/machine.ts";

/** Opens a model in a process of its own and answers what it asked for. Rejects with a sentence. */
export type AskModel = (asked: ToTrial) => Promise<Exclude<FromTrial, { kind: "failed" }>>;

/** A large model on a slow machine loads for some seconds, and is looked through some times. */
const longestMs = seconds(availableParallelism() > 2 ? 60 : 90);
const lookEveryMs = 100;
const gigabyte = 1024 ** 3;
/** What one may take: recording and alarms need the rest. */
const mostBytes = Math.min(2 * gigabyte, totalmem() / 3);

export interface ModelChildOptions {
  readonly clock: Clock;
  /** What the process runs. */
  readonly script: string;
  readonly mostBytes?: number;
}

/** By a child process that is ended when it takes too long or too much memory; one at a time. */
export function modelChild({ clock, script, mostBytes: most = mostBytes }: ModelChildOptions): AskModel {
  let last: Promise<unknown> = Promise.resolve();
  const run: AskModel = (asked) =>
    new Promise((resolve, reject) => {
      const child = fork(script, [], {
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        serialization: "advanced",
        execArgv: [
          ...process.execArgv.filter((flag) => flag.startsWith("--experimental-")),
          "--max-old-space-size=256",
        ],
      });
      let over = false;
      const end = (finish: () => void): void => {
        if (over) return;
        over = true;
        cancelWatch();
        cancelTime();
        child.kill("SIGKILL");
        finish();
      };
      const refuse = (why: string): void => end(() => reject(new Error(why)));
      const watch = (): void => {
        const bytes = child.pid === undefined ? 0 : (processUsage(child.pid)?.rssBytes ?? 0);
        if (bytes > most) refuse(`the model took more than ${Math.round(most / 1024 ** 2)} MB of memory`);
        else cancelWatch = clock.wakeAt(after(clock.now(), lookEveryMs), watch);
      };
      let cancelWatch = clock.wakeAt(after(clock.now(), lookEveryMs), watch);
      const cancelTime = clock.wakeAt(after(clock.now(), longestMs), () => refuse("the model does not answer"));
      child.once("message", (said: FromTrial) => {
        if (said.kind === "failed") refuse(said.message);
        else end(() => resolve(said));
      });
      // more than one may come: of the start, and of what could not be sent then
      child.on("error", (error) => refuse(`the model's process could not be started: ${error.message}`));
      child.once("exit", (code, signal) => refuse(`the model's process ended (${signal ?? `exit code ${code ?? 0}`})`));
      child.send(asked);
    });
  return (asked) => {
    const turn = last.then(() => run(asked));
    last = turn.catch(() => undefined);
    return turn;
  };
}
