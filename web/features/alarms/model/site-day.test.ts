import assert from "node:assert/strict";
import { test } from "node:test";
import { nextDay, startOfDay } from "./site-day.ts";

test("a day begins at the site's midnight, also where the clock changes", () => {
  const at = (day: string, zone = "Europe/Berlin") => new Date(startOfDay(day, zone) ?? NaN).toISOString();
  assert.equal(at("2026-11-22"), "2026-11-21T23:00:00.000Z");
  assert.equal(at("2026-07-01"), "2026-06-30T22:00:00.000Z");
  assert.equal(at("2026-10-25"), "2026-10-24T22:00:00.000Z");
  assert.equal(at("2026-10-26"), "2026-10-25T23:00:00.000Z");
  assert.equal(at("2026-03-29"), "2026-03-28T23:00:00.000Z");
  assert.equal(at("2026-03-29", "Pacific/Auckland"), "2026-03-28T11:00:00.000Z");
});

test("what is no day has no beginning", () => {
  assert.equal(startOfDay("", "UTC"), undefined);
  assert.equal(startOfDay("2026-13-40", "UTC"), undefined);
  assert.equal(nextDay("2026-12-31"), "2027-01-01");
});
