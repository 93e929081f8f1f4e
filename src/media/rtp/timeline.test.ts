import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../../kernel/time.ts";
import { createTimeline } from "./timeline.ts";

const rate = 90_000;
const frame = 3600; // 40 ms

/** Feeds (ticks since the start, arrival ms) of a camera that begins at `first`, and returns the line. */
const follow = (first: number, packets: readonly (readonly [ticks: number, arrival: number])[]) => {
  const timeline = createTimeline(rate);
  const line = packets.map(([ticks, arrival]) => timeline.at((first + ticks) % 2 ** 32, instant(arrival)));
  return { timeline, line };
};

test("timestamps go on across the wrap of 32 bits", () => {
  const packets = Array.from({ length: 100 }, (_, i) => [i * frame, 1000 + i * 40] as const);
  const { line, timeline } = follow(2 ** 32 - 10 * frame, packets);
  assert.deepEqual(
    line,
    packets.map(([ticks]) => ticks),
  );
  assert.equal(timeline.jumps, 0);
});

test("B-frames step back and are no jump; a late packet may lie before the first", () => {
  const order = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8];
  const { line, timeline } = follow(
    5,
    order.map((n, i) => [n * frame, i * 40] as const),
  );
  assert.deepEqual(
    line,
    order.map((n) => n * frame),
  );
  assert.equal(timeline.at(5 - frame, instant(500)), -frame);
  assert.equal(timeline.jumps, 0);
});

test("a cached GOP that bursts at PLAY keeps its durations", () => {
  const burst = Array.from({ length: 250 }, (_, i) => [i * frame, 1000] as const);
  const live = Array.from({ length: 50 }, (_, i) => [(250 + i) * frame, 1040 + i * 40] as const);
  const { line, timeline } = follow(0, [...burst, ...live]);
  assert.deepEqual(
    line,
    [...burst, ...live].map(([ticks]) => ticks),
  );
  assert.equal(timeline.jumps, 0);
});

test("a stalled network and the backlog after it are no jump", () => {
  const packets = Array.from(
    { length: 300 },
    (_, i) => [i * frame, i < 100 ? i * 40 : Math.max(12_000, i * 40)] as const,
  );
  const { line, timeline } = follow(0, packets);
  assert.deepEqual(
    line,
    packets.map(([ticks]) => ticks),
  );
  assert.equal(timeline.jumps, 0);
});

test("a camera that threw pictures away while the network stalled left a hole, no jump", () => {
  const before = Array.from({ length: 100 }, (_, i) => [i * frame, i * 40] as const);
  const backlog = Array.from({ length: 50 }, (_, i) => [(100 + i) * frame, 14_000] as const);
  const after = Array.from({ length: 50 }, (_, i) => [(350 + i) * frame, 14_000 + i * 40] as const);
  const { line, timeline } = follow(0, [...before, ...backlog, ...after]);
  assert.deepEqual(
    line,
    [...before, ...backlog, ...after].map(([ticks]) => ticks),
  );
  assert.equal(timeline.jumps, 0);
});

test("a jump either way is set anew by the arrival, and the line goes on continuously", () => {
  for (const by of [3600 * rate, -3600 * rate, 10 * rate, -3 * rate, 2 ** 31 - 1]) {
    const timeline = createTimeline(rate);
    const line = Array.from({ length: 200 }, (_, i) =>
      timeline.at((1e9 + i * frame + (i >= 100 ? by : 0) + 2 ** 33) % 2 ** 32, instant(1000 + i * 40)),
    );
    assert.deepEqual(
      line,
      Array.from({ length: 200 }, (_, i) => i * frame),
      `jump by ${by}`,
    );
    assert.equal(timeline.jumps, 1);
  }
});

test("where nothing tells the order, pictures after a jump are shown after all before it, each at its own time", () => {
  const order = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8, 12, 10, 11, 15, 13, 14];
  for (const by of [3600 * rate, -3600 * rate])
    for (let from = 4; from < order.length; from++) {
      const timeline = createTimeline(rate);
      const line = order.map((n, i) =>
        // eight pictures arrive at once, as over a network that holds them up
        timeline.at((1e9 + n * frame + (i >= from ? by : 0)) >>> 0, instant(Math.floor(i / 8) * 320), {
          reorders: true,
        }),
      );
      const [before, after] = [line.slice(0, from), line.slice(from)];
      assert.ok(Math.min(...after) > Math.max(...before), `jump at ${from}: ${line.join(" ")}`);
      assert.deepEqual(
        after.map((ticks) => ticks - (after[0] ?? 0)),
        order.slice(from).map((n) => (n - (order[from] ?? 0)) * frame),
      );
    }
});

test("a camera that paused when its clock was set goes on by the arrival, whatever the order says", () => {
  const timeline = createTimeline(rate);
  timeline.at(0, instant(0));
  const hint = { step: frame, reorders: true };
  assert.equal(timeline.at(frame, instant(40), hint), frame);
  assert.equal(timeline.at(3600 * rate, instant(80), hint), 2 * frame);
  assert.equal(timeline.at(0, instant(10_080), hint), 2 * frame + 10 * rate);
});

test("small steps back that never end are a jump too", () => {
  const { line } = follow(
    1e9,
    Array.from({ length: 40 }, (_, i) => [-i * rate, i * 40] as const),
  );
  assert.ok(line.every((ticks, i) => ticks >= Math.max(...line.slice(0, i + 1)) - 2 * rate));
});

test("a frame rate of one in thirty seconds is no row of jumps", () => {
  const packets = Array.from({ length: 20 }, (_, i) => [i * 30 * rate, i * 30_000] as const);
  assert.equal(follow(77, packets).timeline.jumps, 0);
});

test("peek places a timestamp without moving the line", () => {
  const timeline = createTimeline(rate);
  assert.equal(timeline.peek(5), undefined);
  timeline.at(2 ** 32 - 1, instant(0));
  assert.equal(timeline.peek(rate - 1), rate);
  assert.equal(timeline.peek(2 ** 32 - 1 - rate), -rate);
  assert.equal(timeline.at(2 ** 32 - 1, instant(0)), 0);
});

test("whatever timestamps a camera sends, the line never runs ahead of the arrival by more than it may", () => {
  const packet = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 3000 }));
  fc.assert(
    fc.property(fc.array(packet, { minLength: 1, maxLength: 60 }), (packets) => {
      const timeline = createTimeline(rate);
      let arrival = 0;
      let furthest = 0;
      for (const [timestamp, later] of packets) {
        arrival += later;
        const ticks = timeline.at(timestamp, instant(arrival));
        assert.ok(Number.isSafeInteger(ticks));
        assert.ok(ticks >= furthest - 2 * rate, "no step back beyond reordering");
        furthest = Math.max(furthest, ticks);
        assert.ok(furthest / 90 <= arrival + 2000 * packets.length);
      }
    }),
    { numRuns: 300 },
  );
});
