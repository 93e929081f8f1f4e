/** Tracker and rules behind a detector that misses, trembles, doubts and makes things up; every way is known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../../testkit/random.ts";
import { noRuleState, stepRules } from "./rule-step.ts";
import type { DetectionRule } from "./rules.ts";
import { detected, type Detecting } from "./testdata/given-detector.ts";
import { intrusion, loitering, tripwire, way, type Percent } from "./testdata/walks.ts";
import { noTracks, stepTracker } from "./tracker.ts";

const everyMs = 200;
/** Each way is seen so many times, with other chances. */
const tries = 50;

/** What the rule tells of one walk: the words that it says of it, each once. */
function told(rule: DetectionRule, feet: readonly Percent[], detecting: Detecting, seed: number): string {
  let [tracks, state] = [noTracks, noRuleState];
  const words = new Set<string>();
  for (const [index, seen] of detected(feet, detecting, seededRandom(seed)).entries()) {
    const at = 1000 + index * everyMs;
    const tracked = stepTracker(tracks, seen, at);
    const step = stepRules([rule], state, tracked.seen, at);
    [tracks, state] = [tracked.state, step.state];
    for (const { title } of step.hits) words.add(title);
  }
  return [...words].join(", ");
}

/** Straight from place to place, so many pictures each. */
const goes = (pictures: number, ...places: readonly Percent[]): Percent[] => way(places, pictures);
const stands = (at: Percent, pictures: number): Percent[] => Array.from({ length: pictures }, () => at);

const ways: readonly (readonly [name: string, DetectionRule, readonly Percent[], told: string])[] = [
  ["who goes over a line", tripwire(), goes(30, [20, 60], [80, 65]), 'a person crossed "Gate" from A to B'],
  [
    "who comes back over it",
    tripwire({ direction: "b-to-a" }),
    goes(30, [80, 60], [20, 40]),
    'a person crossed "Gate" from B to A',
  ],
  [
    "who goes over a line the other way than is asked for",
    tripwire({ direction: "b-to-a" }),
    goes(30, [20, 60], [80, 65]),
    "",
  ],
  ["who turns back before a line", tripwire(), goes(18, [20, 60], [44, 62], [20, 64]), ""],
  ["who enters", intrusion({ direction: "enter" }), goes(25, [5, 60], [50, 62]), 'a person entered "Yard"'],
  ["who leaves", intrusion({ direction: "exit" }), goes(25, [50, 60], [95, 62]), 'a person left "Yard"'],
  ["who passes by", intrusion(), goes(30, [5, 20], [95, 22]), ""],
  ["who appears", intrusion({ action: "appear" }), stands([50, 62], 20), 'a person is in "Yard"'],
  [
    "who stays for ten seconds",
    loitering(),
    [...goes(20, [5, 60], [50, 62]), ...stands([50, 62], 70)],
    'a person has stayed in "Yard" for 10 s',
  ],
  [
    "who stays for eight",
    loitering(),
    [...goes(10, [25, 60], [50, 62]), ...stands([50, 62], 24), ...goes(10, [50, 62], [95, 62])],
    "",
  ],
];

/** How often of `tries` it is told at least; nothing else is ever told. */
const detectors: readonly (readonly [name: string, Detecting, least: number])[] = [
  ["sees everything", {}, tries],
  ["misses a fifth", { missed: 0.2 }, tries],
  ["misses two fifths", { missed: 0.4 }, tries - 1],
  ["trembles by 5 % of their height", { jitter: 0.05 }, tries],
  ["is 30 to 80 % sure", { sure: [0.3, 0.8] }, tries - 2],
  ["sees somebody who is not there in each third picture", { madeUp: 0.33 }, tries],
  ["does all of it", { missed: 0.2, jitter: 0.02, madeUp: 0.33, sure: [0.4, 0.9] }, tries - 5],
];

for (const [how, detecting, least] of detectors) {
  test(`with a detector that ${how}, each rule tells who does what it asks for, and nothing else`, () => {
    for (const [who, rule, feet, expected] of ways) {
      const all = Array.from({ length: tries }, (_, seed) => told(rule, feet, detecting, seed + 1));
      const others = all.filter((words) => words !== expected && words !== "");
      assert.deepEqual(others, [], `${who}: ${others.join("; ")}`);
      const right = all.filter((words) => words === expected).length;
      assert.ok(right >= (expected === "" ? tries : least), `${who}: ${right} of ${tries}`);
    }
  });
}
