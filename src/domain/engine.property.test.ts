/** Any order of levels, edges, arming, restarts, clock steps, lost boards and words of recorders, late and repeated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../kernel/time.ts";
import type { ZoneSettings, ZoneType } from "./arming.ts";
import { armingOf, isArmed, zoneTypes } from "./arming.ts";
import { momentInBoot, resumeAlarm } from "./alarms.ts";
import type { EngineEvent } from "./engine.ts";
import { memoryFrom } from "./engine.ts";
import { latchesOf, modeAtStart } from "./engine-output-memory.ts";
import { resumeArming } from "./engine-restore.ts";
import { holdUntil } from "./hold.ts";
import type { LinkageExtras } from "./linkage-settings.ts";
import type { OutputBehaviour, OutputExtras } from "./output-settings.ts";
import { edgesOf, engineWorld, outcomesOf, withMode, type World } from "./testdata/engine-world.ts";
import { outputOracle, type OutputOracle } from "./testdata/output-oracle.ts";
import { resumeWalk } from "./walk-test.ts";
import { output, site } from "./testdata/site.ts";

type Command = (run: Run) => void;

interface Run {
  readonly world: World;
  readonly oracle: OutputOracle;
  do(event: EngineEvent): void;
  /** The n-th hold that was ever ordered, so that late and repeated words come too. */
  holdId(n: number): string;
}

const points = fc.constantFrom([1, 1] as const, [1, 2] as const, [2, 1] as const);
const somebody = "anna";

/** A door whose alarm has to be confirmed by another, takes pictures, and tells the next one while nobody has seen it. */
const conditions: LinkageExtras = {
  confirm: { inputs: [1, 3], withinS: 30, severity: "critical" },
  onlyIf: { inputs: [1, 3], withinS: 60 },
  snapshots: { channels: [1, 2], count: 2, intervalS: 1 },
  ptz: [
    { channel: 1, preset: 3, back: 1 },
    { channel: 2, preset: 4 },
  ],
  escalation: [
    { afterMin: 1, notifiers: [1] },
    { afterMin: 3, notifiers: [1] },
  ],
};

type Zones = readonly [ZoneSettings, ZoneSettings, ZoneSettings];

