/** Twenty seconds of film that nobody here made, labelled by hand, through the real stages: decoder to rules. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { streetClip } from "../support/street-clip.ts";
import { judgeDeeds, judgeTimes, type Span } from "../support/street/judge.ts";
import { lookAt } from "../support/street/look.ts";
import { ruleSettings, streetRules } from "../support/street/rules.ts";
import { deedsOf, movesIn, staysAt } from "../support/street/truth.ts";
import { regions } from "../support/street/walks.ts";

const holdS = 1;
const region = (name: string) => {
  const index = regions.findIndex((one) => one.name === name);
  const found = regions[index];
  assert.ok(found);
  return { index, frame: found.frame };
};
const text = (spans: readonly Span[]): string => JSON.stringify(spans);

test(
  "who crosses a line in the film is told and nobody else, people move and vehicles do not, regions move while somebody is in them",
  { timeout: 120_000 },
  async () => {
    const motion = regions.map(({ name, cells }) => ({ name, cells, sensitivity: 90, threshold: 6, leastCells: 1 }));
    const { closed, until } = await lookAt({
      path: streetClip(),
      settings: {
        motion: { regions: motion, holdS },
        rules: ruleSettings,
        smart: { human: true, vehicle: true, sensitivity: "middle" },
      },
    });

    let [happened, found] = [0, 0];
    for (const [index, rule] of streetRules.entries()) {
      const spans = closed(11 + index);
      if (rule.kind === "inside") {
        const score = judgeTimes((second) => staysAt(rule, second), spans, { until, holdS: 1 });
        assert.equal(score.false, 0, `${rule.name}, ${rule.stayS} s: ${text(spans)}`);
        continue;
      }
      const score = judgeDeeds(deedsOf(rule), spans, until);
      assert.equal(score.false, 0, `${rule.name}, ${rule.deed}: ${text(spans)}`);
      happened += score.happened;
      found += score.found;
    }
    assert.equal(happened, 8);
    assert.ok(found >= 7, `${found} of ${happened} crossings`);
    // two people wait at the sign for ten seconds, hidden by it and by others now and then
    assert.notEqual(closed(19).length, 0);

    for (const [name, seconds] of [
      ["Path", 9],
      ["Upper road", 7],
    ] as const) {
      const { index, frame } = region(name);
      const score = judgeTimes((second) => movesIn(frame, second), closed(1 + index), { until, holdS });
      assert.ok(
        score.foundSeconds >= seconds && score.foundSeconds >= 0.9 * score.seconds,
        `${name}: ${text(closed(1 + index))}`,
      );
      assert.equal(score.false, 0);
      assert.ok(score.falseSeconds <= 0.4, name);
    }
    assert.deepEqual(closed(1 + region("Lawn").index), [], "nobody is on the lawn");
    assert.deepEqual(closed(22), [], "parked cars are no motion of vehicles");
    assert.ok((closed(21)[0]?.[0] ?? Infinity) < 3, "people move from the beginning");
  },
);

test("labels and judge agree with what was drawn: a contact that is late, away or too much loses its points", () => {
  const [rule] = streetRules;
  assert.ok(rule?.kind === "line");
  const deeds = deedsOf(rule);
  const sure = deeds.filter(({ answer }) => answer === "yes");
  assert.deepEqual(
    sure.map(({ who, second }) => `${who} ${second.toFixed(1)}`),
    [
      "bald, dark jacket, blue jeans 29.5",
      "red jacket again 64.0",
      "bald 65.7",
      "woman of the couple 74.7",
      "jeans 69.5",
    ],
  );
  const exact = sure.map(({ second }): Span => [second, second + 1]);
  assert.deepEqual(judgeDeeds(deeds, exact), { happened: 5, found: 5, told: 5, false: 0 });
  assert.deepEqual(judgeDeeds(deeds, exact.slice(1)), { happened: 5, found: 4, told: 4, false: 0 });
  assert.deepEqual(judgeDeeds(deeds, [...exact, [40, 41]]), { happened: 5, found: 5, told: 6, false: 1 });
  assert.equal(judgeDeeds(deeds, [[32, 33]]).found, 0);

  const { frame } = region("Path");
  const judged = { until: 79, holdS };
  const truth = (second: number) => movesIn(frame, second);
  assert.deepEqual([truth(5), truth(12), truth(30)], ["no", "yes", "no"]);
  const right = judgeTimes(truth, [[8, 18]], judged);
  assert.deepEqual([right.happened, right.found, right.false, right.falseSeconds], [1, 1, 0, 0]);
  assert.equal(judgeTimes(truth, [[40, 44]], judged).false, 1);
  assert.equal(judgeTimes(truth, [], judged).found, 0);
  assert.ok(judgeTimes(truth, [[8, 30]], judged).falseSeconds > 8);
});
