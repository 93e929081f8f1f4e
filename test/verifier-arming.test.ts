/** The verifier's view of zones and delays: of a run of the engine it has nothing to say, and each mistake in it is found. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineEvent, EngineRecord } from "../src/domain/engine.ts";
import { engineWorld } from "../src/domain/testdata/engine-world.ts";
import { input, linkage, output, site } from "../src/domain/testdata/site.ts";
import { checkArming } from "./verifier/arming.ts";
import type { ArmingFacts } from "./verifier/asked.ts";
import { armingFacts, type ArmingAsked, type InputSetting, type ReceiptAnswer } from "./verifier/evidence.ts";
import type { Line } from "./verifier/journal.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] extends object ? Writable<T[K]> : T[K] };

const zones = ["entry-exit", "follower", "instant", "24h-silent"] as const;
const modes = [
  { mode: "home", name: "Home", exitS: 0, entryS: 2 },
  { mode: "away", name: "Away", exitS: 3, entryS: 5 },
];

const config = site({
  site: {
    ...{ name: "Test", timeZone: "Europe/Berlin" },
    arming: { modes, whileDisarmed: { outputs: [], notifiers: [] } },
  },
  inputs: [
    ...zones.map((zone, i) =>
      input(i + 1, { zone, antiDitherS: 2, linkage: linkage({ outputs: [{ output: 1, holdS: 1 }] }) }),
    ),
    input(5, { zone: "instant", modes: ["away"], board: 2, point: 1, antiDitherS: 2 }),
    input(6, { zone: "key-switch", kind: "other", board: 2, point: 2, keySwitch: { acts: "toggle", mode: "away" } }),
    input(7, { zone: "key-switch", kind: "other", board: 2, point: 3, keySwitch: { acts: "follow" } }),
    input(8, { zone: "instant", board: 2, point: 4, antiDitherS: 0, swingerAlarms: 2 }),
  ],
  outputs: [output(1)],
});

/** Somebody comes and goes, with a restart in the middle of an entry delay: what a crash test would bring home. */
function run(): ArmingFacts {
  const lines: Line[] = [];
  const armings: ArmingAsked[] = [];
  const messages: { eventId: string; at: number }[] = [];
  const kills: { what: "core"; at: number }[] = [];
  let told = 0;
  const record = (at: number, wall: number, what: EngineRecord | { kind: "start" }) =>
    lines.push({
      seq: lines.length,
      boot: "boot-1",
      at,
      wall,
      record: structuredClone(what),
    });
  const world = engineWorld(config, (now) => {
    for (const effect of now.last) if (effect.kind === "journal") record(now.now.instant, now.now.wall, effect.record);
    const results: EngineEvent[] = [];
    for (; told < now.all.length; told++) {
      const effect = now.all[told];
      if (effect?.kind === "notify") {
        const { eventId } = effect.receipt.edge;
        messages.push({ eventId, at: now.now.instant });
        results.push({ kind: "notify-result", eventId, actionId: effect.action.id, outcome: { kind: "done" } });
      }
    }
    for (const result of results) now.do(result);
  });
  const arm = (mode: string, bypass: readonly number[] = []) => {
    armings.push({ mode, bypass, at: world.now.instant, answered: world.now.instant });
    world.do({ kind: "arm", armed: mode !== "disarmed", by: "anna", ...(mode === "disarmed" ? {} : { mode, bypass }) });
  };
  const opens = (point: number, ms = 1000, board = 1) => {
    world.contact(board, point, "open");
    world.pass(ms);
    world.contact(board, point, "closed");
    world.pass(300);
  };
  const from = world.now.instant;
  for (const point of [1, 2, 3, 4]) world.contact(1, point, "closed", "state");
  for (const point of [1, 2, 3, 4]) world.contact(2, point, "closed", "state");
  opens(1); // disarmed
  opens(4); // 24-hour silent
  arm("away", [3]);
  opens(2); // exit delay
  opens(3); // bypassed
  world.pass(3000);
  opens(1); // begins the entry delay
  opens(2); // waits with it
  arm("disarmed"); // in time
  world.pass(10_000);
  arm("home");
  opens(1, 1000, 2); // not armed in home
  opens(3, 400); // an alarm
  opens(3, 400); // joins it
  opens(1); // waits,
  world.pass(5000); // and nobody disarmed
  opens(2); // alone
  opens(1);
  world.pass(3000);
  opens(1, 300); // waits
  kills.push({ what: "core", at: world.now.instant });
  world.restart(4000, false, (now) => record(now.instant, now.wall, { kind: "start" }));
  world.pass(5000);
  arm("disarmed");
  opens(2, 1000, 2); // a key is turned: away
  world.pass(3000);
  for (let n = 0; n < 3; n++) opens(4, 1000, 2); // two alarms, then it is left alone
  opens(2, 1000, 2); // turned again: disarmed
  opens(2, 1000, 2); // away once more,
  arm("away", [3]); // and somebody asks for it after the key, without one
  world.pass(3000);
  opens(3); // bypassed
  opens(2, 1000, 2); // disarmed
  world.contact(2, 3, "open"); // another key, followed: home
  world.pass(1000);
  opens(4, 1000, 2); // the next arming has it again
  world.contact(2, 3, "closed"); // turned back: disarmed
  world.pass(3_600_000);
  const inputs = config.inputs.map(({ zone = "instant", linkage: linked, point, ...one }): InputSetting => ({
    ...{ ...one, ...linked, zone, contact: point - 1 },
  }));
  const outputs = [{ output: 1, board: 1, relay: 0, maxOnS: 180, kind: "siren" as const }];
  const receipts = [...world.receipts.values()] as unknown as ReceiptAnswer[];
  const core = armingFacts({ lines, damaged: 0 });
  return { inputs, outputs, modes, armings, messages, receipts, kills, from, until: world.now.instant, ...core };
}

