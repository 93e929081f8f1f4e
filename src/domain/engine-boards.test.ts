import assert from "node:assert/strict";
import { test } from "node:test";
import { engineView } from "./engine.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { board, input, output, site } from "./testdata/site.ts";

function watched(config = site()): World {
  const world = engineWorld(config);
  for (const one of config.boards) online(world, one.board);
  world.contact(1, 1, "closed", "state");
  world.contact(1, 2, "closed", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  return world;
}
const online = (world: World, number: number) =>
  world.do({ kind: "link", board: number, link: { kind: "online" }, at: world.now.instant });
const lost = (world: World, number: number) =>
  world.do({ kind: "link", board: number, link: { kind: "lost", reason: "no answer" }, at: world.now.instant });
const tampers = (world: World) => edgesOf(world.journal).filter((record) => record.edge.kind === "tamper");

test("a lost board is a trouble at once and its inputs are at fault, never at rest", () => {
  const world = watched();
  const effects = lost(world, 1);
  assert.ok(effects.some((effect) => effect.kind === "trouble" && /board lost/.test(effect.trouble.what)));
  assert.equal(world.state.inputs.get(1)?.machine.level, "fault");
  assert.deepEqual(edgesOf(world.journal), []);
});

test("lost for ten seconds while armed it is one tamper event that records the cameras of its inputs", () => {
  const world = watched();
  lost(world, 1);
  world.pass(9999);
  assert.equal(tampers(world).length, 0);
  world.pass(1);
  assert.equal(tampers(world).length, 1);
  const [record] = tampers(world);
  assert.deepEqual([record?.edge.input, record?.edge.board, record?.edge.inputName], [0, 1, "Board 1"]);
  assert.deepEqual(
    record?.holds.map((hold) => hold.channel),
    [1, 2, 3],
  );
  assert.ok(!record.actions.some((action) => action.target.kind === "output"));
  world.pass(3_600_000);
  lost(world, 1);
  world.pass(60_000);
  assert.equal(tampers(world).length, 1);
});

test("disarmed it is a trouble only; armed while it is lost, the ten seconds count from then", () => {
  const world = watched();
  world.do({ kind: "arm", armed: false, by: "anna" });
  lost(world, 1);
  world.pass(60_000);
  assert.equal(tampers(world).length, 0);
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.pass(9999);
  assert.equal(tampers(world).length, 0);
  world.pass(1);
  assert.equal(tampers(world).length, 1);
});

test("a board that returns ends its trouble and its tamper recording, and is told all its outputs again", () => {
  const world = watched();
  world.contact(1, 1, "open");
  world.pass(250);
  lost(world, 1);
  world.pass(20_000);
  const effects = online(world, 1);
  assert.deepEqual(effects[0], {
    ...{ kind: "want-output", output: 1, board: 1, point: 1, state: "on" },
    until: 1_180_250,
  });
  assert.equal(effects.filter((effect) => effect.kind === "end-hold").length, 3);
  assert.equal(world.state.troubles.size, 0);
  lost(world, 1);
  world.pass(10_000);
  assert.equal(tampers(world).length, 2);
});

test("a short interruption is no tamper event", () => {
  const world = watched();
  lost(world, 1);
  world.pass(9999);
  online(world, 1);
  world.pass(60_000);
  assert.equal(tampers(world).length, 0);
});

test("the door stays open through a lost board, and what it holds ends when it is seen shut", () => {
  const world = watched();
  world.contact(1, 1, "open");
  world.pass(250);
  lost(world, 1);
  world.pass(5000);
  online(world, 1);
  world.contact(1, 1, "closed", "state");
  world.pass(250);
  assert.deepEqual(
    edgesOf(world.journal).map((record) => record.edge.kind),
    ["raised", "cleared"],
  );
});

test("a refused password is a lost board with another reason", () => {
  const world = watched();
  const link = { kind: "unauthorized", reason: "password refused" } as const;
  world.do({ kind: "link", board: 1, link, at: world.now.instant });
  assert.match([...world.state.troubles.values()][0]?.what ?? "", /password refused/);
});

test("a board that is switched off in the configuration is neither trouble nor tamper", () => {
  const world = watched();
  lost(world, 1);
  world.config = site({ boards: [board(1, { enabled: false }), board(2), board(3)] });
  world.do({ kind: "config-changed" });
  world.pass(60_000);
  assert.equal(world.state.troubles.size, 0);
  assert.equal(tampers(world).length, 0);
});

test("an input moved to another contact makes no edge of what the contact already is", () => {
  const world = watched();
  world.contact(1, 4, "open", "state");
  world.config = site({ inputs: [input(1, { point: 4 })] });
  world.do({ kind: "config-changed" });
  world.pass(1000);
  assert.deepEqual(edgesOf(world.journal), []);
  assert.equal(world.state.inputs.get(1)?.machine.known, "active");
  world.contact(1, 4, "closed");
  world.pass(1000);
  assert.equal(edgesOf(world.journal).at(-1)?.edge.kind, "cleared");
});

test("a removed input lets go of what it held, a removed output goes to rest", () => {
  const world = watched();
  world.contact(1, 1, "open");
  world.pass(250);
  world.config = site({ inputs: [], outputs: [] });
  const effects = world.do({ kind: "config-changed" });
  assert.equal(world.relays.get(1), "off");
  assert.equal(effects.filter((effect) => effect.kind === "end-hold").length, 2);
  assert.match(JSON.stringify([...world.receipts.values()]), /its output was removed/);
});

test("a mode takes effect at once: on is active whatever holds it, off is never active", () => {
  const world = watched(site({ outputs: [output(1, { restState: "on" })] }));
  assert.equal(world.relays.get(1), "on");
  world.do({ kind: "output-mode", output: 1, mode: "on", by: "anna" });
  assert.equal(world.relays.get(1), "off");
  world.do({ kind: "output-mode", output: 1, mode: "off", by: "anna" });
  world.contact(1, 1, "open");
  world.pass(250);
  assert.equal(world.relays.get(1), "on");
});

test("a test by hand is never longer than an edge could be", () => {
  const world = watched(site({ outputs: [output(1, { maxOnS: 3 })] }));
  world.do({ kind: "output-test", output: 1, seconds: 60, by: "anna" });
  world.pass(2999);
  assert.equal(world.relays.get(1), "on");
  world.pass(1);
  assert.equal(world.relays.get(1), "off");
});

const shown = (world: World) => engineView(world.state, world.now).outputs[0];

test("commanded, read back and felt by a contact are three things, and shown apart with who holds it", () => {
  const feedback = { board: 2, point: 3, onWhen: "closed" } as const;
  const world = watched(site({ outputs: [output(1, { feedback })] }));
  assert.deepEqual([shown(world)?.commanded, shown(world)?.readBack, shown(world)?.feedback], Array(3).fill("unknown"));
  world.contact(1, 1, "open");
  world.pass(250);
  const at = world.now.instant;
  world.do({ kind: "commanded", board: 1, point: 1, state: "on", at });
  world.do({ kind: "read-back", board: 1, point: 1, state: "on", at });
  const effects = world.contact(2, 3, "open", "state");
  assert.ok(effects.some((effect) => effect.kind === "output-changed" && effect.output.feedback === "off"));
  const view = shown(world);
  assert.deepEqual([view?.wanted, view?.commanded, view?.readBack, view?.feedback], ["on", "on", "on", "off"]);
  assert.deepEqual(
    view?.holds.map((hold) => hold.input),
    [1],
  );
});

test("a feedback contact that contradicts its output for longer than a command takes is a trouble until it agrees", () => {
  const feedback = { board: 2, point: 3, onWhen: "closed" } as const;
  const world = watched(site({ outputs: [output(1, { feedback })] }));
  world.contact(2, 3, "open", "state");
  world.contact(1, 1, "open");
  world.pass(250);
  world.do({ kind: "read-back", board: 1, point: 1, state: "on", at: world.now.instant });
  const keys = () => [...world.state.troubles.keys()];
  assert.deepEqual(keys(), []);
  world.pass(10_000);
  assert.deepEqual(keys(), ["feedback:1"]);
  world.contact(2, 3, "closed");
  assert.deepEqual(keys(), []);
  world.contact(2, 3, "open");
  assert.deepEqual(keys(), ["feedback:1"]);
  world.config = site({ outputs: [], inputs: [] });
  world.do({ kind: "config-changed" });
  assert.deepEqual(keys(), []);
});

test("a camera that is not looked at is neither tampering nor a trouble of its board; its inputs are unknown, not at fault", () => {
  const driver = { kind: "video-detection", channel: 3, videoLoss: true, motion: { regions: [], holdS: 5 } } as const;
  const config = site({ boards: [board(1, { driver }), board(2), board(3)] });
  const world = watched(config);
  lost(world, 1);
  world.pass(60_000);
  assert.deepEqual([tampers(world).length, world.state.troubles.size], [0, 0]);
  assert.equal(world.state.inputs.get(1)?.machine.level, "unknown");
  assert.deepEqual(edgesOf(world.journal), []);
});
