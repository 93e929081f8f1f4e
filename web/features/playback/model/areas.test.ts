import assert from "node:assert/strict";
import { test } from "node:test";
import { askedAreas, cellsIn, openedOn, withCells, withChannels, withOwn } from "./areas.ts";

const two = withChannels(openedOn(undefined, 1), [1, 2]);

test("what is drawn on one picture is searched in all cameras that are chosen", () => {
  assert.equal(askedAreas(two), undefined, "nothing is drawn");
  assert.deepEqual(askedAreas(withCells(two, "f0")), { channels: [1, 2], cells: "f0", own: [] });
});

test("an area of its own begins as that of all and changes alone; without it the camera has that of all again", () => {
  const onSecond = openedOn(withCells(two, "f0"), 2);
  const own = withOwn(onSecond, true);
  assert.equal(cellsIn(own, 2), "f0");
  const changed = withCells(own, "0f");
  assert.deepEqual(askedAreas(changed), { channels: [1, 2], cells: "f0", own: [{ channel: 2, cells: "0f" }] });
  assert.deepEqual(askedAreas(withOwn(changed, false)), { channels: [1, 2], cells: "f0", own: [] });
  assert.deepEqual(askedAreas(withCells(changed, undefined))?.channels, [1], "nothing is drawn for the other one");
  assert.deepEqual(
    askedAreas(withCells(withOwn(openedOn(two, 2), true), "0f")),
    { channels: [2], cells: "0f", own: [] },
    "nor for all",
  );
});

test("who is no longer searched is not drawn on, and what was drawn stays", () => {
  const drawn = withCells(two, "f0");
  assert.deepEqual([withChannels(drawn, [2]).drawn, withChannels(drawn, [2]).cells], [2, "f0"]);
  assert.equal(askedAreas(withChannels(drawn, [])), undefined);
  assert.deepEqual(openedOn(drawn, 3).channels, [1, 2]);
  assert.deepEqual(openedOn(withChannels(drawn, [1]), 3), { ...drawn, channels: [3], drawn: 3 });
});
