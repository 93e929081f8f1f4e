/** Rules and smart motion of one camera with the alarm inputs on their points, as the page changes them. Pure. */
import { targetClasses, type TargetClass } from "../../../../src/domain/detection/objects.ts";
import { detectionPoints } from "../../../../src/domain/detection/points.ts";
import type { CameraRule } from "../../../../src/domain/detection/own-settings.ts";
import type { DetectionRule } from "../../../../src/domain/detection/rules.ts";
import type { SmartMotionSettings } from "../../../../src/domain/detection/settings.ts";
import {
  changeInput,
  inputAt,
  linkageFor,
  nameOfInput,
  newLinked,
  putInput,
  savedDraft,
  without,
  type DetectionFields,
  type LinkedDraft,
} from "../../../shared/detection/linked-inputs.ts";
import { ownRulesOf, ruleNumbers, withOwnRules } from "../../../shared/detection/own.ts";
import { linkageProblem, type LinkageProblem } from "../../../shared/linkage/linkage-value.ts";
import type { Channel, Input } from "../../../shared/types.ts";
import { putRule, ruleProblem, type RuleProblem } from "./rules.ts";

export type Camera = Pick<Channel, "channel" | "name">;

export const pointOfRule = (rule: number): number => detectionPoints.rule + rule;

/** What is saved: the camera's settings, and the inputs on the points of rules and of smart motion. */
export const draftOf = (settings: DetectionFields, board: number | undefined, inputs: readonly Input[]): LinkedDraft =>
  savedDraft(settings, board, inputs, (point) => point > detectionPoints.rule);

export const rulesOf = ({ settings }: LinkedDraft): readonly DetectionRule[] => settings.rules ?? [];

export const ruleAt = (draft: LinkedDraft, rule: number): DetectionRule | undefined =>
  rulesOf(draft).find((one) => one.rule === rule);

function withRules(draft: LinkedDraft, rules: readonly DetectionRule[]): LinkedDraft {
  const rest = without(draft.settings, "rules");
  return { ...draft, settings: rules.length === 0 ? rest : { ...rest, rules } };
}

/** A rule that is new or changed; its alarm input is there, on as long as the rule is, and has its name. */
export function changeRule(draft: LinkedDraft, rule: DetectionRule, camera: Camera): LinkedDraft {
  const before = ruleAt(draft, rule.rule);
  const point = pointOfRule(rule.rule);
  const next = withRules(draft, putRule(rulesOf(draft), rule));
  const linked = inputAt(next, point);
  if (linked === undefined) {
    const made = newLinked(camera, { point, kind: "video-rule", what: rule.name });
    return putInput(next, { settings: { ...made.settings, enabled: rule.enabled } });
  }
  // somebody who gave it a name of its own keeps that
  const wasUsual = before !== undefined && linked.settings.name === nameOfInput(camera.name, before.name);
  return changeInput(next, point, {
    ...(before?.enabled === rule.enabled ? {} : { enabled: rule.enabled }),
    ...(wasUsual ? { name: nameOfInput(camera.name, rule.name) } : {}),
  });
}

/** Its alarm input goes with it. */
export const removeRule = (draft: LinkedDraft, rule: number): LinkedDraft =>
  withRules(
    { ...draft, inputs: draft.inputs.filter(({ settings }) => settings.point !== pointOfRule(rule)) },
    rulesOf(draft).filter((one) => one.rule !== rule),
  );

/** A rule that is drawn in the camera; its alarm input is there. */
export function addCameraRule(draft: LinkedDraft, rule: CameraRule, camera: Camera): LinkedDraft {
  const next = withOwnRules(draft, [...ownRulesOf(draft), rule]);
  return putInput(next, newLinked(camera, { point: pointOfRule(rule.rule), kind: "video-rule", what: rule.name }));
}

/** Its alarm input goes with it. */
export const removeCameraRule = (draft: LinkedDraft, rule: number): LinkedDraft =>
  withOwnRules(
    { ...draft, inputs: draft.inputs.filter(({ settings }) => settings.point !== pointOfRule(rule)) },
    ownRulesOf(draft).filter((one) => one.rule !== rule),
  );

/** Its alarm input is called so too, unless somebody gave it a name of its own. */
export function renameCameraRule(draft: LinkedDraft, rule: number, name: string, camera: Camera): LinkedDraft {
  const before = ownRulesOf(draft).find((one) => one.rule === rule);
  const next = withOwnRules(
    draft,
    ownRulesOf(draft).map((one) => (one.rule === rule ? { ...one, name } : one)),
  );
  const linked = inputAt(next, pointOfRule(rule));
  const wasUsual = before !== undefined && linked?.settings.name === nameOfInput(camera.name, before.name);
  return wasUsual ? changeInput(next, pointOfRule(rule), { name: nameOfInput(camera.name, name) }) : next;
}

export const pointOfSmart = (target: TargetClass): number => detectionPoints[target];

export const isSmart = ({ settings }: LinkedDraft, target: TargetClass): boolean => settings.smart?.[target] === true;