function startRun(siren: OutputExtras, light: OutputExtras, zones: Zones): Run {
  const config = site({
    channels: site().channels.map((one) => (one.channel === 1 ? { ...one, ptz: { kind: "onvif", port: 80 } } : one)),
    inputs: site().inputs.map((one, at) => ({
      ...one,
      ...zones[at],
      ...(one.input === 2 ? { linkage: { ...one.linkage, ...conditions } } : {}),
    })),
    outputs: [output(1, siren), output(2, { board: 2, point: 1, kind: "light", maxOnS: 60, ...light })],
  });
  const oracle = outputOracle(config);
  let seen = 0;
  const world = engineWorld(config, (now) => {
    relaysBeforeJournal(now);
    for (; seen < now.journal.length; seen++) {
      const record = now.journal[seen];
      if (record !== undefined) oracle.journalled(record, now.now);
    }
    relaysAsHeld(now, oracle);
    holdsInBounds(now);
  });
  for (const [board, point] of [
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const) {
    world.contact(board, point, board === 1 ? "closed" : "open", "state");
  }
  world.do({ kind: "arm", armed: true, by: somebody });
  const ordered = () => world.all.flatMap((effect) => (effect.kind === "order-hold" ? [effect.hold.holdId] : []));
  return {
    world,
    oracle,
    do(event) {
      oracle.asked(event, world.now);
      world.do(event);
    },
    holdId: (n) => {
      const all = ordered();
      return all[n % Math.max(1, all.length)] ?? "never-ordered";
    },
  };
}

function relaysBeforeJournal(world: World): void {
  const kinds = world.last.map((effect) => effect.kind);
  const firstOther = kinds.findIndex((kind) => kind !== "want-output");
  assert.ok(firstOther < 0 || !kinds.slice(firstOther).includes("want-output"), `relay late: ${kinds.join()}`);
  const firstHold = kinds.findIndex((kind) => kind === "order-hold" || kind === "end-hold");
  assert.ok(firstHold < 0 || kinds.lastIndexOf("journal") < firstHold, "a hold went out before its journal record");
}

function relaysAsHeld(world: World, oracle: OutputOracle): void {
  for (const [output, state] of world.relays) {
    const expected = oracle.isActive(output, world.now.instant) ? "on" : "off";
    assert.equal(state, expected, `output ${output} at ${world.now.instant}`);
  }
}

function holdsInBounds(world: World): void {
  for (const effect of world.last) {
    if (effect.kind === "order-hold") {
      const { edgeAt, boundAt, endAt } = effect.hold;
      assert.equal(boundAt - edgeAt, 600_000);
      assert.ok(endAt === undefined || endAt <= boundAt);
    }
    if (effect.kind === "end-hold") {
      assert.ok(effect.endAt <= (world.state.holds.get(effect.holdId)?.boundAt ?? instant(Infinity)));
    }
  }
}

/** What a restart at this very moment would know is what the engine knows. */
function journalTellsAll(world: World): void {
  const memory = memoryFrom(world.journal);
  const open = [...world.state.book.values()].map(({ receipt }) => receipt);
  assert.deepEqual(memory.open, open);
  assert.deepEqual(
    new Map(memory.alarms.map((alarm) => [alarm.input, resumeAlarm(alarm, world.now)])),
    new Map(world.state.alarms),
  );
  assert.deepEqual(new Map(memory.holds.map((hold) => [hold.holdId, hold])), new Map(world.state.holds));
  for (const entry of world.state.outputs.values()) {
    const remembered = memory.outputs.find((one) => one.output === entry.settings.output);
    assert.equal(remembered?.operations ?? 0, entry.operations);
    assert.deepEqual(
      latchesOf(remembered, world.now),
      entry.holds.filter((hold) => hold.latched !== undefined && holdUntil(hold) > world.now.instant),
    );
    const forced = entry.mode === "off" ? { mode: "off", forcedUntil: entry.forcedUntil } : { mode: "auto" };
    assert.deepEqual(modeAtStart(entry.mode, remembered, world.now), forced);
  }
  assert.deepEqual(
    new Map((memory.raised ?? []).map(({ input, at }) => [input, momentInBoot(at, world.now)])),
    new Map(world.state.raised),
  );
  assert.deepEqual(resumeWalk(memory.walk, world.now), world.state.walk);
  assert.equal(memory.armed, isArmed(world.state.arming));
  const { at, ...arming } = resumeArming(memory, armingOf(world.config), world.now);
  assert.deepEqual({ ...arming, at: world.state.arming.at }, world.state.arming, `at ${at}`);
  for (const { settings, machine, loop } of world.state.inputs.values()) {
    assert.equal(memory.inputs.find(({ input }) => input === settings.input)?.tamper, loop?.told);
    const remembered = memory.inputs.find(({ input }) => input === settings.input)?.active ?? "unknown";
    assert.equal(remembered, machine.known === "unknown" ? "unknown" : machine.known === "active");
  }
}

const pauses = fc.oneof(
  fc.integer({ min: 0, max: 600 }),
  fc.constantFrom(249, 250, 1000, 5000, 10_000, 61_000, 200_000),
);
const passing = pauses.map((ms): Command => (run) => {
  run.world.pass(ms);
  relaysAsHeld(run.world, run.oracle);
});

/** What a picture shows is told some time after it came. */
const lags = fc.constantFrom(0, 0, 0, 40, 300, 900);
const contacts = fc
  .tuple(points, fc.constantFrom("open", "closed", "fault", "unknown"), fc.constantFrom("change", "state"), lags)
  .map(([[board, point], level, how, lag]): Command => (run) => {
    const at = instant(run.world.now.instant - lag);
    run.do({ kind: "level", board, report: { point, level, at, how } });
  });

/** Somebody works at the cable of a supervised contact, and perhaps mends it. */
const loops = fc
  .tuple(points, fc.constantFrom("cut", "short"), pauses, fc.boolean())
  .map(([[board, point], tamper, ms, mends]): Command => (run) => {
    const report = { point, level: "fault", at: run.world.now.instant, how: "change", tamper } as const;
    run.do({ kind: "level", board, report });
    run.world.pass(ms);
    if (mends) run.world.contact(board, point, "closed");
  });

const doors = fc
  .tuple(points, fc.constantFrom("open", "closed"), pauses)
  .map(([[board, point], level, ms]): Command => (run) => {
    run.world.contact(board, point, level);
    run.world.pass(ms);
  });

/** Somebody armed, left, and a door opens: shut again or not, disarmed or not. */
const comings = fc
  .tuple(fc.constantFrom(1, 2), fc.boolean(), fc.constantFrom(0, 5000, 31_000), fc.boolean())
  .map(([point, shuts, ms, disarms]): Command => (run) => {
    run.world.contact(1, point, "closed");
    run.do({ kind: "arm", armed: true, by: somebody });
    run.world.pass(61_000);
    run.world.contact(1, point, "open");
    run.world.pass(250);
    if (shuts) run.world.contact(1, point, "closed");
    run.world.pass(ms);
    if (disarms) run.do({ kind: "arm", armed: false, by: somebody });
  });

const links = fc.tuple(fc.constantFrom(1, 2), fc.boolean()).map(([board, online]): Command => (run) => {
  const link = online ? ({ kind: "online" } as const) : ({ kind: "lost", reason: "no answer" } as const);
  run.do({ kind: "link", board, link, at: run.world.now.instant });
});

const triggers = fc
  .record({
    verb: fc.constantFrom("start", "stop", "pulse"),
    eventId: fc.constantFrom("a", "b", "c", undefined),
    maxS: fc.constantFrom(1, 30, 500, undefined),
  })
  .map(({ verb, eventId, maxS }): Command => (run) => {
    const ids = { ...(eventId === undefined ? {} : { eventId }), ...(maxS === undefined ? {} : { maxS }) };
    run.do({ kind: "trigger", board: 3, point: 1, verb, ...ids });
  });

const people: fc.Arbitrary<Command> = fc
  .constantFrom<EngineEvent>(
    { kind: "arm", armed: true, by: somebody },
    { kind: "arm", armed: true, by: somebody },
    { kind: "arm", armed: true, by: somebody },
    { kind: "arm", armed: true, mode: "night", by: somebody },
    { kind: "arm", armed: true, mode: "away", bypass: [1], by: somebody },
    { kind: "bypass", inputs: [2], by: somebody },
    { kind: "arm", armed: false, by: somebody },
    { kind: "silence", by: somebody },
    { kind: "rest-outputs", confirmed: true, by: somebody },
    { kind: "output-mode", output: 1, mode: "off", by: somebody },
    { kind: "output-mode", output: 1, mode: "auto", by: somebody },
    { kind: "output-mode", output: 2, mode: "on", by: somebody },
    { kind: "output-mode", output: 2, mode: "auto", by: somebody },
    { kind: "output-mode", output: 2, mode: "on", by: somebody, forS: 60 },
    { kind: "output-mode", output: 1, mode: "off", by: somebody, forS: 200 },
    { kind: "output-test", output: 1, seconds: 3, by: somebody },
  )
  .map((event) => (run) => {
    // the shell writes modes to the configuration
    if (event.kind === "output-mode") run.world.config = withMode(run.world.config, event.output, event.mode);
    run.do(event);
  });

/** An installer begins a walk test, or ends it. */
const walking = fc
  .record({
    begins: fc.boolean(),
    inputs: fc.subarray([1, 2, 3, 4], { minLength: 1 }),
    pulse: fc.boolean(),
    disarmed: fc.boolean(),
  })
  .map(({ begins, inputs, pulse, disarmed }): Command => (run) => {
    if (disarmed) run.do({ kind: "arm", armed: false, by: somebody });
    const terms = { walkId: "walk", by: somebody, inputs, minutes: 5, pulse, locks: [], send: [] };
    run.do(begins ? { kind: "walk-start", terms } : { kind: "walk-stop", by: somebody });
  });

/** Somebody acknowledges the running alarm of an input, or one that is long over. */
const acknowledging = fc.tuple(fc.nat(8), fc.boolean()).map(([n, running]): Command => (run) => {
  const known = running
    ? [...run.world.state.alarms.values()].map(({ alarmId }) => alarmId)
    : edgesOf(run.world.journal).flatMap(({ alarmId }) => alarmId ?? []);
  run.do({ kind: "acknowledge", alarmId: known[n % Math.max(1, known.length)] ?? "none", by: somebody });
});

const boardsAnswer = fc
  .tuple(fc.constantFrom(1, 2), fc.constantFrom("on", "off"), fc.boolean())
  .map(([board, state, readBack]): Command => (run) => {
    run.do({ kind: readBack ? "read-back" : "commanded", board, point: 1, state, at: run.world.now.instant });
  });

const recorders = fc
  .tuple(fc.nat(60), fc.constantFrom("answer", "durable", "done", "short", "failed", "down", "up", "told"))
  .map(([n, word]): Command => (run) => {
    const holdId = run.holdId(n);
    if (word === "down") run.do({ kind: "recorder-down", channels: [1, 2] });
    else if (word === "up") run.do({ kind: "recorder-up", channels: [1, 2] });
    else if (word === "answer") run.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } });
    else if (word === "durable") {
      run.do({ kind: "hold-durable", holdId, durableAt: run.world.now.instant, preAchievedMs: 10_000 });
    } else if (word === "told") tellMessage(run, n);
    else run.do({ kind: "hold-closed", holdId, result: word, reason: word === "done" ? "" : "why", gaps: [] });
  });