test("the verifier comes to the same acts, delays and gates as the engine, also through a restart in a delay", () => {
  const facts = run();
  assert.deepEqual(checkArming(facts), []);
  const gates = facts.receipts.flatMap(({ actions }) => actions.flatMap(({ outcome }) => outcome?.gate ?? []));
  const expected = ["24-hour silent", "bypassed", "disarmed", "entry delay: disarmed in time", "exit delay"];
  const others = ["key switch", "not armed in home", "repeat within 2 s", "swinger shutdown after 2 alarms"];
  assert.deepEqual([...new Set(gates)].sort(), [...expected, ...others]);
  assert.equal(facts.releases.size, 3);
});

type Facts = Writable<ArmingFacts>;
const gateIs = (facts: Facts, gate: string): Writable<ReceiptAnswer> =>
  facts.receipts.find(({ actions }) => actions.some(({ outcome }) => outcome?.gate === gate)) ??
  assert.fail(`no receipt is held back by ${gate}`);
/** In the receipt and in the journal alike, as a mistake of the engine would stand there. */
function everywhere(facts: Facts, eventId: string, mend: (receipt: Writable<ReceiptAnswer>) => void): void {
  for (const { record } of facts.core.lines) {
    if (record.kind === "edge" && (record as unknown as ReceiptAnswer).edge.eventId === eventId)
      mend(record as unknown as Writable<ReceiptAnswer>);
  }
  mend(facts.receipts.find(({ edge }) => edge.eventId === eventId) ?? assert.fail("no such receipt"));
}
const acts = (receipt: Writable<ReceiptAnswer>): void => {
  Object.assign(receipt, { alarmId: "an alarm" });
  for (const action of receipt.actions) if (action.outcome?.kind === "suppressed") action.outcome = { kind: "done" };
};
const acting = (gate: string) => (facts: Facts) => everywhere(facts, gateIs(facts, gate).edge.eventId, acts);
const held = (zone: string, gate: string) => (facts: Facts) => {
  const own = facts.inputs.filter((one) => one.zone === zone).map((one) => one.input);
  const alarm = facts.receipts.find(
    ({ edge, alarmId }) => own.includes(edge.input) && edge.kind === "raised" && alarmId !== undefined,
  );
  everywhere(facts, alarm?.edge.eventId ?? "", (receipt) => {
    delete (receipt as { alarmId?: string }).alarmId;
    for (const action of receipt.actions)
      if (action.target.kind !== "record") action.outcome = { kind: "suppressed", gate };
  });
};
const released = (facts: Facts): Writable<Line> =>
  facts.core.lines.find(({ record }) => record.kind === "released") ?? assert.fail("nothing was released");

