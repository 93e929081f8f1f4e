/** The rules of one camera as the page changes them. Pure; no DOM. */
import type { DetectionRule, RulePoint } from "../../../../src/domain/detection/rules.ts";
import { usualSensitivity } from "../../../../src/domain/detection/rule-sureness.ts";
import { without } from "../../../shared/detection/linked-inputs.ts";
import { shapeProblem, type ShapeKind, type ShapeProblem } from "./shape.ts";

export const ruleKinds = ["tripwire", "intrusion", "loitering"] as const;
export type RuleKind = (typeof ruleKinds)[number];

export const usualStayS = 10;
export const stayRange = [1, 600] as const;
export const sensitivityRange = [1, 10] as const;

/** As a rule begins: for people and vehicles, not drawn yet. */
export function newRule(kind: RuleKind, rule: number, name: string): DetectionRule {
  const any = { rule, name, enabled: true, targets: ["human", "vehicle"], sensitivity: usualSensitivity } as const;
  switch (kind) {
    case "tripwire":
      return { ...any, kind, line: [], direction: "both" };
    case "intrusion":
      return { ...any, kind, area: [], action: "cross", direction: "enter" };
    case "loitering":
      return { ...any, kind, area: [], stayS: usualStayS };
  }
}

export const inOrder = (rules: readonly DetectionRule[]): readonly DetectionRule[] =>
  rules.toSorted((a, b) => a.rule - b.rule);

export const putRule = (rules: readonly DetectionRule[], rule: DetectionRule): readonly DetectionRule[] =>
  inOrder([...rules.filter((one) => one.rule !== rule.rule), rule]);

export const shapeOf = (rule: DetectionRule): readonly RulePoint[] =>
  rule.kind === "tripwire" ? rule.line : rule.area;

export const shapeKindOf = (rule: DetectionRule): ShapeKind => (rule.kind === "tripwire" ? "line" : "area");

export const withShape = (rule: DetectionRule, points: readonly RulePoint[]): DetectionRule =>
  rule.kind === "tripwire" ? { ...rule, line: points } : { ...rule, area: points };

/** Another kind keeps what it can: a line and an area are not the same, two kinds with an area are. */
export function withKind(rule: DetectionRule, kind: RuleKind): DetectionRule {
  if (rule.kind === kind) return rule;
  const { rule: number, name, enabled, targets, sensitivity, leastSize, mostSize } = rule;
  const kept = {
    ...{ enabled, targets, sensitivity },
    ...(leastSize === undefined ? {} : { leastSize }),
    ...(mostSize === undefined ? {} : { mostSize }),
  };
  const next: DetectionRule = { ...newRule(kind, number, name), ...kept };
  return shapeKindOf(next) === shapeKindOf(rule) ? withShape(next, shapeOf(rule)) : next;
}

export type SizeFilter = "leastSize" | "mostSize";
export type FilterSize = NonNullable<DetectionRule[SizeFilter]>;

/** `size` undefined: objects of any size count, on that side. */
export function withSize(rule: DetectionRule, which: SizeFilter, size: FilterSize | undefined): DetectionRule {
  return size === undefined ? (without(rule, which) as DetectionRule) : { ...rule, [which]: size };
}

export type RuleProblem = ShapeProblem | "name" | "targets" | "stay" | "sizes";

const outside = (value: number, [least, most]: readonly [number, number]): boolean =>
  !(value >= least && value <= most);

/** The first thing that keeps a rule from being applied. */
export function ruleProblem(rule: DetectionRule): RuleProblem | undefined {
  const { leastSize, mostSize } = rule;
  if (rule.name.trim() === "") return "name";
  if (rule.targets.length === 0) return "targets";
  if (rule.kind === "loitering" && outside(rule.stayS, stayRange)) return "stay";
  if (leastSize !== undefined && mostSize !== undefined)
    if (leastSize.width > mostSize.width || leastSize.height > mostSize.height) return "sizes";
  return shapeProblem(shapeOf(rule), shapeKindOf(rule));
}
