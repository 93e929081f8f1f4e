import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import type { EngineEffect, RecordHold } from "./engine.ts";
import { edgesOf, engineWorld, outcomesOf, type World } from "./testdata/engine-world.ts";
import { board, channel, input, linkage, output, site } from "./testdata/site.ts";

/** All doors shut and seen so, boards online, armed. */
function armed(config = site()): World {
  const world = engineWorld(config);
  for (const { board } of config.boards) {
    world.do({ kind: "link", board, link: { kind: "online" }, at: world.now.instant });
  }
  for (const { board, point, type } of config.inputs) {
    world.contact(board, point, type === "NC" ? "closed" : "open", "state");
  }
  world.do({ kind: "arm", armed: true, by: "anna" });
  return world;
}

const ordersIn = (effects: readonly EngineEffect[]): RecordHold[] =>
  effects.flatMap((effect) => (effect.kind === "order-hold" ? [effect.hold] : []));
const endsIn = (effects: readonly EngineEffect[]) => effects.filter((effect) => effect.kind === "end-hold");
const raised = (world: World) =>
  [...world.receipts.values()].filter((receipt) => receipt.edge.kind.startsWith("raised"));
const kinds = (effects: readonly EngineEffect[]) => effects.map((effect) => effect.kind);
const readBack = (world: World, point: number, state: "on" | "off", board = 1) =>
  world.do({ kind: "read-back", board, point, state, at: world.now.instant });
const closeHolds = (world: World) => {
  for (const { holdId } of [...world.state.holds.values()]) {
    world.do({ kind: "hold-closed", holdId, result: "done", reason: "", gaps: [] });
  }
};

test("a door opens: relay first, then the journal, then the cameras, the message and the receipt", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(249);
  assert.equal(raised(world).length, 0);
  world.pass(1);
  const told = kinds(world.last);
  assert.equal(told[0], "want-output");
  assert.ok(told.indexOf("journal") === 1 && told.indexOf("order-hold") > told.indexOf("journal"));
  assert.ok(told.includes("notify") && told.includes("receipt-changed"));
  assert.equal(world.relays.get(1), "on");
  const [receipt] = raised(world);
  assert.equal(receipt?.edge.at.instant, world.now.instant - 250);
  assert.deepEqual(
    receipt.actions.map((action) => [action.target.kind, action.because.rule, action.outcome]),
    [
      ["output", "input:1", undefined],
      ["record", "input:1", undefined],
      ["record", "input:1", undefined],
      ["notify", "input:1", undefined],
    ],
  );
});

test("the hold that is ordered counts its pre-record from the first change and is bounded by the most an edge records", () => {
  const world = armed();
  const firstChange = world.now.instant;
  world.contact(1, 1, "open");
  world.pass(250);
  const [hold] = ordersIn(world.all);
  assert.equal(hold?.edgeAt, firstChange);
  assert.equal(hold.preMs, 10_000);
  assert.equal(hold.boundAt, firstChange + 600_000);
  assert.equal(hold.endAt, undefined);
});

test("shutting the door ends recording after the post-record time, counted from the moment it shut", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(5000);
  const shut = world.now.instant;
  world.contact(1, 1, "closed");
  world.pass(250);
  const ends = endsIn(world.last);
  assert.equal(ends.length, 2);
  assert.ok(ends.every((end) => end.endAt === shut + 30_000));
  const cleared = [...world.receipts.values()].find((receipt) => receipt.edge.kind === "cleared");
  assert.deepEqual(cleared?.actions, []);
  assert.notEqual(cleared.closedAt, undefined);
});

test("a receipt closes when relay, cameras and message have said how it went, and late words change nothing", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(250);
  world.do({ kind: "commanded", board: 1, point: 1, state: "on", at: instant(world.now.instant + 2) });
  world.pass(20);
  readBack(world, 1, "on");
  const [receipt] = raised(world);
  const [relay, one, two, message] = receipt?.actions ?? [];
  assert.deepEqual(relay?.output, { commandedAfterMs: 2, confirmedAfterMs: 270 });
  world.do({ kind: "hold-answer", holdId: one?.id ?? "", answer: { kind: "recording" } });
  const away = { kind: "will-backfill", reason: "camera down", since: wallTime(1_000) } as const;
  world.do({ kind: "hold-answer", holdId: two?.id ?? "", answer: away });
  world.do({ kind: "hold-answer", holdId: two?.id ?? "", answer: { ...away, since: wallTime(2_000) } });
  const durableAt = instant(world.now.instant + 64);
  world.do({ kind: "hold-durable", holdId: one?.id ?? "", durableAt, preAchievedMs: 12_000 });
  const eventId = receipt?.edge.eventId ?? "";
  world.do({ kind: "notify-result", eventId, actionId: message?.id ?? "", outcome: { kind: "done" } });
  world.do({ kind: "hold-closed", holdId: one?.id ?? "", result: "done", reason: "", gaps: [] });
  const failed = { kind: "hold-closed", holdId: two?.id ?? "", result: "failed", gaps: [] } as const;
  world.do({ ...failed, reason: "camera offline since 02:08:11" });
  const closed = world.receipts.get(eventId);
  assert.notEqual(closed?.closedAt, undefined);
  assert.deepEqual(
    closed?.actions.map((action) => action.outcome?.kind),
    ["done", "done", "failed", "done"],
  );
  assert.equal(closed.actions[1]?.record?.durableAfterMs, 84);
  assert.equal(closed.actions[1].record.awaySince, undefined);
  assert.equal(closed.actions[2]?.record?.awaySince, 1_000, "as it was when the edge came");
  const before = outcomesOf(world.journal).length;
  const late = world.do({ kind: "hold-closed", holdId: two?.id ?? "", result: "done", reason: "", gaps: [] });
  world.do({ kind: "notify-result", eventId, actionId: message?.id ?? "", outcome: { kind: "done" } });
  assert.equal(outcomesOf(world.journal).length, before);
  assert.deepEqual(late, [{ kind: "forget-hold", holdId: two?.id }]);
});

