import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import { joinAlarm } from "./alarms.ts";
import { memoryFrom } from "./engine.ts";
import { stateRecord } from "./engine-view.ts";
import { engineWorld, type World } from "./testdata/engine-world.ts";
import { site } from "./testdata/site.ts";

const edge = (at: number) => ({ at: instant(at), decidedAt: instant(at + 250), severity: "warning" }) as const;
const raised = (world: World) => [...world.receipts.values()].filter(({ edge: { kind } }) => kind === "raised");

test("an edge joins while the window runs, each edge restarts it, and at its end a new alarm begins", () => {
  let ids = 0;
  const newId = () => `alarm-${++ids}`;
  const first = joinAlarm(undefined, edge(0), 5, newId);
  const second = joinAlarm(first.alarm, edge(4999), 5, newId);
  const third = joinAlarm(second.alarm, edge(9998), 5, newId);
  assert.deepEqual([third.joined, third.alarm.count, third.alarm.firstAt], [true, 3, 250]);
  const fourth = joinAlarm(third.alarm, edge(9998 + 5000), 5, newId);
  assert.deepEqual([fourth.joined, fourth.alarm.alarmId], [false, "alarm-2"]);
});

test("with no window every edge is an alarm of its own", () => {
  const { alarm } = joinAlarm(undefined, edge(0), 0, () => "a");
  assert.equal(joinAlarm(alarm, edge(0), 0, () => "b").joined, false);
});

function silenced(): World {
  const world = engineWorld(site());
  world.contact(1, 1, "closed", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.contact(1, 1, "open");
  world.pass(250);
  world.do({ kind: "silence", by: "anna" });
  world.contact(1, 1, "closed");
  world.pass(1000);
  return world;
}

test("an edge that joins a silenced alarm records but stays quiet; the next alarm sounds again", () => {
  const world = silenced();
  world.contact(1, 1, "open");
  world.pass(1000);
  assert.equal(world.relays.get(1), "off");
  assert.deepEqual(raised(world)[1]?.actions[0]?.outcome, { kind: "suppressed", gate: "silenced" });
  world.contact(1, 1, "closed");
  world.pass(6000);
  world.contact(1, 1, "open");
  world.pass(250);
  assert.equal(world.relays.get(1), "on");
});

test("disarming silences too, and the first edge after arming again is a new alarm", () => {
  const world = silenced();
  world.do({ kind: "arm", armed: false, by: "anna" });
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.contact(1, 1, "open");
  world.pass(250);
  assert.equal(world.relays.get(1), "on");
  assert.equal(new Set(raised(world).map(({ alarmId }) => alarmId)).size, 2);
});

test("a recording that the recorder gives up before the bound does not claim that the input was still open", () => {
  const world = engineWorld(site());
  world.contact(1, 1, "closed", "state");
  world.contact(1, 1, "open");
  world.pass(250);
  const [holdId] = world.state.holds.keys();
  world.do({ kind: "hold-closed", holdId: holdId ?? "", result: "failed", reason: "disk full", gaps: [] });
  const action = raised(world)[0]?.actions.find(({ id }) => id === holdId);
  assert.deepEqual([action?.outcome?.kind, action?.record?.inputStillOpen], ["failed", undefined]);
});

test("an edge that follows a state which knows it already is counted once after a restart", () => {
  const world = engineWorld(site());
  world.contact(1, 1, "closed", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.contact(1, 1, "open");
  world.pass(250);
  const edge = world.journal.findLast(({ kind }) => kind === "edge");
  assert.ok(edge?.kind === "edge");
  const state = stateRecord(world.state, world.now);
  assert.deepEqual(memoryFrom([...world.journal, state, edge]), memoryFrom([...world.journal, state]));
  assert.equal(memoryFrom([state, edge]).alarms[0]?.count, 1);
});
