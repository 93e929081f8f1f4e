import assert from "node:assert/strict";
import { test } from "node:test";
import { alike } from "./draft.ts";

test("settings are alike whatever the order of their members", () => {
  assert.ok(alike({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }));
});

test("a changed, missing or reordered entry is a difference", () => {
  assert.ok(!alike({ a: 1 }, { a: 2 }));
  assert.ok(!alike({ a: 1 }, { a: 1, b: 2 }));
  assert.ok(!alike([1, 2], [2, 1]));
  assert.ok(!alike([], {}));
  assert.ok(!alike(null, {}));
});
