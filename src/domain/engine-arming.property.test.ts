/**
 * Key switches, swinger shutdown and a clock that is set, in any order: who armed what is worked out anew from what was
 * asked and turned, and the same evening with another wall clock goes the same way.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultArming, disarmedMode, gates } from "./arming.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { input, linkage, output, site } from "./testdata/site.ts";

const shutsDownAfter = 2;
const [door, window, toggle, follow, script] = [1, 2, 3, 4, 5] as const;
const links = linkage({ recordChannels: [1], outputs: [{ output: 1, holdS: 5 }] });

/** A way out and a window that are left alone after two alarms, a key switch of each kind, and a program that alarms. */
const house = () =>
  site({
    site: { name: "Test", timeZone: "Europe/Berlin", arming: defaultArming },
    inputs: [
      input(door, { zone: "entry-exit", swingerAlarms: shutsDownAfter, linkage: links }),
      input(window, { zone: "instant", swingerAlarms: shutsDownAfter, linkage: links }),
      input(toggle, { zone: "key-switch", kind: "key-switch", keySwitch: { acts: "toggle", mode: "away" } }),
      input(follow, { zone: "key-switch", kind: "key-switch", keySwitch: { acts: "follow" } }),
      input(script, { zone: "instant", board: 3, point: 1, debounceMs: 0, linkage: links }),
    ],
    outputs: [output(1)],
  });

/** What happens of an evening. `set`: the wall clock alone is moved. */
type Act =
  | { readonly kind: "turn"; readonly point: number; readonly level: "open" | "closed" }
  | { readonly kind: "arm"; readonly mode: string; readonly bypass: readonly number[] }
  | { readonly kind: "pass" | "set"; readonly ms: number }
  | { readonly kind: "restart"; readonly awayMs: number; readonly reboot: boolean; readonly meanwhile: boolean }
  /** The window is opened and shut again, n times; a program starts something for 20 s. */
  | { readonly kind: "rattle"; readonly times: number }
  | { readonly kind: "start" | "wake" };

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant("turn" as const),
      point: fc.constantFrom(door, window, window, toggle, follow),
      level: fc.constantFrom("open" as const, "closed" as const),
    }),
    weight: 8,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("arm" as const),
      mode: fc.constantFrom("home", "away", disarmedMode),
      bypass: fc.constantFrom([], [window]),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      ms: fc.constantFrom(10, 249, 250, 1000, 6000, 29_999, 30_000, 60_000),
    }),
    weight: 6,
  },
  { arbitrary: fc.record({ kind: fc.constantFrom("wake" as const, "start" as const) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("rattle" as const), times: fc.constantFrom(1, 2, 3) }), weight: 2 },
  {
    arbitrary: fc.record({ kind: fc.constant("set" as const), ms: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("restart" as const),
      awayMs: fc.nat(40_000),
      reboot: fc.boolean(),
      meanwhile: fc.boolean(),
    }),
    weight: 1,
  },
);

const evening = fc.array(acts, { minLength: 10, maxLength: 60, size: "max" });

function start(watch?: (world: World) => void): World {
  const world = engineWorld(house(), watch);
  for (const point of [door, window, toggle, follow]) world.contact(1, point, "closed", "state");
  return world;
}

function carryOut(world: World, act: Act): void {
  switch (act.kind) {
    case "turn":
      world.contact(1, act.point, act.level);
      break;
    case "arm": {
      const { mode, bypass } = act;
      const how = mode === disarmedMode ? { armed: false } : { armed: true, mode, bypass };
      world.do({ kind: "arm", by: "anna", ...how });
      break;
    }
    case "pass":
      world.pass(act.ms);
      break;
    case "set":
      world.stepWall(act.ms);
      break;
    case "rattle":
      for (let n = 0; n < act.times; n++) {
        for (const level of ["open", "closed"] as const) {
          world.contact(1, window, level);
          world.pass(3000);
        }
      }
      break;
    case "start":
      world.do({ kind: "trigger", board: 3, point: 1, verb: "start", maxS: 20 });
      break;
    case "wake":
      world.do({ kind: "wake" });
      break;
    case "restart":
      world.restart(act.awayMs, act.reboot);
      // contacts as they are now; a key may have been turned while nobody looked
      for (const point of [door, window, toggle, follow])
        world.contact(1, point, act.meanwhile ? "open" : "closed", "state");
  }
}

/** The mode as the edges of the key switches and the answered requests make it: written from the design alone. */
function modeOracle() {
  let mode = disarmedMode;
  let seen = 0;
  return {
    asked(act: Act) {
      if (act.kind === "arm") mode = act.mode;
    },
    /** A key that was found turned does nothing, and one that toggles acts as it is turned and not as it turns back. */
    look(world: World) {
      for (; seen < world.journal.length; seen++) {
        const record = world.journal[seen];
        if (record?.kind !== "edge") continue;
        const { input: number, kind } = record.edge;
        if (number === toggle && kind === "raised") mode = mode === disarmedMode ? "away" : disarmedMode;
        if (number === follow && (kind === "raised" || kind === "cleared"))
          mode = kind === "cleared" ? disarmedMode : mode === disarmedMode ? "home" : mode;
      }
      return mode;
    },
  };
}

