import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputStatus } from "../../../src/messages/api.ts";
import type { Input, Output } from "../types.ts";
import { noisy, notReady } from "./noise.ts";

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
const door: Input = {
  input: 1,
  name: "Door",
  enabled: true,
  kind: "door",
  board: 1,
  point: 1,
  type: "NC",
  debounceMs: 250,
  antiDitherS: 5,
  recordChannels: [],
  postRecordS: 30,
  maxRecordS: 600,
  outputs: [],
  notifiers: [],
  zone: "instant",
  chime: false,
  swingerAlarms: 0,
};

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

test("an open door and one that is not known stand against arming; a switched-off one does not", () => {
  const state = (input: number, active: boolean | "unknown") => ({ input, level: "open", active, since: 1 }) as const;
  const others = [
    { ...door, input: 2, name: "Gate" },
    { ...door, input: 3, name: "Shed", enabled: false },
    { ...door, input: 4, name: "Roof" },
  ];
  const states = [state(1, true), state(2, "unknown"), state(3, true), state(4, false)];
  assert.deepEqual(notReady([door, ...others], states), [
    { name: "Door", why: "active" },
    { name: "Gate", why: "unknown" },
  ]);
});
