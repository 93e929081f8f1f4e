/** Any ways of any objects: no rule fires without its condition, worked out anew from the whole way by other means. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { distanceTo, lineLength, polygonArea, selfCrossing } from "./geometry.ts";
import type { TrackedObject } from "./objects.ts";
import { closedMs } from "./rule-step.ts";
import type { DetectionRule, RulePoint } from "./rules.ts";
import { ruleScale } from "./rules.ts";
import { intrusion, loitering, objectAt, place, tripwire, walks, watch, type Percent } from "./testdata/walks.ts";

const everyMs = 200;
const margin = 0.02 * ruleScale;
/** A box of a fifth of the picture's height has a margin of 2 %. */
const looks = { size: [5, 20] as const, confidence: 1 };

const percent = fc.integer({ min: 0, max: 100 });
/** Ways that stay near a place for a while, leap, and stop on lines. */
const feet = fc
  .array(
    fc.tuple(fc.constantFrom(0.4, 3, 12, 60), fc.integer({ min: -10, max: 10 }), fc.integer({ min: -10, max: 10 })),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((steps) => {
    let [x, y] = [50, 50];
    return steps.map(([reach, dx, dy]): Percent => {
      x = Math.min(100, Math.max(0, x + (dx * reach) / 10));
      y = Math.min(100, Math.max(0, y + (dy * reach) / 10));
      return [x, y];
    });
  });
const area = fc
  .array(fc.tuple(percent, percent), { minLength: 3, maxLength: 6 })
  .map((corners) => corners.map(place))
  .filter((corners) => selfCrossing(corners) === undefined);

/** By the angles under which the foot sees the sides; a foot on the border (as good as) is left to the code. */
function isWithin(corners: readonly RulePoint[], { x, y }: RulePoint): boolean {
  let angle = 0;
  for (const [index, a] of corners.entries()) {
    const b = corners[(index + 1) % corners.length] ?? a;
    const turn = Math.atan2(b.y - y, b.x - x) - Math.atan2(a.y - y, a.x - x);
    angle += turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
  }
  return Math.abs(angle) > Math.PI;
}

/** No foot lies on the border, where only the code's own convention decides. */
const offBorder = (corners: readonly RulePoint[], places: readonly Percent[]): boolean =>
  places.every((one) => distanceTo(corners, place(one), true) > 0.5);

const firstSure = (sensitivity: number): number => (sensitivity === 10 ? 0 : 2);

test("a line through the whole picture fires when the foot has changed sides clearly, and never else", () => {
  const line = fc.tuple(percent, percent).map(([above, below]): Percent[] => [[below, 101], [above, -1]]); // prettier-ignore
  fc.assert(
    fc.property(line, feet, (ends, places) => {
      const points = ends.map(place);
      const [from, to] = [points[0] ?? place([0, 0]), points[1] ?? place([0, 0])];
      const sideOf = ({ x, y }: RulePoint) =>
        Math.sign((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x));
      if (places.some((one) => sideOf(place(one)) === 0)) return;
      const expected: string[] = [];
      let side = sideOf(place(places[0] ?? [0, 0]));
      for (const one of places.map(place)) {
        const clear = distanceTo(points, one) >= margin;
        if (!clear || sideOf(one) === side) continue;
        side = sideOf(one);
        expected.push(`a person crossed "Gate" from ${side > 0 ? "A to B" : "B to A"}`);
      }
      const { titles } = walks(tripwire({ line: points, sensitivity: 10 }), places, looks);
      assert.deepEqual(titles, expected);
    }),
  );
});

test("a border fires when the foot has come in or gone out clearly, and never else", () => {
  fc.assert(
    fc.property(area, feet, (corners, places) => {
      if (!offBorder(corners, places)) return;
      const least = Math.min(margin, polygonArea(corners) / (2 * lineLength(corners, true)));
      const expected: string[] = [];
      let inside = isWithin(corners, place(places[0] ?? [0, 0]));
      for (const one of places.map(place)) {
        if (isWithin(corners, one) === inside || distanceTo(corners, one, true) < least) continue;
        inside = !inside;
        expected.push(inside ? 'a person entered "Yard"' : 'a person left "Yard"');
      }
      const { titles } = walks(intrusion({ area: corners, sensitivity: 10 }), places, looks);
      assert.deepEqual(titles, expected);
    }),
  );
});

/** The pictures in which a contact has to be closed: those in which it is so, and what follows within a second. */
const closedIn = (isSo: readonly boolean[]): boolean[] =>
  isSo.map((_, index) => isSo.some((so, n) => so && n <= index && (index - n) * everyMs < closedMs));

test("an area's contact is closed exactly while somebody is seen inside, and a second longer", () => {
  fc.assert(
    fc.property(area, feet, fc.constantFrom(5, 10), (corners, places, sensitivity) => {
      if (!offBorder(corners, places)) return;
      const isSo = places.map((one, n) => n >= firstSure(sensitivity) && isWithin(corners, place(one)));
      const { closed } = walks(intrusion({ area: corners, action: "appear", sensitivity }), places, looks, everyMs);
      assert.deepEqual(
        closed.map((rules) => rules.length > 0),
        closedIn(isSo),
      );
    }),
  );
});

test("loitering's contact is closed exactly while somebody is inside who has not been away for more than 2 s in that time", () => {
  fc.assert(
    fc.property(area, feet, fc.integer({ min: 1, max: 6 }), (corners, places, stayS) => {
      if (!offBorder(corners, places)) return;
      const inside = places.map((one) => isWithin(corners, place(one)));
      const isSo = inside.map((now, index) => {
        if (!now) return false;
        let from = index;
        for (let n = index; n >= 0 && (from - n) * everyMs <= 2000; n--) if (inside[n] === true) from = n;
        return (index - from) * everyMs >= stayS * 1000;
      });
      const { closed } = walks(loitering({ area: corners, stayS, sensitivity: 10 }), places, looks, everyMs);
      assert.deepEqual(
        closed.map((rules) => rules.length > 0),
        closedIn(isSo),
      );
    }),
  );
});

const rulesOf = (corners: readonly RulePoint[]): DetectionRule[] => [
  tripwire(),
  intrusion({ rule: 2, area: corners }),
  intrusion({ rule: 3, area: corners, action: "appear" }),
  loitering({ rule: 4, area: corners, stayS: 2 }),
];
const one = fc.record({
  foot: fc.tuple(percent, percent),
  track: fc.integer({ min: 1, max: 6 }),
  label: fc.constantFrom("person", "car", "dog"),
  confidence: fc.constantFrom(0.2, 0.6, 0.9),
});
const crowds = fc.array(fc.array(one, { maxLength: 6 }), { maxLength: 25 });

test("in whatever order the objects of a picture come, the same is seen, and only by rules that are meant", () => {
  fc.assert(
    fc.property(area, crowds, fc.func(fc.integer()), (corners, pictures, rank) => {
      const objects = pictures.map((picture) => unique(picture.map(({ foot, ...looks }) => objectAt(foot, looks))));
      const mixed = objects.map((picture) => picture.toSorted((a, b) => rank(a.track) - rank(b.track)));
      const rules = rulesOf(corners);
      assert.deepEqual(watch(rules, mixed), watch(rules, objects));
      for (const { label, rule } of watch(rules, objects).hits) assert.ok(label !== "dog" && rule <= 4);
    }),
  );
});

const unique = (objects: readonly TrackedObject[]): TrackedObject[] =>
  objects.filter(({ track }, index) => objects.findIndex((other) => other.track === track) === index);

test("of objects that nobody is sure of, that are no targets, or that stay away, nothing is ever told", () => {
  const hushed = fc.constantFrom({ confidence: 0.29 }, { label: "dog" }, { size: [1, 1] as const });
  fc.assert(
    fc.property(area, feet, hushed, (corners, places, more) => {
      const least = { width: 200, height: 200 };
      for (const rule of rulesOf(corners))
        assert.deepEqual(walks({ ...rule, sensitivity: 10, leastSize: least }, places, { ...looks, ...more }).hits, []);
    }),
  );
});
