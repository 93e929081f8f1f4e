import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackedObject } from "./objects.ts";
import { closedAt, isFollowing, mostFollowed, noRuleState, stepRules } from "./rule-step.ts";
import { intrusion, loitering, objectAt, place, tripwire, walks, watch, way, type Percent } from "./testdata/walks.ts";

const across = way([
  [30, 50],
  [70, 50],
]);
const [aToB, bToA] = ['a person crossed "Gate" from A to B', 'a person crossed "Gate" from B to A'];

test("who goes over the line is told once, with the side that they came from", () => {
  assert.deepEqual(walks(tripwire(), across).titles, [aToB]);
  assert.deepEqual(walks(tripwire(), across.toReversed()).titles, [bToA]);
  assert.deepEqual(walks(tripwire({ direction: "a-to-b" }), across).titles, [aToB]);
  assert.deepEqual(walks(tripwire({ direction: "b-to-a" }), across).titles, []);
  assert.deepEqual(walks(tripwire({ direction: "b-to-a" }), across.toReversed()).titles, [bToA]);
});

test("who goes past the end of the line, along it, or up to it and back has not crossed it", () => {
  const past = way([
    [30, 5],
    [70, 5],
    [70, 50],
  ]);
  assert.deepEqual(walks(tripwire(), past).hits, []);
  const along = way([
    [48, 10],
    [48, 90],
  ]);
  assert.deepEqual(walks(tripwire(), along).hits, []);
  const back = way([
    [30, 50],
    [49.9, 50],
    [30, 50],
  ]);
  assert.deepEqual(walks(tripwire(), back).hits, []);
});

test("over the end of a poly-line and round its corner it counts once", () => {
  const bent = tripwire({ line: ([[20, 20], [50, 60], [80, 20]] as Percent[]).map(place) }); // prettier-ignore
  const down = way([
    [50, 30],
    [50, 90],
  ]);
  assert.deepEqual(walks(bent, down).titles, [aToB], "drawn from left to right, A is above");
  const through = way([
    [20, 50],
    [80, 50],
  ]);
  assert.deepEqual(walks(bent, through).titles, [bToA, aToB], "through both arms");
});

test("a foot that trembles on the line fires nothing until it has gone clearly to one side", () => {
  const trembling = Array.from({ length: 40 }, (_, n): Percent => [n % 2 === 0 ? 49.6 : 50.4, 50]);
  assert.deepEqual(walks(tripwire(), [[30, 50], ...trembling, [30, 50]]).hits, []);
  assert.deepEqual(walks(tripwire(), [[30, 50], ...trembling, [70, 50]]).titles, [aToB]);
});

test("there and back again is one of each, however often", () => {
  const seen = walks(tripwire(), [...across, ...across.toReversed(), ...across]);
  assert.deepEqual(seen.titles, [aToB, bToA, aToB]);
});

test("a crossing closes the contact for a second, and what goes on for as long as it goes on", () => {
  const seen = walks(tripwire(), [...across, ...Array.from({ length: 10 }, (): Percent => [70, 50])]);
  const first = seen.closed.findIndex((closed) => closed.length > 0);
  assert.deepEqual(
    seen.closed.map((closed) => closed.length).slice(first, first + 7),
    [1, 1, 1, 1, 1, 0, 0],
    "five pictures of 200 ms",
  );
  const stays = walks(
    intrusion({ action: "appear" }),
    Array.from({ length: 30 }, (): Percent => [50, 50]),
  );
  assert.equal(stays.closed.filter((closed) => closed.length === 0).length, 2, "until it is sure");
  assert.equal(stays.hits.length, 1);
});

test("somebody who runs over the line before it is sure what they are is told as soon as it is", () => {
  const run: Percent[] = [
    [20, 50],
    [80, 50],
    [85, 50],
    [90, 50],
  ];
  const { hits } = walks(tripwire(), run);
  assert.deepEqual(hits.map(({ at }) => at), [1400], "with the third picture that shows a person"); // prettier-ignore
  assert.deepEqual(walks(tripwire(), run.slice(0, 2)).hits, [], "two are too few at the usual sensitivity");
  assert.equal(walks(tripwire({ sensitivity: 9 }), run.slice(0, 2)).hits.length, 1);
});

test("the sensitivity says how sure the detector has to be", () => {
  for (const [sensitivity, confidence, hits] of [
    [1, 0.79, 0],
    [1, 0.8, 1],
    [5, 0.54, 0],
    [5, 0.55, 1],
    [10, 0.29, 0],
    [10, 0.3, 1],
  ] as const)
    assert.equal(walks(tripwire({ sensitivity }), across, { confidence }).hits.length, hits, `${sensitivity}`);
});

