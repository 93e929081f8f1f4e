import assert from "node:assert/strict";
import { test } from "node:test";
import { newRule, putRule, ruleProblem, shapeOf, withKind, withShape, withSize } from "./rules.ts";

const square = [
  { x: 0, y: 0 },
  { x: 100, y: 0 },
  { x: 100, y: 100 },
  { x: 0, y: 100 },
];
const yard = withShape(newRule("intrusion", 2, "Yard"), square);

test("a rule stands in the order of its number", () => {
  const rules = [1, 2, 4].map((rule) => newRule("tripwire", rule, `Rule ${rule}`));
  assert.deepEqual(
    putRule(rules, newRule("loitering", 3, "Yard")).map(({ rule }) => rule),
    [1, 2, 3, 4],
  );
});

test("another kind keeps name, targets, sizes and an area that was drawn, and no line for an area", () => {
  const sized = withSize({ ...yard, targets: ["human"], enabled: false }, "leastSize", { width: 5, height: 9 });
  const loitering = withKind(sized, "loitering");
  assert.deepEqual(loitering, {
    ...{ kind: "loitering", rule: 2, name: "Yard", enabled: false, targets: ["human"], sensitivity: 5 },
    ...{ leastSize: { width: 5, height: 9 }, area: square, stayS: 10 },
  });
  assert.deepEqual(shapeOf(withKind(yard, "tripwire")), []);
  assert.equal(withKind(yard, "intrusion"), yard);
});

test("a rule that nobody drew, named or aimed can't be applied", () => {
  assert.equal(ruleProblem(newRule("intrusion", 1, "Yard")), "undrawn");
  assert.equal(ruleProblem(yard), undefined);
  assert.equal(ruleProblem({ ...yard, name: " " }), "name");
  assert.equal(ruleProblem({ ...yard, targets: [] }), "targets");
  assert.equal(ruleProblem({ ...withKind(yard, "loitering"), stayS: 0 } as typeof yard), "stay");
});

test("nothing fits between a smallest size that is larger than the largest", () => {
  const least = withSize(yard, "leastSize", { width: 500, height: 900 });
  assert.equal(ruleProblem(withSize(least, "mostSize", { width: 400, height: 2000 })), "sizes");
  assert.equal(ruleProblem(withSize(least, "mostSize", { width: 500, height: 900 })), undefined);
  assert.deepEqual(withSize(least, "leastSize", undefined), yard);
});
