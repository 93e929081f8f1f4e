/** Zones, modes, delays, bypasses and key switches, each as a sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ArmingSettings, ZoneSettings } from "./arming.ts";
import { defaultArming } from "./arming.ts";
import type { ArmEvent } from "./engine.ts";
import { engineWorld, lastRaised, open, shut, type World } from "./testdata/engine-world.ts";
import { input, linkage, output, site } from "./testdata/site.ts";

const by = "anna";
const arm = (mode: string, bypass?: readonly number[]): ArmEvent => ({
  ...{ kind: "arm", armed: mode !== "disarmed", by },
  ...(mode === "disarmed" ? {} : { mode }),
  ...(bypass === undefined ? {} : { bypass }),
});

/** Doors 1 and 2 with a siren and a message each, shut. */
function house(first: ZoneSettings, second: ZoneSettings = {}, arming: Partial<ArmingSettings> = {}): World {
  const links = linkage({ recordChannels: [1] });
  const world = engineWorld(
    site({
      site: { name: "Test", timeZone: "Europe/Berlin", arming: { ...defaultArming, ...arming } },
      inputs: [input(1, { ...first, linkage: links }), input(2, { ...second, linkage: links })],
      outputs: [output(1), output(2, { kind: "light" })],
    }),
  );
  for (const point of [1, 2]) world.contact(1, point, "closed", "state");
  return world;
}

const outcomes = (world: World) =>
  Object.fromEntries((lastRaised(world)?.actions ?? []).map(({ target, outcome }) => [target.kind, outcome]));
const gate = (world: World) => {
  const { output: siren, notify } = outcomes(world);
  assert.deepEqual(siren, notify);
  return siren?.kind === "suppressed" ? siren.gate : siren;
};
const recorded = (world: World) => outcomes(world)["record"] === undefined;
const messages = (world: World) => world.all.filter((effect) => effect.kind === "notify").length;
const siren = (world: World) => world.relays.get(1);
const troubles = (world: World) => [...world.state.troubles.keys()];

test("an input acts in the modes it is armed in; in every other it is recorded, and the receipt names the mode", () => {
  const world = house({ modes: ["away"] });
  world.do(arm("night"));
  open(world);
  assert.equal(gate(world), "not armed in night");
  assert.equal(recorded(world), true);
  assert.equal(lastRaised(world)?.alarmId, undefined);
  shut(world);
  world.do(arm("away"));
  open(world);
  assert.equal(siren(world), "on");
  assert.notEqual(lastRaised(world)?.alarmId, undefined);
});

test("a record-only input records, switches nothing and tells nobody, armed or not", () => {
  const world = house({ zone: "record-only" });
  world.do(arm("away"));
  open(world);
  assert.equal(gate(world), "record-only");
  assert.equal(recorded(world), true);
});

test("an instant input is armed at once; the way out is free until the exit delay is over", () => {
  const world = house({ zone: "instant" }, { zone: "entry-exit" });
  world.do(arm("away"));
  open(world, 2);
  assert.equal(gate(world), "exit delay");
  shut(world, 2);
  open(world, 1);
  assert.equal(siren(world), "on");
});

test("an exit delay runs only where somebody has a way out to go", () => {
  const world = house({ zone: "instant" });
  world.do(arm("away"));
  assert.equal(world.state.arming.exitUntil, undefined);
});

test("coming in, footage begins at the edge; siren and message wait, and do nothing when somebody disarms in time", () => {
  const world = house({ zone: "entry-exit" });
  world.do(arm("away"));
  world.pass(60_000);
  open(world);
  assert.ok(world.last.some((effect) => effect.kind === "order-hold") || world.state.holds.size === 1);
  assert.deepEqual([siren(world), messages(world), lastRaised(world)?.alarmId], ["off", 0, undefined]);
  world.pass(29_000);
  world.do(arm("disarmed"));
  assert.equal(gate(world), "entry delay: disarmed in time");
  world.pass(60_000);
  assert.deepEqual([siren(world), messages(world), lastRaised(world)?.alarmId], ["off", 0, undefined]);
});

