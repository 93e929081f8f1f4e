import { after, seconds, type Clock } from "../../../kernel/time.ts";
import { BucketError } from "../../../bucket/port.ts";
import type { ArchiveStore, FoundCopy } from "./store.ts";
import type { FromBucket, RecorderEnd, StoreAsk, StoreStart } from "./wire.ts";

/** A small request: the server has 10 s for it, the process tries none twice. */
const answerMs = seconds(15);
/** A copy that does not get on: its requests have 60 s without a byte. */
const copyMs = seconds(150);

export interface ProcessStoreDeps {
  readonly clock: Clock;
  readonly start: StoreStart;
  /** Keeps a connection to the process, and says each that is made; until the returned function is called. */
  readonly connect: (connected: (line: RecorderEnd) => void) => () => void;
  /** It does not answer: core is asked to end it. */
  readonly silent: () => void;
}

interface Asked {
  readonly ask: StoreAsk;
  resolve(value: unknown): void;
  reject(error: Error): void;
  moved(bytes: number): void;
  /** Puts the deadline off. */
  alive(): void;
}

/**
 * The store of a bucket, in a process of its own that core keeps running (`main.ts`). What is asked for before it is
 * there waits for it, so long as an answer may take. What it had begun when it ended, the next one goes on with.
 */
export function processStore({ clock, start, connect, silent }: ProcessStoreDeps): ArchiveStore {
  const asked = new Map<number, Asked>();
  let line: RecorderEnd | undefined;
  let next = 1;
  let closed = false;
  const giveUp = (why: string) => {
    const all = [...asked.values()];
    asked.clear();
    for (const one of all) one.reject(new BucketError("away", why));
  };
  const disconnect = connect((made) => {
    line = made;
    made.onMessage((message) => hear(asked, message));
    made.onClose(() => {
      if (line !== made) return;
      line = undefined;
      giveUp("the archive's process ended");
    });
    made.send({ kind: "start", start });
    for (const [id, { ask }] of asked) made.send({ kind: "ask", id, ask });
  });
  const unanswered = () => {
    if (line === undefined) {
      giveUp("the archive's process does not run");
      return;
    }
    silent();
    // while core is away nobody ends it: then it is to forget what it was asked for
    line.send({ kind: "start", start });
    giveUp("the archive's process does not answer");
  };
  const ask = <T>(what: StoreAsk, longestMs: number, moved: (bytes: number) => void = () => undefined): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (closed) throw new BucketError("away", "the archive is closed");
      const id = next++;
      const wake = () => clock.wakeAt(after(clock.now(), longestMs), unanswered);
      let cancel = wake();
      asked.set(id, {
        ask: what,
        resolve(value) {
          cancel();
          resolve(value as T);
        },
        reject(error) {
          cancel();
          reject(error);
        },
        moved,
        alive() {
          cancel();
          cancel = wake();
        },
      });
      line?.send({ kind: "ask", id, ask: what });
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
      disconnect();
      giveUp("the archive is closed");
      return Promise.resolve();
    },
  };
}

function hear(asked: Map<number, Asked>, message: FromBucket): void {
  const one = asked.get(message.id);
  if (one === undefined) return;
  if (message.kind === "moved") {
    one.moved(message.bytes);
    one.alive();
    return;
  }
  asked.delete(message.id);
  if (message.kind === "done") one.resolve(message.value);
  else
    one.reject(
      message.trouble === undefined ? new Error(message.message) : new BucketError(message.trouble, message.message),
    );
}
