import { fork, type ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { after, seconds, type Clock } from "../../../kernel/time.ts";
import { BucketError } from "../../../bucket/port.ts";
import type { ArchiveStore, FoundCopy } from "./store.ts";
import type { FromChild, StoreAsk, StoreStart, ToChild } from "./wire.ts";

/** A small request: the server has 10 s for it, the child tries none twice. */
const answerMs = seconds(15);
/** A copy that does not get on: its requests have 60 s without a byte. */
const copyMs = seconds(150);

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  moved(bytes: number): void;
  /** Puts the deadline off. */
  alive(): void;
}

/**
 * The store of a bucket in a process of its own, which is started when it is first needed and again after it ended. One
 * that does not answer in time is ended: what it had begun is gone on with by the next.
 * @param script what the child runs
 */
export function childStore(script: string, start: StoreStart, clock: Clock): ArchiveStore {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let next = 1;
  let closed = false;
  const lost = (why: string) => {
    child = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const one of all) one.reject(new BucketError("away", why));
  };
  const running = (): ChildProcess => {
    if (child !== undefined) return child;
    mkdirSync(dirname(start.memory), { recursive: true, mode: 0o700 });
    const made = fork(script, [], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [...childFlags] });
    made.on("message", (message: FromChild) => hear(waiting, message));
    made.once("error", () => made === child && lost("the archive's process could not be started"));
    made.once("exit", () => made === child && lost("the archive's process ended"));
    made.send({ kind: "start", start } satisfies ToChild);
    child = made;
    return made;
  };
  const ask = <T>(what: StoreAsk, longestMs: number, moved: (bytes: number) => void = () => undefined): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (closed) throw new BucketError("away", "the archive is closed");
      const id = next++;
      const asked = running();
      const giveUp = () => {
        if (asked !== child) return;
        asked.kill("SIGKILL");
        lost("the archive's process does not answer");
      };
      let cancel = clock.wakeAt(after(clock.now(), longestMs), giveUp);
      const alive = () => {
        cancel();
        cancel = clock.wakeAt(after(clock.now(), longestMs), giveUp);
      };
      waiting.set(id, {
        resolve(value) {
          cancel();
          resolve(value as T);
        },
        reject(error) {
          cancel();
          reject(error);
        },
        ...{ moved, alive },
      });
      asked.send({ kind: "ask", id, ask: what } satisfies ToChild);
    });
  return {
    get closed() {
      return closed;
    },
    read: (name) => ask<string | undefined>({ kind: "read", name }, answerMs),
    write: (name, text) => ask({ kind: "write", name, text }, answerMs),
    remove: (name) => ask({ kind: "remove", name }, 2 * answerMs),
    list: (from) => ask<readonly string[]>({ kind: "list", ...(from === undefined ? {} : { after: from }) }, answerMs),
    rowOf: (name) => ask<FoundCopy | undefined>({ kind: "rowOf", name }, answerMs),
    copy: (job, moved) => ask({ kind: "copy", job }, copyMs, moved),
    [Symbol.asyncDispose]() {
      closed = true;
      child?.kill("SIGKILL");
      lost("the archive is closed");
      return Promise.resolve();
    },
  };
}

/** Parts of a few MiB are all that it holds. */
const childFlags = ["--max-old-space-size=96"] as const;

function hear(waiting: Map<number, Waiting>, message: FromChild): void {
  const one = waiting.get(message.id);
  if (one === undefined) return;
  if (message.kind === "moved") {
    one.moved(message.bytes);
    one.alive();
    return;
  }
  waiting.delete(message.id);
  if (message.kind === "done") one.resolve(message.value);
  else
    one.reject(
      message.trouble === undefined ? new Error(message.message) : new BucketError(message.trouble, message.message),
    );
}
