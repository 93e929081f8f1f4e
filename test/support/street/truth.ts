/** What the labels say that happened: crossings with their instants, and when there was somebody where. */
import type { StreetRule } from "./rules.ts";
import { film, frameOf, speedOf, walks, type Frame, type Spot, type Walk } from "./walks.ts";

/** `perhaps`: the labels are not exact enough to say, or it is somebody who stands still. */
export type Answer = "yes" | "no" | "perhaps";

export interface Deed {
  readonly second: number;
  readonly who: string;
  readonly answer: "yes" | "perhaps";
}

/** Labels are off by up to this many pixels: who is no further from a line is on neither side for certain. */
const unsurePx = 10;
/** Somebody has to be clear of the line this long before and after, s. */
const clearWithinS = 2;
const stepS = 0.1;

const cross = (a: Spot, b: Spot, c: Spot): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

function distance(a: Spot, b: Spot, { x, y }: Spot): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const part = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(a.x + part * dx - x, a.y + part * dy - y);
}

const pairs = (points: readonly Spot[], closed: boolean): (readonly [Spot, Spot])[] =>
  points.flatMap((b, n) => {
    const a = points[n === 0 ? points.length - 1 : n - 1];
    return a === undefined || (n === 0 && !closed) ? [] : [[a, b] as const];
  });

/** The picture's own edge is no border that somebody could be beyond. */
const isPictureEdge = ([a, b]: readonly [Spot, Spot]): boolean =>
  (a.x === b.x && (a.x === 0 || a.x === film.width)) || (a.y === b.y && (a.y === 0 || a.y === film.height));

const nearest = (edges: readonly (readonly [Spot, Spot])[], spot: Spot): number =>
  Math.min(...edges.filter((edge) => !isPictureEdge(edge)).map(([a, b]) => distance(a, b, spot)));

/** By the ray to the right. */
export const inside = (area: readonly Spot[], spot: Spot): boolean =>
  pairs(area, true).filter(
    ([a, b]) => a.y > spot.y !== b.y > spot.y && a.x + ((spot.y - a.y) / (b.y - a.y)) * (b.x - a.x) > spot.x,
  ).length %
    2 ===
  1;

function* stepsOf(walk: Walk): Generator<readonly [second: number, from: Spot, to: Spot]> {
  for (let second = walk.from + stepS; second <= walk.to; second += stepS) {
    const [from, to] = [walk.at(second - stepS), walk.at(second)];
    if (from !== undefined && to !== undefined) yield [second, from, to];
  }
}

/** The furthest that somebody is from the border within the seconds before or after. */
function clearOf(walk: Walk, edges: readonly (readonly [Spot, Spot])[], second: number, towards: 1 | -1): number {
  let most = 0;
  for (let by = 0; by <= clearWithinS; by += stepS) {
    const spot = walk.at(second + towards * by);
    if (spot !== undefined) most = Math.max(most, nearest(edges, spot));
  }
  return most;
}

/** Who did what this rule asks for, and when; also who was so near to it that nobody can say. */
export function deedsOf(rule: Exclude<StreetRule, { kind: "inside" }>): Deed[] {
  const edges = rule.kind === "line" ? pairs(rule.line, false) : pairs(rule.area, true);
  return walks.flatMap((walk) =>
    [...stepsOf(walk)].flatMap(([second, from, to]): Deed[] => {
      const did = rule.kind === "line" ? crossed(edges, from, to) : changed(rule.area, from, to);
      const near = nearest(edges, to) < unsurePx;
      if (did !== rule.deed) return near ? [{ second, who: walk.who, answer: "perhaps" }] : [];
      const clear = Math.min(clearOf(walk, edges, second, -1), clearOf(walk, edges, second, 1));
      const ends = rule.kind === "line" ? [rule.line[0], rule.line.at(-1)] : [];
      const atEnd = ends.some((end) => end !== undefined && Math.hypot(end.x - to.x, end.y - to.y) < unsurePx);
      return [{ second, who: walk.who, answer: clear >= unsurePx && !atEnd ? "yes" : "perhaps" }];
    }),
  );
}

function crossed(edges: readonly (readonly [Spot, Spot])[], from: Spot, to: Spot): string | undefined {
  for (const [a, b] of edges) {
    const [before, after] = [cross(a, b, from), cross(a, b, to)];
    const within = cross(from, to, a) > 0 !== cross(from, to, b) > 0;
    // y points down: over 0 is on the right of somebody who looks from a to b
    if (within && before > 0 !== after > 0) return after > 0 ? "a-to-b" : "b-to-a";
  }
  return undefined;
}

function changed(area: readonly Spot[], from: Spot, to: Spot): string | undefined {
  const [was, is] = [inside(area, from), inside(area, to)];
  return was === is ? undefined : is ? "enter" : "exit";
}

/** Is somebody there, and has been for so long? */
export function staysAt(rule: Extract<StreetRule, { kind: "inside" }>, second: number): Answer {
  const edges = pairs(rule.area, true);
  const answers = walks.map((walk): Answer => {
    let [all, some] = [true, true];
    for (let by = 0; by <= rule.stayS + stepS / 2; by += stepS) {
      const spot = walk.at(second - by);
      const isIn = spot !== undefined && inside(rule.area, spot);
      const near = spot !== undefined && nearest(edges, spot) < unsurePx;
      all &&= isIn && !near;
      some &&= isIn || near;
    }
    return all ? "yes" : some ? "perhaps" : "no";
  });
  return anyOf(answers);
}

const anyOf = (answers: readonly Answer[]): Answer =>
  answers.includes("yes") ? "yes" : answers.includes("perhaps") ? "perhaps" : "no";

const sizeOf = ([left, top, right, bottom]: Frame): number => Math.max(0, right - left) * Math.max(0, bottom - top);
const common = (a: Frame, b: Frame): number =>
  sizeOf([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);
const grown = ([left, top, right, bottom]: Frame, by: number): Frame => [left - by, top - by, right + by, bottom + by];

/** Who stands still moves no cells. */
const movingPx = 10;

/** Does somebody move in this part of the picture? Half of them has to be in it; a hair of them is no answer. */
export function movesIn(part: Frame, second: number): Answer {
  return anyOf(
    walks.map((walk): Answer => {
      const spot = walk.at(second);
      if (spot === undefined) return "no";
      const frame = frameOf(spot);
      const isMostlyIn = common(frame, part) >= 0.5 * sizeOf(frame);
      if (isMostlyIn && speedOf(walk, second) >= movingPx) return "yes";
      return common(grown(frame, unsurePx), part) > 0 ? "perhaps" : "no";
    }),
  );
}
