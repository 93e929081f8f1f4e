import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputState } from "../domain/level.ts";
import { pollWarning } from "../domain/alarm-input.ts";
import type { DriverSettings, SiteConfig } from "../domain/site-config.ts";
import type { DriverDeps } from "../drivers/driver.ts";
import type { BoardStatus } from "../messages/api.ts";
import { createLog } from "../platform/log.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { startDriverHost } from "./driver-host.ts";

interface Made {
  readonly settings: DriverSettings;
  readonly deps: DriverDeps;
  readonly wants: [number, OutputState][];
  stopped: boolean;
}

function setUp() {
  const clock = fakeClock();
  const made: Made[] = [];
  const levels: string[] = [];
  const statuses: BoardStatus[] = [];
  const host = startDriverHost({
    clock,
    log: createLog("test", "silent"),
    createDriver(settings, deps) {
      const driver: Made = { settings, deps, wants: [], stopped: false };
      made.push(driver);
      return {
        want: (point, state) => void driver.wants.push([point, state]),
        [Symbol.asyncDispose]() {
          driver.stopped = true;
          return Promise.resolve();
        },
      };
    },
    pollWarning,
    level: (board, report) => void levels.push(`${board}/${report.point} ${report.level}`),
    sensor: (board, fact) => void levels.push(`${board}/${fact.point} battery ${fact.battery ?? "?"}`),
    message: (board, { point, title }) => void levels.push(`${board}/${point} says ${title ?? "nothing"}`),
    link: () => undefined,
    readBack: () => undefined,
    commanded: () => undefined,
    news: () => undefined,
    status: (status) => void statuses.push(status),
  });
  return { clock, host, made, levels, statuses };
}

const config = (port: number, enabled = true): SiteConfig => ({
  site: { name: "x", timeZone: "UTC" },
  volumes: [],
  channels: [],
  boards: [
    {
      board: 1,
      name: "Board",
      enabled,
      driver: { kind: "modbus-tcp", host: "h", port, unit: 1, pollMs: 50, inputs: [], outputs: [] },
    },
  ],
  inputs: [
    {
      input: 1,
      name: "Button",
      enabled: true,
      kind: "button",
      board: 1,
      point: 1,
      type: "NO",
      debounceMs: 50,
      antiDitherS: 5,
      linkage: { recordChannels: [], postRecordS: 0, maxRecordS: 10, outputs: [], notifiers: [] },
    },
  ],
  outputs: [],
  notifiers: [],
  views: [],
  subscriptions: [],
  schedules: [],
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a board whose settings did not change keeps its driver; one that changed gets a new one after the old has stopped", async () => {
  const { host, made } = setUp();
  host.configure(config(502));
  await settled();
  host.configure(config(502));
  await settled();
  assert.equal(made.length, 1);
  host.configure(config(503));
  await settled();
  assert.deepEqual(
    made.map((driver) => driver.stopped),
    [true, false],
  );
});

test("a new driver is told what the relays shall be", async () => {
  const { host, made } = setUp();
  host.configure(config(502));
  await settled();
  host.want(1, 2, "on");
  host.configure(config(503));
  await settled();
  assert.deepEqual(made[1]?.wants, [[2, "on"]]);
});

test("a driver that was stopped has no say any more", async () => {
  const { host, made, levels, clock } = setUp();
  host.configure(config(502));
  await settled();
  const report = { point: 1, level: "open", at: clock.now(), how: "change" } as const;
  made[0]?.deps.events.level(report);
  host.configure(config(502, false));
  made[0]?.deps.events.level(report);
  await settled();
  assert.deepEqual(levels, ["1/1 open"]);
  assert.equal(made.length, 1);
});

test("a board that is looked at too seldom for a debounce warns and names the input", async () => {
  const { host, made, statuses } = setUp();
  host.configure(config(502));
  await settled();
  const events = made[0]?.deps.events;
  for (let i = 0; i < 64; i++) events?.polled(20);
  assert.deepEqual(statuses.at(-1)?.warnings, []);
  for (let i = 0; i < 256; i++) events?.polled(40);
  const last = statuses.at(-1);
  assert.equal(last?.measuredPollMs, 40);
  assert.match(last.warnings[0] ?? "", /^Button: debounce 50 ms/);
});

test("why a point is at fault stands beside it, and goes when it is well again", async () => {
  const { host, made, statuses, clock } = setUp();
  host.configure(config(502));
  await settled();
  const report = { point: 1, at: clock.now(), how: "change" } as const;
  made[0]?.deps.events.level({ ...report, level: "fault", reason: "the device is offline" });
  assert.deepEqual(statuses.at(-1)?.points, [{ point: 1, level: "fault", reason: "the device is offline" }]);
  made[0]?.deps.events.level({ ...report, level: "open" });
  assert.deepEqual(statuses.at(-1)?.points, [{ point: 1, level: "open" }]);
});

test("a removed board is let go", async () => {
  const { host, made } = setUp();
  host.configure(config(502));
  await settled();
  host.configure({ ...config(502), boards: [] });
  assert.equal(made[0]?.stopped, true);
});

test("a relay that is pulsed goes off by itself, at the latest when the host ends", async () => {
  const { clock, host, made } = setUp();
  host.configure(config(1));
  await Promise.resolve();
  host.pulse(1, 4, 1);
  clock.advance(999);
  assert.deepEqual(made[0]?.wants, [[4, "on"]]);
  clock.advance(1);
  assert.deepEqual(made[0].wants, [
    [4, "on"],
    [4, "off"],
  ]);
  host.pulse(1, 5, 1);
  await host[Symbol.asyncDispose]();
  assert.deepEqual(made[0].wants.slice(2), [
    [5, "on"],
    [5, "off"],
  ]);
});
