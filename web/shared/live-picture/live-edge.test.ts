import assert from "node:assert/strict";
import { test } from "node:test";
import { behindBy, edgeAction, newEdge, settings, type BufferFacts, type Edge } from "./live-edge.ts";

const at = (end: number, position: number, start = 0): BufferFacts => ({
  ranges: [{ start, end }],
  position,
  playing: true,
});

test("close to the newest picture nothing is done", () => {
  const { actions } = edgeAction(newEdge, at(10, 9.8), 1000);
  assert.deepEqual(actions, []);
});

test("a little behind it plays a little faster, until the wanted distance is reached", () => {
  const first = edgeAction(newEdge, at(10, 9.4), 1000);
  assert.deepEqual(first.actions, [{ kind: "rate", rate: 1.2 }]);
  const nearer = edgeAction(first.edge, at(10.1, 9.86), 1200);
  assert.deepEqual(nearer.actions, [{ kind: "rate", rate: 1.05 }], "inside the slack it goes on until it is there");
  assert.deepEqual(edgeAction(nearer.edge, at(10.2, 10), 1400).actions, [{ kind: "rate", rate: 1 }]);
});

test("far behind it jumps", () => {
  assert.deepEqual(edgeAction(newEdge, at(10, 7), 1000).actions[0], { kind: "seek", to: 9.8 });
});

test("a gap left by lost pictures is jumped over, to pictures that are there", () => {
  const buffer: BufferFacts = {
    ranges: [
      { start: 0, end: 5 },
      { start: 9, end: 9.1 },
    ],
    position: 5,
    playing: true,
  };
  assert.deepEqual(edgeAction(newEdge, buffer, 1000).actions[0], { kind: "seek", to: 9 });
});

test("each time it runs dry the distance grows, up to a bound; calm brings it back down", () => {
  let edge: Edge = newEdge;
  for (let i = 0; i < 50; i++) edge = edgeAction({ ...edge, starved: true }, at(10, 9.9), 1000 + i * 200).edge;
  assert.equal(edge.target, settings.mostTargetS);
  for (let i = 0; i < 100; i++) edge = edgeAction(edge, at(10, 9.9), 20_000 + i * settings.calmMs).edge;
  assert.equal(edge.target, settings.leastTargetS);
});

test("it does not look more often than there is something to see", () => {
  const { edge } = edgeAction(newEdge, at(10, 9.8), 1000);
  assert.deepEqual(edgeAction(edge, at(10, 9), 1050).actions, []);
  assert.notDeepEqual(edgeAction(edge, at(10, 9), 1100).actions, []);
});

test("how far behind is told only where there are pictures", () => {
  assert.equal(behindBy({ ranges: [], position: 3, playing: true }), undefined);
  assert.equal(behindBy(at(10, 9.5)), 0.5);
});