const mistakes: readonly (readonly [string, RegExp, (facts: Facts) => void])[] = [
  ["an alarm while disarmed", /should be held back \(disarmed\)/, acting("disarmed")],
  ["an alarm in the exit delay", /should be held back \(exit delay\)/, acting("exit delay")],
  ["an alarm of a bypassed input", /should be held back \(bypassed\)/, acting("bypassed")],
  ["an alarm in another mode", /should be held back \(not armed in home\)/, acting("not armed in home")],
  [
    "an alarm although disarmed in time",
    /is held back \(entry delay: disarmed in time\)|should wait/,
    acting("entry delay: disarmed in time"),
  ],
  [
    "the wrong gate",
    /should be held back \(exit delay\)/,
    (facts) => {
      const { edge } = gateIs(facts, "exit delay");
      everywhere(facts, edge.eventId, ({ actions }) => {
        for (const { outcome } of actions)
          if (outcome?.gate !== undefined) Object.assign(outcome, { gate: "bypassed" });
      });
    },
  ],
  [
    "a siren of a silent zone",
    /should act at once, but it says an alarm, output 1 done/,
    (facts) => everywhere(facts, gateIs(facts, "24-hour silent").edge.eventId, acts),
  ],
  ["an alarm that was held back", /should act at once, but it says no alarm/, held("instant", "exit delay")],
  ["a 24-hour zone that kept quiet", /should act at once, but it says no alarm/, held("24h-silent", "disarmed")],
  [
    "an entry delay that is too long",
    /should wait for the end of the entry delay/,
    (facts) => {
      for (const { record } of facts.core.lines) {
        if (record.kind !== "edge") continue;
        for (const action of (record as unknown as Writable<ReceiptAnswer>).actions)
          if (action.waitsUntil !== undefined) action.waitsUntil += 10_000;
      }
    },
  ],
  [
    "a release that came late",
    /was released 4000 ms after its entry delay/,
    (facts) => void (released(facts).at += 4000),
  ],
  [
    "a release that came early",
    /was released -1500 ms after its entry delay/,
    (facts) => void (released(facts).at -= 1500),
  ],
  [
    "a delay that never ended",
    /and nobody released it|after its entry delay was over/,
    (facts) => {
      facts.core.lines.splice(facts.core.lines.indexOf(released(facts)), 1);
    },
  ],
  ["a mode that nobody asked for", /nobody had asked for it/, (facts) => void facts.armings.splice(1, 1)],
  [
    "a mode that was asked for in vain",
    /core's journal has it not/,
    (facts) => {
      const at = facts.core.lines.findLastIndex(({ record }) => record.kind === "armed");
      facts.core.lines.splice(at, 1);
    },
  ],
  [
    "other bypasses than were asked for",
    /without inputs 3, asked was without 2/,
    (facts) => void Object.assign(facts.armings[0] ?? {}, { bypass: [2] }),
  ],
  [
    "an exit delay that is too short",
    /an exit delay of 3000 ms, set are 8000/,
    (facts) => void Object.assign(facts.modes[1] ?? {}, { exitS: 8 }),
  ],
  [
    "a repeat that is an alarm of its own",
    /is inside the window of the alarm before it/,
    (facts) =>
      everywhere(
        facts,
        gateIs(facts, "repeat within 2 s").edge.eventId,
        (receipt) => void (receipt.alarmId = "another"),
      ),
  ],
  [
    "a repeat that was told again",
    /should act at once/,
    (facts) => everywhere(facts, gateIs(facts, "repeat within 2 s").edge.eventId, acts),
  ],
  [
    "an alarm after too many",
    /should be held back \(swinger shutdown after 2 alarms\)/,
    acting("swinger shutdown after 2 alarms"),
  ],
  [
    "a window that is left alone in the next arming too",
    /should act at once, but it says no alarm/,
    (facts) => {
      const last = facts.receipts.findLast(({ edge }) => edge.input === 8 && edge.kind === "raised");
      everywhere(facts, last?.edge.eventId ?? "", (receipt) => {
        delete (receipt as { alarmId?: string }).alarmId;
        for (const action of receipt.actions)
          if (action.target.kind !== "record")
            action.outcome = { kind: "suppressed", gate: "swinger shutdown after 2 alarms" };
      });
    },
  ],
  [
    "a key that was turned in vain",
    /a key switch was turned at .*, which makes away, and core's journal has it not/,
    (facts) => {
      const key = facts.core.lines.findIndex(
        ({ record }) => record.kind === "armed" && String(record["by"]).startsWith("key switch"),
      );
      facts.core.lines.splice(key, 1);
    },
  ],
  [
    "a mode that no key of that kind makes",
    /home at .*nobody had asked for it/,
    (facts) => {
      for (const { record } of facts.core.lines)
        if (record.kind === "armed" && String(record["by"]).startsWith("key switch Door 6"))
          Object.assign(record["arming"] as object, { mode: "home" });
    },
  ],
  ["a message that never arrived", /told, but nothing arrived/, (facts) => void facts.messages.shift()],
  [
    "a message of what was held back",
    /but a message arrived/,
    (facts) => {
      const { edge } = gateIs(facts, "bypassed");
      facts.messages.push({ eventId: edge.eventId, at: edge.decidedAt.instant + 5 });
    },
  ],
  [
    "a message before the delay was over",
    /somebody was told before/,
    (facts) => {
      const eventId = String(released(facts).record["eventId"]);
      const own = facts.messages.find((one) => one.eventId === eventId);
      if (own !== undefined) own.at -= 1900;
    },
  ],
  [
    "an input that nobody asked to leave out",
    /leaves out inputs 1 at/,
    (facts) => {
      const said = facts.core.lines
        .filter(({ record }) => record.kind === "arming")
        .map(({ record }) => record["arming"] as { bypass: number[] });
      const own = said.find(({ bypass }) => bypass.length > 0);
      if (own !== undefined) own.bypass = [1];
    },
  ],
];

test("every mistake with zones, delays, modes and bypasses is found and named", () => {
  const good = run();
  for (const [name, what, plant] of mistakes) {
    const facts: Facts = structuredClone(good) as never;
    plant(facts);
    const found = checkArming(facts as never);
    assert.ok(
      found.some((difference) => what.test(difference)),
      `${name} was not found: ${JSON.stringify(found)}`,
    );
  }
});
