/** The Modbus driver on a serial line, with a real port (a pseudo terminal) and Debian's pymodbus at its other end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { levelsOf, linksOf, recorder, type Heard } from "../../src/drivers/conformance-recorder.ts";
import { createDriver } from "../../src/drivers/registry.ts";
import type { ModbusRtuSettings } from "../../src/domain/site-config.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { pyBoard, skip } from "./py-board.ts";

const clock = systemClock();
const settings = (path: string, more: Partial<ModbusRtuSettings> = {}): ModbusRtuSettings => ({
  ...{ kind: "modbus-rtu", path, baudRate: 9600, parity: "none", stopBits: 1, unit: 1, pollMs: 20 },
  inputs: [
    { point: 1, area: "discrete-input", address: 6, closedWhen: 1 },
    { point: 2, area: "holding-bit", address: 3, bit: 15, closedWhen: 1 },
    { point: 3, area: "discrete-input", address: 8, closedWhen: 1 },
  ],
  outputs: [{ point: 1, address: 3, onWhen: 1 }],
  ...more,
});

const level = (heard: readonly Heard[], point: number) =>
  levelsOf(heard)
    .filter((report) => report.point === point)
    .at(-1)?.level;
const lostReason = (heard: readonly Heard[]): string | undefined => {
  const link = linksOf(heard).at(-1);
  return link?.kind === "lost" ? link.reason : undefined;
};

test("pymodbus on a serial line: contacts are read, a relay is switched and read back", { skip }, async () => {
  await using py = await pyBoard("serial");
  await py.set("di", 6, 1);
  const heard = recorder();
  const deps = { clock, events: heard.events, log: () => undefined };
  await using driver = createDriver(settings(py.path), deps);
  await heard.until("all told", (all) => levelsOf(all).length === 3);
  assert.deepEqual(
    [1, 2, 3].map((point) => level(heard.heard, point)),
    ["closed", "open", "fault"],
  );
  await py.set("hr", 3, 0x8000);
  await heard.until("closed", (all) => level(all, 2) === "closed");
  driver.want(1, "on");
  await heard.until("read back", (all) => all.some((entry) => entry.kind === "read-back" && entry.state === "on"));
  assert.equal(await py.get("co", 3), 1);
});

test(
  "pymodbus on a serial line: a unit that is not there and a port that is pulled are said so",
  { skip },
  async () => {
    await using py = await pyBoard("serial");
    const here = recorder();
    const other = recorder();
    const log = () => undefined;
    await using driver = createDriver(settings(py.path), { clock, events: here.events, log });
    await here.until("told", (all) => levelsOf(all).length === 3);
    driver.want(1, "off");
    await using stranger = createDriver(settings(py.path, { unit: 7 }), { clock, events: other.events, log });
    await other.until("lost", (all) => lostReason(all) !== undefined);
    assert.match(lostReason(other.heard) ?? "", /unit 7|unit behind the gateway/);
    await py.kill();
    await here.until("lost", (all) => lostReason(all) !== undefined);
    assert.match(lostReason(here.heard) ?? "", /serial port .* is gone|does not answer|there is no serial port/);
    assert.ok(stranger);
  },
);

test("a port that is not there is said so", async () => {
  const heard = recorder();
  const deps = { clock, events: heard.events, log: () => undefined };
  await using driver = createDriver(settings("/dev/ttyNOT"), deps);
  await heard.until("lost", (all) => lostReason(all) !== undefined);
  assert.equal(lostReason(heard.heard), "there is no serial port /dev/ttyNOT; is the adapter plugged in?");
  assert.ok(driver);
});