test("whatever is turned, asked, set and started again: the site is in the mode that people and key switches put it in", () => {
  fc.assert(
    fc.property(evening, (list) => {
      const oracle = modeOracle();
      const world = start();
      oracle.look(world);
      for (const act of list) {
        oracle.asked(act);
        carryOut(world, act);
        assert.equal(world.state.arming.mode, oracle.look(world), JSON.stringify(act));
      }
    }),
    { numRuns: 120 },
  );
});

/** Alarms of each input since the last arming, out of the journal: an alarm counts once, in the arming it began in. */
function alarmsOfArming(world: World): ReadonlyMap<number, number> {
  const [counts, known] = [new Map<number, number>([door, window].map((one) => [one, 0])), new Set<string>()];
  const inputs = new Map<string, number>();
  const began = (input: number, alarmId: string | undefined) => {
    const count = counts.get(input);
    if (count !== undefined && alarmId !== undefined && !known.has(alarmId)) counts.set(input, count + 1);
    known.add(alarmId ?? "");
  };
  for (const record of world.journal) {
    if (record.kind === "armed") for (const input of counts.keys()) counts.set(input, 0);
    if (record.kind === "edge") {
      inputs.set(record.edge.eventId, record.edge.input);
      began(record.edge.input, record.alarmId);
    }
    if (record.kind === "released") began(inputs.get(record.eventId) ?? 0, record.alarmId);
  }
  return counts;
}

test("in no order of things does an input raise more alarms in one arming than it may, and the next arming has it again", () => {
  fc.assert(
    fc.property(evening, (list) => {
      const world = start();
      for (const act of list) {
        carryOut(world, act);
        for (const [input, alarms] of alarmsOfArming(world)) {
          assert.ok(alarms <= shutsDownAfter, `input ${input} raised ${alarms} alarms`);
          const trouble = world.state.troubles.has(`swinger:${input}`);
          const armed = world.state.arming.mode !== disarmedMode;
          assert.equal(trouble, armed && alarms === shutsDownAfter, `the trouble of input ${input}`);
        }
      }
      world.do({ kind: "arm", armed: false, by: "anna" });
      world.contact(1, window, "closed");
      world.pass(60_000);
      world.do({ kind: "arm", armed: true, mode: "away", by: "anna" });
      world.contact(1, window, "open");
      world.pass(250);
      assert.equal(world.relays.get(1), "on", "the next arming has the window again");
    }),
    { numRuns: 120 },
  );
});

/** What of an evening people hear and see, by the clock that is never set. */
function course(list: readonly Act[], withSteps: boolean) {
  const told: string[] = [];
  const world = start((now) => {
    for (const effect of now.last) {
      if (effect.kind === "want-output") told.push(`${now.now.instant} output ${effect.output} ${effect.state}`);
      if (effect.kind === "notify") told.push(`${now.now.instant} message of ${effect.receipt.edge.inputName}`);
      if (effect.kind === "armed-changed") told.push(`${now.now.instant} armed ${effect.armed} by ${effect.by}`);
    }
  });
  for (const act of list) {
    // another boot knows the time away by the wall clock alone
    if (act.kind === "restart") carryOut(world, { ...act, reboot: false });
    else if (act.kind !== "set" || withSteps) carryOut(world, act);
  }
  world.pass(200_000);
  const verdicts = edgesOf(world.journal).map(({ edge, actions }) => [
    ...[edge.input, edge.kind, edge.at.instant],
    ...actions.map(({ outcome }) => (outcome?.kind === "suppressed" ? outcome.gate : outcome?.kind)),
  ]);
  return { told, verdicts };
}

test("a wall clock that is set, forwards or back, moves no delay, no siren, no message and no arming", () => {
  const [gatesSeen, sirens] = [new Set<unknown>(), new Set<string>()];
  fc.assert(
    fc.property(evening, (list) => {
      const [set, left] = [course(list, true), course(list, false)];
      assert.deepEqual(set, left);
      for (const verdict of left.verdicts) for (const one of verdict) gatesSeen.add(one);
      for (const line of left.told) sirens.add(line.replace(/^\d+ /, ""));
    }),
    { numRuns: 120 },
  );
  for (const gate of [gates.exitDelay, gates.disarmed, gates.swinger(shutsDownAfter), gates.bypassed])
    assert.ok(gatesSeen.has(gate), `"${gate}" came up in some evening`);
  assert.ok(sirens.has("output 1 on") && sirens.has(`message of Door ${door}`));
});
