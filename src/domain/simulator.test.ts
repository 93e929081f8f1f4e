import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wallTime } from "../kernel/time.ts";
import type { LocalTime } from "../kernel/local-time.ts";
import type { ZoneType } from "./arming.ts";
import { zoneTypes } from "./arming.ts";
import type { Receipt } from "./receipt.ts";
import type { SiteTime } from "./schedule-gate.ts";
import { simulate, type SimulatedAction } from "./simulator.ts";
import type { AlarmInputSettings, SiteConfig } from "./site-config.ts";
import { engineWorld } from "./testdata/engine-world.ts";
import { channel, input, linkage, output, site } from "./testdata/site.ts";
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
const anySite = fc
  .record({
    inputs: fc.tuple(anyInput(1), anyInput(2)),
    channels: fc.tuple(fc.boolean(), fc.constantFrom("continuous" as const, "alarm" as const, "off" as const)),
    modes: fc.constantFrom("auto" as const, "off" as const),
    boardOn: fc.boolean(),
  })
  .map(({ inputs, channels: [enabled, recordMode], modes: mode, boardOn }) => {
    const base = site();
    return site({
      inputs: [...inputs],
      channels: [channel(1, { enabled }), channel(2, { recordMode }), channel(3)],
      outputs: [output(1, { mode }), output(2, { board: 2, point: 1, kind: "light" })],
      boards: base.boards.map((one) => (one.board === 2 ? { ...one, enabled: boardOn } : one)),
      schedules: [night],
    });
  });

/** The same edge, given to an engine as core's shell would, without the simulator's world. */
function executed(config: SiteConfig, number: number, mode: string | undefined, time: SiteTime): Receipt | undefined {
  const world = engineWorld(config);
  world.time = time;
  for (const { board } of config.boards)
    world.do({ kind: "link", board, link: { kind: "online" }, at: world.now.instant });
  for (const { board, point } of config.inputs) world.contact(board, point, "closed", "state");
  if (mode !== undefined) world.do({ kind: "arm", armed: true, mode, by: "anna" });
  world.pass(400_000);
  const row = config.inputs.find((one) => one.input === number) ?? assert.fail();
  world.contact(row.board, row.point, "open");
  world.pass(row.debounceMs);
  return [...world.receipts.values()].find(({ edge }) => edge.kind === "raised");
}

test("simulated is executed: any configuration, mode and hour, action by action with its reason", () => {
  fc.assert(
    fc.property(
      anySite,
      fc.constantFrom(1, 2),
      fc.constantFrom(undefined, ...modes),
      fc.constantFrom(3, 12),
      (config, number, mode, hour) => {
        const real = executed(config, number, mode, standing(hour)) ?? assert.fail("no edge");
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
        for (const { target, verdict, spans } of told.actions)
          assert.equal(spans.length > 0, verdict === "happens" || verdict === "waits", JSON.stringify(target));
      },
    ),
    { numRuns: 300 },
  );
});
