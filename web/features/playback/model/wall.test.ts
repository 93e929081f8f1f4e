import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, fill, heldSeconds, isKeysOnly, mostOn, sizesFor, streamFor, windowOf, withCamera } from "./wall.ts";

const onward = (players: number, rate: number) => isKeysOnly({ players, rate, backwards: false });

test("a phone has room for four, a tablet for nine or sixteen, a desk for sixteen", () => {
  assert.deepEqual([320, 360, 390, 520, 768, 1440].map(mostOn), [4, 4, 4, 9, 16, 16]);
  assert.equal(mostOn(200), 1);
});

test("players stand in one, two, three or four columns", () => {
  assert.deepEqual([1, 2, 4, 5, 9, 10, 16].map(columnsOf), [1, 2, 2, 3, 3, 4, 4]);
});

test("only layouts are offered that the site fills, up to the one that holds all of it", () => {
  assert.deepEqual(sizesFor(1, 16), [1]);
  assert.deepEqual(sizesFor(2, 16), [1, 4]);
  assert.deepEqual(sizesFor(9, 16), [1, 4, 9]);
  assert.deepEqual(sizesFor(40, 16), [1, 4, 9, 16]);
  assert.deepEqual(sizesFor(40, 4), [1, 4]);
});

test("a larger layout keeps the chosen cameras and takes the next ones, a smaller one keeps the first", () => {
  assert.deepEqual(fill([5, 2], [1, 2, 3, 4, 5, 6], 4), [5, 2, 1, 3]);
  assert.deepEqual(fill([5, 2, 1, 3], [1, 2, 3, 4, 5, 6], 1), [5]);
});

test("a camera that is gone to plays beside the others, or in the place of the last one", () => {
  assert.deepEqual(withCamera([1, 2], 7, 4), [1, 2, 7]);
  assert.deepEqual(withCamera([1, 2, 3, 4], 7, 4), [1, 2, 3, 7]);
  assert.deepEqual(withCamera([1, 2], 2, 4), [1, 2]);
  assert.deepEqual(withCamera([3], 7, 1), [7]);
  assert.deepEqual(withCamera([1, 2, 3, 4, 5, 6], 7, 4), [1, 2, 3, 7, 5, 6], "a phone's hidden ones stay chosen");
  assert.deepEqual(withCamera([1, 2, 3, 4, 5, 6], 6, 4), [1, 2, 3, 6, 5, 4], "one of them comes, another one goes");
});

test("all pictures are shown of sixteen players at normal speed and of four at four times; above it key frames", () => {
  assert.deepEqual([onward(16, 1), onward(16, 2), onward(9, 1), onward(9, 2)], [false, true, false, true]);
  assert.deepEqual([onward(4, 4), onward(5, 4), onward(1, 4), onward(1, 8)], [false, true, false, true]);
});

test("backwards four players show all pictures", () => {
  const back = (players: number, rate: number) => isKeysOnly({ players, rate, backwards: true });
  assert.deepEqual([back(4, 1), back(5, 1), back(1, 4), back(1, 8)], [false, true, false, true]);
});

test("sixteen players hold no more footage than four, and each still has some ahead", () => {
  const four = heldSeconds(4);
  for (let players = 1; players <= 16; players++) {
    assert.ok(heldSeconds(players) <= 1.2 * four, `${players}: ${heldSeconds(players)} of ${four}`);
    assert.ok(windowOf(players).aheadS >= 4);
  }
});

test("more than four players show the sub stream", () => {
  assert.deepEqual([1, 4, 5, 16].map(streamFor), ["main", "main", "sub", "sub"]);
});
