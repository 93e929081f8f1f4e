import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import { usualRegion } from "./detection/settings.ts";
import { motionGates } from "./recording-rule.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { board, channel, input, linkage, site } from "./testdata/site.ts";
import type { AlarmInputSettings, ChannelSettings } from "./site-config.ts";

const region = usualRegion("Gate");
const driver = {
  ...({ kind: "video-detection", channel: 1, motion: { regions: [region], holdS: 5 } } as const),
  smart: { human: true, vehicle: false, sensitivity: "middle" },
} as const;
const seen = (more: Partial<AlarmInputSettings> = {}) =>
  input(1, {
    ...{ name: "Yard", kind: "video-motion", type: "NO", debounceMs: 0, zone: "record-only" },
    linkage: linkage({ recordChannels: [1], outputs: [{ output: 1, holdS: 10 }], notifiers: [] }),
    ...more,
  });

/** A camera that is looked at; nothing moves. */
function watched(more: Partial<AlarmInputSettings> = {}, camera: Partial<ChannelSettings> = {}): World {
  const world = engineWorld(
    site({ boards: [board(1, { driver }), board(2), board(3)], inputs: [seen(more)], channels: [channel(1, camera)] }),
  );
  world.do({ kind: "link", board: 1, link: { kind: "online" }, at: world.now.instant });
  world.contact(1, seen(more).point, "open", "state");
  return world;
}
const moves = (world: World, level: "closed" | "open", { lag = 0, title }: { lag?: number; title?: string } = {}) => {
  const at = instant(world.now.instant - lag);
  const report = { point: 1, level, at, how: "change", ...(title === undefined ? {} : { title }) } as const;
  return world.do({ kind: "level", board: 1, report });
};
const ordered = (world: World) => world.all.flatMap((effect) => (effect.kind === "order-hold" ? [effect.hold] : []));
const gates = (world: World) =>
  edgesOf(world.journal).flatMap(({ actions }) =>
    actions.flatMap(({ target, outcome }) =>
      target.kind === "record" && outcome?.kind === "suppressed" ? [outcome.gate] : [],
    ),
  );

test("motion is recorded as such from before its picture came, is no alarm, and goes on after it as set", () => {
  const world = watched();
  moves(world, "closed", { lag: 240, title: "a person" });
  const [hold] = ordered(world);
  assert.deepEqual([hold?.trigger, hold?.channel, hold?.preMs], ["motion", 1, 10_000]);
  assert.equal(hold?.edgeAt, world.now.instant - 240);
  const [edge] = edgesOf(world.journal);
  assert.deepEqual([edge?.edge.cause, edge?.alarmId, edge?.edge.inputName], ["motion", undefined, "Yard: a person"]);
  assert.equal(edge?.edge.title, "a person");
  assert.notEqual(world.relays.get(1), "on", "record-only switches nothing");
  world.pass(3000);
  moves(world, "open", { lag: 100 });
  assert.equal(world.state.holds.get(hold.holdId)?.endAt, world.now.instant - 100 + 30_000);
  assert.deepEqual(
    edgesOf(world.journal).map((one) => one.edge.inputName),
    ["Yard: a person", "Yard"],
  );
});

test("motion is on the timeline only where the camera's week does not record it, and the receipt says why", () => {
  const by = (camera: Partial<ChannelSettings>) => {
    const world = watched({}, camera);
    moves(world, "closed");
    assert.equal(ordered(world).length, gates(world).length === 0 ? 1 : 0);
    return gates(world);
  };
  assert.deepEqual(by({ recordMode: "auto" }), [motionGates.never]);
  assert.deepEqual(by({ recordMode: "auto", recordWeek: { general: "never", motion: "always" } }), []);
  assert.deepEqual(by({ recordMode: "continuous" }), []);
  assert.deepEqual(by({ recordMode: "alarm" }), [motionGates.alarmsOnly]);
  const disarmed = { modes: ["disarmed"] } as const;
  assert.deepEqual(by({ atHome: { ...disarmed, alarms: "record" } }), [motionGates.atHome]);
  assert.deepEqual(by({ atHome: { ...disarmed, alarms: "nothing" } }), ["off for privacy while disarmed"]);
});

test("armed in an acting zone motion is an alarm like any other: recorded whatever the week says, and it switches", () => {
  const world = watched({ zone: "instant" }, { recordMode: "auto" });
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.pass(61_000);
  moves(world, "closed", { lag: 300 });
  const [edge] = edgesOf(world.journal);
  assert.deepEqual([ordered(world)[0]?.trigger, edge?.edge.cause], ["edge", undefined]);
  assert.notEqual(edge?.alarmId, undefined);
  assert.equal(world.relays.get(1), "on");
  world.do({ kind: "arm", armed: false, by: "anna" });
  world.pass(60_000);
  moves(world, "open");
  moves(world, "closed");
  assert.deepEqual(gates(world), [motionGates.never], "disarmed it is motion again");
});

test("what a rule sees is recorded as intelligent, and no week holds it back", () => {
  const world = watched({ kind: "video-rule" }, { recordMode: "auto" });
  moves(world, "closed", { title: "a car" });
  assert.deepEqual([ordered(world)[0]?.trigger, edgesOf(world.journal)[0]?.edge.cause], ["intelligent", "intelligent"]);
});

test("a contact is recorded as for an alarm while disarmed, too: no week of motion is asked", () => {
  const world = watched({ kind: "door" }, { recordMode: "auto" });
  moves(world, "closed");
  assert.deepEqual([ordered(world)[0]?.trigger, gates(world)], ["edge", []]);
});

test("what moves when it is looked at again was found, and is told with what was seen then", () => {
  const world = watched();
  world.do({ kind: "link", board: 1, link: { kind: "lost", reason: "away" }, at: world.now.instant });
  world.pass(5000);
  world.do({ kind: "link", board: 1, link: { kind: "online" }, at: world.now.instant });
  const report = { point: 1, level: "closed", at: world.now.instant, how: "state", title: "a dog" } as const;
  world.do({ kind: "level", board: 1, report });
  const [edge] = edgesOf(world.journal);
  assert.deepEqual([edge?.edge.kind, edge?.edge.inputName], ["raised(found)", "Yard: a dog"]);
});
