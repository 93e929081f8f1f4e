import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, dayBeside, dayOf, daysWith, spanAround } from "./days.ts";

const at = (text: string) => Date.parse(text);
const berlin = "Europe/Berlin";

test("a day is the site's, whatever the browser's zone is", () => {
  assert.equal(dayOf(at("2026-11-22T23:30:00Z"), berlin), "2026-11-23");
  assert.equal(dayOf(at("2026-11-22T23:30:00Z"), "America/New_York"), "2026-11-22");
  assert.deepEqual(boundsOf("2026-11-22", berlin), {
    from: at("2026-11-21T23:00:00Z"),
    to: at("2026-11-22T23:00:00Z"),
  });
});

test("a day has 23 or 25 hours when the clocks change", () => {
  const hours = (day: string) => (boundsOf(day, berlin).to - boundsOf(day, berlin).from) / 3_600_000;
  assert.deepEqual([hours("2026-03-29"), hours("2026-10-25"), hours("2026-10-26")], [23, 25, 24]);
  assert.equal(dayBeside("2026-03-01", -1), "2026-02-28");
});

test("footage over midnight marks both days", () => {
  const span = { from: at("2026-11-22T22:00:00Z"), to: at("2026-11-23T01:00:00Z") };
  assert.deepEqual([...daysWith([span], berlin)], ["2026-11-22", "2026-11-23"]);
});

test("what is read covers the view in whole days, and the days beside the one that is looked at", () => {
  const noon = Date.parse("2026-11-22T12:00:00Z");
  const day = boundsOf("2026-11-22", "UTC");
  assert.deepEqual(spanAround("2026-11-22", day, "UTC"), {
    from: boundsOf("2026-11-21", "UTC").from,
    to: boundsOf("2026-11-23", "UTC").to,
  });
  const month = spanAround("2026-11-22", { from: noon - 15 * 86_400_000, to: noon + 15 * 86_400_000 }, "UTC");
  assert.deepEqual(month, { from: boundsOf("2026-11-07", "UTC").from, to: boundsOf("2026-12-07", "UTC").to });
});
