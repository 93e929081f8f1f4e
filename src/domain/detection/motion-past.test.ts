import assert from "node:assert/strict";
import { test } from "node:test";
import { allCells, columns, noCells, packCells, packedBytes } from "./motion-grid.ts";
import { addMoved, addWatched, fewRuns, newSteps, searchMotion, still, unwatched } from "./motion-past.ts";

const only = (...at: readonly number[]): Uint8Array => {
  const map = noCells();
  for (const cell of at) map[cell] = 1;
  return packCells(map);
};

test("a step that nobody watched is not called quiet", () => {
  const past = newSteps(10_000, 1000, 6);
  addWatched(past, 11_500, 13_000);
  addMoved(past, 12_000, 80);
  addMoved(past, 12_000, 30);
  addMoved(past, 15_000, 255);
  assert.deepEqual([...past.steps], [unwatched, still, 80, unwatched, unwatched, 255]);
});

test("what lies outside the steps changes none of them", () => {
  const past = newSteps(10_000, 1000, 2);
  addWatched(past, 0, 10_000);
  addMoved(past, 9_000, 9);
  addMoved(past, 12_000, 9);
  assert.deepEqual([...past.steps], [unwatched, unwatched]);
  addWatched(past, 0, 99_000);
  assert.deepEqual([...past.steps], [still, still]);
});

test("only motion in the chosen cells is found, and how much of them moved", () => {
  const search = searchMotion(only(0, 1, columns, columns + 1));
  search.look(5000, only(2, 3), 0);
  search.look(6000, only(0, 30), 0);
  search.look(7000, packCells(allCells()), 0);
  search.look(8000, only(1, columns), 0);
  assert.deepEqual(search.runs(0), [{ from: 6000, to: 9000, at: 7000, strength: 100 }]);
});

test("cells are read from where they lie in the bytes", () => {
  const bytes = new Uint8Array(4 + packedBytes);
  bytes.set(only(395), 4);
  const search = searchMotion(only(395));
  search.look(1000, bytes, 4);
  search.look(9000, bytes, 3);
  assert.deepEqual(search.runs(0), [{ from: 1000, to: 2000, at: 1000, strength: 100 }]);
});

test("seconds that are near each other are one run, also when the clock was set back between them", () => {
  const search = searchMotion(only(7));
  for (const wall of [20_000, 21_000, 5000, 24_000]) search.look(wall, only(7), 0);
  assert.deepEqual(
    search.runs(3000).map(({ from, to }) => [from, to]),
    [
      [5000, 6000],
      [20_000, 25_000],
    ],
  );
  assert.deepEqual(
    search.runs(1000).map(({ from }) => from),
    [5000, 20_000, 24_000],
  );
});

test("of more runs than can be told those that are near each other are joined", () => {
  const search = searchMotion(only(7));
  for (let i = 0; i < 100; i++) search.look(i * 10_000, only(7), 0);
  const few = fewRuns(search, 5000, 10);
  assert.deepEqual([few.runs.length, few.joinMs], [1, 10_000]);
  assert.deepEqual([fewRuns(search, 5000, 100).runs.length, fewRuns(search, 5000, 100).joinMs], [100, 5000]);
});

test("a second costs as many compared bytes as the chosen cells lie in, and not more", () => {
  const all = packCells(allCells());
  const small = searchMotion(only(0, 1, 2));
  const large = searchMotion(all);
  const seconds = 86_400;
  for (let second = 0; second < seconds; second++) {
    small.look(second * 1000, all, 0);
    large.look(second * 1000, all, 0);
  }
  assert.deepEqual([small.compared(), large.compared()], [seconds, seconds * packedBytes]);
  assert.deepEqual(large.runs(0).length, 1);
});
