/** Ten rules on the street of `vtest.avi`, in its pixels; drawn where people do many things and the labels are clear. */
import { ruleScale, type DetectionRule, type RulePoint } from "../../../src/domain/detection/rules.ts";
import { film, type Spot } from "./walks.ts";

type Pixels = readonly [x: number, y: number];
const spots = (points: readonly Pixels[]): readonly Spot[] => points.map(([x, y]) => ({ x, y }));

/** Drawn from below to above: A is the left side. */
const leftEnd = spots([
  [181, 330],
  [181, 150],
]);
const square = spots([
  [568, 420],
  [568, 242],
]);
const leftArea = spots([
  [0, 170],
  [181, 150],
  [181, 330],
  [0, 330],
]);
const lawn = spots([
  [0, 350],
  [250, 350],
  [420, 440],
  [600, 530],
  [620, 576],
  [0, 576],
]);
const sign = spots([
  [370, 230],
  [450, 230],
  [450, 285],
  [370, 285],
]);
const kerb = spots([
  [617, 375],
  [695, 375],
  [695, 425],
  [617, 425],
]);

export type StreetRule =
  | { readonly kind: "line"; readonly name: string; readonly line: readonly Spot[]; readonly deed: "a-to-b" | "b-to-a" }
  | { readonly kind: "border"; readonly name: string; readonly area: readonly Spot[]; readonly deed: "enter" | "exit" }
  | { readonly kind: "inside"; readonly name: string; readonly area: readonly Spot[]; readonly stayS: number };

/** Rule n is the n-th. `stayS` 0: appear. */
export const streetRules: readonly StreetRule[] = [
  { kind: "line", name: "Left end", line: leftEnd, deed: "a-to-b" },
  { kind: "line", name: "Left end", line: leftEnd, deed: "b-to-a" },
  { kind: "line", name: "Square", line: square, deed: "a-to-b" },
  { kind: "line", name: "Square", line: square, deed: "b-to-a" },
  { kind: "border", name: "Left end", area: leftArea, deed: "enter" },
  { kind: "border", name: "Left end", area: leftArea, deed: "exit" },
  { kind: "inside", name: "Lawn", area: lawn, stayS: 0 },
  { kind: "inside", name: "Lawn", area: lawn, stayS: 10 },
  { kind: "inside", name: "Sign", area: sign, stayS: 5 },
  { kind: "inside", name: "Kerb", area: kerb, stayS: 5 },
];

const placed = (places: readonly Spot[]): readonly RulePoint[] =>
  places.map(({ x, y }) => ({
    x: Math.round((x / film.width) * ruleScale),
    y: Math.round((y / film.height) * ruleScale),
  }));

/** The same as settings of a camera. */
export const ruleSettings: readonly DetectionRule[] = streetRules.map((rule, index) => {
  const usual = {
    rule: index + 1,
    name: rule.name,
    enabled: true,
    targets: ["human", "vehicle"],
    sensitivity: 5,
  } as const;
  if (rule.kind === "line") return { ...usual, kind: "tripwire", line: placed(rule.line), direction: rule.deed };
  const area = placed(rule.area);
  if (rule.kind === "border") return { ...usual, kind: "intrusion", area, action: "cross", direction: rule.deed };
  if (rule.stayS === 0) return { ...usual, kind: "intrusion", area, action: "appear", direction: "both" };
  return { ...usual, kind: "loitering", area, stayS: rule.stayS };
});
