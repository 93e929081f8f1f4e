import assert from "node:assert/strict";
import { test } from "node:test";
import { inGerman } from "../../contract/sentences/index.ts";
import { createRulePoints } from "./rule-points.ts";
import { intrusion, loitering, objectAt, tripwire, walks, way } from "./testdata/walks.ts";

const person = [objectAt([50, 50])];
const inside = intrusion({ rule: 3, action: "appear", sensitivity: 10 });

test("a rule's contact is the tenth point and its number, closed with what was seen, open when it was looked for", () => {
  const rules = createRulePoints([tripwire(), inside]);
  assert.deepEqual(rules.look([], 0).points, [
    { point: 11, level: "open" },
    { point: 13, level: "open" },
  ]);
  const { points, hits } = rules.look(person, 200);
  assert.deepEqual(points[1], { point: 13, level: "closed", title: 'a person is in "Yard"' });
  assert.deepEqual(
    hits.map(({ rule, at }) => [rule, at]),
    [[3, 200]],
  );
});

test("where nothing moves any more a contact opens after its time, and somebody who stands there is looked for", () => {
  const rules = createRulePoints([inside]);
  assert.equal(rules.wantsLook(0), false);
  rules.look(person, 200);
  assert.equal(rules.wantsLook(1200), true);
  assert.equal(rules.rest(1100)[0]?.level, "closed");
  assert.equal(rules.rest(1200)[0]?.level, "open");
  assert.equal(rules.wantsLook(3000), false);
});

test("a rule that is off is not looked at, which is not the same as nobody there", () => {
  const rules = createRulePoints([{ ...inside, enabled: false }]);
  assert.deepEqual(rules.look(person, 0).points, [{ point: 13, level: "unknown", reason: "the rule is switched off" }]);
  assert.equal(rules.wantsLook(0), false);
});

test("what was seen before nothing was looked at any more is forgotten", () => {
  const rules = createRulePoints([tripwire({ sensitivity: 10 })]);
  rules.look([objectAt([40, 50])], 0);
  rules.forget();
  assert.deepEqual(rules.look([objectAt([60, 50])], 200).hits, []);
});

test("what a rule says it saw is said in German, too", () => {
  const kinds = [
    tripwire({ direction: "a-to-b" }),
    intrusion({ direction: "enter" }),
    intrusion({ action: "appear" }),
    loitering({ stayS: 1 }),
  ];
  for (const label of ["person", "truck"])
    for (const rule of kinds) {
      const { titles } = walks(rule, way([[10, 50], [60, 50], [60, 52]], 8), { label }); // prettier-ignore
      assert.equal(titles.length, 1);
      for (const title of titles) assert.match(inGerman(title) ?? "", /„(Gate|Yard)“/, title);
    }
});
