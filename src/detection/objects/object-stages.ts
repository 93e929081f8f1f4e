import { join } from "node:path";
import type { Clock } from "../../kernel/time.ts";
import type { ObjectTripped } from "../../messages/detection.ts";
import type { RunningModel } from "../../messages/models.ts";
import { modelFile, modelStamp, runningModel } from "../../platform/model-files.ts";
import { addObject, keepPicture } from "../../platform/object-file.ts";
import { addPieces } from "../../platform/path-file.ts";
import type { OpenObjectStage } from "../ports.ts";
import { startDetector } from "./detector.ts";
import { chooseJpeg } from "./jpeg.ts";
import type { ModelProcess, Opened } from "./model-process.ts";
import { openObjectKeeper } from "./object-keeper.ts";
import { noObjectStage, openObjectStage, wantsObjects } from "./object-stage.ts";

export interface ObjectStages extends AsyncDisposable {
  readonly open: OpenObjectStage;
  /** Which model was chosen; undefined: none was. */
  choose(model: string | undefined): void;
  /** Every few seconds: a model whose file became another one is opened anew. */
  tick(): void;
  /** Undefined while no camera wants objects. */
  readonly running: RunningModel | undefined;
}

export interface ObjectStagesDeps {
  readonly clock: Clock;
  /** `data/detection`. */
  readonly folder: string;
  /** `data/models`. */
  readonly models: string;
  /** Told which model runs. */
  readonly opened: (file: string, opened: Opened) => void;
  /** Its process ended unasked. @param last what it wrote last, or nothing */
  readonly ended?: (why: string, last: string) => void;
  readonly start?: () => ModelProcess;
  /** Somebody closed a point of a board, and their picture lies on the disk. */
  readonly tripped?: (trip: ObjectTripped) => void;
  /** Said at the change and not each time. */
  readonly warn: (channel: number, reason: string) => void;
}

/** One model for all channels, and what follows from it for each. */
export async function startObjectStages(deps: ObjectStagesDeps): Promise<ObjectStages> {
  const { folder, warn, models } = deps;
  let chosen: string | undefined;
  let model = runningModel(models, chosen);
  let stamp = modelStamp(modelFile(models, model));
  const detector = startDetector({ ...deps, file: modelFile(models, model) });
  const jpeg = await chooseJpeg();
  const keepers = new Set<AsyncDisposable>();
  const look = (): void => {
    const next = runningModel(models, chosen);
    const file = modelFile(models, next);
    const now = modelStamp(file);
    if (next !== model || now !== stamp) detector.use(file);
    [model, stamp] = [next, now];
    if (keepers.size > 0) detector.prove();
  };
  return {
    choose(next) {
      chosen = next;
      look();
    },
    tick: look,
    get running() {
      return keepers.size === 0 ? undefined : { model, ...detector.status };
    },
    open(wanted, say, showNewest) {
      if (!wantsObjects(wanted.settings)) return noObjectStage;
      const { channel } = wanted;
      const here = join(folder, String(channel));
      let said = "";
      const keeper = openObjectKeeper({
        jpeg,
        add: (object, picture) => addObject(here, object, picture),
        addPieces: (pieces) => addPieces(here, pieces),
        picture: (object, picture) => keepPicture(here, object, picture),
        tripped: ({ id, label }, trip) => deps.tripped?.({ ...trip, board: wanted.board, object: id, label }),
        lost(reason) {
          if (reason !== said) warn(channel, reason);
          said = reason;
        },
      });
      keepers.add(keeper);
      const stage = openObjectStage(wanted, { detector, keeper, say, answered: showNewest });
      return {
        ...stage,
        get newest() {
          return stage.newest;
        },
        [Symbol.dispose]() {
          stage[Symbol.dispose]();
          void keeper[Symbol.asyncDispose]().then(() => keepers.delete(keeper));
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await detector[Symbol.asyncDispose]();
      await Promise.all([...keepers].map((keeper) => keeper[Symbol.asyncDispose]()));
    },
  };
}