test("only those count who are meant, and of the size that is meant", () => {
  assert.equal(walks(tripwire({ targets: ["vehicle"] }), across).hits.length, 0);
  assert.deepEqual(walks(tripwire({ targets: ["vehicle"] }), across, { label: "truck" }).titles, [
    'a vehicle crossed "Gate" from A to B',
  ]);
  assert.equal(walks(tripwire(), across, { label: "dog" }).hits.length, 0);
  const least = { width: 400, height: 1600 };
  assert.equal(walks(tripwire({ leastSize: least }), across, { size: [5, 20] }).hits.length, 1);
  assert.equal(walks(tripwire({ leastSize: least }), across, { size: [5, 19] }).hits.length, 0);
  assert.equal(walks(tripwire({ mostSize: least }), across, { size: [4, 19] }).hits.length, 1);
  assert.equal(walks(tripwire({ mostSize: least }), across, { size: [6, 19] }).hits.length, 0);
});

test("a rule that is off sees nothing", () => {
  assert.deepEqual(walks(tripwire({ enabled: false }), across).hits, []);
  assert.deepEqual(walks(loitering({ enabled: false, stayS: 1 }), Array.from({ length: 9 }, (): Percent => [50, 50])).closed.flat(), []); // prettier-ignore
});

test("entering and leaving are told apart; who appears inside has not entered", () => {
  const through = way([
    [10, 50],
    [50, 50],
    [90, 50],
  ]);
  const [entered, left] = ['a person entered "Yard"', 'a person left "Yard"'];
  assert.deepEqual(walks(intrusion(), through).titles, [entered, left]);
  assert.deepEqual(walks(intrusion({ direction: "enter" }), through).titles, [entered]);
  assert.deepEqual(walks(intrusion({ direction: "exit" }), through).titles, [left]);
  assert.deepEqual(walks(intrusion(), through.slice(8)).titles, [left], "seen for the first time inside");
});

test("who is inside is told when it is sure, however they came there", () => {
  const yard = intrusion({ action: "appear" });
  assert.deepEqual(
    walks(
      yard,
      Array.from({ length: 5 }, (): Percent => [50, 50]),
    ).titles,
    ['a person is in "Yard"'],
  );
  const through = way([
    [10, 50],
    [90, 50],
  ]);
  assert.equal(walks(yard, through).hits.length, 1);
  assert.deepEqual(
    walks(
      yard,
      Array.from({ length: 20 }, (): Percent => [20, 50]),
    ).hits,
    [],
  );
});

test("an area that is narrower than a box trembles can be entered all the same", () => {
  const strip = ([[40, 10], [41, 10], [41, 90], [40, 90]] as Percent[]).map(place); // prettier-ignore
  const slowly = way(
    [
      [30, 50],
      [40.3, 50],
    ],
    40,
  );
  assert.equal(walks(intrusion({ area: strip, direction: "enter" }), slowly, { size: [20, 80] }).hits.length, 1);
});

const stay = (seconds: number, at: Percent = [50, 50]): Percent[] => Array.from({ length: seconds * 5 }, () => at);

test("staying long enough is told after that time, and not before", () => {
  const { hits, titles } = walks(loitering(), stay(12));
  assert.deepEqual(titles, ['a person has stayed in "Yard" for 10 s']);
  assert.deepEqual(hits.map(({ at }) => at), [11_000]); // prettier-ignore
  assert.deepEqual(walks(loitering(), stay(9.8)).hits, []);
});

test("who is away for no more than two seconds has stayed; for longer, they begin anew", () => {
  const away: Percent = [10, 50];
  assert.equal(walks(loitering(), [...stay(6), ...stay(1.8, away), ...stay(3)]).hits.length, 1);
  assert.equal(walks(loitering(), [...stay(6), ...stay(2.2, away), ...stay(6)]).hits.length, 0);
  assert.equal(walks(loitering(), [...stay(12), ...stay(2.2, away), ...stay(11)]).hits.length, 2);
});

/** The object is not seen in the pictures between. */
const hidden = (pictures: number): TrackedObject[][] => Array.from({ length: pictures }, () => []);

