/** What the rules of one camera say of their points, picture by picture. Pure; keeps its own memory. */
import type { TrackedObject } from "./objects.ts";
import { detectionPoints } from "./points.ts";
import { closedAt, isFollowing, noRuleState, stepRules, type ClosedRule, type RuleHit } from "./rule-step.ts";
import type { DetectionRule } from "./rules.ts";
import type { PointLevel } from "./video-stages.ts";

export interface RulesFound {
  /** Of all rules, in their order. */
  readonly points: readonly PointLevel[];
  /** What has just begun. */
  readonly hits: readonly RuleHit[];
}

export interface RulePoints {
  /** A picture in which objects were looked for; none were there: it was nobody. `at`: ms, never backwards. */
  look(tracked: readonly TrackedObject[], at: number): RulesFound;
  /** A picture in which nothing moved, so that nobody was looked for. */
  rest(at: number): readonly PointLevel[];
  /** Somebody whom the rules go by was seen just now: worth another look even where nothing moves any more. */
  wantsLook(at: number): boolean;
  /** Nothing is looked at any more. */
  forget(): void;
}

/** A rule that is off looks at nothing: its contact is not open, it is not known. */
const off: Pick<PointLevel, "level" | "reason"> = { level: "unknown", reason: "the rule is switched off" };

/** Made anew when the rules change. */
export function createRulePoints(rules: readonly DetectionRule[]): RulePoints {
  let state = noRuleState;
  const pointsOf = (closed: readonly ClosedRule[]): readonly PointLevel[] =>
    rules.map(({ rule, enabled }): PointLevel => {
      const point = detectionPoints.rule + rule;
      const found = closed.find((one) => one.rule === rule);
      if (!enabled) return { point, ...off };
      return found === undefined ? { point, level: "open" } : { point, level: "closed", title: found.title };
    });
  return {
    look(tracked, at) {
      const step = stepRules(rules, state, tracked, at);
      state = step.state;
      return { points: pointsOf(step.closed), hits: step.hits };
    },
    rest: (at) => pointsOf(closedAt(state, at)),
    wantsLook: (at) => rules.some(({ enabled }) => enabled) && isFollowing(state, at),
    forget() {
      state = noRuleState;
    },
  };
}
