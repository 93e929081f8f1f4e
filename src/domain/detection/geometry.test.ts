import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { crossings, distanceTo, isInside, lineLength, polygonArea, selfCrossing } from "./geometry.ts";
import { ruleScale, type RulePoint } from "./rules.ts";

const at = (x: number, y: number): RulePoint => ({ x, y });
const none = { aToB: 0, bToA: 0 };

/** Few values, so that points lie on lines and corners most of the time; and any. */
const crowded = fc.record({ x: fc.integer({ min: 0, max: 5 }), y: fc.integer({ min: 0, max: 5 }) });
const anywhere = fc.record({
  x: fc.integer({ min: 0, max: ruleScale }),
  y: fc.integer({ min: 0, max: ruleScale }),
});
const point = fc.oneof(crowded, anywhere);
const lineOf = (least: number) =>
  fc.oneof(
    fc.array(crowded, { minLength: least, maxLength: 8 }),
    fc.array(anywhere, { minLength: least, maxLength: 8 }),
  );
const path = fc.array(point, { minLength: 2, maxLength: 12 });

/** Of all steps of a way. */
function crossed(line: readonly RulePoint[], way: readonly RulePoint[], closed = false) {
  return way.slice(1).reduce((sum, to, index) => {
    const step = crossings(line, way[index] ?? to, to, closed);
    return { aToB: sum.aToB + step.aToB, bToA: sum.bToA + step.bToA };
  }, none);
}

test("somebody who looks along the line from its first point goes from A to B from left to right", () => {
  const up = [at(500, 900), at(500, 100)];
  assert.deepEqual(crossings(up, at(400, 500), at(600, 500)), { aToB: 1, bToA: 0 });
  assert.deepEqual(crossings(up, at(600, 500), at(400, 500)), { aToB: 0, bToA: 1 });
  assert.deepEqual(crossings(up, at(400, 50), at(600, 50)), none, "above its end");
});

test("a way exactly through a vertex crosses once", () => {
  const straight = [at(0, 50), at(50, 50), at(100, 50)];
  assert.deepEqual(crossings(straight, at(50, 0), at(50, 100)), { aToB: 1, bToA: 0 });
  const bent = [at(0, 0), at(50, 50), at(100, 0)];
  assert.deepEqual(crossings(bent, at(50, 20), at(50, 80)), { aToB: 1, bToA: 0 });
  const [there, back] = [crossings(bent, at(0, 50), at(50, 50)), crossings(bent, at(50, 50), at(100, 50))];
  assert.equal(there.aToB + back.aToB - there.bToA - back.bToA, 0, "past the tip of a corner");
});

test("a foot that stands exactly on the line has come over it or has not, never both and never twice", () => {
  const line = [at(0, 50), at(100, 50)];
  assert.deepEqual(crossed(line, [at(40, 20), at(40, 50), at(40, 50), at(40, 80)]), { aToB: 1, bToA: 0 });
  assert.deepEqual(
    crossed(line, [at(40, 20), at(40, 50), at(60, 50), at(60, 20)]),
    crossed(line, [at(40, 20), at(40, 50), at(60, 20)]),
  );
});

test("a line of one point, and one whose points are the same, is crossed by nobody", () => {
  for (const line of [[at(3, 3)], [at(3, 3), at(3, 3)]]) assert.deepEqual(crossings(line, at(0, 3), at(9, 3)), none);
  assert.equal(distanceTo([at(3, 3)], at(0, 3)), Infinity);
});

test("crossing one straight line back and forth alternates", () => {
  const ends = fc.tuple(point, point).filter(([a, b]) => a.x !== b.x || a.y !== b.y);
  fc.assert(
    fc.property(ends, path, ([a, b], way) => {
      // long enough that nobody gets round its ends
      const far = (from: RulePoint, to: RulePoint) =>
        at(from.x + (from.x - to.x) * 30_000, from.y + (from.y - to.y) * 30_000);
      const line = [far(a, b), far(b, a)];
      let last = 0;
      for (const [index, to] of way.entries()) {
        const { aToB, bToA } = crossings(line, way[index - 1] ?? to, to);
        assert.ok(aToB + bToA <= 1);
        if (aToB + bToA === 0) continue;
        assert.notEqual(aToB - bToA, last);
        last = aToB - bToA;
      }
    }),
  );
});

test("a way that ends where it began crosses a closed line as often outwards as inwards", () => {
  fc.assert(
    fc.property(lineOf(3), path, (line, way) => {
      const round = crossed(line, [...way, ...way.slice(0, 1)], true);
      assert.equal(round.aToB, round.bToA);
    }),
  );
});

test("crossings of a border say who has changed sides, also at corners and along it", () => {
  fc.assert(
    fc.property(lineOf(3), path, (area, way) => {
      const [from, to] = [way[0] ?? at(0, 0), way.at(-1) ?? at(0, 0)];
      const { aToB, bToA } = crossed(area, way, true);
      assert.equal((aToB + bToA) % 2 === 1, isInside(area, from) !== isInside(area, to));
    }),
  );
});

test("the line drawn the other way round has its sides swapped", () => {
  fc.assert(
    fc.property(lineOf(2), path, (line, way) => {
      const [there, back] = [crossed(line, way), crossed(line.toReversed(), way)];
      assert.deepEqual(back, { aToB: there.bToA, bToA: there.aToB });
    }),
  );
});

