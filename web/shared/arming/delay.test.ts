import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultArming, type ArmingView } from "../../../src/domain/arming.ts";
import { wallTime } from "../../../src/kernel/time.ts";
import { runningDelay } from "./delay.ts";

const away: ArmingView = { mode: "away", by: "ann", since: wallTime(0), bypass: [], shutDown: [], open: [] };

test("a delay counts down in whole seconds and ends at nought", () => {
  const leaving = { ...away, exitUntil: wallTime(60_000) };
  assert.deepEqual(runningDelay(leaving, defaultArming, 17_500), { kind: "exit", leftS: 43 });
  assert.deepEqual(runningDelay(leaving, defaultArming, 61_000), { kind: "exit", leftS: 0 });
  assert.equal(runningDelay(away, defaultArming, 0), undefined);
});

test("who comes in while somebody leaves sees the time to disarm", () => {
  const both = { ...away, exitUntil: wallTime(60_000), entry: { until: wallTime(20_000), input: 1 } };
  assert.deepEqual(runningDelay(both, defaultArming, 0), { kind: "entry", leftS: 20 });
});

test("a device whose clock is slow shows no more than the delay has", () => {
  const coming = { ...away, entry: { until: wallTime(30_000), input: 1 } };
  assert.deepEqual(runningDelay(coming, defaultArming, -500_000), { kind: "entry", leftS: 30 });
});
