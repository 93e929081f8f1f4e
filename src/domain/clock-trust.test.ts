import assert from "node:assert/strict";
import { test } from "node:test";
import { hours, wallTime } from "../kernel/time.ts";
import { ageWaitsUntil, seeWall, plausibleFrom, whyNotTrusted, type ClockFacts } from "./clock-trust.ts";

const now = wallTime(plausibleFrom + hours(9000));
const facts = (synchronised: ClockFacts["synchronised"], hasHardwareClock: boolean): ClockFacts => ({
  synchronised,
  hasHardwareClock,
});

test("a machine without a clock of its own is believed once its time server has answered", () => {
  assert.match(whyNotTrusted(now, facts("no", false), undefined) ?? "", /no time server has answered/);
  assert.equal(whyNotTrusted(now, facts("yes", false), undefined), undefined);
});

test("a clock with a battery is believed without a network", () => {
  assert.equal(whyNotTrusted(now, facts("no", true), undefined), undefined);
  assert.equal(whyNotTrusted(now, facts("unknown", true), undefined), undefined);
});

test("a time before the first Reed is believed of nobody", () => {
  assert.match(whyNotTrusted(wallTime(0), facts("yes", true), undefined) ?? "", /before 2026/);
});

test("a clock that is behind the newest record is believed only of a time server", () => {
  const lastSeen = wallTime(now + hours(2));
  assert.match(whyNotTrusted(now, facts("unknown", true), lastSeen) ?? "", /behind what was recorded/);
  assert.equal(whyNotTrusted(now, facts("yes", true), lastSeen), undefined);
  assert.equal(whyNotTrusted(now, facts("unknown", true), wallTime(now + hours(0.5))), undefined);
});

test("after a leap ahead age decides nothing for two days, through restarts too, and at once again when it is set back", () => {
  const now = wallTime(Date.UTC(2026, 10, 23));
  const in2036 = wallTime(Date.UTC(2036, 0, 1));
  const hour = 3_600_000;
  const leapt = seeWall(seeWall(undefined, now), in2036);
  assert.equal(ageWaitsUntil(leapt), in2036 + 48 * hour);
  assert.equal(ageWaitsUntil(seeWall(leapt, wallTime(in2036 + 47 * hour))), in2036 + 48 * hour, "a restart later too");
  assert.equal(ageWaitsUntil(seeWall(leapt, wallTime(in2036 + 48 * hour))), undefined);
  assert.equal(ageWaitsUntil(seeWall(leapt, now)), undefined, "it was set right");
  assert.equal(ageWaitsUntil(seeWall(seeWall(undefined, now), wallTime(now + 7 * 24 * hour))), undefined, "a week off");
});
