/** When an object is sure enough, and of the right class and size, to count for a rule. */
import { targetClassOf, type TrackedObject } from "./objects.ts";
import { ruleScale, type DetectionRule } from "./rules.ts";

/**
 * By sensitivity 1–10: how sure the detector is at least (0–1), and in how many of an object's last `sightingsKept`
 * pictures it was so.
 */
export const surenessOf: readonly { readonly confidence: number; readonly hits: number }[] = [
  { confidence: 0.8, hits: 6 },
  { confidence: 0.75, hits: 5 },
  { confidence: 0.7, hits: 4 },
  { confidence: 0.65, hits: 4 },
  { confidence: 0.55, hits: 3 },
  { confidence: 0.5, hits: 3 },
  { confidence: 0.45, hits: 2 },
  { confidence: 0.4, hits: 2 },
  { confidence: 0.35, hits: 1 },
  { confidence: 0.3, hits: 1 },
];
export const usualSensitivity = 5;
export const sightingsKept = 8;

const sureness = (sensitivity: number): { readonly confidence: number; readonly hits: number } =>
  surenessOf[sensitivity - 1] ?? surenessOf[usualSensitivity - 1] ?? { confidence: 1, hits: sightingsKept };

/** This sight of the object counts: its class is a target, the detector is sure, and its size is one that was asked for. */
export function sightCounts(rule: DetectionRule, object: TrackedObject): boolean {
  const target = targetClassOf(object.label);
  const { leastSize, mostSize } = rule;
  const [width, height] = [object.box.width * ruleScale, object.box.height * ruleScale];
  return (
    target !== undefined &&
    rule.targets.includes(target) &&
    object.confidence >= sureness(rule.sensitivity).confidence &&
    (leastSize === undefined || (width >= leastSize.width && height >= leastSize.height)) &&
    (mostSize === undefined || (width <= mostSize.width && height <= mostSize.height))
  );
}

/** The last sights of an object, one bit each, the newest the lowest: 1 where it counted. */
export const withSight = (sights: number, counts: boolean): number =>
  ((sights << 1) | (counts ? 1 : 0)) & ((1 << sightingsKept) - 1);

/** Enough of its last sights counted. */
export function isSure(rule: DetectionRule, sights: number): boolean {
  let counted = 0;
  for (let left = sights; left !== 0; left &= left - 1) counted++;
  return counted >= sureness(rule.sensitivity).hits;
}
