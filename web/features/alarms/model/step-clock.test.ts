import assert from "node:assert/strict";
import { test } from "node:test";
import { correction, sought, startOf, tick, toggled } from "./step-clock.ts";

const span = { from: 1000, to: 9000, start: 1000 };

test("the clock runs while it plays and no player waits, and stops at the end of the span", () => {
  const playing = { wall: 1000, playing: true };
  assert.equal(tick(playing, span, 250, false).wall, 1250);
  assert.equal(tick(playing, span, 250, true).wall, 1000);
  assert.equal(tick({ ...playing, playing: false }, span, 250, false).wall, 1000);
  assert.deepEqual(tick({ wall: 8900, playing: true }, span, 250, false), { wall: 9000, playing: false });
});

test("it begins where every camera has a picture; one that came after the edge is not waited for", () => {
  assert.equal(startOf([1000, 2800, 9000], 5000), 2800);
  assert.equal(startOf([5400, 6000], 5000), 5400);
  assert.deepEqual(toggled({ wall: 9000, playing: false }, { ...span, start: 2800 }), { wall: 2800, playing: true });
});

test("play at the end begins anew; a sought moment stays inside the span", () => {
  assert.deepEqual(toggled({ wall: 9000, playing: false }, span), { wall: 1000, playing: true });
  assert.deepEqual(toggled({ wall: 4000, playing: true }, span), { wall: 4000, playing: false });
  assert.equal(sought({ wall: 4000, playing: true }, span, 99_999).wall, 9000);
  assert.equal(sought({ wall: 4000, playing: true }, span, 0).wall, 1000);
});

test("a player that is a little off runs faster or slower, one that is far off jumps, one that stands is put in place", () => {
  const playing = { wall: 0, playing: true };
  assert.deepEqual(correction(playing, 0.2), { kind: "run", rate: 1.08 });
  assert.deepEqual(correction(playing, -0.2), { kind: "run", rate: 0.92 });
  assert.deepEqual(correction(playing, 0.01), { kind: "run", rate: 1 });
  assert.deepEqual(correction(playing, 2), { kind: "seek" });
  assert.deepEqual(correction({ ...playing, playing: false }, 0.2), { kind: "seek" });
  assert.deepEqual(correction({ ...playing, playing: false }, 0.01), { kind: "stand" });
});
