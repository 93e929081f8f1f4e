import assert from "node:assert/strict";
import { test } from "node:test";
import type { LocalTime } from "../kernel/local-time.ts";
import type { SiteTime } from "./schedule-gate.ts";
import { engineWorld, type World } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";
import type { ScheduleSettings } from "./weekly-schedule.ts";

const office: ScheduleSettings = {
  ...{ schedule: 1, name: "Office hours" },
  week: Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1080 }]),
};
/** A clock that stands at one time of a Monday. */
const standing = (hour: number, trusted = true): SiteTime => ({
  clock: (): LocalTime => ({ day: 4, second: hour * 3600 }),
  trusted,
});

function doorOpens(time: SiteTime | undefined, schedules = [office]): World {
  const gated = input(1, { debounceMs: 0, linkage: linkage({ schedule: 1 }) });
  const world = engineWorld(site({ schedules, inputs: [gated, input(2, { debounceMs: 0 })] }));
  world.time = time;
  for (const point of [1, 2]) world.contact(1, point, "closed", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.contact(1, 1, "open");
  return world;
}

const first = (world: World) => [...world.receipts.values()][0] ?? assert.fail("no receipt");

test("outside its schedule an edge records, switches nothing, tells nobody and is no alarm", () => {
  const world = doorOpens(standing(20));
  const { actions, alarmId } = first(world);
  assert.equal(alarmId, undefined);
  assert.equal(world.relays.get(1) ?? "off", "off");
  for (const { target, outcome } of actions) {
    const gate = { kind: "suppressed", gate: 'outside the schedule "Office hours"' };
    assert.deepEqual(outcome, target.kind === "record" ? undefined : gate);
  }
});

test("inside its schedule an edge acts as one without", () => {
  const world = doorOpens(standing(9));
  assert.equal(world.relays.get(1), "on");
  assert.ok(first(world).alarmId !== undefined);
});

test("a schedule gates its own input only", () => {
  const world = doorOpens(standing(20));
  world.contact(1, 2, "open");
  assert.equal(world.relays.get(1), "on");
});

test("without a clock that can be trusted nothing counts as outside", () => {
  assert.equal(doorOpens(standing(20, false)).relays.get(1), "on");
  assert.equal(doorOpens(undefined).relays.get(1), "on");
});

test("an edge is judged by its own time, not by when it was decided", () => {
  const slow = input(1, { debounceMs: 1000, linkage: linkage({ schedule: 1 }) });
  const world = engineWorld(site({ schedules: [office], inputs: [slow] }));
  const closing = world.now.wall + 500;
  world.time = { trusted: true, clock: (wall) => ({ day: 4, second: wall < closing ? 64_799 : 64_800 }) };
  world.contact(1, 1, "closed", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.contact(1, 1, "open");
  world.pass(1000);
  assert.equal(world.relays.get(1), "on");
});
