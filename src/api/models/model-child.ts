import { availableParallelism } from "node:os";
import { after, seconds, type Clock } from "../../kernel/time.ts";
import type { FromTrial, ToTrial } from "../../messages/models.ts";
import { startBoundChild, type BoundChildOptions } from "../../platform/bound-child.ts";

/** Opens a model in a process of its own and answers what it asked for. Rejects with a sentence. */
export type AskModel = (asked: ToTrial) => Promise<Exclude<FromTrial, { kind: "failed" }>>;

/** A large model on a slow machine loads for some seconds, and is looked through some times. */
const longestMs = seconds(availableParallelism() > 2 ? 60 : 90);
const heapMb = 256;

export interface ModelChildOptions extends Pick<BoundChildOptions, "mostBytes" | "before"> {
  readonly clock: Clock;
  /** What the process runs. */
  readonly script: string;
}

/** By a child process that is ended when it takes too long or too much memory; one at a time. */
export function modelChild(options: ModelChildOptions): AskModel {
  const { clock } = options;
  let last: Promise<unknown> = Promise.resolve();
  const run: AskModel = (asked) =>
    new Promise((resolve, reject) => {
      const child = startBoundChild<ToTrial, FromTrial>(
        { ...options, heapMb },
        {
          message(said) {
            if (said.kind !== "failed") resolve(said);
            child.end(said.kind === "failed" ? said.message : "it has answered");
          },
          ended(why) {
            cancelTime();
            reject(new Error(why));
          },
        },
      );
      const cancelTime = clock.wakeAt(after(clock.now(), longestMs), () => child.end("the model does not answer"));
      child.send(asked);
    });
  return (asked) => {
    const turn = last.then(() => run(asked));
    last = turn.catch(() => undefined);
    return turn;
  };
}
