import assert from "node:assert/strict";
import { test } from "node:test";
import { ofSources, sourceOfInput } from "./edge-source.ts";
import { board, input } from "./testdata/site.ts";

const boards = [
  board(2, { driver: { kind: "virtual", inputs: 4, outputs: 1 } }),
  board(3, { driver: { kind: "http-trigger", inputs: [] } }),
  board(4, { driver: { kind: "video-detection", channel: 1 } }),
];
const inputs = [
  input(1, { board: 1 }),
  input(2, { board: 2 }),
  input(3, { board: 3 }),
  input(4, { board: 4, point: 1, kind: "video-motion" }),
  input(5, { board: 4, point: 11, kind: "video-rule" }),
  input(6, { board: 4, point: 21, kind: "video-rule" }),
  input(7, { board: 4, point: 22, kind: "video-rule" }),
  input(8, { board: 4, point: 7, kind: "video-loss" }),
  input(9, { board: 4, point: 9, kind: "audio" }),
  input(10, { board: 1, zone: "key-switch" }),
];

test("an edge's source is what its input is: a wire, a picture, a sound, a key, a call, or the simulator", () => {
  assert.deepEqual(
    inputs.map((row) => sourceOfInput(row, boards)),
    ["contact", "simulator", "api", "motion", "rule", "people", "vehicle", "tamper", "audio", "key"],
  );
  assert.equal(sourceOfInput(undefined, boards), "contact", "one that is no more");
});

test("sources mean the inputs that are so, those that are no more as contacts, and edges without an input by their kind", () => {
  const known = [0, 1, 2, 4, 6, 99];
  assert.deepEqual(ofSources(["contact", "people"], known, { inputs, boards }), { inputs: [1, 6, 99], kinds: [] });
  assert.deepEqual(ofSources(["hand", "board"], known, { inputs, boards }), {
    inputs: [],
    kinds: ["tamper", "manual"],
  });
});
