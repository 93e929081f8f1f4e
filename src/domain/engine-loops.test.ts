import assert from "node:assert/strict";
import { test } from "node:test";
import type { LevelFact } from "./engine-types.ts";
import { sentence } from "./receipt-sentence.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";

/** A door on contact 1 of board 1, at rest, its loop whole. */
function watched(config = site()): World {
  const world = engineWorld(config);
  world.do({ kind: "link", board: 1, link: { kind: "online" }, at: world.now.instant });
  world.contact(1, 1, "closed", "state");
  return world;
}
const report = (world: World, part: Pick<LevelFact, "level" | "tamper">) =>
  world.do({ kind: "level", board: 1, report: { point: 1, at: world.now.instant, how: "change", ...part } });
const cut = (world: World) => report(world, { level: "fault", tamper: "cut" });
const short = (world: World) => report(world, { level: "fault", tamper: "short" });
const mend = (world: World) => report(world, { level: "closed" });
const tampers = (world: World) => edgesOf(world.journal).filter(({ edge }) => edge.kind === "tamper");
const troubles = (world: World) => [...world.state.troubles.values()].map(({ key, what }) => [key, what]);
const endsOf = (world: World) => world.all.filter((effect) => effect.kind === "end-hold");

test("a cut loop is a tamper event of its input, also while disarmed: cameras and messages, no output", () => {
  const world = watched();
  cut(world);
  world.pass(249);
  assert.deepEqual(tampers(world), []);
  world.pass(1);
  const [record] = tampers(world);
  assert.deepEqual([record?.edge.input, record?.edge.inputName, record?.edge.loop], [1, "Door 1", "cut"]);
  assert.ok(record?.alarmId !== undefined);
  assert.deepEqual(
    record.actions.map(({ target, outcome }) => [target.kind, outcome?.kind]),
    [
      ["record", undefined],
      ["record", undefined],
      ["notify", undefined],
    ],
  );
  assert.deepEqual(troubles(world), [["loop:1", "Door 1: loop cut"]]);
  const receipt = world.receipts.get(record.edge.eventId);
  assert.ok(receipt !== undefined);
  assert.match(
    sentence(receipt, () => "02:10:04"),
    /^Door 1 loop cut 02:10:04/,
  );
});

test("what passes within the debounce time is none, and the contact's own machine knows nothing of it", () => {
  const world = watched();
  cut(world);
  world.pass(100);
  mend(world);
  world.pass(60_000);
  assert.deepEqual([tampers(world).length, edgesOf(world.journal).length], [0, 0]);
});

test("a word that comes late does not undo a debounce time that was full before it", () => {
  const world = watched();
  const from = world.now.instant;
  cut(world);
  world.goOn({ ...world.state });
  const at = (ms: number) => (from + ms) as typeof from;
  world.do({ kind: "level", board: 1, report: { point: 1, level: "closed", at: at(300), how: "change" } });
  assert.equal(tampers(world).length, 1);
});

test("from cut to short is another event with another word; mended for ten seconds it is over", () => {
  const world = watched();
  cut(world);
  world.pass(1000);
  short(world);
  world.pass(1000);
  assert.deepEqual(
    tampers(world).map(({ edge }) => edge.loop),
    ["cut", "short"],
  );
  assert.deepEqual(troubles(world), [["loop:1", "Door 1: loop shorted"]]);
  mend(world);
  world.pass(9999);
  assert.equal(endsOf(world).length, 0);
  assert.equal(troubles(world).length, 1);
  world.pass(1);
  assert.equal(endsOf(world).length, 4);
  assert.deepEqual(troubles(world), []);
});

test("a loop that is worked at is one event, not one for each touch", () => {
  const world = watched();
  for (let n = 0; n < 20; n++) {
    cut(world);
    world.pass(2000);
    mend(world);
    world.pass(5000);
  }
  assert.equal(tampers(world).length, 1);
});

