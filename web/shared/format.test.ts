import assert from "node:assert/strict";
import { test } from "node:test";
import { createFormat } from "./format.ts";

const berlin = createFormat("en", "Europe/Berlin");
const german = createFormat("de", "Europe/Berlin");

test("times are in the site's zone, with seconds and a clock of 24 hours", () => {
  const wall = Date.UTC(2026, 10, 22, 13, 5, 9, 120);
  assert.equal(berlin.time(wall), "14:05:09");
  assert.equal(berlin.timeMs(wall), "14:05:09.120");
  assert.equal(berlin.dateTime(wall), "22 Nov 2026, 14:05:09");
  assert.equal(german.dateTime(wall), "22. Nov. 2026, 14:05:09");
  assert.equal(createFormat("en", "UTC").time(Date.UTC(2026, 0, 1, 0, 0, 0)), "00:00:00");
});

test("both hours of the night when summer time ends are written alike, a minute apart from what surrounds them", () => {
  assert.equal(berlin.time(Date.UTC(2026, 9, 25, 0, 30)), "02:30:00");
  assert.equal(berlin.time(Date.UTC(2026, 9, 25, 1, 30)), "02:30:00");
  assert.equal(berlin.time(Date.UTC(2026, 9, 25, 2, 30)), "03:30:00");
});

test("sizes and rates go up by thousands, with one digit below a hundred", () => {
  assert.equal(berlin.bytes(0), "0 B");
  assert.equal(berlin.bytes(999), "999 B");
  assert.equal(berlin.bytes(1_400_000_000), "1.4 GB");
  assert.equal(german.bytes(1_400_000_000), "1,4 GB");
  assert.equal(berlin.bytes(999_999), "1.0 MB");
  assert.equal(berlin.bitRate(4_000_000), "4.0 Mbit/s");
});

test("a duration never shows sixty of anything", () => {
  assert.equal(berlin.duration(12_000), "12 s");
  assert.equal(berlin.duration(12_340), "12.3 s");
  assert.equal(berlin.duration(59_990), "1 min");
  assert.equal(berlin.duration(200_000), "3 min 20 s");
  assert.equal(berlin.duration(3_599_800), "1 h");
  assert.equal(berlin.duration(86_399_000), "1 d");
  assert.equal(berlin.duration(7_500_000), "2 h 5 min");
});

test("relative time says it in the reader's language", () => {
  assert.equal(berlin.ago(0, 180_000), "3 minutes ago");
  assert.equal(german.ago(0, 180_000), "vor 3 Minuten");
});

test("what is soon has its time, then its weekday, then its date", () => {
  const now = Date.UTC(2026, 10, 22, 13);
  assert.equal(berlin.soon(Date.UTC(2026, 10, 22, 21), now), "22:00");
  assert.equal(berlin.soon(Date.UTC(2026, 10, 23, 7), now), "Mon 08:00");
  assert.equal(german.soon(Date.UTC(2026, 10, 23, 7), now), "Mo., 08:00");
  assert.match(berlin.soon(Date.UTC(2026, 11, 24, 7), now), /24 Dec.*08:00/);
});
