import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { usualRegion } from "./detection/settings.ts";
import { wallTime } from "../kernel/time.ts";
import type { LocalTime } from "../kernel/local-time.ts";
import type { ZoneType } from "./arming.ts";
import { zoneTypes } from "./arming.ts";
import type { SiteTime } from "./schedule-gate.ts";
import { simulate, type SimulatedAction } from "./simulator.ts";
import type { LinkageExtras } from "./linkage-settings.ts";
import type { AlarmInputSettings, BoardSettings, MqttSettings, SiteConfig } from "./site-config.ts";
import { engineWorld, lastRaised, open, type World } from "./testdata/engine-world.ts";
import { board, channel, input, linkage, output, site } from "./testdata/site.ts";
import type { ScheduleSettings } from "./weekly-schedule.ts";

const night: ScheduleSettings = {
  ...{ schedule: 1, name: "Night" },
  week: Array.from({ length: 7 }, () => [{ fromMin: 0, toMin: 360 }]),
};
/** A clock that stands at one hour. */
const standing = (hour: number): SiteTime => ({
  clock: (): LocalTime => ({ day: 3, second: hour * 3600 }),
  trusted: true,
});
const wall = wallTime(1_790_000_000_000);
const ask = { input: 1, wall, activeS: 20 };

const of = (actions: readonly SimulatedAction[], kind: string) => actions.filter(({ target }) => target.kind === kind);

test("an instant door in night: cameras from before the edge, the siren until it shut and its hold, the message at once", () => {
  const config = site({ inputs: [input(1, { zone: "instant" })] });
  const { edge, alarm, actions } = simulate(config, { ...ask, mode: "night" }, standing(2));
  assert.equal(edge?.at, wall);
  assert.equal(edge.decidedAt, wall + 250);
  assert.equal(alarm, true);
  assert.deepEqual(
    of(actions, "record").map(({ verdict, spans }) => [verdict, spans]),
    [1, 2].map(() => ["happens", [{ from: wall - 10_000, to: wall + 50_000 }]]),
  );
  assert.deepEqual(of(actions, "output")[0]?.spans, [{ from: wall + 250, to: wall + 30_000 }]);
  assert.deepEqual(of(actions, "notify")[0]?.spans, [{ from: wall + 250 }]);
});

test("an entry door waits for the entry delay, and the siren comes with its end", () => {
  const config = site({ inputs: [input(1, { zone: "entry-exit" })] });
  const { actions } = simulate(config, { ...ask, activeS: 60, mode: "away" }, standing(2));
  const [siren] = of(actions, "output");
  assert.equal(siren?.verdict, "waits");
  assert.equal(siren.spans[0]?.from, wall + 30_250);
});

test("what holds back is named: disarmed, the schedule, the mode, a relay set to off", () => {
  const scheduled = input(1, { zone: "instant", linkage: linkage({ schedule: 1 }) });
  const inHome = input(1, { zone: "instant", modes: ["home"] });
  const reasonOf = (config: SiteConfig, mode: string | undefined, hour: number) =>
    of(simulate(config, { ...ask, ...(mode === undefined ? {} : { mode }) }, standing(hour)).actions, "output")[0]
      ?.reason;
  const one = (row: AlarmInputSettings) => site({ inputs: [row], schedules: [night] });
  assert.equal(reasonOf(one(scheduled), "night", 12), 'outside the schedule "Night"');
  assert.equal(reasonOf(one(scheduled), "night", 3), undefined);
  assert.equal(reasonOf(one(scheduled), undefined, 3), "disarmed");
  assert.equal(reasonOf(one(inHome), "away", 3), "not armed in away");
  const off = site({ inputs: [input(1)], outputs: [output(1, { mode: "off" })] });
  assert.equal(reasonOf(off, "away", 3), "output 1 is set to off");
});

test("a switched-off input does nothing, and a key switch says what it did to the arming", () => {
  const off = simulate(site({ inputs: [input(1, { enabled: false })] }), { ...ask, mode: "night" }, standing(2));
  assert.equal(off.edge, undefined);
  const key = site({ inputs: [input(1, { zone: "key-switch", kind: "other" })] });
  assert.equal(simulate(key, ask, standing(2)).armedAfter, true);
  assert.equal(simulate(key, { ...ask, mode: "night" }, standing(2)).armedAfter, false);
});

test("a message of the network is over as it comes: its siren sounds for its hold time, whatever length is asked about", () => {
  const sounds = (source: Source) => {
    const inputs = [input(1, { board: sourceBoard, zone: "instant" })];
    const config = site({ inputs, boards: [...site().boards, board(sourceBoard, { driver: drivers[source] })] });
    const [siren] = of(simulate(config, { ...ask, mode: "night" }, standing(2)).actions, "output");
    const [span] = siren?.spans ?? [];
    return (span?.to ?? 0) - (span?.from ?? 0);
  };
  assert.deepEqual([sounds("message"), sounds("button")], [10_000, 10_000]);
  assert.deepEqual([sounds("http"), sounds("offline")], [30_000, 30_000], "software says when it is over");
});

