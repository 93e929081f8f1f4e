/** The walk test, each rule as a sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { localClock } from "../kernel/local-time.ts";
import { instant } from "../kernel/time.ts";
import { engineWorld, lastRaised, open, shut, type World } from "./testdata/engine-world.ts";
import { input, linkage, output, site } from "./testdata/site.ts";
import type { WalkTerms } from "./walk-test.ts";
import { walkRows, type WalkRow } from "./walk-ticks.ts";
import type { ZoneSettings } from "./arming.ts";

const by = "anna";
const usual: WalkTerms = { walkId: "w1", by, inputs: [1], minutes: 30, pulse: true, locks: [], send: [] };

/** Two doors, each with a siren, a lock and a message; shut and disarmed. */
function house(zone: ZoneSettings = { zone: "24h-audible" }): World {
  const outputs = [
    { output: 1, holdS: 10 },
    { output: 2, holdS: 10 },
  ];
  const links = linkage({ recordChannels: [1], outputs, snapshots: { channels: [1], count: 1, intervalS: 0 } });
  const world = engineWorld(
    site({
      inputs: [input(1, { ...zone, linkage: links }), input(2, { ...zone, linkage: links })],
      outputs: [output(1, { behaviour: { kind: "latched" } }), output(2, { kind: "lock" })],
    }),
  );
  for (const point of [1, 2]) world.contact(1, point, "closed", "state");
  return world;
}

const begin = (world: World, terms: Partial<WalkTerms> = {}) =>
  world.do({ kind: "walk-start", terms: { ...usual, ...terms } });

const outcomes = (world: World) =>
  (lastRaised(world)?.actions ?? []).map(({ target, outcome, test }) => {
    const said = outcome?.kind === "suppressed" ? outcome.gate : (outcome?.kind ?? "open");
    return `${target.kind}${test === undefined ? "" : ` (${test})`}: ${said}`;
  });

test("an input in a walk test records; its siren gets one second, its lock does not move, its message is only proved", () => {
  const world = house();
  begin(world);
  open(world);
  assert.equal(lastRaised(world)?.edge.walk, "w1");
  assert.equal(lastRaised(world)?.alarmId, undefined);
  assert.deepEqual(outcomes(world), [
    "output: open",
    "output: walk test: locks and gates do not move",
    "record: open",
    "snapshot: walk test",
    "notify (probe): open",
  ]);
  assert.deepEqual(
    [...world.relays],
    [
      [1, "on"],
      [2, "off"],
    ],
  );
  world.pass(999);
  assert.equal(world.relays.get(1), "on");
  world.pass(1);
  assert.equal(world.relays.get(1), "off", "a latched siren, too, is on for a second only");
});

test("an input outside the test acts as always: a 24-hour zone sounds its siren and calls", () => {
  const world = house();
  begin(world);
  open(world, 2);
  assert.notEqual(lastRaised(world)?.alarmId, undefined);
  world.pass(20_000);
  assert.equal(world.relays.get(1), "on");
});

test("sirens stay quiet where that was asked for, and a lock moves for a second where it was ticked", () => {
  const world = house();
  begin(world, { pulse: false, locks: [2] });
  open(world);
  assert.equal(outcomes(world)[0], "output: walk test: outputs stay quiet");
  assert.deepEqual(
    [...world.relays],
    [
      [1, "off"],
      [2, "on"],
    ],
  );
  world.pass(1000);
  assert.equal(world.relays.get(2), "off");
});

test("a receiver that can't be proved gets its one test message once, however often doors are opened", () => {
  const world = house();
  begin(world, { inputs: [1, 2], send: [1] });
  open(world);
  assert.equal(outcomes(world).at(-1), "notify (send): open");
  open(world, 2);
  assert.equal(outcomes(world).at(-1), "notify (probe): open");
});

test("a second trip within the anti-dither window records again and switches and sends nothing again", () => {
  const world = house();
  begin(world);
  open(world);
  shut(world);
  open(world);
  assert.deepEqual(outcomes(world).slice(0, 1), ["output: walk test: repeat within 5 s"]);
  assert.equal(outcomes(world).at(-1), "notify (probe): walk test: repeat within 5 s");
  shut(world);
  world.pass(5000);
  open(world);
  assert.equal(outcomes(world)[0], "output: open");
});