const offSmart: SmartMotionSettings = { human: false, vehicle: false, sensitivity: "middle" };

/**
 * Switched on it has an alarm input: the one that is saved, as long as its removal was not applied. Switched off that
 * goes too, since its point does.
 */
export function switchSmart(
  draft: LinkedDraft,
  target: TargetClass,
  on: boolean,
  { camera, what, saved }: { readonly camera: Camera; readonly what: string; readonly saved: LinkedDraft },
): LinkedDraft {
  const smart = { ...(draft.settings.smart ?? offSmart), [target]: on };
  const rest = without(draft.settings, "smart");
  const settings = smart.human || smart.vehicle ? { ...rest, smart } : rest;
  const point = pointOfSmart(target);
  const next = { ...draft, settings };
  if (!on) return { ...next, inputs: next.inputs.filter(({ settings: one }) => one.point !== point) };
  const known = inputAt(draft, point) ?? inputAt(saved, point);
  return putInput(next, known ?? newLinked(camera, { point, kind: "video-rule", what }));
}

export const withSmartSensitivity = (
  draft: LinkedDraft,
  sensitivity: SmartMotionSettings["sensitivity"],
): LinkedDraft => ({
  ...draft,
  settings: { ...draft.settings, smart: { ...(draft.settings.smart ?? offSmart), sensitivity } },
});

export type Problem =
  | { readonly kind: "rule"; readonly rule: DetectionRule; readonly problem: RuleProblem }
  | { readonly kind: "cameraRule" }
  | { readonly kind: "linkage"; readonly problem: LinkageProblem };

/** The first thing that keeps it from being applied. */
export function problemOf(draft: LinkedDraft): Problem | undefined {
  for (const rule of rulesOf(draft)) {
    const problem = ruleProblem(rule);
    if (problem !== undefined) return { kind: "rule", rule, problem };
  }
  if (ownRulesOf(draft).some(({ name }) => name.trim() === "")) return { kind: "cameraRule" };
  const problem = draft.inputs.map(({ settings }) => linkageProblem(settings)).find((one) => one !== undefined);
  return problem === undefined ? undefined : { kind: "linkage", problem };
}

export const copiedParts = ["rules", "smart", "linkage"] as const;
export type CopiedPart = (typeof copiedParts)[number];

interface Copied {
  readonly draft: LinkedDraft;
  readonly camera: Camera;
}

/**
 * Numbers of the copied rules on the other camera: their own, or, where a rule that is drawn in that camera has it, the
 * lowest that is free. With none left it stays, and the server refuses.
 */
function numbersFor(from: LinkedDraft, to: LinkedDraft): ReadonlyMap<number, number> {
  const theirs = new Set(ownRulesOf(to).map(({ rule }) => rule));
  const drawn = rulesOf(from).map(({ rule }) => rule);
  const numbers = new Map(drawn.filter((rule) => !theirs.has(rule)).map((rule) => [rule, rule]));
  for (const rule of drawn.filter((one) => theirs.has(one))) {
    const taken = new Set([...theirs, ...numbers.values()]);
    numbers.set(rule, ruleNumbers.find((one) => !taken.has(one)) ?? rule);
  }
  return numbers;
}

/** What the other camera has after it: the same rules in the place of its own; with `linkage`, linked alike. */
export function copyOnto(
  from: Copied,
  to: Copied,
  what: readonly CopiedPart[],
  nameOf: (target: TargetClass) => string,
): LinkedDraft {
  let next = to.draft;
  const numbers = numbersFor(from.draft, to.draft);
  if (what.includes("rules")) {
    const kept = new Set(numbers.values());
    for (const { rule } of rulesOf(next)) if (!kept.has(rule)) next = removeRule(next, rule);
    for (const one of rulesOf(from.draft))
      next = changeRule(next, { ...one, rule: numbers.get(one.rule) ?? one.rule }, to.camera);
  }
  if (what.includes("smart")) {
    for (const target of targetClasses)
      next = switchSmart(next, target, isSmart(from.draft, target), {
        camera: to.camera,
        what: nameOf(target),
        saved: to.draft,
      });
    const { smart } = from.draft.settings;
    if (smart !== undefined) next = withSmartSensitivity(next, smart.sensitivity);
  }
  if (!what.includes("linkage")) return next;
  for (const { settings } of from.draft.inputs) {
    const point = copiedPoint(settings.point, numbers, what);
    if (point !== undefined)
      next = changeInput(next, point, linkageFor(settings, from.camera.channel, to.camera.channel));
  }
  return next;
}

/** Where what hangs on a point of the one camera hangs on the other; undefined: it is not copied. */
function copiedPoint(
  point: number,
  numbers: ReadonlyMap<number, number>,
  what: readonly CopiedPart[],
): number | undefined {
  if (point >= detectionPoints.human) return what.includes("smart") ? point : undefined;
  const rule = numbers.get(point - detectionPoints.rule);
  return rule === undefined || !what.includes("rules") ? undefined : pointOfRule(rule);
}
