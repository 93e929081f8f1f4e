import { after, seconds, type Clock } from "../../kernel/time.ts";
import { startBoundChild } from "../../platform/bound-child.ts";
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
const heapMb = 128;

export interface ModelProcessOptions {
  readonly clock: Clock;
  /** What runs in it; another one in tests. */
  readonly script?: URL;
  readonly mostBytes?: number;
  /** It ended and nobody had asked for that. @param last what it wrote to its standard error last, or nothing */
  readonly ended?: (why: string, last: string) => void;
}

const ownScript = new URL("./child.ts", import.meta.url);
const closed = "the model's process is closed";

/** Starts one. */
export function startModelProcess({ script = ownScript, ended, ...options }: ModelProcessOptions): ModelProcess {
  const { clock } = options;
  let waiting: ((message: FromModel) => void) | undefined;
  const answer = (message: FromModel): void => {
    const who = waiting;
    waiting = undefined;
    who?.(message);
  };
  const child = startBoundChild<ToModel, FromModel>(
    { ...options, script, heapMb },
    {
      message: answer,
      ended(why, last) {
        if (why !== closed) ended?.(why, last);
        answer({ kind: "failed", message: why });
      },
    },
  );
  const ask = <K extends FromModel["kind"]>(message: ToModel, kind: K, longestMs: number) =>
    new Promise<Extract<FromModel, { kind: K }>>((resolve, reject) => {
      if (child.why !== undefined) throw new Error(child.why);
      if (waiting !== undefined) throw new Error("the model is asked one thing at a time");
      const cancel = clock.wakeAt(after(clock.now(), longestMs), () => child.end("the model does not answer"));
      waiting = (said) => {
        cancel();
        if (said.kind === kind) resolve(said as Extract<FromModel, { kind: K }>);
        else reject(new Error(said.kind === "failed" ? said.message : `the model answered ${said.kind}`));
      };
      child.send(message);
    });
  return {
    get alive() {
      return child.why === undefined;
    },
    open: (file) => ask({ kind: "open", file }, "opened", openMs),
    look: (picture, crops) => ask({ kind: "look", picture, crops }, "seen", lookMs),
    [Symbol.dispose]: () => child.end(closed),
  };
}