test("a walk test ends by itself, is a trouble until then, and the next edge raises an alarm again", () => {
  const world = house();
  world.time = { clock: localClock("Europe/Berlin"), trusted: true };
  begin(world);
  assert.match(world.state.troubles.get("walk:test")?.what ?? "", /running until \d\d:\d\d: its inputs \(1\) record/);
  world.pass(30 * 60_000 - 1);
  assert.notEqual(world.state.walk, undefined);
  world.pass(1);
  assert.equal(world.state.walk, undefined);
  assert.equal(world.state.troubles.has("walk:test"), false);
  open(world);
  assert.notEqual(lastRaised(world)?.alarmId, undefined);
});

test("arming ends it, and while the site is armed none begins", () => {
  const world = house();
  begin(world);
  world.do({ kind: "arm", armed: true, mode: "away", by });
  assert.equal(world.state.walk, undefined);
  const ended = world.journal.findLast((record) => record.kind === "walk");
  assert.equal(ended?.ended?.why, "armed");
  begin(world);
  assert.equal(world.state.walk, undefined);
});

test("a key switch in the test is a contact like another; one outside it arms and so ends the test", () => {
  const turn = { zone: "key-switch", keySwitch: { acts: "toggle", mode: "away" } } as const;
  const world = house(turn);
  begin(world);
  open(world);
  assert.equal(world.state.arming.mode, "disarmed");
  open(world, 2);
  assert.equal(world.state.arming.mode, "away");
  assert.equal(world.state.walk, undefined);
});

test("a restart goes on with the test for what is left of it, and ends it where the clock shows a time before its beginning", () => {
  const world = house();
  begin(world);
  world.pass(60_000);
  world.restart(10 * 60_000, true);
  assert.equal((world.state.walk?.until ?? 0) - world.now.instant, 19 * 60_000);
  world.restart(19 * 60_000, true);
  assert.equal(world.state.walk, undefined);
  begin(world, { walkId: "w2" });
  world.stepWall(-3_600_000);
  world.restart(1000, true);
  assert.equal(world.state.walk, undefined);
  assert.equal(world.journal.findLast((record) => record.kind === "walk")?.ended?.why, "restart");
});

const row = (world: World): WalkRow => {
  const [first] = walkRows(
    world.config,
    [1],
    [...world.receipts.values()].filter(({ edge }) => edge.walk === "w1"),
  );
  assert.ok(first !== undefined);
  return first;
};

test("a tick needs a picture that came after the edge, the relay's read-back and the accepted message", () => {
  const world = house();
  begin(world, { locks: [2] });
  assert.equal(row(world).verdict, "untripped");
  open(world);
  const { edge, actions = [] } = lastRaised(world) ?? {};
  const idOf = (kind: string) => actions.find(({ target }) => target.kind === kind)?.id ?? "";
  const at = () => world.now.instant;
  world.do({ kind: "hold-durable", holdId: idOf("record"), durableAt: at(), preAchievedMs: 10_000 });
  assert.deepEqual(row(world).footage, { kind: "waiting" }, "what was before the edge proves no camera of now");
  world.pass(40);
  world.do({ kind: "hold-fresh", holdId: idOf("record"), freshAt: at() });
  world.do({ kind: "hold-fresh", holdId: idOf("record"), freshAt: at() });
  assert.deepEqual(row(world).footage, { kind: "proved", ms: 290 });
  for (const point of [1, 2]) world.do({ kind: "commanded", board: 1, point, state: "on", at: at() });
  assert.deepEqual(row(world).relay, { kind: "waiting" });
  for (const point of [1, 2]) world.do({ kind: "read-back", board: 1, point, state: "on", at: at() });
  assert.deepEqual(row(world).relay, { kind: "proved", ms: 290 });
  const told = { eventId: edge?.eventId ?? "", actionId: idOf("notify"), outcome: { kind: "done" } } as const;
  world.do({ kind: "notify-result", ...told });
  assert.deepEqual(row(world).message, { kind: "proved", ms: 290 });
  assert.equal(row(world).verdict, "proved");
});