const modes = ["home", "night", "away"];
const anyInput = (number: number) =>
  fc
    .record({
      zone: fc.constantFrom<ZoneType>(...zoneTypes.filter((zone) => zone !== "key-switch")),
      modes: fc.option(fc.subarray(modes), { nil: undefined }),
      debounceMs: fc.constantFrom(0, 50, 250),
      channels: fc.subarray([1, 2, 3, 9]),
      outputs: fc.subarray([1, 2, 9]),
      notifiers: fc.subarray([1, 7]),
      schedule: fc.option(fc.constantFrom(1, 8), { nil: undefined }),
    })
    .map(({ channels, outputs, notifiers, schedule, modes: armedIn, ...rest }) =>
      input(number, {
        ...rest,
        ...(armedIn === undefined ? {} : { modes: armedIn }),
        linkage: linkage({
          recordChannels: channels,
          outputs: outputs.map((one) => ({ output: one, holdS: 7 })),
          notifiers,
          ...(schedule === undefined ? {} : { schedule }),
        }),
      }),
    );
function mqtt(part: Partial<MqttSettings["inputs"][number]>): MqttSettings {
  const payload = { closed: "on", open: "off" };
  const common = { kind: "mqtt", url: "mqtt://127.0.0.1", username: "", password: "", outputs: [] } as const;
  return { ...common, inputs: [{ point: 1, topic: "door", payload, ...part }] };
}

