/** Where one object is as seen by one rule, and what it did there: geometry and time alone, whoever it is. */
import { crossings, distanceTo, isInside, lineLength, polygonArea } from "./geometry.ts";
import type { DetectionRule, IntrusionRule, LoiteringRule, RulePoint, TripwireRule } from "./rules.ts";

/** Milliseconds that somebody may leave an area and still have stayed in it. */
export const forgivenMs = 2000;

export type Place =
  /** `net`: crossings A→B less those back since its foot was last clear of the line. */
  | { readonly kind: "tripwire"; readonly net: number }
  /** On which side of the border it last was for certain. */
  | { readonly kind: "border"; readonly inside: boolean }
  | { readonly kind: "appear" }
  /** Since when it stays, and when it was last seen inside. */
  | { readonly kind: "loitering"; readonly since?: number; readonly insideAt?: number };

export type Deed = "a-to-b" | "b-to-a" | "enter" | "exit";

export interface PlaceStep {
  readonly place: Place;
  /** What it has just done, if the rule asks for it. */
  readonly deed?: Deed;
  /** What the rule asks for is so now, and stays so until it is not any more. */
  readonly lasts: boolean;
}

export interface Foot {
  readonly at: number;
  readonly point: RulePoint;
  /** How far beyond a line it has to be, in the numbers of places, to be there for certain. */
  readonly margin: number;
}

/** The object's foot is here now; `before`: where it was, and what was made of that. */
export function stepPlace(
  rule: DetectionRule,
  foot: Foot,
  before: { readonly place: Place; readonly point: RulePoint } | undefined,
): PlaceStep {
  if (rule.kind === "tripwire") return stepTripwire(rule, foot, before);
  if (rule.kind === "loitering") return stepLoitering(rule, foot, before?.place);
  if (rule.action === "appear") return { place: { kind: "appear" }, lasts: isInside(rule.area, foot.point) };
  return stepBorder(rule, foot, before?.place);
}

function stepTripwire(
  rule: TripwireRule,
  { point, margin }: Foot,
  before: { readonly place: Place; readonly point: RulePoint } | undefined,
): PlaceStep {
  const { aToB, bToA } = crossings(rule.line, before?.point ?? point, point);
  const net = (before?.place.kind === "tripwire" ? before.place.net : 0) + aToB - bToA;
  // a foot that trembles on the line has not crossed it: it counts when it is clear of it, and by what is left over
  if (distanceTo(rule.line, point) < margin) return { place: { kind: "tripwire", net }, lasts: false };
  const deed = net > 0 ? "a-to-b" : net < 0 ? "b-to-a" : undefined;
  return { place: { kind: "tripwire", net: 0 }, ...asked(rule.direction, deed), lasts: false };
}

/** A narrow area would have no inside with the whole margin: at most half of what its size divided by its border is. */
const marginIn = (area: readonly RulePoint[], margin: number): number =>
  Math.min(margin, polygonArea(area) / (2 * lineLength(area, true)));

function stepBorder(rule: IntrusionRule, { point, margin }: Foot, before: Place | undefined): PlaceStep {
  const now = isInside(rule.area, point);
  const was = before?.kind === "border" ? before.inside : now;
  if (now === was || distanceTo(rule.area, point, true) < marginIn(rule.area, margin))
    return { place: { kind: "border", inside: was }, lasts: false };
  return { place: { kind: "border", inside: now }, ...asked(rule.direction, now ? "enter" : "exit"), lasts: false };
}

const asked = (direction: "both" | Deed, deed: Deed | undefined): { readonly deed?: Deed } =>
  deed !== undefined && (direction === "both" || direction === deed) ? { deed } : {};

function stepLoitering(rule: LoiteringRule, { at, point }: Foot, before: Place | undefined): PlaceStep {
  const { since, insideAt } = before?.kind === "loitering" ? before : {};
  const stayed = since !== undefined && insideAt !== undefined && at - insideAt <= forgivenMs;
  if (!isInside(rule.area, point))
    return { place: { kind: "loitering", ...(stayed ? { since, insideAt } : {}) }, lasts: false };
  const from = stayed ? since : at;
  return { place: { kind: "loitering", since: from, insideAt: at }, lasts: at - from >= rule.stayS * 1000 };
}
