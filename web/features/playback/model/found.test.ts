import assert from "node:assert/strict";
import { test } from "node:test";
import { byOrder, edgesOf, spanOf, watchedShare } from "./found.ts";

const day = 86_400_000;
const run = (from: number, strength: number) => ({ channel: 1, from, to: from + 1000, at: from, strength });

test("what was found is listed with the newest first, or with what moved most", () => {
  const found = [run(1000, 5), run(2000, 90), run(3000, 5)];
  assert.deepEqual(
    byOrder(found, "time").map(({ from }) => from),
    [3000, 2000, 1000],
  );
  assert.deepEqual(
    byOrder(found, "strength").map(({ from }) => from),
    [2000, 3000, 1000],
  );
  const other = { ...run(2500, 1), channel: 2 };
  assert.deepEqual(
    byOrder([other, ...found], "camera").map(({ from }) => from),
    [3000, 2000, 1000, 2500],
    "camera by camera, the newest first",
  );
});

test("marks stay in the order of time, so that the next one is the next one", () => {
  assert.deepEqual(
    edgesOf([run(1000, 5), run(2000, 9)], "Motion").map(({ at, name }) => [at, name]),
    [
      [1000, "Motion"],
      [2000, "Motion"],
    ],
  );
});

test("a search goes not into the future, and not over more than the server gives", () => {
  const today = { from: 10 * day, to: 11 * day };
  const noon = 10.5 * day;
  assert.deepEqual(spanOf("day", today, today, noon), { from: 10 * day, to: noon });
  assert.deepEqual(spanOf("week", today, today, 20 * day), { from: 4 * day, to: 11 * day });
  const long = spanOf("view", { from: 0, to: 32 * day + 123 }, today, 100 * day);
  assert.ok(long.to - long.from <= 31 * day + 60_000);
  assert.equal(long.from % 60_000, 0);
  const future = spanOf("view", { from: 12 * day, to: 13 * day }, today, noon);
  assert.ok(future.from < future.to);
});

test("a day of which half was watched is said to be so; what is to come was not missed", () => {
  assert.equal(watchedShare({ from: 0, to: day }, day / 2, 2 * day), 0.5);
  assert.equal(watchedShare({ from: 0, to: day }, day / 2, day / 2), 1);
});