type ResultKind = "notify-result" | "snapshot-result" | "ptz-result";

function tellMessage(run: Run, n: number): void {
  const asked = run.world.all.flatMap((effect): { kind: ResultKind; eventId: string; actionId: string }[] => {
    if (effect.kind === "take-snapshots") return [{ ...effect, kind: "snapshot-result" }];
    if (effect.kind === "go-ptz") return [{ ...effect, kind: "ptz-result" }];
    if (effect.kind !== "notify") return [];
    return [{ kind: "notify-result", eventId: effect.receipt.edge.eventId, actionId: effect.action.id }];
  });
  const result = asked[n % Math.max(1, asked.length)];
  if (result === undefined) return;
  const { kind, eventId, actionId } = result;
  run.do({ kind, eventId, actionId, outcome: { kind: "done" } });
}

const restarts = fc.tuple(fc.nat(20_000), fc.boolean()).map(([awayMs, reboot]): Command => (run) => {
  run.world.restart(awayMs, reboot, (now) => run.oracle.restarted(now));
});

const clockSteps = fc.integer({ min: -7_200_000, max: 7_200_000 }).map(
  (ms): Command =>
    (run) =>
      run.world.stepWall(ms),
);

const switching = fc.tuple(fc.constantFrom(1, 2, 3, 4), fc.boolean()).map(([input, enabled]): Command => (run) => {
  const { world, oracle } = run;
  world.config = {
    ...world.config,
    inputs: world.config.inputs.map((one) => (one.input === input ? { ...one, enabled } : one)),
  };
  if (!enabled) oracle.inputGone(input, world.now.instant);
  run.do({ kind: "config-changed" });
});

