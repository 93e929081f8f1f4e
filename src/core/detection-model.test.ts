import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunningModel } from "../messages/models.ts";
import { startModelWatch } from "./detection-model.ts";

function watched() {
  const told: string[] = [];
  const troubles = new Map<string, string>();
  const watch = startModelWatch({
    publish: (event) => void told.push(JSON.stringify("model" in event ? event.model : null)),
    raise: (key, what) => void troubles.set(key, what),
    settle: (key) => void troubles.delete(key),
  });
  return { watch, told, troubles: () => [...troubles].map((one) => one.join(" ")) };
}

const open: RunningModel = { model: "nanodet", state: "open", reason: "", failures: 0, lookMs: 21.234 };
const failed = (failures: number, model = "yolox"): RunningModel => ({
  ...{ model, state: "failed", reason: "out of memory", failures },
});

test("which model runs is told when it changes, and not with every look", () => {
  const { watch, told } = watched();
  watch.take(open);
  watch.take({ ...open, lookMs: 21.4 });
  watch.take(undefined);
  watch.take(undefined);
  assert.deepEqual(told, [JSON.stringify({ ...open, lookMs: 21 }), "null"]);
});

test("a model that fails again and again is a trouble with its name, which ends when it works, is changed or is away", () => {
  const { watch, troubles } = watched();
  const trouble = 'model:yolox the model "yolox" can\'t be used, people and vehicles are not found: out of memory';
  watch.take(failed(1));
  assert.deepEqual(troubles(), [], "it is started again at once");
  watch.take(failed(2));
  assert.deepEqual(troubles(), [trouble]);
  watch.take({ ...failed(2), state: "open", reason: "" });
  assert.deepEqual(troubles(), [trouble], "that it loads is no picture that it looked at");
  watch.take({ ...open, model: "yolox" });
  assert.deepEqual(troubles(), []);
  watch.take(failed(2));
  watch.take(open);
  assert.deepEqual(troubles(), []);
  watch.take(failed(2));
  watch.gone();
  assert.deepEqual(troubles(), []);
});

test("what makes no sense is no model", () => {
  const { watch, told } = watched();
  for (const said of [null, 7, {}, { ...open, model: "../secret" }, { ...open, state: "fine" }, { ...open, model: 1 }])
    watch.take(said);
  assert.deepEqual(told, []);
  watch.take({ ...open, lookMs: Number.NaN, failures: "many", reason: "a\nb" });
  assert.deepEqual(told, ['{"model":"nanodet","state":"open","reason":"a b","failures":0}']);
});