test("nobody disarms: at the end of the entry delay it is an alarm, with siren and message", () => {
  const world = house({ zone: "entry-exit" });
  world.do(arm("away"));
  world.pass(60_000);
  open(world);
  world.pass(29_999);
  assert.equal(siren(world), "off");
  world.pass(1);
  assert.deepEqual([siren(world), messages(world)], ["on", 1]);
  assert.notEqual(lastRaised(world)?.alarmId, undefined);
  assert.equal(world.state.arming.mode, "away", "it stays armed");
  world.pass(180_000);
  assert.equal(siren(world), "off", "not past its bound");
});

test("a door opened and shut again sounds its hold time when the entry delay is over", () => {
  const world = house({ zone: "entry-exit" });
  world.do(arm("away"));
  world.pass(60_000);
  open(world);
  shut(world);
  world.pass(29_750);
  assert.equal(siren(world), "on");
  world.pass(10_000);
  assert.equal(siren(world), "off");
});

test("a door opened again while another way out is free sounds no longer for it, also after a restart", () => {
  for (const restarted of [false, true]) {
    const world = house({ zone: "entry-exit" });
    world.do(arm("home"));
    world.pass(60_000);
    open(world);
    shut(world);
    world.do(arm("away"));
    open(world);
    if (restarted) world.restart(1000, false);
    world.pass(restarted ? 29_000 : 30_000);
    assert.equal(siren(world), "on");
    world.pass(9500);
    assert.equal(siren(world), "off", "its hold time is over; the second edge was suppressed by the exit delay");
  }
});

test("a follower waits with the entry delay that runs, and acts at once without one", () => {
  const world = house({ zone: "entry-exit" }, { zone: "follower" });
  world.do(arm("away"));
  open(world, 2);
  assert.equal(gate(world), "exit delay");
  shut(world, 2);
  world.pass(60_000);
  open(world, 1);
  open(world, 2);
  assert.equal(siren(world), "off");
  world.do(arm("disarmed"));
  for (const point of [1, 2]) shut(world, point);
  world.do(arm("away"));
  world.pass(60_000);
  open(world, 2);
  assert.equal(siren(world), "on");
});

test("several edges of one door within the entry delay are one alarm with one message", () => {
  const world = house({ zone: "entry-exit" });
  world.do(arm("away"));
  world.pass(60_000);
  for (let i = 0; i < 3; i++) {
    open(world);
    shut(world);
  }
  world.pass(30_000);
  const raised = [...world.receipts.values()].filter(({ edge }) => edge.kind === "raised");
  assert.equal(raised.length, 3);
  assert.equal(new Set(raised.map(({ alarmId }) => alarmId)).size, 1);
  assert.equal(messages(world), 1);
});

test("24-hour zones alarm while disarmed too; a silent one without sirens", () => {
  const world = house({ zone: "24h-audible" }, { zone: "24h-silent" });
  open(world, 2);
  assert.deepEqual(outcomes(world)["output"], { kind: "suppressed", gate: "24-hour silent" });
  assert.deepEqual([siren(world), messages(world)], ["off", 1]);
  open(world, 1);
  assert.deepEqual([siren(world), messages(world)], ["on", 2]);
  assert.deepEqual([lastRaised(world)?.armed, lastRaised(world)?.alarmId === undefined], [false, false]);
});

test("a key switch arms and disarms, records, and does nothing when it is found turned after an outage", () => {
  const world = house({ zone: "key-switch", keySwitch: { acts: "toggle", mode: "night" } });
  open(world);
  assert.deepEqual(
    [world.state.arming.mode, world.state.arming.by, gate(world)],
    ["night", "key switch Door 1", "key switch"],
  );
  shut(world);
  open(world);
  assert.equal(world.state.arming.mode, "disarmed");
  shut(world);
  world.contact(1, 1, "open", "state");
  world.pass(250);
  assert.equal(lastRaised(world)?.edge.kind, "raised(found)");
  assert.equal(world.state.arming.mode, "disarmed");
});