/** Pictures, presets, conditions, a word for later: whatever a linkage may have besides. */
const anyExtras: fc.Arbitrary<LinkageExtras> = fc
  .record({
    ptz: fc.constantFrom(undefined, [{ channel: 1, preset: 3 }], [{ channel: 3, preset: 1, back: 2 }]),
    snapshots: fc.constantFrom(undefined, { channels: [1, 2, 9], count: 2, intervalS: 1 }),
    onlyIf: fc.constantFrom(undefined, undefined, { inputs: [2], withinS: 60 }),
    escalation: fc.constantFrom(undefined, [{ afterMin: 2, notifiers: [1, 7] }]),
    severity: fc.constantFrom(undefined, "critical" as const),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

/** What tells of an edge: a contact, what a camera sees, software that starts and stops, the site itself, a message, a button over MQTT. */
const drivers = {
  contact: { kind: "virtual", inputs: 4, outputs: 2 },
  pictures: { kind: "video-detection", channel: 1, motion: { regions: [usualRegion("Yard")], holdS: 5 } },
  http: { kind: "http-trigger", inputs: [1, 2].map((point) => ({ point, key: "k", maxS: 120 })) },
  offline: { kind: "camera-offline", graceS: 60, except: [] },
  message: mqtt({ message: {} }),
  button: mqtt({ payload: { closed: "on", open: "off", pulse: true } }),
} as const satisfies Record<string, BoardSettings["driver"]>;
type Source = keyof typeof drivers;
const sources = Object.keys(drivers) as Source[];
const sourceBoard = 5;

const anySite = fc
  .record({
    inputs: fc.tuple(anyInput(1), anyInput(2)),
    channels: fc.tuple(fc.boolean(), fc.constantFrom("continuous" as const, "alarm" as const, "off" as const)),
    modes: fc.constantFrom("auto" as const, "off" as const),
    boardOn: fc.boolean(),
    source: fc.constantFrom(...sources),
    more: anyExtras,
    told: fc.boolean(),
  })
  .map(({ inputs: [first, second], channels: [enabled, recordMode], modes: mode, boardOn, source, more, told }) => {
    const base = site();
    const ptz = { kind: "onvif", port: 80 } as const;
    const push = { notifier: 7, name: "Phones", enabled: told, kind: "push", people: [], snapshot: false } as const;
    return site({
      inputs: [
        { ...first, linkage: { ...first.linkage, ...more } },
        { ...second, board: sourceBoard, point: 1, ...(source === "pictures" ? { kind: "video-motion" } : {}) },
      ],
      channels: [channel(1, { enabled, ptz }), channel(2, { recordMode, ptz }), channel(3)],
      outputs: [output(1, { mode }), output(2, { board: 2, point: 1, kind: "light" })],
      boards: [
        ...base.boards.map((one) => (one.board === 2 ? { ...one, enabled: boardOn } : one)),
        board(sourceBoard, { driver: drivers[source] }),
      ],
      notifiers: [...base.notifiers, push],
      schedules: [night],
    });
  });

/** What its driver tells core, and core the engine, as it happens and 5 s later as it is over. */
function happens(world: World, config: SiteConfig, { board: number, point }: AlarmInputSettings, over: boolean): void {
  const driver = config.boards.find((one) => one.board === number)?.driver.kind;
  const at = { kind: "trigger", board: number, point } as const;
  if (driver === "virtual" || driver === "video-detection") world.contact(number, point, over ? "closed" : "open");
  else if (driver === "mqtt") {
    if (!over) world.do({ ...at, verb: "pulse" });
  } else world.do({ ...at, verb: over ? "stop" : "start", ...(driver === "camera-offline" ? { away: [4] } : {}) });
}

/** The same edge, given to an engine as core's shell would, without the simulator's world. */
function executed(config: SiteConfig, number: number, mode: string | undefined, time: SiteTime) {
  const siren: number[] = [];
  const world = engineWorld(config, (now) => {
    for (const effect of now.last) {
      if (
        effect.kind === "want-output" &&
        effect.output === 1 &&
        effect.state !== (siren.length % 2 === 1 ? "on" : "off")
      )
        siren.push(now.now.instant);
    }
  });
  world.time = time;
  for (const { board } of config.boards)
    world.do({ kind: "link", board, link: { kind: "online" }, at: world.now.instant });
  for (const { board, point } of config.inputs) world.contact(board, point, "closed", "state");
  if (mode !== undefined) world.do({ kind: "arm", armed: true, mode, by: "anna" });
  world.pass(400_000);
  const row = config.inputs.find((one) => one.input === number) ?? assert.fail();
  happens(world, config, row, false);
  world.pass(row.debounceMs);
  const receipt = [...world.receipts.values()].find(({ edge }) => edge.kind === "raised");
  world.pass(5000 - row.debounceMs);
  happens(world, config, row, true);
  world.pass(1_000_000);
  const alarm = world.receipts.get(receipt?.edge.eventId ?? "")?.alarmId !== undefined;
  return { receipt, alarm, sirenMs: siren.length < 2 ? 0 : (siren[1] ?? 0) - (siren[0] ?? 0) };
}

test("simulated is executed: every configuration, mode and hour, action by action with its reason", () => {
  fc.assert(
    fc.property(
      anySite,
      fc.constantFrom(1, 2),
      fc.constantFrom(undefined, ...modes),
      fc.constantFrom(3, 12),
      (config, number, mode, hour) => {
        const {
          receipt: real = assert.fail("no edge"),
          alarm,
          sirenMs,
        } = executed(config, number, mode, standing(hour));
        const told = simulate(
          config,
          { input: number, wall, activeS: 5, ...(mode === undefined ? {} : { mode }) },
          standing(hour),
        );
        assert.deepEqual(
          told.actions.map(({ target, reason }) => [target, reason]),
          real.actions.map(({ target, outcome }) => [
            target,
            outcome?.kind === "suppressed" ? outcome.gate : outcome?.kind === "failed" ? outcome.reason : undefined,
          ]),
        );
        assert.deepEqual(
          told.actions.map(({ verdict }) => verdict === "waits"),
          real.actions.map(({ waitsUntil }) => waitsUntil !== undefined),
        );
        assert.equal(told.alarm, alarm);
        assert.equal((told.edge?.decidedAt ?? 0) - wall, real.edge.decidedAt.instant - real.edge.at.instant);
        const [{ spans: [siren] } = { spans: [] }] = told.actions.filter(
          ({ target, verdict }) => target.kind === "output" && target.output === 1 && verdict === "happens",
        );
        if (siren !== undefined) assert.equal((siren.to ?? 0) - siren.from, sirenMs, "the siren sounds as long");
        for (const { target, verdict, spans } of told.actions)
          assert.equal(spans.length > 0, verdict === "happens" || verdict === "waits", JSON.stringify(target));
      },
    ),
    { numRuns: 300 },
  );
});

test("a walk test of one input changes nothing of what is simulated for another; its own is held back by it", () => {
  const config = site({ inputs: [input(1, { zone: "24h-audible" }), input(2, { zone: "24h-audible" })] });
  const world = engineWorld(config);
  for (const point of [1, 2]) world.contact(1, point, "closed", "state");
  const terms = { walkId: "w", by: "anna", inputs: [1], minutes: 30, pulse: false, locks: [], send: [] };
  world.do({ kind: "walk-start", terms });
  const gates = (number: number) => {
    open(world, number);
    const receipt = lastRaised(world) ?? assert.fail("no edge");
    return receipt.actions.map(({ outcome }) => (outcome?.kind === "suppressed" ? outcome.gate : undefined));
  };
  const told = simulate(config, { ...ask, input: 2 }, standing(2));
  assert.deepEqual(
    gates(2),
    told.actions.map(({ reason }) => reason),
  );
  assert.ok(gates(1).some((gate) => gate?.startsWith("walk test")));
});
