import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { localClock } from "../kernel/local-time.ts";
import { postponeAutoArm, stepAutoArm, type AutoArmSettings, type AutoArmState } from "./auto-arm.ts";
import type { ScheduleSettings } from "./weekly-schedule.ts";

const minute = 60_000;
const hour = 60 * minute;
const berlin = localClock("Europe/Berlin");
const shop: ScheduleSettings = {
  ...{ schedule: 1, name: "Shop hours" },
  week: Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1080 }]),
};
const usual: AutoArmSettings = { schedule: 1, armWhen: "ends", disarm: false, warningMin: 10, notifiers: [] };
/** A Monday in winter; its closing time is 17:00 UTC. */
const monday = Date.UTC(2026, 10, 23);
const closing = monday + 17 * hour;

/** A site that looks every ten seconds, with what it did at which time. */
function site(settings: AutoArmSettings = usual, start = monday + 12 * hour, schedule = shop) {
  const did: (readonly [string, number])[] = [];
  const world = {
    did,
    wall: start,
    /** How much the clock was set, all in all, and at the look before. */
    ...{ set: 0, seen: 0 },
    armed: false,
    state: { doneUpTo: start } as AutoArmState,
    facts: () => ({ settings, schedule, holidays: [], clock: berlin, wall: world.wall, armed: world.armed }),
    look() {
      const stepped = Math.abs(world.set - world.seen) >= minute;
      world.seen = world.set;
      const step = stepAutoArm({ ...world.facts(), stepped }, world.state);
      world.state = step.state;
      for (const effect of step.effects) {
        did.push([effect.kind, world.wall - world.set]);
        if (effect.kind !== "warn") world.armed = effect.kind === "arm";
      }
      return step;
    },
    until(wall: number) {
      while (world.wall < wall) {
        world.wall += 10_000;
        world.look();
      }
    },
    setClock(ms: number) {
      world.wall += ms;
      world.set += ms;
    },
    postpone(minutes: number) {
      const next = postponeAutoArm(world.facts(), world.state, minutes * minute);
      world.state = next ?? world.state;
      return next !== undefined;
    },
  };
  return world;
}

test("ten minutes before closing time it warns, at closing time it arms, once", () => {
  const shopSite = site();
  shopSite.until(closing + 3 * hour);
  assert.deepEqual(shopSite.did, [
    ["warn", closing - 10 * minute],
    ["arm", closing],
  ]);
});

test("put off by 30 minutes it warns again before the new time, and arms then", () => {
  const shopSite = site();
  shopSite.until(closing - 5 * minute);
  assert.equal(shopSite.look().pending?.at, closing);
  assert.ok(shopSite.postpone(30));
  assert.deepEqual(shopSite.look().pending, { at: closing + 30 * minute, postponed: true, schedule: "Shop hours" });
  shopSite.until(closing + 2 * hour);
  assert.deepEqual(shopSite.did.slice(1), [
    ["warn", closing + 20 * minute],
    ["arm", closing + 30 * minute],
  ]);
});

test("it can be put off again and again, also before it warns again", () => {
  const shopSite = site();
  shopSite.until(closing - minute);
  shopSite.postpone(60);
  shopSite.until(closing);
  shopSite.postpone(60);
  shopSite.until(closing + 3 * hour);
  assert.deepEqual(shopSite.did.at(-1), ["arm", closing + 2 * hour]);
});

test("nothing can be put off while nothing is about to happen", () => {
  assert.equal(site().postpone(30), false);
});

test("who is armed already is not warned, and who disarms after closing time is left alone", () => {
  const shopSite = site();
  shopSite.armed = true;
  shopSite.until(closing + minute);
  shopSite.armed = false;
  shopSite.until(closing + hour);
  assert.deepEqual(shopSite.did, []);
});

test("a closing time that passed while Reed was away is made up for, after a full warning", () => {
  const shopSite = site();
  shopSite.wall = closing + hour;
  shopSite.look();
  shopSite.until(closing + 2 * hour);
  assert.deepEqual(shopSite.did, [
    ["warn", closing + hour],
    ["arm", closing + hour + 10 * minute],
  ]);
});

