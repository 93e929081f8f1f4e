import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineRecord } from "../domain/engine.ts";
import { engineWorld, edgesOf } from "../domain/testdata/engine-world.ts";
import { channel, input, linkage, site } from "../domain/testdata/site.ts";
import { wallTime } from "../kernel/time.ts";
import { ptzStart } from "./ptz-start.ts";

const stamped = (records: readonly EngineRecord[]) =>
  records.map((record, index) => ({ record, wall: wallTime(index), at: index }) as never);

/** A door that turns camera 1 to preset 3 and back to 1, armed. */
function house() {
  const ptz = [{ channel: 1, preset: 3, back: 1 }];
  const channels = [channel(1, { ptz: { kind: "onvif", port: 80 } }), channel(2)];
  const world = engineWorld(site({ channels, inputs: [input(1, { linkage: linkage({ ptz }) })] }));
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.contact(1, 1, "closed", "state");
  world.pass(1000);
  return world;
}

function answer(world: ReturnType<typeof house>, kind: "done" | "failed"): void {
  const order = world.all.findLast((effect) => effect.kind === "go-ptz");
  assert.ok(order !== undefined);
  const { eventId, actionId } = order;
  const outcome = kind === "done" ? { kind } : { kind, reason: "busy" };
  world.do({ kind: "ptz-result", eventId, actionId, outcome });
}

test("after a restart a camera that an alarm turned is known, until it looked back; one that refused was not turned", () => {
  const world = house();
  world.contact(1, 1, "open");
  world.pass(1000);
  assert.ok(edgesOf(world.journal).length > 0);
  assert.deepEqual(ptzStart(stamped(world.journal)), []);
  answer(world, "done");
  assert.deepEqual(ptzStart(stamped(world.journal)), [1]);
  world.restart(1000, true);
  assert.deepEqual(ptzStart(stamped(world.journal)), [1], "the state record of a new life hides nothing");
  world.contact(1, 1, "closed");
  world.pass(1000);
  answer(world, "done");
  assert.deepEqual(ptzStart(stamped(world.journal)), []);
  const other = house();
  other.contact(1, 1, "open");
  other.pass(1000);
  answer(other, "failed");
  assert.deepEqual(ptzStart(stamped(other.journal)), []);
});
