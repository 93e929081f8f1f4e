import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createSpanSet } from "./span-set.ts";

const span = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 })).map(([from, length]) => ({
  from,
  to: from + length,
}));

test("whatever is added in whatever order: a span is reached exactly when one of those added touches it", () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 30 }), span, (added, asked) => {
      const set = createSpanSet();
      for (const one of added) set.add(one);
      assert.equal(
        set.reaches(asked),
        added.some((one) => one.from <= asked.to && one.to >= asked.from),
      );
    }),
  );
});

test("spans that overlap are one, and what lies before a time is forgotten", () => {
  const set = createSpanSet();
  for (const from of [10, 0, 5]) set.add({ from, to: from + 5 });
  assert.equal(set.size, 1);
  set.add({ from: 30, to: 40 });
  set.forget(20);
  assert.equal(set.size, 1);
  assert.equal(set.reaches({ from: 0, to: 29 }), false);
});