test("an open contact whose cable is cut stays active: tampering clears nothing", () => {
  const world = watched();
  world.do({ kind: "arm", armed: true, by: "anna" });
  report(world, { level: "open" });
  world.pass(1000);
  cut(world);
  world.pass(1000);
  assert.equal(world.state.inputs.get(1)?.machine.known, "active");
  assert.deepEqual(
    edgesOf(world.journal).map(({ edge }) => edge.kind),
    ["raised", "tamper"],
  );
});

test("a record-only input tells nobody of its loop, a bypassed one neither; both record and are a trouble", () => {
  for (const [part, gate] of [
    [{ zone: "record-only" }, "record-only"],
    [{}, "bypassed"],
  ] as const) {
    const world = watched(site({ inputs: [input(1, part)] }));
    world.do({ kind: "arm", armed: true, by: "anna", bypass: gate === "bypassed" ? [1] : [] });
    cut(world);
    world.pass(250);
    const [record] = tampers(world);
    assert.equal(record?.alarmId, undefined);
    assert.deepEqual(
      record?.actions.map(({ target, outcome }) => [target.kind, outcome]),
      [
        ["record", undefined],
        ["record", undefined],
        ["notify", { kind: "suppressed", gate }],
      ],
    );
    assert.equal(troubles(world).length, 1);
  }
});

test("conditions and schedules of the contact do not hold back its loop", () => {
  const strict = linkage({ onlyIf: { inputs: [2], withinS: 10 }, schedule: 9 });
  const world = watched(site({ inputs: [input(1, { linkage: strict }), input(2)] }));
  cut(world);
  world.pass(250);
  assert.ok(tampers(world)[0]?.actions.every(({ outcome }) => outcome === undefined));
});

test("a board that goes away says nothing of the loop: a suspicion is dropped, what was told stays", () => {
  const world = watched();
  const lose = () =>
    world.do({ kind: "link", board: 1, link: { kind: "lost", reason: "no answer" }, at: world.now.instant });
  cut(world);
  world.pass(100);
  lose();
  world.pass(5000);
  assert.equal(tampers(world).length, 0);
  world.do({ kind: "link", board: 1, link: { kind: "online" }, at: world.now.instant });
  cut(world);
  world.pass(300);
  lose();
  world.pass(60_000);
  assert.equal(tampers(world).length, 1);
  assert.ok(troubles(world).some(([key]) => key === "loop:1"));
});

test("a restart knows what was told: the trouble goes on, no second event, and mended it is over", () => {
  for (const reboot of [false, true]) {
    const world = watched();
    cut(world);
    world.pass(300);
    world.restart(60_000, reboot);
    assert.deepEqual(troubles(world), [["loop:1", "Door 1: loop cut"]]);
    world.do({ kind: "link", board: 1, link: { kind: "online" }, at: world.now.instant });
    cut(world);
    world.pass(5000);
    assert.equal(tampers(world).length, 1);
    mend(world);
    world.pass(10_000);
    assert.deepEqual(troubles(world), []);
    world.restart(1000, reboot);
    assert.deepEqual(troubles(world), []);
  }
});

test("an input that is switched on, or made, on a cut loop says so; switched off it is quiet", () => {
  const world = watched();
  const configure = (enabled: boolean) => {
    world.config = site({ inputs: [input(1, { enabled })] });
    world.do({ kind: "config-changed" });
  };
  cut(world);
  world.pass(300);
  configure(false);
  assert.deepEqual(troubles(world), []);
  assert.equal(endsOf(world).length, 2);
  world.pass(60_000);
  assert.equal(tampers(world).length, 1);
  configure(true);
  world.pass(300);
  assert.equal(tampers(world).length, 2);
  world.config = site({ inputs: [] });
  world.do({ kind: "config-changed" });
  configure(true);
  world.pass(300);
  assert.equal(tampers(world).length, 3);
});
