import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Confirmation } from "./linkage-settings.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";

const [door, motion] = [1, 2];
const both: Confirmation = { inputs: [motion], withinS: 20, severity: "critical", check: true };

/** A door, and motion before its camera; both are watched and at rest. */
function house(confirm: Confirmation = both): World {
  const world = engineWorld(
    site({
      inputs: [
        input(door, { name: "Door", type: "NO", debounceMs: 0, linkage: linkage({ severity: "info", confirm }) }),
        input(motion, { name: "Motion", kind: "video-motion", type: "NO", debounceMs: 0, zone: "record-only" }),
      ],
    }),
  );
  for (const point of [door, motion]) world.contact(1, point, "open", "state");
  return world;
}
const opens = (world: World, point: number) => {
  world.contact(1, point, "closed");
  world.pass(1000);
  world.contact(1, point, "open");
};
const graveOf = (world: World) =>
  edgesOf(world.journal)
    .filter(({ edge }) => edge.input === door && edge.kind === "raised")
    .map(({ edge }) => edge.severity);
const troubles = (world: World) => [...world.state.troubles.keys()];

test("a door alone is as grave as it is set; with somebody before its camera, before or still, it is graver", () => {
  const world = house();
  opens(world, door);
  world.pass(60_000);
  opens(world, motion);
  world.pass(10_000);
  opens(world, door);
  world.pass(60_000);
  world.contact(1, motion, "closed");
  world.pass(300_000);
  opens(world, door);
  assert.deepEqual(graveOf(world), ["info", "critical", "critical"]);
});

test("a door that nothing else sees, before or after, is to be checked, until it opens with something in the picture", () => {
  const world = house();
  opens(world, door);
  world.pass(18_000);
  assert.deepEqual(troubles(world), []);
  world.pass(2000);
  assert.deepEqual(troubles(world), ["check:1"]);
  world.pass(60_000);
  opens(world, motion);
  assert.deepEqual(troubles(world), ["check:1"], "a minute later is another matter");
  world.pass(60_000);
  opens(world, motion);
  opens(world, door);
  assert.deepEqual(troubles(world), []);
});

test("what is seen after the door opened confirms it, too", () => {
  const world = house();
  opens(world, door);
  world.pass(15_000);
  opens(world, motion);
  world.pass(60_000);
  assert.deepEqual(troubles(world), []);
});

test("what is not looked at refutes nothing", () => {
  const world = house();
  world.contact(1, motion, "unknown");
  opens(world, door);
  world.pass(60_000);
  assert.deepEqual(troubles(world), []);
  world.contact(1, motion, "open", "state");
  opens(world, door);
  world.pass(5000);
  world.contact(1, motion, "fault");
  world.pass(60_000);
  assert.deepEqual(troubles(world), [], "nor one that went blind while it was waited for");
});

test("a restart in between refutes nothing, for nobody watched meanwhile; the next edge is judged anew", () => {
  for (const reboot of [false, true]) {
    const world = house();
    opens(world, door);
    world.restart(5000, reboot);
    for (const point of [door, motion]) world.contact(1, point, "open", "state");
    world.pass(60_000);
    assert.deepEqual(troubles(world), []);
    opens(world, door);
    world.pass(20_000);
    assert.deepEqual(troubles(world), ["check:1"]);
  }
});

test("who asks no more has no doubts", () => {
  const world = house();
  opens(world, door);
  world.pass(60_000);
  assert.deepEqual(troubles(world), ["check:1"]);
  world.config = site({ inputs: [input(door), input(motion)] });
  world.do({ kind: "config-changed" });
  assert.deepEqual(troubles(world), []);
});

test("whatever confirms or refutes a contact, the same is recorded and switched, in the same alarms", () => {
  const moves = fc.array(
    fc.tuple(fc.constantFrom(door, motion), fc.constantFrom("closed", "open", "unknown"), fc.nat({ max: 40_000 })),
    { maxLength: 12 },
  );
  const done = (
    confirm: Confirmation,
    steps: readonly (readonly [number, "closed" | "open" | "unknown", number])[],
  ) => {
    const world = house(confirm);
    world.do({ kind: "arm", armed: true, by: "anna" });
    for (const [point, level, ms] of steps) {
      world.contact(1, point, level);
      world.pass(ms);
    }
    const alarms = [...new Set(edgesOf(world.journal).map(({ alarmId }) => alarmId))];
    return edgesOf(world.journal).map(({ edge, actions, alarmId, holds }) => ({
      ...{ kind: edge.kind, at: edge.at, alarm: alarms.indexOf(alarmId) },
      holds: holds.map(({ channel, boundAt, preMs, trigger }) => ({ channel, boundAt, preMs, trigger })),
      actions: actions
        .filter(({ target }) => target.kind !== "notify")
        .map(({ target, outcome }) => ({ target, outcome })),
    }));
  };
  fc.assert(
    fc.property(moves, (steps) => {
      assert.deepEqual(done(both, steps), done({ inputs: [], withinS: 20 }, steps));
    }),
    { numRuns: 60 },
  );
});