const commands = fc.array(
  fc.oneof(
    { arbitrary: doors, weight: 6 },
    { arbitrary: passing, weight: 4 },
    { arbitrary: contacts, weight: 3 },
    { arbitrary: triggers, weight: 3 },
    { arbitrary: people, weight: 3 },
    { arbitrary: acknowledging, weight: 1 },
    { arbitrary: walking, weight: 2 },
    { arbitrary: boardsAnswer, weight: 3 },
    { arbitrary: recorders, weight: 4 },
    { arbitrary: comings, weight: 2 },
    { arbitrary: links, weight: 2 },
    { arbitrary: loops, weight: 2 },
    { arbitrary: restarts, weight: 1 },
    { arbitrary: clockSteps, weight: 1 },
    { arbitrary: switching, weight: 1 },
  ),
  { maxLength: 60, size: "max" },
);

/** How an output behaves, and how far apart its repeats are. */
const extras: fc.Arbitrary<OutputExtras> = fc
  .record({
    behaviour: fc.constantFrom<(OutputBehaviour | undefined)[]>(
      undefined,
      { kind: "follow" },
      { kind: "pulse", ms: 200 },
      { kind: "pulse", ms: 4000 },
      { kind: "timed", s: 5 },
      { kind: "timed", s: 100 },
      { kind: "latched" },
      { kind: "latched" },
    ),
    paceS: fc.constantFrom(undefined, 0, 2, 20),
  })
  .map(({ behaviour, paceS }) => ({
    ...(behaviour === undefined ? {} : { behaviour }),
    ...(paceS === undefined ? {} : { paceS }),
  }));

