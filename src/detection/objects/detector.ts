import type { SeenObject } from "../../domain/detection/objects.ts";
import type { Crop, ObjectDetector, RgbPicture } from "../ports.ts";
import { keptModel, type KeptModel, type KeptModelDeps } from "./kept-model.ts";
import { createTurns } from "./turns.ts";

export interface DetectorDeps extends KeptModelDeps {
  /** The model's file. */
  readonly file: string;
}

/** The detector of all channels, whose model can be changed. */
export interface ModelDetector extends ObjectDetector {
  readonly status: KeptModel["status"];
  /** Another model from now on, or the same one anew. */
  use(file: string): void;
  /** Opens the model unless it is open; comes back at once. */
  prove(): void;
}

interface Wanted {
  readonly picture: RgbPicture;
  readonly crops: readonly Crop[];
  resolve(objects: readonly SeenObject[] | undefined): void;
  reject(error: Error): void;
}

/** The model of a file as the detector of all channels; its process is started when the first picture comes, or to prove it. */
export function startDetector(deps: DetectorDeps): ModelDetector {
  const turns = createTurns<Wanted>();
  const kept = keptModel(deps, deps.file);
  let running = false;
  let closed = false;
  let shallProve = false;
  const answer = async (wanted: Wanted): Promise<void> => {
    try {
      wanted.resolve((await kept.look(wanted.picture, wanted.crops)).objects);
    } catch (error) {
      wanted.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const run = async (): Promise<void> => {
    running = true;
    for (;;) {
      const wanted = turns.next();
      if (wanted !== undefined) await answer(wanted);
      else if (shallProve) {
        shallProve = false;
        await kept.prove();
      } else break;
    }
    running = false;
  };
  return {
    name: deps.file,
    get side() {
      return kept.side;
    },
    get status() {
      return kept.status;
    },
    use: (file) => kept.use(file),
    prove() {
      shallProve = !closed;
      if (!running) void run();
    },
    look: (channel, picture, crops) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error("the detector is closed");
        turns.offer(channel, { picture, crops, resolve, reject })?.resolve(undefined);
        if (!running) void run();
      }),
    [Symbol.asyncDispose]() {
      [closed, shallProve] = [true, false];
      for (const wanted of turns.clear()) wanted.resolve(undefined);
      kept[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}