test("the way walked backwards crosses the other way", () => {
  fc.assert(
    fc.property(lineOf(2), path, (line, way) => {
      const [there, back] = [crossed(line, way), crossed(line, way.toReversed())];
      assert.deepEqual(back, { aToB: there.bToA, bToA: there.aToB });
    }),
  );
});

test("moving and enlarging everything changes no crossing; nor does a turn where nothing touches", () => {
  const moved = fc.record({ x: fc.integer({ min: -999, max: 999 }), y: fc.integer({ min: -999, max: 999 }) });
  fc.assert(
    fc.property(lineOf(2), path, moved, fc.integer({ min: 1, max: 9 }), (line, way, by, times) => {
      const put = (points: readonly RulePoint[]) => points.map(({ x, y }) => at(x * times + by.x, y * times + by.y));
      assert.deepEqual(crossed(put(line), put(way)), crossed(line, way));
      // where something touches, the small step of every point turns a side; those ways are left out
      const turn = (points: readonly RulePoint[]) => points.map(({ x, y }) => at(-y, x));
      const touches = line.some((a, index) => {
        const b = line[index + 1] ?? a;
        return way.some(
          (one, n) => onLine(a, b, one) || onLine(way[n + 1] ?? one, one, a) || onLine(way[n + 1] ?? one, one, b),
        );
      });
      if (!touches) assert.deepEqual(crossed(turn(line), turn(way)), crossed(line, way));
    }),
  );
});

const onLine = (a: RulePoint, b: RulePoint, { x, y }: RulePoint): boolean =>
  (b.x - a.x) * (y - a.y) === (b.y - a.y) * (x - a.x);

/** How often the polygon goes round the point, by angles: another way than the code's. Undefined on its border. */
function windings(area: readonly RulePoint[], { x, y }: RulePoint): number | undefined {
  let angle = 0;
  for (const [index, a] of area.entries()) {
    const b = area[(index + 1) % area.length] ?? a;
    if (distanceTo([a, b], at(x, y)) === 0 || (a.x === x && a.y === y)) return undefined;
    const turn = Math.atan2(b.y - y, b.x - x) - Math.atan2(a.y - y, a.x - x);
    angle += turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
  }
  return Math.round(angle / (2 * Math.PI));
}

test("inside is where the polygon goes round an odd number of times", () => {
  fc.assert(
    fc.property(lineOf(3), point, (area, one) => {
      const round = windings(area, one);
      if (round !== undefined) assert.equal(isInside(area, one), round % 2 !== 0);
    }),
    { numRuns: 500 },
  );
});

test("of two areas side by side exactly one has their common border", () => {
  const [left, right] = [
    [at(0, 0), at(5, 0), at(5, 9), at(0, 9)],
    [at(5, 0), at(9, 0), at(9, 9), at(5, 9)],
  ];
  for (let y = 0; y < 9; y++) assert.deepEqual([isInside(left, at(5, y)), isInside(right, at(5, y))], [false, true]);
  assert.equal(isInside(left, at(0, 0)), true);
  assert.equal(isInside(left, at(0, 9)), false);
});

test("an area's size and length, drawn in any direction", () => {
  const area = [at(0, 0), at(10, 0), at(10, 20), at(0, 20)];
  assert.equal(polygonArea(area), 200);
  assert.equal(polygonArea(area.toReversed()), 200);
  assert.equal(polygonArea([]), 0);
  assert.equal(lineLength(area), 40);
  assert.equal(lineLength(area, true), 60);
  assert.equal(distanceTo(area, at(-3, 10)), Math.hypot(3, 10));
  assert.equal(distanceTo(area, at(-3, 10), true), 3);
});

test("sides that cross, touch or fold back are found, neighbours at a corner are none", () => {
  assert.equal(selfCrossing([at(0, 0), at(9, 0), at(9, 9), at(0, 9)]), undefined);
  assert.equal(selfCrossing([at(0, 0), at(9, 0), at(4, 4), at(9, 9), at(0, 9)]), undefined);
  assert.deepEqual(selfCrossing([at(0, 0), at(9, 9), at(9, 0), at(0, 9)]), [0, 2]);
  assert.deepEqual(selfCrossing([at(0, 0), at(9, 0), at(4, 0)]), [0, 1], "folds back");
  assert.deepEqual(selfCrossing([at(0, 0), at(9, 0), at(9, 0), at(0, 9)]), [0, 1], "the same corner twice");
  assert.deepEqual(selfCrossing([at(0, 0), at(9, 0), at(9, 9), at(4, 0), at(0, 9)]), [0, 2], "a corner on a side");
  assert.deepEqual(selfCrossing([at(0, 0), at(5, 0), at(9, 0)]), [0, 2], "no area at all");
});

test("a polygon that nobody crosses has its points in either direction, turned and started anywhere", () => {
  fc.assert(
    fc.property(lineOf(3), fc.nat(7), (area, by) => {
      const simple = selfCrossing(area) === undefined;
      const started = [...area.slice(by % area.length), ...area.slice(0, by % area.length)];
      assert.equal(selfCrossing(started) === undefined, simple);
      assert.equal(selfCrossing(area.toReversed()) === undefined, simple);
      assert.equal(selfCrossing(area.map(({ x, y }) => at(-y, x))) === undefined, simple);
      if (simple) assert.ok(polygonArea(area) > 0);
    }),
  );
});
