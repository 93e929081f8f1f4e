import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../../kernel/time.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { conformance } from "../conformance.ts";
import { levelsOf, recorder } from "../conformance-recorder.ts";
import type { DriverDeps } from "../driver.ts";
import { startHttpTriggerDriver } from "./driver.ts";
import { httpTriggerManifest } from "./manifest.ts";
import { boundOf, stepTrigger, type TriggerEvent, type TriggerState } from "./protocol.ts";

const settings = {
  kind: "http-trigger",
  inputs: [
    { point: 1, key: "a", maxS: 60 },
    { point: 2, key: "b", maxS: 5 },
  ],
} as const;

conformance(httpTriggerManifest, fakeClock(), () =>
  Promise.resolve({
    inputs: [1, 2],
    outputs: [],
    start: (deps: DriverDeps) => startHttpTriggerDriver(settings, deps),
    contact: (driver, point, level) => driver.trigger?.(point, level === "closed" ? "start" : "stop"),
    relay: () => undefined,
    dropRelays: () => undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }),
);

function setUp() {
  const clock = fakeClock();
  const heard = recorder();
  const driver = startHttpTriggerDriver(settings, { clock, events: heard.events, log: () => undefined });
  const levels = (point: number) =>
    levelsOf(heard.heard)
      .filter((report) => report.point === point)
      .map(({ level }) => level);
  return { clock, heard, driver, levels };
}

test("a start without a stop ends after the point's bound, and not before", async () => {
  const { clock, driver, levels } = setUp();
  driver.trigger?.(2, "start");
  clock.advance(4999);
  assert.deepEqual(levels(2), ["open", "closed"]);
  clock.advance(1);
  assert.deepEqual(levels(2), ["open", "closed", "open"]);
  await driver[Symbol.asyncDispose]();
});

test("a caller may ask for less than the point's bound, never for more", () => {
  assert.equal(boundOf(60, 10), 10);
  assert.equal(boundOf(60, 600), 60);
  for (const nonsense of [undefined, 0, -1, Number.NaN]) assert.equal(boundOf(60, nonsense), 60);
});

test("a pulse is closed and then open, also while a start holds the point", async () => {
  const { driver, levels } = setUp();
  driver.trigger?.(1, "pulse");
  assert.deepEqual(levels(1), ["open", "closed", "open"]);
  driver.trigger?.(1, "start");
  driver.trigger?.(1, "pulse");
  assert.deepEqual(levels(1), ["open", "closed", "open", "closed", "open", "closed"]);
  await driver[Symbol.asyncDispose]();
});

test("a repeated start is no second edge, but the point stays closed for its bound from there", async () => {
  const { clock, driver, levels } = setUp();
  driver.trigger?.(2, "start");
  clock.advance(3000);
  driver.trigger?.(2, "start");
  clock.advance(4999);
  assert.deepEqual(levels(2), ["open", "closed"]);
  clock.advance(1);
  assert.deepEqual(levels(2), ["open", "closed", "open"]);
  await driver[Symbol.asyncDispose]();
});

test("a stopped driver leaves no timer behind", async () => {
  const { clock, driver } = setUp();
  driver.trigger?.(1, "start");
  await driver[Symbol.asyncDispose]();
  assert.equal(clock.nextWake, undefined);
});

test("in any order of verbs levels alternate, and a started point is always bounded", () => {
  const event = fc.oneof(
    fc.integer({ min: 1, max: 900 }).map((maxS): TriggerEvent => ({ kind: "start", maxS })),
    fc.constantFrom<TriggerEvent>({ kind: "stop" }, { kind: "pulse" }, { kind: "woken" }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 1_000_000 }))), (steps) => {
      let state: TriggerState = { kind: "open" };
      let level = "open";
      let now = 0;
      for (const [next, pause] of steps) {
        now += pause;
        const result = stepTrigger(state, next, instant(now));
        for (const effect of result.effects) {
          assert.notEqual(effect, level);
          level = effect;
        }
        state = result.state;
        assert.equal(level, state.kind === "started" ? "closed" : "open");
        if (state.kind === "started") assert.ok(state.until <= now + 900_000);
      }
    }),
  );
});
