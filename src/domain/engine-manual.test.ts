import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineEffect } from "./engine.ts";
import { engineWorld, type World } from "./testdata/engine-world.ts";
import { channel, site } from "./testdata/site.ts";

const begin = (world: World, number = 1, maxS = 600) => world.do({ kind: "record", channel: number, maxS, by: "anna" });
const stop = (world: World, number = 1) => world.do({ kind: "record-stop", channel: number, by: "anna" });
const of = <K extends EngineEffect["kind"]>(world: World, kind: K) =>
  world.last.filter((effect): effect is Extract<EngineEffect, { kind: K }> => effect.kind === kind);
const receipts = (world: World) => [...world.receipts.values()];

test("recording by hand keeps the channel from its pre-record on, has a receipt, and is no alarm", () => {
  const world = engineWorld(site({ channels: [channel(1, { preRecordS: 7 })] }));
  world.do({ kind: "arm", armed: true, by: "anna" });
  begin(world);
  const [order] = of(world, "order-hold");
  assert.equal(order?.hold.trigger, "manual");
  assert.equal(order.hold.preMs, 7000);
  assert.equal(order.hold.boundAt, world.now.instant + 600_000);
  assert.equal(of(world, "want-output").length + of(world, "notify").length, 0);
  const [receipt] = receipts(world);
  assert.equal(receipt?.edge.kind, "manual");
  assert.deepEqual(receipt.edge.manual, { by: "anna", until: world.now.wall + 600_000 });
  assert.equal(receipt.alarmId, undefined);
  assert.equal(world.state.alarms.size, 0);
});

test("pressed again while it runs it is the same recording", () => {
  const world = engineWorld(site());
  begin(world);
  const [first] = of(world, "triggered");
  begin(world);
  assert.deepEqual(of(world, "triggered"), [{ kind: "triggered", eventId: first?.eventId, repeated: true }]);
  assert.equal(of(world, "order-hold").length, 0);
});

test("stopping ends it now; a second press then begins another one, and there is nothing left to stop twice", () => {
  const world = engineWorld(site());
  begin(world);
  world.pass(20_000);
  stop(world);
  assert.deepEqual(
    of(world, "end-hold").map(({ endAt, channel }) => ({ endAt, channel })),
    [{ endAt: world.now.instant, channel: 1 }],
  );
  stop(world);
  assert.equal(of(world, "trigger-refused").length, 1);
  begin(world);
  assert.deepEqual(
    of(world, "triggered").map(({ repeated }) => repeated),
    [false],
  );
});

test("one that nobody stops ends by its bound, done, without talk of an open input", () => {
  const world = engineWorld(site());
  begin(world, 1, 30);
  const holdId = of(world, "order-hold")[0]?.hold.holdId ?? "";
  world.pass(30_500);
  world.do({ kind: "hold-closed", holdId, result: "done", reason: "", gaps: [] });
  const [receipt] = receipts(world);
  assert.notEqual(receipt?.closedAt, undefined);
  assert.equal(receipt?.actions[0]?.record?.inputStillOpen, undefined);
  begin(world);
  assert.equal(of(world, "order-hold").length, 1, "the next press begins anew");
});

test("a channel that is off, does not record, or does not exist is refused with a sentence", () => {
  const world = engineWorld(site({ channels: [channel(1, { enabled: false }), channel(2, { recordMode: "off" })] }));
  for (const number of [1, 2, 9]) begin(world, number);
  const reasons = world.all.flatMap((effect) => (effect.kind === "trigger-refused" ? [effect.reason] : []));
  assert.deepEqual(reasons, ["channel 1 is switched off", "channel 2: off for privacy", "there is no channel 9"]);
  assert.equal(world.receipts.size, 0);
});

test("a restart goes on with it, to the same bound", () => {
  const world = engineWorld(site());
  begin(world, 2, 60);
  world.restart(5000, true);
  world.do({ kind: "resume" });
  const [hold] = [...world.state.holds.values()];
  assert.equal(hold?.trigger, "manual");
  assert.equal(hold.boundAt - world.now.instant, 55_000);
  stop(world, 2);
  assert.equal(of(world, "end-hold").length, 1);
});
