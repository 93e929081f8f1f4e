import assert from "node:assert/strict";
import { test } from "node:test";
import type { Readiness } from "./arming-data.ts";
import { inTheWay } from "./in-the-way.ts";

type Open = Readiness["inputs"][number];
const open = (input: number, part: Partial<Open> = {}): Open => ({
  ...{ input, name: `Door ${input}`, why: "open", onTheWay: false, bypassed: false, since: 1 },
  ...part,
});
const of = (inputs: readonly Open[], ready = false): Readiness =>
  ({ mode: "away", ready, inputs, boards: [], cameras: [], disks: [] }) satisfies Readiness;

test("what is open and not left out stays open, and the button says so", () => {
  assert.deepEqual(inTheWay(of([open(1), open(2)]), [1]), { rest: true, word: "anyway" });
  assert.deepEqual(inTheWay(of([open(1), open(2)]), [1, 2]), { rest: false, word: "without" });
  assert.deepEqual(inTheWay(of([], true), []), { rest: false, word: "arm" });
  assert.deepEqual(inTheWay(undefined, []), { rest: false, word: "arm" });
});

test("a door on the way out may be open, a faulty one may not", () => {
  assert.equal(inTheWay(of([open(1, { onTheWay: true })], true), []).rest, false);
  assert.equal(inTheWay(of([open(1, { onTheWay: true, why: "fault" })]), []).rest, true);
});

test("something that a display may not see is open all the same", () => {
  assert.deepEqual(inTheWay(of([]), []), { rest: true, word: "anyway" });
});
