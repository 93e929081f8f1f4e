/** Which model finds objects, as the detection process says it; that it can't is a trouble which names it. */
import { modelId } from "../domain/detection/object-model.ts";
import { oneLine } from "../domain/message-title.ts";
import type { RunningModel } from "../messages/models.ts";
import type { LiveBook } from "./live-book.ts";

export interface ModelWatch {
  /** What the process says; undefined: it finds no objects, nobody wants any. */
  take(said: unknown): void;
  /** The process is away: nothing is known of its model. */
  gone(): void;
}

/** A model that ended once is started again within a second: that is nobody's trouble. */
const failuresUntilTrouble = 2;
const key = (model: string): string => `model:${model}`;

export function startModelWatch(live: Pick<LiveBook, "publish" | "raise" | "settle">): ModelWatch {
  let known: RunningModel | undefined;
  const follow = (next: RunningModel | undefined): void => {
    if (JSON.stringify(next) === JSON.stringify(known)) return;
    const before = known;
    known = next;
    live.publish({ kind: "detection-model", ...(next === undefined ? {} : { model: next }) });
    if (before !== undefined && before.model !== next?.model) live.settle(key(before.model));
    if (next === undefined) return;
    if (next.failures === 0) live.settle(key(next.model));
    else if (next.failures >= failuresUntilTrouble && next.reason !== "")
      live.raise(
        key(next.model),
        `the model "${next.model}" can't be used, people and vehicles are not found: ${next.reason}`,
      );
  };
  return { take: (said) => follow(readModel(said)), gone: () => follow(undefined) };
}

const states: readonly string[] = ["idle", "open", "failed"] satisfies RunningModel["state"][];

/** Believed as far as it makes sense: the process decodes what strangers send. */
function readModel(said: unknown): RunningModel | undefined {
  if (typeof said !== "object" || said === null) return undefined;
  const { model, state, reason, failures, lookMs } = said as Partial<Record<keyof RunningModel, unknown>>;
  if (typeof model !== "string" || !modelId.test(model)) return undefined;
  if (typeof state !== "string" || !states.includes(state)) return undefined;
  return {
    ...{ model, state: state as RunningModel["state"] },
    reason: typeof reason === "string" ? oneLine(reason) : "",
    failures: isAmount(failures) ? Math.min(failuresUntilTrouble, Math.floor(failures)) : 0,
    // two digits: a page that shows it is not drawn anew for every look
    ...(isAmount(lookMs) ? { lookMs: Number(lookMs.toPrecision(2)) } : {}),
  };
}

const isAmount = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0;
