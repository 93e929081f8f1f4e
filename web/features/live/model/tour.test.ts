import assert from "node:assert/strict";
import { test } from "node:test";
import { tourStop } from "./tour.ts";

const tour = { channels: [3, 1, 4, 2, 5], atOnce: 1, everyS: 5 } as const;
const there = [1, 2, 3, 4, 5];

test("a tour goes from camera to camera and begins anew behind the last", () => {
  const shown = [0, 4999, 5000, 24_999, 25_000].map((now) => tourStop(tour, { from: 0, now, there })?.channels);
  assert.deepEqual(shown, [[3], [3], [1], [5], [3]]);
});

test("four at once: the last stop shows what is left", () => {
  const four = { ...tour, atOnce: 4 } as const;
  assert.deepEqual(tourStop(four, { from: 0, now: 0, there }), { channels: [3, 1, 4, 2], stop: 1, stops: 2 });
  assert.deepEqual(tourStop(four, { from: 0, now: 5000, there }), { channels: [5], stop: 2, stops: 2 });
});

test("cameras that are gone or not to be seen are left out; with none left there is no tour", () => {
  assert.deepEqual(tourStop(tour, { from: 0, now: 5000, there: [4, 5] }), { channels: [5], stop: 2, stops: 2 });
  assert.equal(tourStop(tour, { from: 0, now: 0, there: [9] }), undefined);
  assert.equal(tourStop(undefined, { from: 0, now: 0, there }), undefined);
});

test("a page whose clock is behind the alarm's shows the first stop", () => {
  assert.equal(tourStop(tour, { from: 60_000, now: 0, there })?.stop, 1);
});
