import assert from "node:assert/strict";
import { test } from "node:test";
import {
  around,
  axisHeight,
  labelsAreDays,
  lengthOf,
  pan,
  reveal,
  rowAt,
  rowHeightOf,
  thumbLeft,
  thumbMoment,
  thumbWidth,
  ticks,
  wallAt,
  xOf,
  zoom,
} from "./view.ts";

const hour = 3_600_000;
const day = { from: 0, to: 24 * hour };

test("a time and its place on the timeline are each other's inverse", () => {
  for (const wall of [0, 6 * hour, 23.9 * hour]) assert.equal(Math.round(wallAt(day, 800, xOf(day, 800, wall))), wall);
});

test("zooming keeps the time under the pointer, and ends at seconds and at days", () => {
  const near = zoom(day, 0.5, 6 * hour);
  assert.equal(xOf(near, 800, 6 * hour), xOf(day, 800, 6 * hour));
  assert.equal(near.to - near.from, 12 * hour);
  const nearest = zoom(day, 1e-9, 6 * hour);
  assert.equal(nearest.to - nearest.from, 20_000);
  assert.equal(zoom(day, 1e9, 0).to, 32 * 24 * hour);
});

test("what plays is kept in view by turning the page, and looked for when it is far", () => {
  assert.equal(reveal(day, 12 * hour), day);
  const on = reveal(day, 24.1 * hour);
  assert.ok(on.from > 0 && on.from < 24.1 * hour && on.to > 36 * hour);
  const far = reveal(day, 500 * hour);
  assert.equal((far.from + far.to) / 2, 500 * hour);
  assert.deepEqual(pan(day, hour), { from: hour, to: 25 * hour });
});

test("labels stand on whole steps of the site's clock", () => {
  const offset = 5.5 * hour;
  const labels = ticks(day, 800, 90, offset);
  assert.ok(labels.length >= 4 && labels.length <= 9, String(labels.length));
  assert.ok(labels.every((at) => (at + offset) % hour === 0));
  const seconds = ticks({ from: 0, to: 30_000 }, 400, 90, 0);
  assert.ok(seconds.length >= 3);
});

test("a month has labels of days, a week of them or less on a phone, and all on midnights of the site", () => {
  const month = around(500 * hour, "month");
  assert.equal((month.from + month.to) / 2, 500 * hour);
  for (const width of [360, 1200]) {
    const labels = ticks(month, width, 84, hour);
    assert.ok(labels.length >= 4 && labels.length <= 16, String(labels.length));
    assert.ok(labels.every((at) => (at + hour) % (24 * hour) === 0));
    assert.equal(labelsAreDays(month, width), true);
  }
  assert.equal(labelsAreDays(day, 1200), false);
});

test("the length of the view is known by its name", () => {
  assert.equal(lengthOf(around(0, "week")), "week");
  assert.equal(lengthOf({ from: 0, to: 23 * hour }), "day");
  assert.equal(lengthOf({ from: 0, to: 3 * hour }), undefined);
});

test("sixteen rows are no higher than a short list of cameras, and each is found by where it is", () => {
  for (const rows of [1, 4, 9, 16]) {
    assert.ok(rows * rowHeightOf(rows) <= 160, String(rows));
    for (let row = 0; row < rows; row++) assert.equal(rowAt(axisHeight + (row + 0.5) * rowHeightOf(rows), rows), row);
    assert.deepEqual([rowAt(0, rows), rowAt(9999, rows)], [0, rows - 1]);
  }
  assert.equal(rowAt(30, 0), undefined);
});

test("moments beside each other on a day share a picture, and none is asked for of a time that is not reached yet", () => {
  const asked = new Set<number>();
  for (let x = 0; x < 800; x++) {
    const wall = wallAt(day, 800, x);
    const moment = thumbMoment(day, 800, wall);
    assert.ok(moment <= wall && wall - moment < (4 * 24 * hour) / 800);
    asked.add(moment);
  }
  assert.ok(asked.size <= 268, String(asked.size));
  assert.equal(thumbMoment({ from: 0, to: 20_000 }, 800, 5999), 5000);
});

test("the small picture stands over the pointer and inside the timeline", () => {
  assert.equal(thumbLeft(day, 800, 12 * hour), 400 - thumbWidth / 2);
  assert.equal(thumbLeft(day, 800, 0), 0);
  assert.equal(thumbLeft(day, 800, 24 * hour), 800 - thumbWidth);
  assert.equal(thumbLeft(day, 100, 12 * hour), 0);
});
