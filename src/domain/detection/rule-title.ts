/** What a rule saw, in one sentence; the German ones are in `contract/sentences/analysis.ts`. */
import type { TargetClass } from "./objects.ts";
import type { Deed } from "./rule-place.ts";
import type { DetectionRule } from "./rules.ts";

type Seen = Deed | "inside";

const titles: Readonly<Record<TargetClass, Readonly<Record<Seen, (name: string) => string>>>> = {
  human: {
    "a-to-b": (name) => `a person crossed "${name}" from A to B`,
    "b-to-a": (name) => `a person crossed "${name}" from B to A`,
    enter: (name) => `a person entered "${name}"`,
    exit: (name) => `a person left "${name}"`,
    inside: (name) => `a person is in "${name}"`,
  },
  vehicle: {
    "a-to-b": (name) => `a vehicle crossed "${name}" from A to B`,
    "b-to-a": (name) => `a vehicle crossed "${name}" from B to A`,
    enter: (name) => `a vehicle entered "${name}"`,
    exit: (name) => `a vehicle left "${name}"`,
    inside: (name) => `a vehicle is in "${name}"`,
  },
};

const stayed: Readonly<Record<TargetClass, (name: string, s: number) => string>> = {
  human: (name, s) => `a person has stayed in "${name}" for ${s} s`,
  vehicle: (name, s) => `a vehicle has stayed in "${name}" for ${s} s`,
};

/** `deed` undefined: it is where the rule asks for. */
export const titleOf = (rule: DetectionRule, deed: Deed | undefined, target: TargetClass): string =>
  rule.kind === "loitering" ? stayed[target](rule.name, rule.stayS) : titles[target][deed ?? "inside"](rule.name);
