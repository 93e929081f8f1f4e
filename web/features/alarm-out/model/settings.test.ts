import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputStatus } from "../../../../src/messages/api.ts";
import { agrees, heldUntil, problemOf, settingsOf, withKind } from "./settings.ts";

const output = {
  output: 1,
  name: "Siren",
  kind: "siren",
  board: 1,
  point: 1,
  mode: "auto",
  maxOnS: 180,
  restState: "off",
} as const;
const live: OutputStatus = { output: 1, mode: "auto", wanted: "on", commanded: "on", readBack: "on", holds: [] };

test("what is sent back has no number, and an output without a feedback contact sends none", () => {
  assert.deepEqual(Object.keys(settingsOf(output)).sort(), [
    ...["board", "kind", "maxOnS", "mode", "name", "point", "restState"],
  ]);
});

test("another kind brings its usual longest time; a time outside 1 to 900 s is not applied", () => {
  assert.deepEqual(withKind("gate"), { kind: "gate", maxOnS: 60 });
  assert.equal(problemOf(output), undefined);
  assert.equal(problemOf({ ...output, maxOnS: Number.NaN }), "maxOnS");
  assert.equal(problemOf({ ...output, name: "" }), "name");
});

test("commanded, read back and felt agree as far as they are known", () => {
  assert.equal(agrees(live), true);
  assert.equal(agrees({ ...live, readBack: "unknown", feedback: "unknown" }), true);
  assert.equal(agrees({ ...live, readBack: "off" }), false);
  assert.equal(agrees({ ...live, feedback: "off" }), false);
});

test("held until the last of its holds ends", () => {
  assert.equal(heldUntil(live), undefined);
  assert.equal(
    heldUntil({
      holds: [
        { by: "a", input: 1, until: 5 },
        { by: "b", input: 2, until: 9 },
      ],
    }),
    9,
  );
});
