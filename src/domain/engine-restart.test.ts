import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import type { EngineEffect, RecordHold } from "./engine.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { site } from "./testdata/site.ts";

function alarmed(): World {
  const world = engineWorld(site());
  world.contact(1, 1, "closed", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.contact(1, 1, "open");
  world.pass(250);
  return world;
}
const orders = (effects: readonly EngineEffect[]): RecordHold[] =>
  effects.flatMap((effect) => (effect.kind === "order-hold" ? [effect.hold] : []));
const outcomeOf = (world: World, kind: "output" | "record" | "notify") =>
  [...world.receipts.values()][0]?.actions.find((action) => action.target.kind === kind)?.outcome;

test("arming survives a restart", () => {
  const world = alarmed();
  world.restart(1000, true);
  assert.equal(world.state.armed, true);
});

test("after a crash relays are at rest and an unconfirmed one says why, while recording goes on", () => {
  const world = alarmed();
  assert.equal(world.relays.get(1), "on");
  world.restart(3000, false);
  assert.equal(world.last[0]?.kind, "want-output");
  assert.equal(world.relays.get(1), "off");
  const reason = "interrupted by a restart before the board confirmed it";
  assert.deepEqual(outcomeOf(world, "output"), { kind: "failed", reason });
  assert.equal(orders(world.last).length, 2);
  assert.equal(outcomeOf(world, "record"), undefined);
});

test("a relay that was confirmed before the crash stays done", () => {
  const world = alarmed();
  world.do({ kind: "read-back", board: 1, point: 1, state: "on", at: world.now.instant });
  world.restart(3000, false);
  assert.deepEqual(outcomeOf(world, "output"), { kind: "done" });
});

test("in another boot a hold keeps its place in time: as long before the edge, as long until its bound", () => {
  const world = alarmed();
  const [before] = orders(world.all);
  const gone = world.now.instant - (before?.edgeAt ?? 0);
  world.restart(60_000, true);
  const [hold] = orders(world.last);
  assert.equal(hold?.bootId, world.now.bootId);
  assert.equal(world.now.instant - hold.edgeAt, gone + 60_000);
  assert.equal(hold.boundAt - hold.edgeAt, 600_000);
  assert.equal(hold.endAt, undefined);
});

test("a hold that ended while nobody ran is ordered with its end in the past, for the recorder to look on disk", () => {
  const world = alarmed();
  world.restart(3_600_000, true);
  const [hold] = orders(world.last);
  assert.ok(hold?.endAt !== undefined && hold.endAt < world.now.instant);
  world.pass(59_999);
  assert.equal(outcomeOf(world, "record"), undefined);
  world.pass(1);
  assert.equal(outcomeOf(world, "record")?.kind, "failed");
});

test("the door shut while nobody ran is cleared when it is seen, and what it held ends then", () => {
  const world = alarmed();
  world.restart(5000, false);
  world.contact(1, 1, "closed", "state");
  world.pass(250);
  assert.equal(edgesOf(world.journal).at(-1)?.edge.kind, "cleared");
  assert.ok([...world.state.holds.values()].every((hold) => hold.endAt !== undefined));
});

test("a door opened while nobody ran is found, and not earlier than it was last known shut", () => {
  const world = engineWorld(site());
  world.contact(1, 1, "closed", "state");
  const known = world.now.wall;
  world.restart(7000, true);
  world.contact(1, 1, "open", "state");
  world.pass(250);
  const edge = edgesOf(world.journal).at(-1)?.edge;
  assert.equal(edge?.kind, "raised(found)");
  assert.equal(edge.notBefore, known);
});

test("a message without a result is sent again after a crash while its time lasts, and then it is failed", () => {
  const world = alarmed();
  world.restart(3000, false);
  assert.ok(world.last.some((effect) => effect.kind === "notify"));
  world.restart(300_000, false);
  assert.deepEqual(outcomeOf(world, "notify"), { kind: "failed", reason: "interrupted by a restart" });
});

test("a recorder's word from before the crash still counts after it", () => {
  const world = alarmed();
  const [hold] = orders(world.all);
  world.restart(3000, false);
  const holdId = hold?.holdId ?? "";
  world.do({ kind: "hold-durable", holdId, durableAt: instant(world.now.instant), preAchievedMs: 9000 });
  world.do({ kind: "hold-closed", holdId, result: "done", reason: "", gaps: [] });
  assert.deepEqual(outcomeOf(world, "record"), { kind: "done" });
});
