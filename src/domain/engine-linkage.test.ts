/** Conditions, pictures and escalation of a linkage, each as a sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkageExtras } from "./linkage-settings.ts";
import type { ZoneSettings } from "./arming.ts";
import { engineWorld, open, shut, type World } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";

const by = "anna";

/** Door 1 with these extras beside a plain door 2; two notifiers; armed (without an exit delay) and shut. */
function house(extras: LinkageExtras, zone: ZoneSettings = {}): World {
  const plain = site();
  const [notifier] = plain.notifiers;
  assert.ok(notifier !== undefined);
  const world = engineWorld(
    site({
      inputs: [
        input(1, { ...zone, linkage: linkage({ recordChannels: [1], ...extras }) }),
        input(2, { linkage: linkage({ recordChannels: [2], notifiers: [] }) }),
      ],
      channels: plain.channels.map((one) => (one.channel === 1 ? { ...one, ptz: { kind: "onvif", port: 80 } } : one)),
      notifiers: [notifier, { ...notifier, notifier: 2, name: "Boss" }],
    }),
  );
  for (const point of [1, 2]) world.contact(1, point, "closed", "state");
  world.do({ kind: "arm", armed: true, by });
  world.pass(60_000);
  return world;
}

const raised = (world: World, of = 1) =>
  [...world.receipts.values()].findLast(({ edge }) => edge.kind === "raised" && edge.input === of);
const action = (world: World, kind: string) => raised(world)?.actions.find(({ target }) => target.kind === kind);
const told = (world: World) => world.all.flatMap((effect) => (effect.kind === "notify" ? [effect.notifier] : []));
const pictures = (world: World) => world.all.filter((effect) => effect.kind === "take-snapshots");
const alarmOf = (world: World) => raised(world)?.alarmId ?? "none";

test("only if another input was raised within n seconds: else it is recorded, an event, and the gate is named", () => {
  const world = house({ onlyIf: { inputs: [2], withinS: 30 } });
  open(world);
  const gate = "only if Door 2 was raised within 30 s";
  assert.deepEqual(action(world, "output")?.outcome, { kind: "suppressed", gate });
  assert.deepEqual(action(world, "notify")?.outcome, { kind: "suppressed", gate });
  assert.equal(action(world, "record")?.outcome, undefined, "it records in any case");
  assert.equal(raised(world)?.alarmId, undefined, "nothing for the inbox");
});

test("with the other input inside its seconds it acts; a moment later it does not, and says how long ago it was", () => {
  const world = house({ onlyIf: { inputs: [2], withinS: 30 } });
  open(world, 2);
  world.pass(29_750);
  open(world);
  assert.deepEqual(told(world), [1], "30 s before, to the millisecond");
  shut(world);
  world.pass(10_000);
  open(world);
  const outcome = action(world, "notify")?.outcome;
  assert.ok(outcome?.kind === "suppressed");
  assert.equal(outcome.gate, "only if Door 2 was raised within 30 s; the last was 41 s before");
});

test("that the other input was raised is known after a restart, also into another boot", () => {
  for (const reboot of [false, true]) {
    const world = house({ onlyIf: { inputs: [2], withinS: 60 } });
    open(world, 2);
    world.restart(5000, reboot);
    world.contact(1, 1, "closed", "state");
    open(world);
    assert.ok(told(world).includes(1), `another boot: ${String(reboot)}`);
  }
});

test("edges that join a running alarm need no second confirmation", () => {
  const world = house({ onlyIf: { inputs: [2], withinS: 1 } });
  open(world, 2);
  open(world);
  const alarm = alarmOf(world);
  shut(world);
  world.pass(2000);
  open(world);
  assert.equal(raised(world)?.alarmId, alarm);
});

test("pictures are taken at the edge and again at a repeat that repeats no message; not while disarmed", () => {
  const world = house({ snapshots: { channels: [1, 2], count: 3, intervalS: 2 } });
  open(world);
  assert.deepEqual(
    pictures(world).map(({ channel, count, intervalS }) => [channel, count, intervalS]),
    [
      [1, 3, 2],
      [2, 3, 2],
    ],
  );
  const kinds = world.all.map(({ kind }) => kind);
  assert.ok(kinds.indexOf("take-snapshots") < kinds.indexOf("notify"), "a message may wait for what is ordered");
  shut(world);
  open(world);
  assert.equal(pictures(world).length, 4);
  assert.deepEqual(told(world), [1]);
  world.do({ kind: "arm", armed: false, by });
  shut(world);
  open(world);
  assert.equal(pictures(world).length, 4);
  assert.deepEqual(action(world, "snapshot")?.outcome, { kind: "suppressed", gate: "disarmed" });
});