test("disarmed, an edge records and has a receipt, but no alarm, relay or message", () => {
  const world = armed();
  world.do({ kind: "arm", armed: false, by: "anna" });
  world.contact(1, 1, "open");
  world.pass(250);
  const [receipt] = raised(world);
  assert.equal(receipt?.alarmId, undefined);
  assert.equal(world.relays.get(1), "off");
  assert.equal(ordersIn(world.all).length, 2);
  assert.deepEqual(
    receipt?.actions.map((action) => action.outcome),
    [{ kind: "suppressed", gate: "disarmed" }, undefined, undefined, { kind: "suppressed", gate: "disarmed" }],
  );
});

test("ten edges on ten inputs inside a second are ten receipts, and all relays are told before anything is written", () => {
  const ten = Array.from({ length: 10 }, (_, index) => input(index + 1, { linkage: linkage({ recordChannels: [1] }) }));
  const world = armed(site({ inputs: ten }));
  for (let point = 1; point <= 10; point++) {
    world.contact(1, point, "open");
    if (point < 10) world.pass(10);
  }
  world.pass(1000);
  assert.equal(raised(world).length, 10);
  assert.equal(ordersIn(world.all).length, 10);
});

test("edges of one input inside its anti-dither window join one alarm: recorded each, told once", () => {
  const world = armed();
  for (let n = 0; n < 3; n++) {
    world.contact(1, 1, "open");
    world.pass(1000);
    world.contact(1, 1, "closed");
    world.pass(1000);
  }
  const receipts = raised(world);
  assert.equal(receipts.length, 3);
  assert.equal(new Set(receipts.map((receipt) => receipt.alarmId)).size, 1);
  assert.equal(ordersIn(world.all).length, 6);
  assert.equal(world.all.filter((effect) => effect.kind === "notify").length, 1);
  assert.deepEqual(receipts[2]?.actions.at(-1)?.outcome, { kind: "suppressed", gate: "repeat within 5 s" });
  world.pass(5000);
  world.contact(1, 1, "open");
  world.pass(250);
  assert.equal(new Set(raised(world).map((receipt) => receipt.alarmId)).size, 2);
});

test("two doors on one siren: the first to shut does not silence the second", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.contact(1, 2, "open");
  world.pass(1000);
  world.contact(1, 1, "closed");
  world.pass(60_000);
  assert.equal(world.relays.get(1), "on");
  const shut = world.now.instant;
  world.contact(1, 2, "closed");
  world.pass(9999);
  assert.equal(world.relays.get(1), "on");
  world.pass(1);
  assert.equal(world.relays.get(1), "off");
  assert.equal(world.now.instant, shut + 10_000);
});

test("a siren ends at its bound while the door stays open, and edges that join the alarm do not renew it", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(250);
  const decided = world.now.instant;
  for (let n = 0; n < 100; n++) {
    world.contact(1, 1, "closed");
    world.pass(1000);
    world.contact(1, 1, "open");
    world.pass(1000);
    assert.equal(world.relays.get(1), world.now.instant < decided + 180_000 ? "on" : "off");
  }
  const last = raised(world).at(-1)?.actions[0]?.outcome;
  assert.deepEqual(last, { kind: "suppressed", gate: "already on for 180 s in this alarm" });
});

test("an input that stays open past its bound is recorded to the bound, and the receipt says it was still open", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(600_100);
  closeHolds(world);
  const [receipt] = raised(world);
  assert.equal(receipt?.actions[1]?.outcome?.kind, "done");
  assert.equal(receipt.actions[1].record?.inputStillOpen, true);
});

test("silence is one press: sirens end, a gate keeps its time, and the open door does not start them again", () => {
  const outputs = [output(1), output(2, { kind: "gate", maxOnS: 60 })];
  const both = linkage({ outputs: [1, 2].map((number) => ({ output: number, holdS: 10 })) });
  const world = armed(site({ outputs, inputs: [input(1, { linkage: both })] }));
  world.contact(1, 1, "open");
  world.pass(250);
  readBack(world, 1, "on");
  world.do({ kind: "silence", by: "anna" });
  assert.deepEqual([world.relays.get(1), world.relays.get(2)], ["off", "on"]);
  world.pass(4000);
  assert.equal(world.relays.get(1), "off");
});

