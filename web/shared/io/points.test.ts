import assert from "node:assert/strict";
import { test } from "node:test";
import type { BoardStatus } from "../../../src/messages/api.ts";
import type { Board } from "../types.ts";
import { contactNow, driverOf, freeInputs, inputPlace, isWired, outputPlace } from "./points.ts";

const modbus: Board = {
  board: 1,
  name: "Cabinet",
  enabled: true,
  driver: {
    kind: "modbus-tcp",
    host: "h",
    port: 502,
    unit: 1,
    pollMs: 50,
    inputs: [
      { point: 1, area: "discrete-input", address: 0, closedWhen: 1 },
      { point: 2, area: "holding-bit", address: 100, bit: 3, closedWhen: 1 },
    ],
    outputs: [{ point: 1, address: 16, onWhen: 1 }],
  },
};
const zigbee: Board = {
  board: 2,
  name: "Zigbee",
  enabled: true,
  driver: {
    kind: "mqtt",
    url: "mqtt://h",
    username: "",
    password: "",
    inputs: [{ point: 1, topic: "z/door", payload: { path: "contact", closed: "true", open: "false" } }],
    outputs: [],
  },
};
const status = (state: BoardStatus["state"]): BoardStatus => ({
  board: 1,
  state,
  since: 0,
  reason: "",
  measuredPollMs: 50,
  health: { exchanges: 0, errorRate: 0, pollMedianMs: 0, pollP99Ms: 0 },
  points: [{ point: 1, level: "closed", changedAt: 7 }],
  warnings: [],
});

test("a contact is found where the manual has it, 1-based, and a topic by its name", () => {
  assert.deepEqual(inputPlace(driverOf(modbus), 1), {
    kind: "modbus",
    area: "discrete-input",
    address: 0,
    reference: "10001",
  });
  const bit = inputPlace(driverOf(modbus), 2);
  assert.ok(bit.kind === "modbus" && bit.reference === "40101.3");
  const coil = outputPlace(driverOf(modbus), 1);
  assert.ok(coil.kind === "modbus" && coil.reference === "00017");
  assert.deepEqual(inputPlace(driverOf(zigbee), 1), { kind: "topic", topic: "z/door" });
  assert.deepEqual(inputPlace(driverOf(zigbee), 9), { kind: "none" });
});

test("a contact of a board that is lost is at fault, never at its last level", () => {
  assert.equal(contactNow([status("online")], 1, 1).level, "closed");
  assert.equal(contactNow([status("lost")], 1, 1).level, "fault");
  assert.equal(contactNow([status("off")], 1, 1).level, "unknown");
  assert.equal(contactNow([status("online")], 1, 2).level, "unknown");
  assert.equal(contactNow(undefined, 1, 1).level, "unknown");
});

test("contacts that no input uses are free; a Zigbee sensor has no cable to draw", () => {
  assert.deepEqual(
    freeInputs([modbus, zigbee], [{ board: 1, point: 2 }]).map(({ board, point }) => [board.board, point]),
    [
      [1, 1],
      [2, 1],
    ],
  );
  assert.deepEqual([isWired(driverOf(modbus)), isWired(driverOf(zigbee))], [true, false]);
});