test("pictures end in an outcome: as they are told, without a word after their time, cut off by a restart", () => {
  const world = house({ snapshots: { channels: [1], count: 2, intervalS: 1 } });
  open(world);
  const [order] = pictures(world);
  assert.ok(order !== undefined);
  const { eventId, actionId } = order;
  const outcome = { kind: "short", reason: "1 of 2 pictures" } as const;
  world.do({ kind: "snapshot-result", eventId, actionId, outcome });
  assert.deepEqual(action(world, "snapshot")?.outcome, outcome);
  shut(world);
  open(world);
  world.pass(61_000);
  assert.deepEqual(action(world, "snapshot")?.outcome, { kind: "failed", reason: "no picture came in time" });
  shut(world);
  world.pass(10_000);
  open(world);
  world.restart(1000, false);
  assert.deepEqual(action(world, "snapshot")?.outcome, { kind: "failed", reason: "interrupted by a restart" });
});

const twice: LinkageExtras = {
  escalation: [
    { afterMin: 5, notifiers: [2] },
    { afterMin: 10, notifiers: [1, 2] },
  ],
};

test("nobody acknowledges: the next one is told after his minutes, and so on, each once", () => {
  const world = house(twice);
  open(world);
  world.pass(299_749);
  assert.deepEqual(told(world), [1], "a moment before");
  world.pass(251);
  assert.deepEqual(told(world), [1, 2]);
  world.pass(300_000);
  assert.deepEqual(told(world), [1, 2, 1, 2]);
  world.pass(3_600_000);
  assert.deepEqual(told(world), [1, 2, 1, 2]);
  assert.ok(raised(world)?.closedAt !== undefined, "every message had an outcome");
});

test("an acknowledgement ends the escalation, and the receipt names by whom", () => {
  const world = house(twice);
  open(world);
  world.pass(301_000);
  world.do({ kind: "acknowledge", alarmId: "another", by: "bob" });
  world.do({ kind: "acknowledge", alarmId: alarmOf(world), by: "user bob" });
  world.pass(3_600_000);
  assert.deepEqual(told(world), [1, 2]);
  const gates = raised(world)?.actions.flatMap(({ outcome }) => (outcome?.kind === "suppressed" ? [outcome.gate] : []));
  assert.deepEqual(gates, ["acknowledged by user bob", "acknowledged by user bob"]);
});

/** The first message to that notifier arrived. */
function arrived(world: World, notifier: number): void {
  const { edge, actions } = raised(world) ?? assert.fail("nothing was raised");
  const sent = actions.find(({ target }) => target.kind === "notify" && target.notifier === notifier);
  const outcome = { kind: "done" } as const;
  world.do({ kind: "notify-result", eventId: edge.eventId, actionId: sent?.id ?? "", outcome });
}

test("an escalation survives a restart: what was due meanwhile goes out at once, what was sent is not sent again", () => {
  for (const reboot of [false, true]) {
    const world = house(twice);
    open(world);
    arrived(world, 1);
    world.pass(240_000);
    world.restart(120_000, reboot);
    world.pass(1);
    assert.deepEqual(told(world).slice(1), [2], `another boot: ${String(reboot)}`);
    arrived(world, 2);
    world.restart(1000, reboot);
    world.pass(60_000);
    assert.deepEqual(told(world).slice(1), [2], "not again");
    world.pass(240_000);
    assert.deepEqual(told(world).slice(1), [2, 1, 2]);
  }
});

test("a clock that was set back before a restart into another boot makes an escalation wait its whole time at most", () => {
  const world = house(twice);
  open(world);
  arrived(world, 1);
  world.stepWall(-7_200_000);
  world.restart(1000, true);
  world.stepWall(-7_200_000);
  world.pass(300_000);
  assert.deepEqual(told(world), [1, 2]);
});

test("a step of the wall clock moves no escalation", () => {
  const world = house(twice);
  open(world);
  world.stepWall(3_600_000);
  world.pass(1000);
  assert.deepEqual(told(world), [1]);
});

test("while disarmed, or joined to a running alarm, nothing escalates", () => {
  const world = house(twice);
  open(world);
  shut(world);
  open(world);
  world.pass(3_600_000);
  assert.deepEqual(told(world), [1, 2, 1, 2], "by the first edge only");
  world.do({ kind: "arm", armed: false, by });
  shut(world);
  open(world);
  world.pass(3_600_000);
  assert.deepEqual(told(world), [1, 2, 1, 2]);
});

test("with an entry delay pictures are taken at once, and the escalation counts from its end", () => {
  const world = house({ ...twice, snapshots: { channels: [1], count: 1, intervalS: 1 } }, { zone: "entry-exit" });
  open(world);
  assert.deepEqual([pictures(world).length, told(world)], [1, []]);
  world.pass(30_000);
  assert.deepEqual(told(world), [1]);
  world.pass(299_000);
  assert.deepEqual(told(world), [1], "a second before");
  world.pass(1000);
  assert.deepEqual(told(world), [1, 2]);
});

