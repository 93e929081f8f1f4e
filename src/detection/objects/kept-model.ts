/** Keeps the process of the chosen model open, and starts it again after it ended, not at once. */
import { after, seconds, type Clock, type Instant } from "../../kernel/time.ts";
import type { RunningModel } from "../../messages/models.ts";
import type { Crop, RgbPicture } from "../ports.ts";
import { startModelProcess, type ModelProcess, type Opened, type Seen } from "./model-process.ts";

/** After a model could not be loaded, or its process ended, it is tried again after so long; longer each time. */
const pauses = [seconds(1), seconds(5), seconds(30), seconds(120)] as const;
/** Looks of which the middle one is told. */
const remembered = 101;
/** Of the model that comes along, and much the same of others. */
const usualSide = 416;
const blankSide = 64;
const blank: RgbPicture = { width: blankSide, height: blankSide, bytes: new Uint8Array(3 * blankSide ** 2) };
const blankCrop: Crop = { x: 0, y: 0, width: blankSide, height: blankSide };

export interface KeptModelDeps {
  readonly clock: Clock;
  readonly start?: () => ModelProcess;
  /** Told what the model is, each time that it was opened. */
  readonly opened?: (file: string, opened: Opened) => void;
  /** Its process ended and nobody had asked for that. @param last what it wrote last, or nothing */
  readonly ended?: (why: string, last: string) => void;
}

export interface KeptModel extends Disposable {
  /** Longer side of its input, pixels; a guess until it is open. */
  readonly side: number;
  readonly status: Omit<RunningModel, "model">;
  /** Another one from now on, or the same one opened anew; what the one before is asked rejects. */
  use(file: string): void;
  /** Opens it and shows it an empty picture, unless it is open or failed a moment ago. Never rejects: `status` tells. */
  prove(): Promise<void>;
  look(picture: RgbPicture, crops: readonly Crop[]): Promise<Seen>;
}

export function keptModel({ clock, start, opened, ended }: KeptModelDeps, first: string): KeptModel {
  let file = first;
  let side = usualSide;
  let model: ModelProcess | undefined;
  let isOpen = false;
  let failures = 0;
  let pause: { readonly until: Instant; readonly why: string } | undefined;
  let looks: number[] = [];
  /** Counts the models that were chosen: what one of before says is nobody's. */
  let life = 0;

  const failed = (error: unknown): void => {
    model?.[Symbol.dispose]();
    [model, isOpen] = [undefined, false];
    const ms = pauses[Math.min(failures, pauses.length - 1)] ?? 0;
    failures++;
    pause = { until: after(clock.now(), ms), why: error instanceof Error ? error.message : String(error) };
  };
  const opening = async (): Promise<ModelProcess> => {
    if (model?.alive === true && isOpen) return model;
    const mine = life;
    isOpen = false;
    model = start === undefined ? startModelProcess({ clock, ...(ended === undefined ? {} : { ended }) }) : start();
    const here = model;
    const is = await here.open(file);
    if (mine !== life) throw new Error("another model takes over");
    isOpen = true;
    side = Math.max(is.spec.input.width, is.spec.input.height);
    opened?.(file, is);
    return here;
  };
  const look = async (picture: RgbPicture, crops: readonly Crop[]): Promise<Seen> => {
    if (pause !== undefined && clock.now() < pause.until) throw new Error(pause.why);
    const mine = life;
    try {
      const seen = await (await opening()).look(picture, crops);
      if (mine !== life) throw new Error("another model takes over");
      [failures, pause] = [0, undefined];
      looks = [...looks.slice(1 - remembered), seen.ms / Math.max(1, crops.length)];
      return seen;
    } catch (error) {
      if (mine !== life) throw new Error("another model takes over", { cause: error });
      failed(error);
      throw error;
    }
  };
  return {
    get side() {
      return side;
    },
    get status() {
      const state: RunningModel["state"] = pause !== undefined ? "failed" : isOpen ? "open" : "idle";
      const middle = looks.toSorted((a, b) => a - b)[Math.floor(looks.length / 2)];
      return { state, reason: pause?.why ?? "", failures, ...(middle === undefined ? {} : { lookMs: middle }) };
    },
    use(next) {
      life++;
      model?.[Symbol.dispose]();
      [file, model, isOpen, failures, pause, looks] = [next, undefined, false, 0, undefined, []];
    },
    async prove() {
      const isDue = !(isOpen && model?.alive === true) && (pause === undefined || clock.now() >= pause.until);
      // `status` has the reason
      if (isDue) await look(blank, [blankCrop]).catch(() => undefined);
    },
    look,
    [Symbol.dispose]() {
      life++;
      model?.[Symbol.dispose]();
    },
  };
}
