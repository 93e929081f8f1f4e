import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { SeenObject, TrackedObject } from "./objects.ts";
import { noTracks, stepTracker, trackBoxes, usualTracker, type TrackerState } from "./tracker.ts";

const person = (x: number, y = 0.4, confidence = 0.7): SeenObject => ({
  label: "person",
  confidence,
  box: { x, y, width: 0.06, height: 0.2 },
});

/** Runs pictures every `everyMs` through the tracker. */
function run(pictures: readonly (readonly SeenObject[])[], everyMs = 200, start: TrackerState = noTracks) {
  let state = start;
  const seen: (readonly TrackedObject[])[] = [];
  const ended: number[] = [];
  pictures.forEach((objects, index) => {
    const step = stepTracker(state, objects, start.at + (index + 1) * everyMs);
    state = step.state;
    seen.push(step.seen);
    ended.push(...step.ended);
  });
  return { state, seen, ended, numbers: [...new Set(seen.flat().map(({ track }) => track))] };
}

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

test("somebody who walks straight keeps one number, at any pace, place and rate of pictures", () => {
  fc.assert(
    fc.property(
      fc.record({
        x: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
        y: fc.double({ min: 0.2, max: 0.5, noNaN: true }),
        // widths of the box a second; at 5 pictures a second half of one between two pictures
        paceX: fc.double({ min: -2.5, max: 2.5, noNaN: true }),
        paceY: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        everyMs: fc.integer({ min: 40, max: 200 }),
        jitter: fc.array(fc.double({ min: -0.04, max: 0.04, noNaN: true }), { minLength: 20, maxLength: 20 }),
      }),
      ({ x, y, paceX, paceY, everyMs, jitter }) => {
        const pictures = times(20).map((index) => {
          const seconds = (index * everyMs) / 1000;
          return [person(x + paceX * 0.06 * seconds + (jitter[index] ?? 0) * 0.06, y + paceY * 0.2 * seconds)];
        });
        const { numbers, seen } = run(pictures, everyMs);
        assert.deepEqual(numbers, [1]);
        assert.equal(seen.filter((picture) => picture.length === 1).length, 19, "from the second picture on");
      },
    ),
  );
});

test("two who walk past each other keep their numbers", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 0.2, noNaN: true }), (pace) => {
      const pictures = times(30).map((index) => {
        const way = pace * (index / 5) - pace * 3;
        return [person(0.5 + way, 0.4), person(0.5 - way, 0.46)];
      });
      const { seen, numbers } = run(pictures);
      assert.deepEqual(numbers, [1, 2]);
      const last = seen.at(-1) ?? [];
      const right = last.reduce((a, b) => (a.box.x > b.box.x ? a : b));
      assert.equal(right.track, 1, "who came from the left is on the right at the end");
    }),
  );
});

test("somebody behind a pole for a second keeps the number", () => {
  const pictures = times(30).map((index) => (index >= 12 && index < 17 ? [] : [person(0.2 + index * 0.008)]));
  assert.deepEqual(run(pictures).numbers, [1]);
});

test("an object that the detector becomes unsure of goes on, and nothing begins with it", () => {
  const walk = times(12).map((index) => [person(0.2 + index * 0.008, 0.4, index < 4 ? 0.7 : 0.25)]);
  assert.deepEqual(
    run(walk).seen.map((picture) => picture.length),
    [0, ...times(11).map(() => 1)],
  );
  assert.deepEqual(run(walk.slice(4)).state.tracks, []);
});

test("where a walker is looked for is where the walk leads", () => {
  const { state } = run(times(10).map((index) => [person(0.2 + index * 0.02)]));
  const [box] = trackBoxes(state, state.at + 500, new Set([1, 7]));
  assert.ok(Math.abs((box?.x ?? 0) - (0.2 + 9 * 0.02 + 0.05)) < 0.01, `x ${box?.x ?? NaN}`);
});

test("something seen once is nothing yet, and forgotten if it is not seen again", () => {
  const { seen, state, ended } = run([[person(0.2)], [], [person(0.2)]]);
  assert.deepEqual(seen.flat(), []);
  assert.deepEqual(ended, [], "who never was does not end");
  assert.equal(state.tracks.length, 1);
});

test("a track ends once, when it was looked for often and long enough", () => {
  const gone = run([[person(0.2)], [person(0.2)], ...times(15).map(() => [])]);
  assert.deepEqual(gone.ended, [1]);
  assert.deepEqual(gone.state.tracks, []);
});

test("where nobody looked nobody left: a pause of some seconds ends no track, a long one does", () => {
  const before = run([[person(0.2)], [person(0.2)]]);
  const soon = stepTracker(before.state, [person(0.2)], before.state.at + 5000);
  assert.deepEqual(
    soon.seen.map(({ track }) => track),
    [1],
  );
  const overlooked = stepTracker(before.state, [], before.state.at + 5000);
  assert.deepEqual(overlooked.ended, [], "one look that found nothing does not end it");
  const late = stepTracker(before.state, [], before.state.at + usualTracker.longestMs + 1);
  assert.deepEqual(late.ended, [1]);
});

test("a van that is taken for a car now and then stays one vehicle, with the label it was given most", () => {
  const van = (label: string): SeenObject => ({
    label,
    confidence: 0.6,
    box: { x: 0.4, y: 0.4, width: 0.3, height: 0.2 },
  });
  const { seen, numbers } = run(["truck", "car", "truck", "truck", "car"].map((label) => [van(label)]));
  assert.deepEqual(numbers, [1]);
  assert.equal(seen.at(-1)?.[0]?.label, "truck");
});

test("a person in front of a car is not the car", () => {
  const car: SeenObject = { label: "car", confidence: 0.6, box: { x: 0.4, y: 0.4, width: 0.06, height: 0.2 } };
  const { numbers } = run([[car], [car], [person(0.4)], [person(0.4)]]);
  assert.deepEqual(numbers, [1, 2]);
});

const anything: fc.Arbitrary<readonly SeenObject[]> = fc.array(
  fc.record({
    label: fc.constantFrom("person", "car", "truck", "dog"),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    box: fc.record({
      x: fc.double({ min: -0.5, max: 1.2, noNaN: true }),
      y: fc.double({ min: -0.5, max: 1.2, noNaN: true }),
      width: fc.double({ min: 0, max: 1, noNaN: true }),
      height: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  }),
  { maxLength: 100 },
);

test("whatever the detector says: few tracks, boxes in the picture, numbers that only end once, and the same again", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, fc.integer({ min: -500, max: 4000 })), { maxLength: 12 }), (pictures) => {
      let [state, again] = [noTracks, noTracks];
      const ended = new Set<number>();
      let at = 0;
      for (const [objects, pause] of pictures) {
        at += pause;
        const step = stepTracker(state, objects, at);
        assert.deepEqual(stepTracker(again, objects, at), step);
        [state, again] = [step.state, step.state];
        assert.ok(state.tracks.length <= usualTracker.most);
        assert.equal(new Set(step.seen.map(({ track }) => track)).size, step.seen.length);
        for (const { track, box } of step.seen) {
          assert.ok(!ended.has(track), "a number that ended is not given again");
          assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1.000001 && box.y + box.height <= 1.000001);
        }
        for (const track of step.ended) {
          assert.ok(!ended.has(track));
          ended.add(track);
        }
        for (const box of trackBoxes(state, at + 300, new Set(state.tracks.map(({ id }) => id))))
          assert.ok(Number.isFinite(box.x) && box.width >= 0);
      }
    }),
    { numRuns: 60 },
  );
});
