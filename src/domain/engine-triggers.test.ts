import assert from "node:assert/strict";
import { test } from "node:test";
import type { TriggerEvent } from "./engine.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { board, input, site } from "./testdata/site.ts";

const trigger = (world: World, part: Partial<TriggerEvent>) => {
  const effects = world.do({ kind: "trigger", board: 3, point: 1, verb: "start", ...part });
  return effects.find((effect) => effect.kind === "triggered" || effect.kind === "trigger-refused");
};
const edgeKinds = (world: World) => edgesOf(world.journal).map((record) => record.edge.kind);

test("a start is an edge at once, and the same caller's id again is the same event", () => {
  const world = engineWorld(site());
  const first = trigger(world, { eventId: "call-1" });
  const second = trigger(world, { eventId: "call-1" });
  assert.ok(first?.kind === "triggered" && second?.kind === "triggered");
  assert.deepEqual([first.repeated, second.repeated], [false, true]);
  assert.equal(first.eventId, second.eventId);
  assert.deepEqual(edgeKinds(world), ["raised"]);
});

test("a start without a stop ends by itself after its bound, which the point caps", () => {
  for (const [asked, lasts] of [
    [20, 20],
    [9000, 120],
    [undefined, 120],
  ] as const) {
    const world = engineWorld(site());
    trigger(world, asked === undefined ? {} : { maxS: asked });
    world.pass(lasts * 1000 - 1);
    assert.deepEqual(edgeKinds(world), ["raised"]);
    world.pass(1);
    assert.deepEqual(edgeKinds(world), ["raised", "cleared"]);
  }
});

test("a stop ends the run, and the same id may start and stop one event", () => {
  const world = engineWorld(site());
  trigger(world, { eventId: "call-1" });
  world.pass(3000);
  trigger(world, { eventId: "call-1", verb: "stop" });
  assert.deepEqual(edgeKinds(world), ["raised", "cleared"]);
  world.pass(200_000);
  assert.equal(edgeKinds(world).length, 2);
});

test("a pulse is raised and cleared at once and records for the post-record time", () => {
  const world = engineWorld(site());
  const answer = trigger(world, { verb: "pulse", eventId: "p" });
  assert.deepEqual(edgeKinds(world), ["raised", "cleared"]);
  assert.equal(answer?.kind === "triggered" && answer.eventId, edgesOf(world.journal)[0]?.edge.eventId);
  const [hold] = world.state.holds.values();
  assert.equal(hold?.endAt, world.now.instant + 30_000);
});

test("a start with an id of its own while one runs is an edge of its own, and one stop ends both", () => {
  const world = engineWorld(site());
  trigger(world, { eventId: "a" });
  world.pass(1000);
  trigger(world, { eventId: "b" });
  trigger(world, { verb: "pulse", eventId: "c" });
  assert.deepEqual(edgeKinds(world), ["raised", "raised", "raised"]);
  trigger(world, { verb: "stop" });
  assert.deepEqual(edgeKinds(world), ["raised", "raised", "raised", "cleared"]);
  assert.ok([...world.state.holds.values()].every((hold) => hold.endAt !== undefined));
});

test("a trigger that leads nowhere is refused with the reason", () => {
  const world = engineWorld(site());
  const refusal = (part: Partial<TriggerEvent>) => {
    const answer = trigger(world, part);
    return answer?.kind === "trigger-refused" ? answer.reason : answer?.kind;
  };
  assert.equal(refusal({ point: 7 }), "no input is configured on board 3, point 7");
  assert.equal(refusal({ verb: "stop" }), "nothing was started");
  world.config = site({ inputs: site().inputs.map((input) => ({ ...input, enabled: false })) });
  world.do({ kind: "config-changed" });
  assert.equal(refusal({}), "input 4 is switched off");
});

