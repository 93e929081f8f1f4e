import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputStatus } from "../../../src/messages/api.ts";
import type { Output } from "../types.ts";
import { noisy } from "./noise.ts";

const siren: Output = {
  output: 1,
  name: "Siren",
  kind: "siren",
  board: 1,
  point: 1,
  mode: "auto",
  maxOnS: 180,
  restState: "off",
};
const live = (output: number, wanted: "on" | "off"): OutputStatus => ({
  output,
  mode: "auto",
  wanted,
  commanded: wanted,
  readBack: wanted,
  holds: [],
});
test("a siren that is on is noise; a gate that is open and a light are none", () => {
  const gate = { ...siren, output: 2, kind: "gate" } as const;
  const light = { ...siren, output: 3, kind: "light" } as const;
  const all = [live(1, "on"), live(2, "on"), live(3, "on")];
  assert.deepEqual(
    noisy([siren, gate, light], all).map(({ output }) => output),
    [1],
  );
  assert.deepEqual(noisy([siren], [live(1, "off")]), []);
});

test("a siren that is energised at rest is noise while it is off", () => {
  const energised = { ...siren, restState: "on" } as const;
  assert.deepEqual(noisy([energised], [live(1, "on")]), []);
  assert.equal(noisy([energised], [live(1, "off")]).length, 1);
});
