import assert from "node:assert/strict";
import { test } from "node:test";
import { changeClock, correctionOf, createClock, positionOf, rateBeside, shuttle } from "./clock.ts";

test("the clock stands until it plays, goes at its rate, and stands while a player waits", () => {
  let clock = createClock(1000, 0);
  assert.equal(positionOf(clock, 500), 1000);
  clock = changeClock(clock, 500, { playing: true });
  assert.equal(positionOf(clock, 700), 1200);
  clock = changeClock(clock, 700, { rate: 4 });
  assert.equal(positionOf(clock, 800), 1600);
  clock = changeClock(clock, 800, { held: true });
  assert.equal(positionOf(clock, 5000), 1600);
  clock = changeClock(clock, 5000, { held: false });
  assert.equal(positionOf(clock, 5100), 2000);
  clock = changeClock(clock, 5100, { wall: 90_000 });
  assert.equal(positionOf(clock, 5200), 90_400);
  clock = changeClock(clock, 5200, { playing: false });
  assert.equal(positionOf(clock, 9999), 90_400);
});

test("backwards the clock runs down, and stands while a player waits", () => {
  const back = changeClock(createClock(10_000, 0), 0, { playing: true, backwards: true, rate: 2 });
  assert.equal(positionOf(back, 1500), 7000);
  assert.equal(positionOf(changeClock(back, 1500, { held: true }), 9000), 7000);
});

test("J turns round at normal speed and then goes faster, L the same the other way", () => {
  const on = { playing: true, backwards: false, rate: 4 };
  assert.deepEqual(shuttle(on, "on"), { backwards: false, rate: 8 });
  assert.deepEqual(shuttle(on, "back"), { backwards: true, rate: 1 });
  assert.deepEqual(shuttle({ ...on, backwards: true, rate: 1 }, "back"), { backwards: true, rate: 2 });
  assert.deepEqual(shuttle({ playing: false, backwards: false, rate: 0.5 }, "on"), { backwards: false, rate: 0.5 });
});

test("no player is told to run above sixteen", () => {
  assert.deepEqual(correctionOf(-3000, 16), { kind: "rate", rate: 16 });
});

test("rates go up and down by steps and end at a quarter and at sixteen", () => {
  assert.deepEqual([rateBeside(1, 1), rateBeside(1, -1), rateBeside(16, 1), rateBeside(0.25, -1)], [2, 0.5, 16, 0.25]);
});

test("a player in step keeps the speed, one a little off is nudged towards the clock, one far off jumps", () => {
  assert.deepEqual(correctionOf(5, 1), { kind: "rate", rate: 1 });
  assert.deepEqual(correctionOf(50, 1), { kind: "rate", rate: 0.9 });
  assert.deepEqual(correctionOf(-50, 2), { kind: "rate", rate: 2.1 });
  assert.deepEqual(correctionOf(-390, 1), { kind: "rate", rate: 1.25 });
  assert.deepEqual(correctionOf(500, 1), { kind: "seek" });
  assert.deepEqual(correctionOf(2000, 8), { kind: "rate", rate: 6 });
});

test("nudging ends any drift that it takes on, without swinging", () => {
  for (const rate of [0.25, 1, 8]) {
    let drift = 390 * rate;
    let last = Math.abs(drift);
    for (let tick = 0; tick < 60; tick++) {
      const correction = correctionOf(drift, rate);
      assert.ok(correction.kind === "rate");
      drift += (correction.rate - rate) * 50;
      assert.ok(Math.abs(drift) <= last);
      last = Math.abs(drift);
    }
    assert.ok(last / rate <= 12.5, `${last} at ${rate}`);
  }
});