test("what failed is told with its reason and may be tried again; what is proved stays proved", () => {
  const world = house();
  begin(world, { locks: [2] });
  open(world);
  const failed = { kind: "failed", reason: "the server refused the login" } as const;
  const answer = (outcome: typeof failed | { kind: "done" }) => {
    const { edge, actions = [] } = lastRaised(world) ?? {};
    const actionId = actions.find(({ target }) => target.kind === "notify")?.id ?? "";
    world.do({ kind: "notify-result", eventId: edge?.eventId ?? "", actionId, outcome });
  };
  answer(failed);
  assert.deepEqual(row(world).message, failed);
  shut(world);
  world.pass(6000);
  open(world);
  answer({ kind: "done" });
  assert.equal(row(world).message.kind, "proved");
  shut(world);
  world.pass(6000);
  open(world);
  answer(failed);
  assert.equal(row(world).message.kind, "proved");
});

test("journals of before there were walk tests are read as they were", () => {
  const world = house();
  const old = world.journal.map((record) => {
    if (record.kind !== "state") return record;
    const { walk, ...rest } = record;
    return walk === undefined ? rest : rest;
  });
  assert.equal(engineWorld(world.config, undefined, old).state.walk, undefined);
});

test("a loop that is cut in the test is recorded and calls nobody; of an input outside it does", () => {
  const world = house();
  begin(world);
  const cut = (point: number) => {
    const report = { point, level: "fault", tamper: "cut", at: world.now.instant, how: "change" } as const;
    world.do({ kind: "level", board: 1, report });
    world.pass(300);
  };
  cut(1);
  assert.deepEqual([lastRaised(world)?.edge.kind, lastRaised(world)?.alarmId], ["tamper", undefined]);
  assert.deepEqual(outcomes(world), ["record: open", "snapshot: walk test", "notify: walk test"]);
  cut(2);
  assert.ok(lastRaised(world)?.alarmId !== undefined);
});

test("a smoke detector that is still active when the test ends is a trouble until it rests: it could not be raised again", () => {
  const world = house();
  begin(world);
  open(world);
  world.pass(31 * 60_000);
  assert.equal(world.state.walk, undefined);
  assert.match(world.state.troubles.get("open:1")?.what ?? "", /acts at any hour: it can raise no alarm until/);
  world.restart(1000, true);
  world.contact(1, 1, "open", "state");
  world.pass(1000);
  assert.ok(world.state.troubles.has("open:1"));
  shut(world);
  assert.ok(!world.state.troubles.has("open:1"));
});

test("a siren that something else has on proves nothing of a trip", () => {
  const world = house();
  begin(world);
  open(world, 2);
  world.do({ kind: "commanded", board: 1, point: 1, state: "on", at: world.now.instant });
  world.do({ kind: "read-back", board: 1, point: 1, state: "on", at: world.now.instant });
  open(world, 1);
  assert.equal(outcomes(world)[0], "output: walk test: it is on already");
});

test("walking through the yard ticks what its camera sees: motion and rules are trips, recorded as for an alarm", () => {
  const seen = (number: number, kind: "video-motion" | "video-rule") =>
    input(number, {
      ...{ kind, type: "NO", debounceMs: 0, zone: "record-only" },
      linkage: linkage({ recordChannels: [1], outputs: [], notifiers: [] }),
    });
  const world = engineWorld(site({ inputs: [seen(1, "video-motion"), seen(2, "video-rule")] }));
  for (const point of [1, 2]) world.contact(1, point, "open", "state");
  begin(world, { inputs: [1, 2] });
  for (const point of [1, 2]) {
    world.contact(1, point, "closed");
    const edge = lastRaised(world)?.edge;
    assert.deepEqual([edge?.walk, edge?.cause], ["w1", undefined]);
    for (const holdId of world.state.holds.keys())
      world.do({ kind: "hold-fresh", holdId, freshAt: instant(world.now.instant + 40) });
  }
  const rows = walkRows(world.config, [1, 2], [...world.receipts.values()]);
  assert.deepEqual(
    rows.map(({ verdict, footage, trips }) => [verdict, footage.kind, trips.length]),
    [
      ["proved", "proved", 1],
      ["proved", "proved", 1],
    ],
  );
});