test("a key switch that is followed is armed as long as it is turned", () => {
  const world = house({ zone: "key-switch", keySwitch: { acts: "follow" } });
  open(world);
  assert.equal(world.state.arming.mode, "home");
  shut(world);
  assert.equal(world.state.arming.mode, "disarmed");
});

test("a bypassed input is recorded until the next arming", () => {
  const world = house({});
  world.do(arm("away", [1]));
  open(world);
  assert.equal(gate(world), "bypassed");
  shut(world);
  world.do({ kind: "bypass", inputs: [], by });
  open(world);
  assert.equal(siren(world), "on");
  world.do(arm("disarmed"));
  assert.deepEqual(world.state.arming.bypass, []);
});

test("a bypass ends with its arming: disarmed nothing is left out, and the next arming has the door again", () => {
  const world = house({});
  world.do(arm("away", [1]));
  world.do(arm("disarmed"));
  assert.deepEqual(world.state.arming.bypass, []);
  world.do(arm("away"));
  open(world);
  assert.equal(siren(world), "on");
});

test("what is still open at the end of the exit delay is a trouble until it has closed or is bypassed", () => {
  const world = house({ zone: "entry-exit" }, { zone: "instant" });
  open(world, 1);
  world.do(arm("away"));
  assert.deepEqual(troubles(world), []);
  world.pass(60_000);
  assert.deepEqual(troubles(world), ["open:1"]);
  shut(world, 1);
  assert.deepEqual(troubles(world), []);
  world.do(arm("disarmed"));
  open(world, 2);
  world.do(arm("home"));
  world.pass(60_000);
  assert.deepEqual(troubles(world), ["open:2"]);
  world.do({ kind: "bypass", inputs: [2], by });
  assert.deepEqual(troubles(world), []);
});

test("after so many alarms in one arming an input is left alone, and the next arming restores it", () => {
  const world = house({ swingerAlarms: 2 });
  world.do(arm("away"));
  for (let i = 0; i < 2; i++) {
    open(world);
    assert.equal(siren(world), "on");
    shut(world);
    world.pass(10_000);
  }
  assert.deepEqual(troubles(world), ["swinger:1"]);
  open(world);
  assert.equal(gate(world), "swinger shutdown after 2 alarms");
  assert.equal(recorded(world), true);
  shut(world);
  world.do(arm("disarmed"));
  assert.deepEqual(troubles(world), []);
  world.do(arm("away"));
  open(world);
  assert.equal(siren(world), "on");
});

test("disarmed, what the site lets go on goes on, and nothing else; it is still no alarm", () => {
  const world = house({}, {}, { whileDisarmed: { outputs: [], notifiers: [1] } });
  open(world);
  assert.deepEqual(outcomes(world)["output"], { kind: "suppressed", gate: "disarmed" });
  assert.deepEqual([messages(world), lastRaised(world)?.alarmId], [1, undefined]);
});

test("an input that chimes is heard while it is not armed, and not when it alarms or somebody leaves", () => {
  const world = house({ zone: "entry-exit", chime: true });
  const chimes = () => world.all.filter((effect) => effect.kind === "chime").length;
  open(world);
  assert.equal(chimes(), 1);
  shut(world);
  world.do(arm("away"));
  open(world);
  shut(world);
  world.pass(60_000);
  open(world);
  assert.equal(chimes(), 1);
});

test("a buzzer is on while a delay runs, also after a restart, and a moment when an input chimes", () => {
  const world = house({ zone: "entry-exit", chime: true });
  const { config } = world;
  world.config = { ...config, outputs: [...config.outputs, output(3, { kind: "buzzer", point: 3, maxOnS: 300 })] };
  world.do({ kind: "config-changed" });
  const buzzer = () => world.relays.get(3);
  open(world);
  assert.equal(buzzer(), "on");
  world.pass(1000);
  assert.equal(buzzer(), "off");
  shut(world);
  world.do(arm("away"));
  assert.equal(buzzer(), "on");
  world.restart(5000, true);
  assert.equal(buzzer(), "on");
  world.pass(55_000);
  assert.equal(buzzer(), "off");
  open(world);
  assert.equal(buzzer(), "on");
  world.do(arm("disarmed"));
  assert.equal(buzzer(), "off");
});

