/**
 * IVS rules: what an object does that counts. Places are drawn on the picture in the vendor's numbers, 0–8191 over its
 * width and height, whatever its shape (Dahua NetSDK). The geometry and the steps are in `rule-step.ts`.
 */
import type { TargetClass } from "./objects.ts";

export const mostRules = 10;
export const mostVertices = 20;
/** The largest coordinate. */
export const ruleScale = 8191;

export interface RulePoint {
  readonly x: number;
  readonly y: number;
}

interface AnyRule {
  /** 1–`mostRules`; its contact is point 10 + this. */
  readonly rule: number;
  readonly name: string;
  readonly enabled: boolean;
  /** Who counts; at least one. */
  readonly targets: readonly TargetClass[];
  /** 1–10, 5 by default: the higher, the less sure the detector has to be and the shorter the object be seen. */
  readonly sensitivity: number;
  /** Smallest and largest object that counts, in the numbers of places; absent: every size. */
  readonly leastSize?: { readonly width: number; readonly height: number };
  readonly mostSize?: { readonly width: number; readonly height: number };
}

/** A line of 2–`mostVertices` points. Somebody who looks along it from its first point goes A→B from left to right. */
export interface TripwireRule extends AnyRule {
  readonly kind: "tripwire";
  readonly line: readonly RulePoint[];
  readonly direction: "a-to-b" | "b-to-a" | "both";
}

/** An area of 3–`mostVertices` points. */
export interface IntrusionRule extends AnyRule {
  readonly kind: "intrusion";
  readonly area: readonly RulePoint[];
  /** `cross`: over its border. `appear`: inside, however it came there. */
  readonly action: "appear" | "cross";
  /** Of `cross`. */
  readonly direction: "enter" | "exit" | "both";
}

/** In the area for so long, without having left it for more than 2 s. */
export interface LoiteringRule extends AnyRule {
  readonly kind: "loitering";
  readonly area: readonly RulePoint[];
  /** Seconds, 1–600. */
  readonly stayS: number;
}

export type DetectionRule = TripwireRule | IntrusionRule | LoiteringRule;