test("what was missed over opening time is over", () => {
  const shopSite = site();
  shopSite.wall = monday + 33 * hour;
  shopSite.until(monday + 34 * hour);
  assert.deepEqual(shopSite.did, []);
});

test("it disarms at opening time where that is set, and what was put off until then is dropped", () => {
  const shopSite = site({ ...usual, disarm: true });
  shopSite.until(closing + hour);
  shopSite.until(monday + 32 * hour);
  assert.deepEqual(shopSite.did.at(-1), ["disarm", monday + 31 * hour]);
  const late = site({ ...usual, disarm: true });
  late.until(closing - minute);
  for (let times = 0; times < 15; times++) late.postpone(60);
  late.until(monday + 32 * hour);
  assert.deepEqual(late.did, [["warn", closing - 10 * minute]]);
});

test("hours in which nobody is there arm as they begin", () => {
  const night: ScheduleSettings = { ...shop, week: Array.from({ length: 7 }, () => [{ fromMin: 1080, toMin: 1440 }]) };
  const shopSite = site({ ...usual, armWhen: "begins" }, monday + 12 * hour, night);
  shopSite.until(closing + hour);
  assert.deepEqual(shopSite.did.at(-1), ["arm", closing]);
});

test("a clock that was years ahead and is set right does not keep closing times from coming", () => {
  const shopSite = site();
  shopSite.state = { doneUpTo: Date.UTC(2031, 0, 1) };
  shopSite.look();
  shopSite.until(closing);
  assert.deepEqual(shopSite.did.at(-1), ["arm", closing]);
});

test("in the night that repeats an hour it arms once, at the first showing", () => {
  const bar: ScheduleSettings = { ...shop, week: Array.from({ length: 7 }, () => [{ fromMin: 0, toMin: 150 }]) };
  const night = site(usual, Date.UTC(2026, 9, 24, 23), bar);
  night.until(Date.UTC(2026, 9, 25, 1, 59));
  assert.deepEqual(night.did, [
    ["warn", Date.UTC(2026, 9, 25, 0, 20)],
    ["arm", Date.UTC(2026, 9, 25, 0, 30)],
  ]);
});

test("a clock that is set over closing time arms nobody by surprise: the warning is given anew, in full", () => {
  const shopSite = site(usual, closing - 11 * minute);
  shopSite.until(closing - 9 * minute);
  shopSite.setClock(hour);
  shopSite.until(closing + 2 * hour);
  const warned = closing - 9 * minute + 10_000;
  assert.deepEqual(shopSite.did.slice(1), [
    ["warn", warned],
    ["arm", warned + 10 * minute],
  ]);
});

test("a clock that is set back before closing time warns again ten minutes before", () => {
  const shopSite = site(usual, closing - 11 * minute);
  shopSite.until(closing - 5 * minute);
  shopSite.setClock(-30 * minute);
  shopSite.until(closing);
  assert.deepEqual(shopSite.did.slice(1), [
    ["warn", closing + 20 * minute],
    ["arm", closing + 30 * minute],
  ]);
});

test("whatever is pressed, whenever it looks and however the clock is set, nothing arms without a warning of the full time before", () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 2 * hour }) }),
    fc.record({ kind: fc.constant("postpone" as const), ms: fc.constantFrom(30, 60) }),
    fc.record({ kind: fc.constant("set" as const), ms: fc.integer({ min: -3 * hour, max: 3 * hour }) }),
    fc.record({ kind: fc.constantFrom("arm" as const, "disarm" as const, "away" as const), ms: fc.nat(hour) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const shopSite = site({ ...usual, disarm: true });
      for (const { kind, ms } of acts) {
        if (kind === "wait") shopSite.until(shopSite.wall + ms);
        else if (kind === "postpone") shopSite.postpone(ms);
        else if (kind === "away") shopSite.wall += 9 * ms;
        else if (kind === "set") shopSite.setClock(ms);
        else shopSite.armed = kind === "arm";
      }
      shopSite.did.forEach(([kind, at], index) => {
        if (kind !== "arm") return;
        const warned = shopSite.did.slice(0, index).findLast((one) => one[0] === "warn");
        assert.ok(warned !== undefined && at - warned[1] >= 10 * minute - minute, `armed at ${at}`);
      });
    }),
    { numRuns: 200 },
  );
});
