import assert from "node:assert/strict";
import { test } from "node:test";
import { bandsOf, footageAfter, footageBefore, drawn, heightOf } from "./bands.ts";

const span = (cause: string, from: number, to: number) => ({ cause, from, to });

test("one cause is drawn at a time: alarm before detection before by hand before general, motion with alarm as its own", () => {
  const bands = bandsOf(
    [span("continuous", 0, 100), span("alarm", 20, 40), span("motion", 30, 60), span("manual", 55, 70)],
    [{ from: 100, to: 120, reason: "camera down" }],
  );
  assert.deepEqual(
    bands.map(({ kind, from, to }) => [kind, from, to]),
    [
      ["continuous", 0, 20],
      ["alarm", 20, 30],
      ["motion-alarm", 30, 40],
      ["motion", 40, 60],
      ["manual", 60, 70],
      ["continuous", 70, 100],
      ["gap", 100, 120],
    ],
  );
  assert.equal(bands.at(-1)?.reason, "camera down");
});

test("a hole that nobody explains is drawn as nothing, and equal neighbours are one band", () => {
  const bands = bandsOf([span("continuous", 0, 10), span("continuous", 10, 20), span("continuous", 30, 40)], []);
  assert.deepEqual(
    bands.map(({ from, to }) => [from, to]),
    [
      [0, 20],
      [30, 40],
    ],
  );
});

test("the next footage is where playing goes on behind a gap", () => {
  const spans = [span("continuous", 0, 10), span("alarm", 50, 60), span("continuous", 30, 40)];
  assert.deepEqual(
    [5, 15, 45, 70].map((wall) => footageAfter(spans, wall)),
    [5, 30, 50, undefined],
  );
});

test("backwards one goes to the end of the last footage before a time", () => {
  const spans = [
    { from: 0, to: 100 },
    { from: 200, to: 300 },
  ];
  const before = (wall: number) => footageBefore(spans, wall);
  assert.deepEqual([before(250), before(150), before(400), before(0)], [250, 100, 300, undefined]);
});

test("of bands narrower than a pixel the most telling one is drawn, wide ones stay as they are", () => {
  const bands = bandsOf(
    [
      { cause: "continuous", from: 0, to: 100_000 },
      { cause: "alarm", from: 50_000, to: 50_400 },
      { cause: "motion", from: 50_600, to: 50_700 },
    ],
    [],
  );
  assert.equal(drawn(bands, 1).length, bands.length);
  assert.deepEqual(
    drawn(bands, 1000).map(({ kind }) => kind),
    ["continuous", "alarm", "continuous"],
  );
});

test("a part of the line with holes in it says how much there is, and is never drawn as if it were whole", () => {
  const bands = bandsOf(
    [
      { ...span("continuous", 0, 100), share: 0.97 },
      { ...span("alarm", 40, 60), share: 0.1 },
      span("continuous", 100, 200),
    ],
    [],
  );
  assert.deepEqual(
    bands.map(({ kind, from, share }) => [kind, from, share]),
    [
      ["continuous", 0, 0.97],
      ["alarm", 40, 0.97],
      ["continuous", 60, 0.97],
      ["continuous", 100, undefined],
    ],
  );
  assert.ok(bands.slice(0, 3).every((band) => heightOf(band) < 0.8));
  assert.equal(heightOf({}), 1);
  assert.ok(heightOf({ share: 0.001 }) > 0.1);
});