test("the edge carries how much it wants a person", () => {
  const world = house({ severity: "critical" });
  open(world);
  assert.equal(raised(world)?.edge.severity, "critical");
  shut(world);
  assert.equal([...world.receipts.values()].at(-1)?.edge.severity, undefined, "coming to rest wants nobody");
});

const turns = (world: World) => world.all.filter((effect) => effect.kind === "go-ptz");

test("a camera is turned at the edge and looks back when the source is at rest and its recording is over", () => {
  const world = house({ ptz: [{ channel: 1, preset: 3, back: 1 }] });
  open(world);
  shut(world);
  const [there, back] = turns(world);
  assert.deepEqual([there?.preset, there?.afterS, back?.preset, back?.afterS], [3, undefined, 1, 30]);
  for (const { eventId, actionId } of turns(world))
    world.do({ kind: "ptz-result", eventId, actionId, outcome: { kind: "done" } });
  assert.deepEqual(action(world, "ptz")?.outcome, { kind: "done" });
});

test("a camera is not turned while disarmed, nor one that has no PTZ settings any more", () => {
  const world = house({
    ptz: [
      { channel: 1, preset: 3 },
      { channel: 2, preset: 4 },
    ],
  });
  open(world);
  assert.deepEqual(
    raised(world)?.actions.flatMap(({ target, outcome }) => (target.kind === "ptz" ? [outcome?.kind] : [])),
    [undefined, "failed"],
  );
  world.do({ kind: "arm", armed: false, by });
  shut(world);
  world.pass(60_000);
  open(world);
  assert.deepEqual(action(world, "ptz")?.outcome, { kind: "suppressed", gate: "disarmed" });
});

test("a camera that never answers ends in a failure, and so does one that a restart interrupted", () => {
  const world = house({ ptz: [{ channel: 1, preset: 3 }] });
  open(world);
  world.pass(61_000);
  assert.deepEqual(action(world, "ptz")?.outcome, { kind: "failed", reason: "the camera did not answer in time" });
  const other = house({ ptz: [{ channel: 1, preset: 3 }] });
  open(other);
  other.restart(1000, false);
  assert.deepEqual(action(other, "ptz")?.outcome, { kind: "failed", reason: "interrupted by a restart" });
});

test("during an entry delay the camera waits as the siren does; a repeat in the window says that it is one", () => {
  const world = house({ ptz: [{ channel: 1, preset: 3 }] }, { zone: "entry-exit" });
  open(world);
  assert.equal(turns(world).length, 0);
  world.pass(30_000);
  assert.equal(turns(world).length, 1);
  const instant = house({ ptz: [{ channel: 1, preset: 3 }] });
  open(instant);
  shut(instant);
  open(instant);
  assert.deepEqual(
    turns(instant).map(({ again }) => again),
    [undefined, true],
  );
});

test("a camera that waits to look back looks back after a restart too, at the time that was meant; long after it is a failure", () => {
  const world = house({ ptz: [{ channel: 1, preset: 3, back: 1 }] });
  open(world);
  shut(world);
  world.restart(10_000, true);
  const [, , again] = turns(world);
  assert.deepEqual([again?.preset, again?.afterS], [1, 20]);
  if (again !== undefined) world.do({ ...again, kind: "ptz-result", outcome: { kind: "done" } });
  const back = [...world.receipts.values()].flatMap(({ actions }) => actions).find(({ id }) => id === again?.actionId);
  assert.deepEqual(back?.outcome, { kind: "done" });
  const late = house({ ptz: [{ channel: 1, preset: 3, back: 1 }] });
  open(late);
  shut(late);
  late.restart(3_600_000, true);
  assert.equal(turns(late).length, 2, "nobody expects a camera to move an hour later");
});

test("a camera looks back when its source rests, also when somebody disarmed before; a bypassed edge long after moves nothing", () => {
  const world = house({ ptz: [{ channel: 1, preset: 3, back: 1 }] });
  open(world);
  world.do({ kind: "arm", armed: false, by });
  world.restart(1000, false);
  shut(world);
  assert.deepEqual(
    turns(world).map(({ preset }) => preset),
    [3, 1],
  );
  const bypassed = house({ ptz: [{ channel: 1, preset: 3, back: 1 }] });
  open(bypassed);
  shut(bypassed);
  bypassed.do({ kind: "bypass", inputs: [1], by });
  bypassed.pass(3_600_000);
  open(bypassed);
  shut(bypassed);
  assert.equal(turns(bypassed).length, 2);
});
