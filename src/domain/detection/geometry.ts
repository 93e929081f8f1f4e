/**
 * Lines and areas on the picture, exact for whole numbers (all that are compared are far below 2^53).
 *
 * A point is never *on* a line here: it counts as moved by an infinitely small step to the right, and by one infinitely
 * smaller downwards (simulation of simplicity, Edelsbrunner and Mücke 1990). So a way through a vertex crosses once, a
 * way that only touches a line crosses it never or there and back, a way along a line has a side, and crossings and
 * insides always agree: who crosses a border an odd number of times has changed sides.
 */
import type { RulePoint } from "./rules.ts";

/** Twice the area of the triangle; over 0 when `point` lies right of somebody who looks from `a` to `b` (y points down). */
const cross = (a: RulePoint, b: RulePoint, point: RulePoint): number =>
  (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);

/** Where `point`, moved by the small step, lies as seen from `a` to `b`; 0 only when `a` is `b`. */
function sideOf(a: RulePoint, b: RulePoint, point: RulePoint): -1 | 0 | 1 {
  const side = Math.sign(cross(a, b, point)) || Math.sign(a.y - b.y) || Math.sign(b.x - a.x);
  return side > 0 ? 1 : side < 0 ? -1 : 0;
}

/** Where the vertex lies as seen by somebody who goes from `from` to `to`, both moved by the small step. */
function sideOfWay(from: RulePoint, to: RulePoint, vertex: RulePoint): -1 | 0 | 1 {
  const side = Math.sign(cross(from, to, vertex)) || Math.sign(to.y - from.y) || Math.sign(from.x - to.x);
  return side > 0 ? 1 : side < 0 ? -1 : 0;
}

/** How often a straight way crosses a line, by direction. */
export interface Crossings {
  /** From left to right as seen by somebody who looks along the line from its first point: A→B. */
  readonly aToB: number;
  readonly bToA: number;
}

/** The crossings of the straight way `from`–`to` with the poly-line; `closed`: its last point is joined to its first. */
export function crossings(line: readonly RulePoint[], from: RulePoint, to: RulePoint, closed = false): Crossings {
  let [aToB, bToA] = [0, 0];
  for (const [a, b] of edgesOf(line, closed)) {
    const [before, after] = [sideOf(a, b, from), sideOf(a, b, to)];
    if (before === after || sideOfWay(from, to, a) === sideOfWay(from, to, b)) continue;
    if (after > before) aToB++;
    else bToA++;
  }
  return { aToB, bToA };
}

/** The straight parts of a poly-line, in order. */
export function edgesOf(line: readonly RulePoint[], closed: boolean): readonly (readonly [RulePoint, RulePoint])[] {
  return line.flatMap((a, index) => {
    const b = line[index + 1] ?? (closed ? line[0] : undefined);
    return b === undefined || (a.x === b.x && a.y === b.y) ? [] : [[a, b] as const];
  });
}

/**
 * Inside of the area: a ray from the point to the right leaves it more often than it comes in, or less. A left or upper
 * border belongs to the area, a right or lower one does not, so that of two areas with a common border one has it.
 */
export function isInside(area: readonly RulePoint[], point: RulePoint): boolean {
  const right = { x: 1 + Math.max(point.x, ...area.map(({ x }) => x)), y: point.y };
  const { aToB, bToA } = crossings(area, point, right, true);
  return (aToB + bToA) % 2 === 1;
}

/** Of the polygon, in squares of the picture's numbers; of one that crosses itself it means nothing. */
export function polygonArea(area: readonly RulePoint[]): number {
  const [first] = area;
  if (first === undefined) return 0;
  return Math.abs(edgesOf(area, true).reduce((sum, [a, b]) => sum + cross(first, a, b), 0)) / 2;
}

const lengthOf = (a: RulePoint, b: RulePoint): number => Math.hypot(b.x - a.x, b.y - a.y);

/** The length of the poly-line. */
export const lineLength = (line: readonly RulePoint[], closed = false): number =>
  edgesOf(line, closed).reduce((sum, [a, b]) => sum + lengthOf(a, b), 0);

/** From the point to the nearest place of the poly-line; infinite of a line without two different points. */
export const distanceTo = (line: readonly RulePoint[], point: RulePoint, closed = false): number =>
  Math.min(...edgesOf(line, closed).map(([a, b]) => distanceToEdge(a, b, point)));

function distanceToEdge(a: RulePoint, b: RulePoint, point: RulePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - a.x - at * dx, point.y - a.y - at * dy);
}

/** The numbers (from 0) of two sides of the polygon that cross or touch where they must not; undefined: it is simple. */
export function selfCrossing(area: readonly RulePoint[]): readonly [number, number] | undefined {
  const sides = area.length;
  for (let one = 0; one < sides; one++)
    for (let other = one + 1; other < sides; other++) if (sidesClash(area, one, other)) return [one, other];
  return undefined;
}

function sidesClash(area: readonly RulePoint[], one: number, other: number): boolean {
  const [a, b] = [area[one], area[(one + 1) % area.length]];
  const [c, d] = [area[other], area[(other + 1) % area.length]];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return false;
  if (same(a, b) || same(c, d)) return true;
  // neighbours share a corner, and no more than that
  if (other === one + 1) return foldsBack(b, a, d);
  if (one === 0 && other === area.length - 1) return foldsBack(a, b, c);
  return segmentsTouch([a, b], [c, d]);
}

const same = (a: RulePoint, b: RulePoint): boolean => a.x === b.x && a.y === b.y;

/** Seen from the corner, both ways go the same direction. */
const foldsBack = (corner: RulePoint, one: RulePoint, other: RulePoint): boolean =>
  cross(corner, one, other) === 0 &&
  (one.x - corner.x) * (other.x - corner.x) + (one.y - corner.y) * (other.y - corner.y) > 0;

type Segment = readonly [RulePoint, RulePoint];

/** They have a point in common, be it an end. */
function segmentsTouch([a, b]: Segment, [c, d]: Segment): boolean {
  const [ofC, ofD] = [Math.sign(cross(a, b, c)), Math.sign(cross(a, b, d))];
  const [ofA, ofB] = [Math.sign(cross(c, d, a)), Math.sign(cross(c, d, b))];
  if (ofC !== ofD && ofA !== ofB) return true;
  return (
    (ofC === 0 && isBetween(a, b, c)) ||
    (ofD === 0 && isBetween(a, b, d)) ||
    (ofA === 0 && isBetween(c, d, a)) ||
    (ofB === 0 && isBetween(c, d, b))
  );
}

/** Of a point on the line through `a` and `b`. */
const isBetween = (a: RulePoint, b: RulePoint, point: RulePoint): boolean =>
  Math.min(a.x, b.x) <= point.x &&
  point.x <= Math.max(a.x, b.x) &&
  Math.min(a.y, b.y) <= point.y &&
  point.y <= Math.max(a.y, b.y);
