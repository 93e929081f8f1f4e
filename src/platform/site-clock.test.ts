import assert from "node:assert/strict";
import { test } from "node:test";
import { siteClock } from "./site-clock.ts";

test("a time is written by the site's clock with its offset, also when the clocks change", () => {
  const berlin = siteClock("Europe/Berlin");
  assert.equal(berlin(Date.parse("2026-11-22T13:05:09.900Z")), "2026-11-22 14:05:09 +01:00");
  assert.equal(berlin(Date.parse("2026-10-25T00:30:00Z")), "2026-10-25 02:30:00 +02:00");
  assert.equal(berlin(Date.parse("2026-10-25T01:30:00Z")), "2026-10-25 02:30:00 +01:00");
  assert.equal(siteClock("UTC")(0), "1970-01-01 00:00:00 +00:00");
  assert.equal(siteClock("Asia/Kolkata")(0), "1970-01-01 05:30:00 +05:30");
});
