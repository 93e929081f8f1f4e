import assert from "node:assert/strict";
import { test } from "node:test";
import { boardBody } from "../../../../src/contract/board.ts";
import type { ModbusTcpSettings } from "../../../../src/domain/site-config.ts";
import { badLoop, loopOf, withLoop } from "./loops.ts";
import { addPoint, changePoint, fieldsOf, type Listed } from "./points.ts";

const register: ModbusTcpSettings = {
  ...{ kind: "modbus-tcp", host: "h", port: 502, unit: 1, pollMs: 50, outputs: [] },
  inputs: [{ point: 1, area: "holding-bit", address: 4, bit: 3, closedWhen: 1 }],
};
const keys = (driver: Listed) => fieldsOf(driver, "inputs", 1).map(({ key }) => key);
const reads = (driver: Listed, value: string) => changePoint(driver, "inputs", 1, { key: "reads", value });
const fits = (driver: Listed) => boardBody.safeParse({ driver }).success;

test("a register reads a bit or a loop; a loop has no bit, and another wiring keeps its resistors", () => {
  assert.deepEqual(keys(register), ["area", "address", "reads", "bit", "closedWhen"]);
  const double = reads(register, "double");
  assert.deepEqual(keys(double), ["area", "address", "reads"]);
  assert.ok(fits(double));
  const own = withLoop(double, 1, { wiring: "double", eolOhm: 4700, pullUpOhm: 4700, fullScale: 65_535 });
  assert.deepEqual(loopOf(reads(own, "series"), 1), {
    wiring: "series",
    eolOhm: 4700,
    pullUpOhm: 4700,
    fullScale: 65_535,
  });
  const back = reads(own, "bit");
  assert.deepEqual(keys(back), ["area", "address", "reads", "bit", "closedWhen"]);
  assert.ok(fits(back));
});

test("a table of bits has no loops, and taking one away takes the loop", () => {
  const bits = changePoint(reads(register, "double"), "inputs", 1, { key: "area", value: "coil" });
  assert.deepEqual([loopOf(bits, 1), keys(bits)], [undefined, ["area", "address", "closedWhen"]]);
  assert.ok(fits(bits));
});

test("one more loop is as the last, at the next register", () => {
  const more = addPoint(reads(register, "parallel"), "inputs");
  assert.equal(loopOf(more, 2)?.wiring, "parallel");
  assert.equal(fieldsOf(more, "inputs", 2).find(({ key }) => key === "address")?.value, 5);
});

test("a loop with a number that is missing, or with states that can't be told apart, can't be applied", () => {
  const loop = { wiring: "double", eolOhm: 5600, pullUpOhm: 5600, fullScale: 4095 } as const;
  const bad = (part: object) => badLoop(withLoop(register, 1, { ...loop, ...part }))?.why;
  assert.deepEqual(
    [bad({}), bad({ fullScale: Number.NaN }), bad({ eolOhm: 5 }), bad({ pullUpOhm: 500_000 })],
    [undefined, "bad", "bad", "unfit"],
  );
});
