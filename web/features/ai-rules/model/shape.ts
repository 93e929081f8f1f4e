/** Lines and areas as they are drawn on the picture, in the numbers of rules. Pure; no DOM. */
import { selfCrossing } from "../../../../src/domain/detection/geometry.ts";
import { mostVertices, ruleScale, type RulePoint } from "../../../../src/domain/detection/rules.ts";

/** A poly-line, or an area whose last corner is joined to its first. */
export type ShapeKind = "line" | "area";

export const leastVertices = { line: 2, area: 3 } as const;

const inside = (value: number): number => Math.min(ruleScale, Math.max(0, Math.round(value)));
const onPicture = ({ x, y }: RulePoint): RulePoint => ({ x: inside(x), y: inside(y) });

/** A place by its parts of the picture's width and height. */
export const placeAt = (x: number, y: number): RulePoint => onPicture({ x: x * ruleScale, y: y * ruleScale });

export const same = (a: RulePoint, b: RulePoint): boolean => a.x === b.x && a.y === b.y;

/** One more at its end, unless it is where the last one is or there are enough. */
export function addPoint(points: readonly RulePoint[], point: RulePoint): readonly RulePoint[] {
  const last = points.at(-1);
  const isThere = last !== undefined && same(last, onPicture(point));
  return points.length >= mostVertices || isThere ? points : [...points, onPicture(point)];
}

export const movePoint = (points: readonly RulePoint[], index: number, to: RulePoint): readonly RulePoint[] =>
  points.map((point, at) => (at === index ? onPicture(to) : point));

/** Without that point; a shape keeps as many as it needs. */
export const removePoint = (points: readonly RulePoint[], index: number, kind: ShapeKind): readonly RulePoint[] =>
  points.length <= leastVertices[kind] ? points : points.filter((_, at) => at !== index);

/** A new one in the middle of the side that begins at `index`. */
export function splitSide(points: readonly RulePoint[], index: number): readonly RulePoint[] {
  const [a, b] = [points[index], points[(index + 1) % points.length]];
  if (a === undefined || b === undefined || points.length >= mostVertices) return points;
  const middle = onPicture({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  return [...points.slice(0, index + 1), middle, ...points.slice(index + 1)];
}

/** The middles of the sides, at which one more point can be had; none when there are enough. */
export function middles(points: readonly RulePoint[], kind: ShapeKind): readonly RulePoint[] {
  if (points.length >= mostVertices) return [];
  const sides = kind === "area" ? points.length : points.length - 1;
  return Array.from({ length: Math.max(0, sides) }, (_, index) => {
    const a = points[index] ?? { x: 0, y: 0 };
    const b = points[(index + 1) % points.length] ?? a;
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  });
}

export type ShapeProblem = "undrawn" | "crosses";

/** What keeps a shape from being one. */
export function shapeProblem(points: readonly RulePoint[], kind: ShapeKind): ShapeProblem | undefined {
  if (points.length < leastVertices[kind]) return "undrawn";
  return kind === "area" && selfCrossing(points) !== undefined ? "crosses" : undefined;
}

/** Steps of the keyboard, in parts of the picture. */
const [fine, coarse] = [0.005, 0.05];

/** Where an arrow key takes a place; undefined: it is no arrow. */
export function arrowStep({ x, y }: RulePoint, key: string, far: boolean): RulePoint | undefined {
  const by = (far ? coarse : fine) * ruleScale;
  switch (key) {
    case "ArrowLeft":
      return onPicture({ x: x - by, y });
    case "ArrowRight":
      return onPicture({ x: x + by, y });
    case "ArrowUp":
      return onPicture({ x, y: y - by });
    case "ArrowDown":
      return onPicture({ x, y: y + by });
    default:
      return undefined;
  }
}

/** Percent of the picture, as places and sizes are said. */
export const percentOf = (value: number): number => Math.round((value / ruleScale) * 100);
export const fromPercent = (percent: number): number => inside((percent / 100) * ruleScale);

export interface SideMark {
  readonly x: number;
  readonly y: number;
  /** Unit vector from A to B. */
  readonly toB: { readonly x: number; readonly y: number };
}

/**
 * Where the sides of a line are written, and which way A→B is: at the middle of its longest part, to the right of who
 * looks along it. In pixels (or anything square), because a right angle on the picture is none in its own numbers.
 */
export function sideMark(points: readonly RulePoint[]): SideMark | undefined {
  const [longest] = points
    .slice(1)
    .map((to, index) => ({ from: points[index] ?? to, to }))
    .map((part) => ({ ...part, length: Math.hypot(part.to.x - part.from.x, part.to.y - part.from.y) }))
    .toSorted((a, b) => b.length - a.length);
  if (longest === undefined || longest.length === 0) return undefined;
  const { from, to, length } = longest;
  const toB = { x: (from.y - to.y) / length, y: (to.x - from.x) / length };
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, toB };
}
