import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createDecodeTimes } from "./decode-time.ts";

const frame = 3600;

/** Presentation times in a decoding order in which no picture is preceded by more than `depth` that follow it. */
const reordered = fc.integer({ min: 0, max: 4 }).chain((depth) =>
  fc.record({
    depth: fc.constant(depth),
    order: fc.array(fc.nat({ max: depth }), { minLength: 1, maxLength: 60 }).map((picks) => {
      // A decoder's buffer backwards: `depth + 1` pictures wait for output, any of them may be decoded next.
      const waiting: number[] = [];
      const order: number[] = [];
      let next = 0;
      for (const pick of picks) {
        while (waiting.length <= depth) waiting.push(next++);
        order.push(...waiting.splice(pick % waiting.length, 1));
        // The oldest may be overtaken by `depth` at most.
        while ((waiting[0] ?? next) <= order.length - 1 - depth) order.push(...waiting.splice(0, 1));
      }
      // A session begins with a picture that is shown first.
      return [0, ...[...order, ...waiting].map((number) => number + 1)];
    }),
  }),
);

/** max_num_reorder of an order: the most pictures that precede one in decoding and follow it in output. */
const depthOf = (order: readonly number[]): number =>
  Math.max(...order.map((pts, i) => order.slice(0, i).filter((earlier) => earlier > pts).length));

test("in every order that the stated depth allows, dts rises, never passes pts, and is a presentation time", () => {
  fc.assert(
    fc.property(reordered, ({ order }) => {
      const times = createDecodeTimes();
      times.depth({ depth: depthOf(order), stated: true }, frame);
      let last = -Infinity;
      for (const number of order) {
        const pts = number * frame;
        times.place(pts);
        assert.equal(times.pts, pts);
        assert.ok(times.dts <= pts && times.dts > last);
        assert.equal(times.dts % frame === 0, true);
        last = times.dts;
      }
    }),
  );
});

test("without reordering dts is pts", () => {
  const times = createDecodeTimes();
  times.depth({ depth: 0, stated: true }, frame);
  for (const pts of [0, 3600, 7100, 11_000]) {
    times.place(pts);
    assert.equal(times.dts, pts);
  }
});

test("a time that stands still or runs back in a stream that does not reorder is moved forward by one tick", () => {
  const times = createDecodeTimes();
  times.depth({ depth: 0, stated: true }, frame);
  const placed = [0, 3600, 3600, 3000].map((pts) => {
    times.place(pts);
    return [times.pts, times.dts];
  });
  assert.deepEqual(placed, [
    [0, 0],
    [3600, 3600],
    [3601, 3601],
    [3602, 3602],
  ]);
});

test("reordering that shows before the first picture is late costs no presentation time", () => {
  const times = createDecodeTimes();
  times.depth({ depth: 4, stated: false }, frame);
  times.place(0);
  assert.equal(times.dts, 0);
  times.reordered();
  let last = 0;
  for (const number of [4, 2, 1, 3, 8, 6, 5, 7]) {
    times.place(number * frame);
    assert.equal(times.pts, number * frame);
    assert.ok(times.dts > last && times.dts <= times.pts);
    last = times.dts;
  }
});

test("whatever times come, dts rises and pts is not before it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1e9, max: 1e9 })),
      fc.nat({ max: 16 }),
      fc.boolean(),
      (all, depth, stated) => {
        const times = createDecodeTimes();
        times.depth({ depth, stated }, frame);
        let last = -Infinity;
        for (const pts of all) {
          times.place(pts);
          assert.ok(times.dts > last && times.pts >= times.dts);
          last = times.dts;
        }
      },
    ),
  );
});
