/** What is answered of a model. Pure. */
import type { ModelRow, TrialAnswer } from "../../contract/model.ts";
import { shippedModel } from "../../domain/detection/object-model.ts";
import { targetClassOf, type TargetClass } from "../../domain/detection/objects.ts";
import type { ModelTrial, RunningModel } from "../../messages/models.ts";
import type { KnownModel } from "./model-shelf.ts";

export interface InUse {
  /** The model that runs as soon as a camera wants objects. */
  readonly chosen: string;
  /** What the detection process says. */
  readonly running: RunningModel | undefined;
}

export function rowOf(id: string, known: KnownModel, { chosen, running }: InUse): ModelRow {
  const { bytes, sha256, description, facts, fault } = known;
  const runs = running?.model === id ? running : undefined;
  return {
    ...{ model: id, shipped: id === shippedModel, bytes, sha256, description, chosen: chosen === id },
    ...(facts === undefined ? {} : { facts: factsOf(facts) }),
    ...(fault === undefined ? {} : { fault }),
    ...(runs === undefined ? {} : { running: runningOf(runs) }),
  };
}

const runningOf = ({ state, reason, lookMs }: RunningModel): NonNullable<ModelRow["running"]> => ({
  ...{ state, reason },
  ...(lookMs === undefined ? {} : { lookMs }),
});

function factsOf({ kind, width, height, pixels, labels, lookMs }: NonNullable<KnownModel["facts"]>) {
  const named = labels.filter((label) => label !== "");
  const of = (target: TargetClass) => named.filter((label) => targetClassOf(label) === target);
  const targets = { human: of("human"), vehicle: of("vehicle") };
  return { kind, width, height, order: pixels.order, fit: pixels.fit, labels: named, targets, lookMs };
}

export const trialOf = ({ objects, ...picture }: ModelTrial): TrialAnswer => ({
  ...picture,
  objects: objects
    .toSorted((a, b) => b.confidence - a.confidence)
    .map(({ label, confidence, box }) => {
      const target = targetClassOf(label);
      return { label, confidence, box: { ...box }, ...(target === undefined ? {} : { target }) };
    }),
});