test("a state at rest from the board does not end a run, a change to rest does", () => {
  const world = engineWorld(site());
  trigger(world, { board: 1, point: 1 });
  world.contact(1, 1, "closed", "state");
  world.pass(1000);
  assert.deepEqual(edgeKinds(world), ["raised"]);
  world.contact(1, 1, "closed", "change");
  world.pass(1000);
  assert.deepEqual(edgeKinds(world), ["raised", "cleared"]);
});

test("callers' ids and a run survive a restart, and the run still ends in time", () => {
  const world = engineWorld(site());
  trigger(world, { eventId: "call-1", maxS: 60 });
  world.pass(10_000);
  world.restart(5000, true);
  const again = trigger(world, { eventId: "call-1", maxS: 60 });
  assert.equal(again?.kind === "triggered" && again.repeated, true);
  world.pass(44_999);
  assert.deepEqual(edgeKinds(world), ["raised"]);
  world.pass(1);
  assert.deepEqual(edgeKinds(world), ["raised", "cleared"]);
});

test("ten thousand callers' ids are remembered, and the memory stays bounded", () => {
  const world = engineWorld(
    site({ inputs: site().inputs.map((one) => ({ ...one, linkage: { ...one.linkage, recordChannels: [] } })) }),
  );
  for (let n = 0; n < 11_000; n++) trigger(world, { verb: "pulse", eventId: `call-${n}` });
  const kept = world.state.callers.runs.reduce((sum, run) => sum + run.size, 0);
  assert.ok(kept >= 10_000 && kept <= 10_500);
  const early = trigger(world, { verb: "pulse", eventId: "call-1001" });
  assert.equal(early?.kind === "triggered" && early.repeated, true);
});

test("a button that only says that it was pressed raises at each press, whatever its debounce", () => {
  const button = { point: 1, topic: "button", payload: { closed: "press", open: "", pulse: true } } as const;
  const door = { point: 2, topic: "door", payload: { closed: "1", open: "0" } } as const;
  const mqtt = { kind: "mqtt", url: "", username: "", password: "", inputs: [button, door], outputs: [] } as const;
  const inputs = [1, 2].map((point) => input(point, { point, type: "NO", debounceMs: 50, antiDitherS: 0 }));
  const world = engineWorld(site({ boards: [board(1, { driver: mqtt })], inputs }));
  for (const point of [1, 2]) world.contact(1, point, "open", "state");
  for (let press = 0; press < 2; press++) {
    for (const point of [1, 2]) for (const level of ["closed", "open"] as const) world.contact(1, point, level);
    world.pass(1000);
  }
  assert.deepEqual(edgeKinds(world), ["raised", "cleared", "raised", "cleared"]);
  assert.ok(
    edgesOf(world.journal).every((record) => record.edge.input === 1),
    "of the door such pulses are glitches",
  );
});

test("a message's title stands behind the input's name; what is over is called by the input alone", () => {
  const world = engineWorld(site());
  trigger(world, { verb: "pulse", title: "Parcel box opened" });
  const edges = edgesOf(world.journal).map((record) => record.edge);
  const [raised, cleared] = edges;
  assert.ok(raised !== undefined && cleared !== undefined);
  assert.equal(raised.inputName, `${cleared.inputName}: Parcel box opened`);
  assert.equal(raised.trigger?.title, "Parcel box opened");
});

test("a camera that the message itself calls away is not recorded for it", () => {
  const world = engineWorld(site());
  trigger(world, {});
  const all = edgesOf(world.journal)[0]?.actions.filter(({ target }) => target.kind === "record").length ?? 0;
  const other = engineWorld(site());
  const channels = edgesOf(world.journal)[0]?.actions.flatMap(({ target }) =>
    target.kind === "record" ? [target.channel] : [],
  );
  trigger(other, { away: channels?.slice(0, 1) ?? [] });
  const left = edgesOf(other.journal)[0]?.actions.filter(({ target }) => target.kind === "record").length;
  assert.ok(all > 0);
  assert.equal(left, all - 1);
});
