/** The Modbus driver against a board that nobody here made: Debian's pymodbus. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../src/platform/clock.ts";
import { conformance, loopPoint, testLoop, type TestBoard } from "../../src/drivers/conformance.ts";
import { openTestLine } from "../../src/drivers/conformance-line.ts";
import { levelsOf, linksOf, recorder } from "../../src/drivers/conformance-recorder.ts";
import { modbusManifest } from "../../src/drivers/modbus/manifest.ts";
import { createDriver } from "../../src/drivers/registry.ts";
import type { ModbusTcpSettings } from "../../src/domain/site-config.ts";
import { startReed, until, type Json } from "../support/reed.ts";
import { troubleKeys } from "../support/site.ts";
import { present, pyBoard, skip } from "./py-board.ts";

const clock = systemClock();

const settings = (port: number, more: Partial<ModbusTcpSettings> = {}): ModbusTcpSettings => ({
  kind: "modbus-tcp",
  host: "127.0.0.1",
  port,
  unit: 1,
  pollMs: 20,
  inputs: [
    { point: 1, area: "discrete-input", address: 6, closedWhen: 1 },
    { point: 2, area: "holding-bit", address: 3, bit: 15, closedWhen: 1 },
  ],
  outputs: [{ point: 1, address: 3, onWhen: 1 }],
  ...more,
});

const withLoop: Pick<ModbusTcpSettings, "inputs"> = {
  inputs: [...settings(0).inputs, { point: loopPoint, area: "input-bit", address: 1, closedWhen: 1, loop: testLoop }],
};

async function board(): Promise<TestBoard> {
  const py = await pyBoard();
  await py.set("ir", 1, 2047);
  const line = await openTestLine(py.port);
  return {
    inputs: [1, 2],
    outputs: [1],
    line,
    start: (deps) => createDriver(settings(line.port, withLoop), deps),
    loop: (counts) => void py.set("ir", 1, counts),
    contact(_driver, point, level) {
      if (point === 1) void py.set("di", 6, level === "closed" ? 1 : 0);
      else void py.set("hr", 3, level === "closed" ? 0x8000 : 0x7fff);
    },
    relay: async () => ((await py.get("co", 3)) === 1 ? "on" : "off"),
    dropRelays: () => void py.set("co", 3, 0),
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await py[Symbol.asyncDispose]();
    },
  };
}

if (present) conformance(modbusManifest, clock, board);

test("pymodbus: all four areas are read with the addresses that were meant", { skip }, async () => {
  await using py = await pyBoard();
  await py.set("di", 0, 1);
  await py.set("co", 1, 1);
  await py.set("hr", 2, 1 << 4);
  await py.set("ir", 3, 1 << 9);
  const heard = recorder();
  const inputs = [
    { point: 1, area: "discrete-input", address: 0, closedWhen: 1 },
    { point: 2, area: "discrete-input", address: 1, closedWhen: 1 },
    { point: 3, area: "coil", address: 1, closedWhen: 1 },
    { point: 4, area: "holding-bit", address: 2, bit: 4, closedWhen: 1 },
    { point: 5, area: "holding-bit", address: 2, bit: 5, closedWhen: 1 },
    { point: 6, area: "input-bit", address: 3, bit: 9, closedWhen: 0 },
  ] as const;
  const deps = { clock, events: heard.events, log: () => undefined };
  await using driver = createDriver(settings(py.port, { inputs }), deps);
  await heard.until("six levels", (all) => levelsOf(all).length === 6);
  const levels = levelsOf(heard.heard).map(({ point, level }) => [point, level] as const);
  assert.deepEqual(
    levels.sort(([a], [b]) => a - b).map(([, level]) => level),
    ["closed", "open", "closed", "closed", "open", "open"],
  );
  assert.ok(driver);
});

test("pymodbus: an address beyond the board's is at fault with both countings in the sentence", { skip }, async () => {
  await using py = await pyBoard();
  const heard = recorder();
  const inputs = [
    { point: 1, area: "discrete-input", address: 7, closedWhen: 0 },
    { point: 2, area: "discrete-input", address: 8, closedWhen: 0 },
  ] as const;
  const deps = { clock, events: heard.events, log: () => undefined };
  await using driver = createDriver(settings(py.port, { inputs }), deps);
  await heard.until("two levels", (all) => levelsOf(all).length === 2);
  assert.deepEqual(
    levelsOf(heard.heard).map(({ level }) => level),
    ["closed", "fault"],
  );
  assert.match(levelsOf(heard.heard)[1]?.reason ?? "", /discrete input 8 \(1-based: 10009\).*no such address/);
  assert.ok(driver);
});

test("pymodbus: a unit that is not there is a lost board with a reason", { skip }, async () => {
  await using py = await pyBoard();
  const heard = recorder();
  const deps = { clock, events: heard.events, log: () => undefined };
  await using driver = createDriver(settings(py.port, { unit: 7 }), deps);
  await heard.until("lost", (all) => linksOf(all).at(-1)?.kind === "lost");
  const link = linksOf(heard.heard).at(-1);
  assert.match(link?.kind === "lost" ? link.reason : "", /of unit 7; is the unit number right/);
  assert.deepEqual(levelsOf(heard.heard), []);
  assert.ok(driver);
});

test("pymodbus: a register goes from rest to alarm, cut and shorted, and the receipts tell so", { skip }, async () => {
  await using py = await pyBoard();
  await py.set("ir", 0, 2047);
  await using reed = await startReed();
  const api = await reed.administrator();
  const loop = { wiring: "double", eolOhm: 5600, pullUpOhm: 5600, fullScale: 4095 };
  const inputs = [{ point: 1, area: "input-bit", address: 0, loop }];
  await api.post("boards", {
    name: "Analogue",
    driver: { kind: "modbus-tcp", host: "127.0.0.1", port: py.port, inputs },
  });
  const door = { name: "Back door", kind: "door", board: 1, point: 1, debounceMs: 100, recordChannels: [] };
  await api.post("inputs", { ...door, zone: "instant", swingerAlarms: 0 });
  const point = async (): Promise<Json> => (await api.get("boards/1")).live?.points[0];
  await until(async () => (await point())?.loop?.state === "closed", "at rest");
  assert.ok(Math.abs((await point()).loop.ohms - 5600) < 20);
  const edges = async (): Promise<string[]> =>
    ((await api.get("receipts?input=1")).receipts as Json[]).map(({ edge }) => edge.loop ?? edge.kind).reverse();
  const sequence: string[] = [];
  for (const [counts, edge] of [
    [2730, "raised"],
    [4095, "cut"],
    [0, "short"],
  ] as const) {
    await py.set("ir", 0, counts);
    sequence.push(edge);
    await until(async () => (await edges()).join() === sequence.join(), `${counts} counts: ${edge}`);
  }
  assert.ok((await troubleKeys(api)).includes("loop:1"));
  assert.equal((await point()).reason, "the loop is shorted: its wires touch before the end-of-line resistor");
});
