import assert from "node:assert/strict";
import { test } from "node:test";
import { freshPace, isBehind, isHeld, type Pace, paceLimits, stepPace } from "./pace.ts";

const { patienceMs, firstRestMs } = paceLimits;
const playing = { playing: true, waiting: false, jumped: false };

/** A player that waits from `from` until `to`, looked at every 40 ms. */
function waited(pace: Pace, from: number, to: number): Pace {
  let next = pace;
  for (let now = from; now <= to; now += 40) next = stepPace(next, { ...playing, now, waiting: true });
  return next;
}

test("a player that is without a picture for a moment is waited for; one that is for long shows key frames", () => {
  const short = waited(freshPace, 0, patienceMs);
  assert.equal(isBehind(short, patienceMs), false);
  const long = waited(freshPace, 0, patienceMs + 80);
  assert.equal(isBehind(long, patienceMs + 80), true);
});

test("who gets a picture in between begins to wait anew", () => {
  let pace = waited(freshPace, 0, 3000);
  pace = stepPace(pace, { ...playing, now: 3040 });
  assert.equal(isBehind(waited(pace, 3080, 6000), 6000), false);
});

test("a player that jumps again and again shows key frames, one that jumped long ago does not", () => {
  let pace = freshPace;
  for (const now of [0, 1000, 2000, 3000]) pace = stepPace(pace, { ...playing, now, jumped: true });
  assert.equal(isBehind(pace, 3000), true);
  pace = freshPace;
  for (const now of [0, 5000, 10_000, 15_000]) pace = stepPace(pace, { ...playing, now, jumped: true });
  assert.equal(isBehind(pace, 15_000), false);
});

test("after its rest all pictures are tried again, and each failure doubles the rest up to its bound", () => {
  let pace = freshPace;
  let now = 0;
  const rests: number[] = [];
  for (let round = 0; round < 7; round++) {
    pace = waited(stepPace(pace, { ...playing, now }), now, now + patienceMs + 80);
    rests.push(pace.restMs);
    assert.equal(isBehind(pace, pace.keysUntil - 1), true);
    assert.equal(isBehind(pace, pace.keysUntil), false);
    now = pace.keysUntil + 40;
  }
  assert.deepEqual(
    rests.map((rest) => rest / firstRestMs),
    [1, 2, 4, 8, 16, 16, 16],
  );
});

test("who stands still is never behind, however long its picture takes", () => {
  let pace = freshPace;
  for (let now = 0; now < 60_000; now += 1000)
    pace = stepPace(pace, { ...playing, now, playing: false, waiting: true });
  assert.equal(isBehind(pace, 60_000), false);
});

test("the clock stands for a player for a moment, not for one that can't keep up, and always when none has a picture", () => {
  const ready = { pace: freshPace, waiting: false, ready: true };
  const since = (waitingSince: number) => ({
    pace: { ...freshPace, waitingSince },
    waiting: true,
    ready: false,
  });
  assert.equal(isHeld([ready, ready], 0), false);
  assert.equal(isHeld([ready, since(0)], 1000), true);
  assert.equal(isHeld([ready, since(0)], patienceMs + 1), false);
  assert.equal(isHeld([since(0)], 60_000), true);
  const behind = { ...since(0), pace: { ...freshPace, waitingSince: 0, keysUntil: 9000 } };
  assert.equal(isHeld([ready, behind], 100), false);
});