/** What an input is in the alarm. */
const zone: fc.Arbitrary<ZoneSettings> = fc
  .record({
    zone: fc.constantFrom(
      ...zoneTypes,
      ...Array<ZoneType>(5).fill("instant"),
      ...Array<ZoneType>(5).fill("entry-exit"),
    ),
    modes: fc.constantFrom(undefined, undefined, ["away"], ["home", "night"]),
    swingerAlarms: fc.constantFrom(0, 0, 2),
    keySwitch: fc.constantFrom({ acts: "toggle", mode: "away" } as const, { acts: "follow" } as const),
  })
  .map(({ modes, ...rest }) => ({ ...rest, ...(modes === undefined ? {} : { modes }) }));

/** Nothing waits without a delay that runs, and no delay runs on a disarmed site or longer than it is set. */
function delaysInBounds(world: World): void {
  const { arming, book } = world.state;
  const waiting = [...book.values()].some(({ receipt }) =>
    receipt.actions.some(({ waitsUntil, outcome }) => waitsUntil !== undefined && outcome === undefined),
  );
  assert.ok(!waiting || arming.entry !== undefined, "something waits, and no entry delay runs");
  const { exitUntil, entry, mode } = arming;
  if (mode === "disarmed") assert.deepEqual([exitUntil, entry], [undefined, undefined]);
  if (exitUntil !== undefined) assert.ok(exitUntil - world.now.instant <= 60_000);
  if (entry !== undefined) assert.ok(entry.until - world.now.instant <= 30_000);
}

/** It runs on a disarmed site only and never longer than it was asked for; its edges call nobody. */
function walkInBounds(world: World): void {
  const { walk, arming } = world.state;
  if (walk !== undefined) {
    assert.equal(isArmed(arming), false);
    assert.ok(walk.until - world.now.instant <= 5 * 60_000, "a walk test has no end");
    assert.ok(world.state.troubles.has("walk:test"), "a walk test that nobody sees");
  }
  for (const { receipt } of world.state.book.values()) {
    if (receipt.edge.walk === undefined) continue;
    assert.equal(receipt.alarmId, undefined);
    const called = receipt.actions.filter(({ target, outcome, test }) =>
      target.kind === "notify" ? outcome === undefined && test !== "probe" : target.kind === "snapshot" && !outcome,
    );
    assert.deepEqual(called, []);
  }
}

/** Every edge has one receipt, every receipt is closed, every action has exactly one outcome. */
function allAccountedFor(world: World): void {
  const edges = edgesOf(world.journal);
  const decided = edges.flatMap(({ actions }) => actions.filter((action) => action.outcome !== undefined));
  const told = [...decided.map(({ id }) => id), ...outcomesOf(world.journal).map(({ actionId }) => actionId)];
  const graver = world.journal.filter((record) => record.kind === "graver");
  const asked = [...edges, ...graver].flatMap(({ actions }) => actions.map(({ id }) => id));
  assert.deepEqual(told.toSorted(), asked.toSorted());
  assert.deepEqual(edges.map(({ edge }) => edge.eventId).toSorted(), [...world.receipts.keys()].toSorted());
  for (const receipt of world.receipts.values()) {
    assert.ok(receipt.closedAt !== undefined && receipt.actions.every((action) => action.outcome !== undefined));
  }
  assert.equal(world.state.book.size + world.state.holds.size, 0);
}

test("whatever happens in whatever order: every edge is accounted for, relays are on exactly while held, and a crash forgets nothing", () => {
  fc.assert(
    fc.property(extras, extras, fc.tuple(zone, zone, zone), commands, (siren, light, zones, list) => {
      const run = startRun(siren, light, zones);
      for (const command of list) {
        command(run);
        journalTellsAll(run.world);
        delaysInBounds(run.world);
        walkInBounds(run.world);
      }
      run.do({ kind: "arm", armed: false, by: somebody });
      run.world.pass(2 * 3_600_000);
      relaysAsHeld(run.world, run.oracle);
      assert.equal(run.world.state.walk, undefined);
      allAccountedFor(run.world);
    }),
    { numRuns: 250 },
  );
});
