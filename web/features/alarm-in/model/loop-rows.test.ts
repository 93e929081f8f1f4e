import assert from "node:assert/strict";
import { test } from "node:test";
import type { LoopSettings } from "../../../../src/domain/supervised-loop.ts";
import { loopRows, suits } from "./loop-rows.ts";

const loop = (wiring: LoopSettings["wiring"]): LoopSettings => ({
  ...{ wiring, eolOhm: 5600, pullUpOhm: 5600, fullScale: 4095 },
});

test("each resistance says what it is for the input: rest, tripped or tampering", () => {
  const rows = (wiring: LoopSettings["wiring"], type: "NO" | "NC") =>
    loopRows(loop(wiring), type).map(({ ohms, means, tripped }) => [ohms, means, tripped]);
  assert.deepEqual(rows("double", "NC"), [
    [0, "short", undefined],
    [5600, "closed", false],
    [11_200, "open", true],
    [undefined, "cut", undefined],
  ]);
  assert.deepEqual(rows("series", "NC"), [
    [0, "short", undefined],
    [5600, "closed", false],
    [undefined, "openOrCut", true],
  ]);
  assert.deepEqual(rows("parallel", "NO"), [
    [0, "closed", true],
    [5600, "open", false],
    [undefined, "cut", undefined],
  ]);
});

test("one resistor fits one type of contact; two or none fit both", () => {
  assert.deepEqual(
    (["none", "parallel", "series", "double"] as const).map((wiring) => [suits(wiring, "NO"), suits(wiring, "NC")]),
    [
      [undefined, undefined],
      [undefined, "NO"],
      ["NC", undefined],
      [undefined, undefined],
    ],
  );
});
