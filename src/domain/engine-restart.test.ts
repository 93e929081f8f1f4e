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
  assert.equal(world.state.arming.mode, "home");
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

test("a hold whose bound passed while nobody ran is ordered with its bound in the past, for the recorder to look on disk", () => {
  const world = alarmed();
  world.restart(3_600_000, true);
  const [hold] = orders(world.last);
  assert.ok(hold !== undefined && hold.endAt === undefined && hold.boundAt < world.now.instant);
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

test("what the recorder proved before a crash stands in the receipt after it, also when its words do not come again", () => {
  const world = alarmed();
  const [hold] = orders(world.all);
  const holdId = hold?.holdId ?? "";
  world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } });
  const durableAt = instant(world.now.instant + 84);
  world.do({ kind: "hold-durable", holdId, durableAt, preAchievedMs: 12_000 });
  world.restart(3000, true);
  world.do({ kind: "hold-closed", holdId, result: "done", reason: "", gaps: [] });
  const record = [...world.receipts.values()][0]?.actions.find((action) => action.id === holdId)?.record;
  assert.deepEqual(record, { answer: "recording", preAchievedMs: 12_000, durableAfterMs: 84 });
});

test("a recorder that repeats itself after each connection adds no line to the journal", () => {
  const world = alarmed();
  const holdId = orders(world.all)[0]?.holdId ?? "";
  world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } });
  const lines = world.journal.length;
  world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } });
  assert.equal(world.journal.length, lines);
});

const alarmIds = (world: World) => edgesOf(world.journal).flatMap(({ alarmId }) => alarmId ?? []);

test("an edge inside the window joins the alarm from before the crash and tells nobody again", () => {
  const world = alarmed();
  world.restart(1000, true);
  world.contact(1, 1, "closed", "state");
  world.pass(250);
  world.contact(1, 1, "open");
  world.pass(250);
  const [first, ...later] = alarmIds(world);
  assert.ok(first !== undefined && later.length > 0 && later.every((alarmId) => alarmId === first));
  assert.equal([...world.state.alarms.values()][0]?.count, 2);
});

test("an alarm that was silenced before the crash stays quiet after it", () => {
  const world = alarmed();
  world.do({ kind: "silence", by: "anna" });
  world.restart(1000, false);
  world.contact(1, 1, "closed", "state");
  world.pass(250);
  world.contact(1, 1, "open");
  world.pass(250);
  assert.notEqual(world.relays.get(1), "on");
});

test("after the window, also one that passed while nobody ran, the next edge is an alarm of its own", () => {
  const world = alarmed();
  world.restart(600_000, true);
  world.contact(1, 1, "closed", "state");
  world.pass(250);
  world.contact(1, 1, "open");
  world.pass(250);
  assert.equal(new Set(alarmIds(world)).size, 2);
});

/** The bound passes while nobody runs; then the contact is looked at, and the recorder says what lies on disk. */
function boundMissed(level: "open" | "closed") {
  const world = alarmed();
  const holdId = orders(world.all)[0]?.holdId ?? "";
  world.restart(3_600_000, true);
  world.contact(1, 1, level, "state");
  world.pass(250);
  world.do({ kind: "hold-closed", holdId, result: "done", reason: "", gaps: [] });
  return [...world.receipts.values()][0]?.actions.find((action) => action.id === holdId)?.record?.inputStillOpen;
}

test("a hold that met its bound while nobody ran says that the input is still open, unless it was found at rest", () => {
  assert.equal(boundMissed("open"), true);
  assert.equal(boundMissed("closed"), undefined);
});
