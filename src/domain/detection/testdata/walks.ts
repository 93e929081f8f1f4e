/** Objects that go known ways, and what rules make of them. Places in percent of the picture, so that they are read easily. */
import type { TrackedObject } from "../objects.ts";
import { noRuleState, stepRules, type RuleHit } from "../rule-step.ts";
import {
  ruleScale,
  type DetectionRule,
  type IntrusionRule,
  type LoiteringRule,
  type RulePoint,
  type TripwireRule,
} from "../rules.ts";

export type Percent = readonly [x: number, y: number];

export const place = ([x, y]: Percent): RulePoint => ({
  x: Math.round((x * ruleScale) / 100),
  y: Math.round((y * ruleScale) / 100),
});

interface Looks {
  readonly track?: number;
  readonly label?: string;
  readonly confidence?: number;
  /** Percent of the picture. */
  readonly size?: Percent;
}

/** An object whose foot is there. */
export function objectAt([x, y]: Percent, looks: Looks = {}): TrackedObject {
  const { track = 1, label = "person", confidence = 0.9, size = [5, 20] } = looks;
  const [width, height] = [size[0] / 100, size[1] / 100];
  const foot = { x: x / 100, y: y / 100 };
  return { track, label, confidence, foot, box: { x: foot.x - width / 2, y: foot.y - height, width, height } };
}

/** Straight from one place to the next, `steps` pictures each. */
export const way = (places: readonly Percent[], steps = 10): Percent[] =>
  places.flatMap((to, index) => {
    const from = places[index - 1];
    if (from === undefined) return [to];
    return Array.from({ length: steps }, (_, n): Percent => {
      const part = (n + 1) / steps;
      return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
    });
  });

export const usual = { rule: 1, name: "Gate", enabled: true, targets: ["human", "vehicle"], sensitivity: 5 } as const;

/** Upright in the middle, drawn from below to above: left is A. */
export const tripwire = (more: Partial<TripwireRule> = {}): TripwireRule => ({
  ...usual,
  ...{ kind: "tripwire", line: [place([50, 90]), place([50, 10])], direction: "both" },
  ...more,
});

const yard = ([[30, 30] as const, [70, 30] as const, [70, 90] as const, [30, 90] as const] satisfies Percent[]).map(place);

export const intrusion = (more: Partial<IntrusionRule> = {}): IntrusionRule => ({
  ...{ ...usual, name: "Yard" },
  ...{ kind: "intrusion", area: yard, action: "cross", direction: "both" },
  ...more,
});

export const loitering = (more: Partial<LoiteringRule> = {}): LoiteringRule => ({
  ...{ ...usual, name: "Yard" },
  ...{ kind: "loitering", area: yard, stayS: 10 },
  ...more,
});

export interface Seen {
  readonly hits: readonly RuleHit[];
  readonly titles: readonly string[];
  /** For each picture, the rules whose contacts are closed. */
  readonly closed: readonly (readonly number[])[];
}

/** What the rules see, a picture every `everyMs`. */
export function watch(
  rules: readonly DetectionRule[],
  pictures: readonly (readonly TrackedObject[])[],
  everyMs = 200,
): Seen {
  let state = noRuleState;
  const hits: RuleHit[] = [];
  const closed: number[][] = [];
  for (const [index, tracked] of pictures.entries()) {
    const step = stepRules(rules, state, tracked, 1000 + index * everyMs);
    state = step.state;
    hits.push(...step.hits);
    closed.push(step.closed.map(({ rule }) => rule));
  }
  return { hits, titles: hits.map(({ title }) => title), closed };
}

/** One object alone. */
export const walks = (rule: DetectionRule, feet: readonly Percent[], looks: Looks = {}, everyMs = 200): Seen =>
  watch(
    [rule],
    feet.map((foot) => [objectAt(foot, looks)]),
    everyMs,
  );