test("a restart in the entry delay goes on with it, also in another boot: the siren comes when it is due", () => {
  for (const reboot of [false, true]) {
    const world = house({ zone: "entry-exit" });
    world.do(arm("away", [2]));
    world.pass(60_000);
    open(world);
    world.restart(10_000, reboot);
    assert.deepEqual([world.state.arming.mode, world.state.arming.bypass], ["away", [2]]);
    world.pass(19_999);
    assert.equal(siren(world), "off");
    world.pass(1);
    assert.deepEqual([siren(world), messages(world)], ["on", 1]);
  }
});

test("restarted while armed is a trouble until the arming is changed; disarmed it is none", () => {
  const world = house({});
  world.restart(1000, true);
  assert.deepEqual(troubles(world), []);
  world.do(arm("away"));
  world.restart(1000, false);
  assert.deepEqual(troubles(world), ["restart:armed"]);
  world.restart(1000, true);
  assert.deepEqual(troubles(world), ["restart:armed"]);
  world.do(arm("disarmed"));
  assert.deepEqual(troubles(world), []);
});

test("an entry delay that ran out while nobody watched is an alarm at the start", () => {
  const world = house({ zone: "entry-exit" });
  world.do(arm("away"));
  world.pass(60_000);
  open(world);
  world.restart(3_600_000, true);
  assert.deepEqual([siren(world), messages(world)], ["on", 1]);
});

test("a clock that was set back makes no delay longer than it is", () => {
  const world = house({ zone: "entry-exit" });
  world.do(arm("away"));
  world.pass(60_000);
  open(world);
  world.stepWall(-7_200_000);
  world.restart(1000, true);
  world.pass(30_000);
  assert.equal(siren(world), "on");
});

test("an old journal that says armed is the first mode, and one without arming is disarmed", () => {
  const world = house({});
  world.do(arm("away"));
  const old = world.journal.flatMap((record) =>
    record.kind === "armed" ? ({ kind: "armed", armed: true, by } as const) : [],
  );
  const again = engineWorld(world.config, undefined, old);
  assert.equal(again.state.arming.mode, "home");
});

test("a mode that is no more is the first one from then on", () => {
  const world = house({});
  world.do(arm("night"));
  const { site: named } = world.config;
  const modes = defaultArming.modes.filter(({ mode }) => mode !== "night");
  world.config = { ...world.config, site: { ...named, arming: { ...defaultArming, modes } } };
  world.do({ kind: "config-changed" });
  assert.equal(world.state.arming.mode, "home");
});

test("changing the mode does not end an entry delay that runs", () => {
  const world = house({ zone: "entry-exit" });
  world.do(arm("away"));
  world.pass(60_000);
  open(world);
  world.do(arm("night"));
  world.pass(30_000);
  assert.equal(siren(world), "on");
});

test("the journal says of each relay why it moved, also when a buzzer moves in the same step", () => {
  const world = house({ zone: "entry-exit" });
  const { config } = world;
  world.config = { ...config, outputs: [...config.outputs, output(3, { kind: "buzzer", point: 3, maxOnS: 300 })] };
  world.do({ kind: "config-changed" });
  world.do(arm("away"));
  world.pass(61_000);
  open(world);
  world.pass(31_000);
  const why = (of: number) =>
    world.journal.flatMap((record) => (record.kind === "output" && record.output === of ? [record.by] : []));
  assert.match(why(1)[0] ?? "", /^event /);
  assert.deepEqual(why(3), ["a delay runs", "the delay is over", "a delay runs", "the delay is over"]);
});