test("outputs to rest asks first when a gate would move, and then means the rest state", () => {
  const outputs = [output(1), output(2, { kind: "gate", maxOnS: 60, restState: "on" })];
  const world = armed(site({ outputs }));
  world.do({ kind: "output-mode", output: 2, mode: "on", by: "anna" });
  assert.equal(world.relays.get(2), "off");
  assert.deepEqual(kinds(world.do({ kind: "rest-outputs", confirmed: false, by: "anna" })), ["confirmation-needed"]);
  assert.equal(world.relays.get(2), "off");
  const effects = world.do({ kind: "rest-outputs", confirmed: true, by: "anna" });
  assert.equal(world.relays.get(2), "on");
  assert.ok(effects.some((effect) => effect.kind === "mode-changed" && effect.mode === "auto"));
});

test("a relay that is not read back in time is failed with the reason, and a trouble until it obeys", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(250);
  world.do({ kind: "commanded", board: 1, point: 1, state: "on", at: world.now.instant });
  readBack(world, 1, "off");
  world.pass(5000);
  assert.deepEqual(raised(world)[0]?.actions[0]?.outcome, {
    kind: "failed",
    reason: "commanded, but not read back as on within 5 s",
  });
  assert.deepEqual([...world.state.troubles.keys()], ["output:1"]);
  readBack(world, 1, "on");
  assert.equal(world.state.troubles.size, 0);
});

test("where a board can't be read back, the command is all the proof there is", () => {
  const mqtt = {
    kind: "mqtt",
    url: "mqtt://broker",
    username: "",
    password: "",
    inputs: [],
    outputs: [{ point: 1, topic: "siren", on: "ON", off: "OFF" }],
  } as const;
  const world = armed(site({ boards: [board(1, { driver: mqtt })], inputs: [input(1)] }));
  world.contact(1, 1, "open");
  world.pass(250);
  world.do({ kind: "commanded", board: 1, point: 1, state: "on", at: world.now.instant });
  assert.deepEqual(raised(world)[0]?.actions[0]?.outcome, { kind: "done" });
});

test("a channel that does not exist, or is off, fails at once and says so", () => {
  const channels = [channel(1, { enabled: false }), channel(2, { recordMode: "off" })];
  const inputs = [input(1, { linkage: linkage({ recordChannels: [1, 2, 9], outputs: [], notifiers: [] }) })];
  const world = armed(site({ channels, inputs }));
  world.contact(1, 1, "open");
  world.pass(250);
  const [receipt] = raised(world);
  assert.deepEqual(
    receipt?.actions.map(({ outcome }) => outcome),
    [
      { kind: "failed", reason: "channel 1 is switched off" },
      { kind: "suppressed", gate: "off for privacy" },
      { kind: "failed", reason: "channel 9 does not exist" },
    ],
  );
  assert.notEqual(receipt.closedAt, undefined);
});

test("a channel that is private at home keeps no footage and no picture of an alarm then, and both when it is armed away", () => {
  const channels = [channel(1, { atHome: { modes: ["home"], alarms: "nothing" } })];
  const snapshots = { channels: [1], count: 1, intervalS: 1 };
  const inputs = [input(1, { linkage: linkage({ recordChannels: [1], outputs: [], notifiers: [], snapshots }) })];
  const outcomes = (mode: string) => {
    const world = engineWorld(site({ channels, inputs }));
    world.do({ kind: "arm", armed: true, mode, by: "test" });
    world.contact(1, 1, "closed");
    world.pass(300_000);
    world.contact(1, 1, "open");
    world.pass(250);
    return raised(world)[0]?.actions.map(({ outcome }) => outcome);
  };
  const gate = { kind: "suppressed", gate: "off for privacy while armed as home" };
  assert.deepEqual(outcomes("home"), [gate, gate]);
  assert.deepEqual(outcomes("away"), [undefined, undefined]);
});

test("a recorder that never answers leaves no action open: it fails a minute after the bound", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(250 + 599_750 + 59_999);
  assert.equal(raised(world)[0]?.actions[1]?.outcome, undefined);
  world.pass(1);
  assert.equal(raised(world)[0]?.actions[1]?.outcome?.kind, "failed");
  assert.equal(world.state.book.size, 0);
});

test("a recorder that went away and came back is told its holds again", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(250);
  world.do({ kind: "recorder-down", channels: [1] });
  const action = raised(world)[0]?.actions.find((one) => one.target.kind === "record");
  assert.equal(action?.record?.answer, "will-backfill");
  const again = ordersIn(world.do({ kind: "recorder-up", channels: [1] }));
  assert.deepEqual(
    again.map((hold) => [hold.holdId, hold.channel]),
    [[action.id, 1]],
  );
});

test("what the engine journals of an edge holds its actions and holds as they were decided", () => {
  const world = armed();
  world.contact(1, 1, "open");
  world.pass(250);
  const [record] = edgesOf(world.journal);
  assert.equal(record?.actions.length, 4);
  assert.deepEqual(record.holds, ordersIn(world.all));
  assert.equal(record.edge.at.wall, wallTime(world.now.wall - 250));
});
