import assert from "node:assert/strict";
import { test } from "node:test";
import { boardBody } from "../../../../src/contract/board.ts";
import { profileOf, readValues, type ProfileValues } from "../../../../src/domain/board-profiles/index.ts";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";
import {
  addPoint,
  badPoint,
  changePoint,
  copyPoint,
  fieldsOf,
  isListed,
  pointsOf,
  removePoint,
  type Listed,
} from "./points.ts";

function made(id: string, values: ProfileValues = {}): Listed {
  const profile = profileOf(id);
  assert.ok(profile);
  const driver = profile.build(
    readValues(profile, { host: "h", url: "mqtt://h", prefix: "p", ...values }),
  ) as DriverSettings;
  assert.ok(isListed(driver));
  return driver;
}
const fits = (driver: Listed) => boardBody.safeParse({ driver }).success;

test("a place is changed where it stands, and the others stay", () => {
  const driver = changePoint(made("waveshare"), "inputs", 3, { key: "address", value: 40 });
  const at = (point: number) => fieldsOf(driver, "inputs", point).find(({ key }) => key === "address")?.value;
  assert.deepEqual([at(2), at(3), at(4)], [1, 40, 3]);
  assert.ok(fits(driver));
});

test("a register has a bit and a table of bits has none", () => {
  const register = changePoint(made("waveshare"), "inputs", 1, { key: "area", value: "holding-bit" });
  assert.deepEqual(
    fieldsOf(register, "inputs", 1).map(({ key }) => key),
    ["area", "address", "reads", "bit", "closedWhen"],
  );
  assert.ok(fits(register));
  const back = changePoint(register, "inputs", 1, { key: "area", value: "coil" });
  assert.equal("bit" in (back.inputs[0] ?? {}), false);
  assert.ok(fits(back));
});

test("one more is as the last at the next place, the next bit or the next register", () => {
  const more = addPoint(made("waveshare"), "inputs");
  assert.deepEqual(more.inputs.at(-1), { point: 9, area: "discrete-input", address: 8, closedWhen: 1 });
  const bits = addPoint(made("modbus", { inputs: 16, inputArea: "input-bit" }), "inputs");
  assert.deepEqual(bits.inputs.at(-1), { point: 17, area: "input-bit", address: 1, bit: 0, closedWhen: 1 });
  const line = addPoint(made("gpio", { inputLines: "17" }), "inputs");
  assert.deepEqual(line.inputs.at(-1), { point: 2, line: 18, closedWhen: 0 });
});

test("of every family a point can be added and taken away, also the first", () => {
  for (const id of ["modbus", "modbus-rtu", "gpio", "mqtt", "http"]) {
    const driver = made(id, { topics: "a", commandTopics: "b" });
    for (const side of ["inputs", "outputs"] as const) {
      if (side === "outputs" && id === "http") continue;
      const none = pointsOf(driver, side).reduce((rest, point) => removePoint(rest, side, point), driver);
      assert.deepEqual(pointsOf(none, side), []);
      const one = addPoint(none, side);
      assert.deepEqual(pointsOf(one, side), [1], id);
      if (id !== "mqtt") assert.ok(fits(one), `${id} ${side}`);
    }
  }
});

test("a new point of an HTTP trigger has no key of another, and an empty state topic is none", () => {
  const http: Listed = { kind: "http-trigger", inputs: [{ point: 1, key: "***", maxS: 60 }] };
  assert.deepEqual(addPoint(http, "inputs").inputs[1], { point: 2, maxS: 60 });
  const mqtt = made("mqtt", { topics: "a", commandTopics: "set state" });
  const cleared = changePoint(mqtt, "outputs", 1, { key: "stateTopic", value: "" });
  assert.ok(cleared.kind === "mqtt" && cleared.outputs[0]?.stateTopic === undefined);
});

test("a topic that is missing keeps it from being applied", () => {
  assert.equal(badPoint(made("mqtt", { topics: "a" })), undefined);
  assert.equal(badPoint(changePoint(made("mqtt", { topics: "a" }), "inputs", 1, { key: "topic", value: "" })), 1);
});

test("a topic can carry messages instead of a level: its members are named, an empty one is none, and it goes back", () => {
  const driver = changePoint(made("mqtt", { topics: "gate/alarm" }), "inputs", 1, { key: "reads", value: "message" });
  const keys = (of: Listed) => fieldsOf(of, "inputs", 1).map(({ key }) => key);
  assert.deepEqual(keys(driver), ["topic", "reads", "title", "id"]);
  const named = changePoint(driver, "inputs", 1, { key: "title", value: "event.text" });
  assert.deepEqual((named.inputs[0] as { readonly message?: object }).message, { title: "event.text" });
  const none = changePoint(named, "inputs", 1, { key: "title", value: "" });
  assert.deepEqual((none.inputs[0] as { readonly message?: object }).message, {});
  const loop = changePoint(named, "inputs", 1, { key: "reads", value: "double" });
  assert.equal("message" in (loop.inputs[0] ?? {}), false);
  const plain = changePoint(named, "inputs", 1, { key: "reads", value: "payload" });
  assert.deepEqual(keys(plain), ["topic", "reads"]);
  for (const one of [driver, named, none, loop, plain]) assert.ok(fits(one));
});

test("how a point is read is copied to others of its board; each stays where it is, and a key is nobody else's", () => {
  const register = changePoint(made("waveshare"), "inputs", 1, { key: "area", value: "holding-bit" });
  const turned = changePoint(register, "inputs", 1, { key: "closedWhen", value: 0 });
  const copied = copyPoint(turned, "inputs", 1, [3, 4]);
  assert.deepEqual(copied.inputs[2], { point: 3, area: "holding-bit", address: 2, bit: 0, closedWhen: 0 });
  assert.deepEqual(copied.inputs[1], turned.inputs[1], "one that was not chosen");
  assert.deepEqual(copyPoint(copied, "inputs", 2, [3]).inputs[2], { ...made("waveshare").inputs[2] });
  assert.ok(fits(copied));
  const loops = changePoint(register, "inputs", 1, { key: "reads", value: "double" });
  const three = copyPoint(loops, "inputs", 1, [2]);
  assert.deepEqual(fieldsOf(three, "inputs", 2).find(({ key }) => key === "reads")?.value, "double");
  assert.ok(fits(three));
  const mqtt = changePoint(addPoint(made("mqtt", { topics: "a" }), "inputs"), "inputs", 2, {
    key: "topic",
    value: "b",
  });
  const said = copyPoint(changePoint(mqtt, "inputs", 1, { key: "reads", value: "message" }), "inputs", 1, [2]);
  assert.deepEqual(
    fieldsOf(said, "inputs", 2).map(({ key, value }) => [key, value]),
    [
      ["topic", "b"],
      ["reads", "message"],
      ["title", ""],
      ["id", ""],
    ],
  );
  const keys: Listed = {
    kind: "http-trigger",
    inputs: [
      { point: 1, key: "one", maxS: 60 },
      { point: 2, key: "two", maxS: 9 },
    ],
  };
  assert.deepEqual(copyPoint(keys, "inputs", 1, [2]).inputs[1], { point: 2, key: "two", maxS: 60 });
});