test("who is hidden for two seconds is still there, and forgotten after that", () => {
  const there = stay(6).map((foot) => [objectAt(foot)]);
  assert.equal(watch([loitering()], [...there, ...hidden(8), ...there]).hits.length, 1);
  assert.equal(watch([loitering()], [...there, ...hidden(11), ...there]).hits.length, 0);
  const crossing = across.map((foot) => [objectAt(foot)]);
  assert.equal(watch([tripwire()], [...crossing.slice(0, 4), ...hidden(3), ...crossing.slice(7)]).hits.length, 1);
  assert.equal(watch([tripwire()], [...crossing.slice(0, 4), ...hidden(11), ...crossing.slice(7)]).hits.length, 0);
});

test("a tracker that gives somebody another number in the middle loses neither crossing nor stay", () => {
  const changing = (feet: readonly Percent[]) =>
    feet.map((foot, n) => [objectAt(foot, { track: n < feet.length / 2 ? 4 : 9 })]);
  assert.equal(watch([tripwire()], changing(across)).hits.length, 1);
  assert.deepEqual(watch([loitering()], changing(stay(12))).hits.map(({ track }) => track), [9]); // prettier-ignore
  const far = [
    ...across.slice(0, 5).map((foot) => [objectAt(foot)]),
    ...stay(1, [90, 50]).map((foot) => [objectAt(foot, { track: 2 })]),
  ];
  assert.equal(watch([tripwire()], far).hits.length, 0, "somebody else, far from there");
  const other = [
    ...across.slice(0, 5).map((foot) => [objectAt(foot)]),
    ...across.slice(5).map((foot) => [objectAt(foot, { track: 2, label: "car" })]),
  ];
  assert.equal(watch([tripwire()], other).hits.length, 0, "a car is not the person who was there");
});

test("of two who got new numbers each takes over from the one who stood nearest, and nobody's time counts twice", () => {
  const waits: Percent = [50, 50];
  const came: Percent = [53, 50];
  const pair = (tracks: readonly [number, number]) =>
    stay(2).map(() => [objectAt(waits, { track: tracks[0] }), objectAt(came, { track: tracks[1] })]);
  const alone = stay(7).map(() => [objectAt(waits)]);
  const { hits } = watch([loitering()], [...alone, ...pair([1, 2]), ...pair([9, 8])]);
  assert.deepEqual(
    hits.map(({ track, at }) => [track, at]),
    [[9, 11_000]],
  );
  const split = watch([loitering()], [...alone, ...pair([9, 8]), ...pair([9, 8])]);
  assert.deepEqual(
    split.hits.map(({ track }) => track),
    [9],
    "one who is seen as two from then on",
  );
});

test("two who change places each stay who they are", () => {
  const right = across.map((foot) => objectAt(foot));
  const left = across.toReversed().map(([x, y]) => objectAt([x, y + 5], { track: 2 }));
  const seen = watch(
    [tripwire()],
    right.map((one, n) => [one, left[n] ?? one]),
  );
  assert.deepEqual(seen.titles.toSorted(), [aToB, bToA]);
  assert.deepEqual(seen.hits.map(({ track }) => track).toSorted(), [1, 2]);
});

test("rules do not disturb each other", () => {
  const rules = [tripwire(), tripwire({ rule: 2, direction: "b-to-a" }), intrusion({ rule: 7, action: "appear" })];
  const seen = watch(
    rules,
    across.map((foot) => [objectAt(foot)]),
  );
  assert.deepEqual(seen.hits.map(({ rule }) => rule).toSorted(), [1, 7]);
});

test("contacts open by themselves where no picture comes any more", () => {
  const pictures = across.map((foot) => [objectAt(foot)]);
  let state = noRuleState;
  for (const [index, tracked] of pictures.entries()) state = stepRules([tripwire()], state, tracked, index * 200).state;
  const [closed] = state.closed;
  assert.ok(closed !== undefined);
  assert.equal(closedAt(state, closed.until - 1).length, 1);
  assert.equal(closedAt(state, closed.until).length, 0);
  assert.equal(isFollowing(state, closed.until), true);
  assert.equal(isFollowing(state, 1e6), false);
});

test("those who are gone are forgotten, and no more than the newest are followed", () => {
  const crowd = (from: number) =>
    Array.from({ length: 150 }, (_, n) => objectAt([n / 2, from / 10], { track: from + n, size: [0.1, 0.1] }));
  let state = noRuleState;
  for (let n = 0; n < 5; n++) state = stepRules([tripwire()], state, crowd(n * 150), n * 100).state;
  assert.equal(state.followed.length, mostFollowed);
  assert.equal(state.followed.filter(({ track }) => track >= 600).length, 150, "all of the last picture");
  assert.deepEqual(stepRules([tripwire()], state, [], 5000).state, noRuleState);
});
