import assert from "node:assert/strict";
import { test } from "node:test";
import { boardBody } from "../../contract/board.ts";
import { boardProfiles, profileOf, readValues, type ProfileValues } from "../../domain/board-profiles/index.ts";
import type { ModbusTcpSettings, MqttSettings } from "../../domain/site-config.ts";
import { itemsOf, meaningOf, planReads } from "../../drivers/modbus/read-plan.ts";
import { modbusQuirks } from "../../drivers/modbus/quirks.ts";
import { readAvailability, readLevel, readState } from "../../drivers/mqtt/protocol.ts";
import { testSite } from "../test-site.test.ts";

const built = (id: string, values: ProfileValues) => {
  const profile = profileOf(id);
  assert.ok(profile);
  return profile.build(readValues(profile, values));
};
const modbus = (id: string, values: ProfileValues): ModbusTcpSettings => {
  const driver = built(id, { host: "192.0.2.30", ...values });
  assert.ok(driver.kind === "modbus-tcp");
  return driver;
};
const mqtt = (id: string, values: ProfileValues): MqttSettings => {
  const driver = built(id, { url: "mqtt://192.0.2.5:1883", ...values });
  assert.ok(driver.kind === "mqtt");
  return driver;
};
const bytes = (text: string) => new TextEncoder().encode(text);

test("every profile, as it is offered and with each choice, makes settings that the driver's schema accepts", () => {
  for (const profile of boardProfiles) {
    const answered: ProfileValues = { host: "192.0.2.30", url: "mqtt://192.0.2.5:1883", prefix: "device-1" };
    const choices = profile.fields.flatMap((field) =>
      field.kind === "choice" ? field.options.map(({ value }) => ({ [field.key]: value })) : [],
    );
    for (const choice of [{}, ...choices]) {
      const driver = profile.build(readValues(profile, { ...answered, ...choice }));
      const parsed = boardBody.safeParse({ driver });
      assert.ok(parsed.success, `${profile.id} ${JSON.stringify(choice)}: ${String(parsed.error)}`);
      assert.deepEqual(parsed.data.driver, driver, `${profile.id}: the schema adds nothing to what was built`);
    }
  }
});

/** What the board's settings make of the values in its tables. */
function levelsOf(settings: ModbusTcpSettings, read: (area: string, address: number) => number) {
  const groups = planReads(itemsOf(settings), modbusQuirks.standard);
  return groups.flatMap((group) => {
    const { area, address, count } = group.request;
    return meaningOf(
      group,
      Array.from({ length: count }, (_, index) => read(area, address + index)),
    );
  });
}

test("Waveshare: discrete input 2 reads 1, so contact 3 is closed; coil 7 is relay 8", () => {
  const settings = modbus("waveshare", { model: "Modbus POE ETH IO 8CH" });
  const meanings = levelsOf(settings, (area, address) => Number(area === "discrete-input" && address === 2));
  assert.deepEqual(
    meanings.filter(({ use, point }) => use === "input" && point <= 3),
    [
      { use: "input", point: 1, level: "open" },
      { use: "input", point: 2, level: "open" },
      { use: "input", point: 3, level: "closed" },
    ],
  );
  assert.deepEqual(settings.outputs.at(-1), { point: 8, address: 7, onWhen: 1 });
  const relays = modbus("waveshare", { model: "Modbus POE ETH Relay 16CH" });
  assert.equal(relays.inputs.length, 0);
  assert.deepEqual(relays.outputs.at(-1), { point: 16, address: 15, onWhen: 1, timedAddress: 0x020f });
});

test("ADAM-6060: a dry contact that is closed to ground reads 0; relays are 00017…, coils from 16 on", () => {
  const dry = modbus("adam", { model: "ADAM-6060" });
  assert.deepEqual(
    levelsOf(dry, (_, address) => Number(address === 1)).filter(({ use, point }) => use === "input" && point <= 2),
    [
      { use: "input", point: 1, level: "closed" },
      { use: "input", point: 2, level: "open" },
    ],
  );
  assert.deepEqual([dry.outputs[0]?.address, dry.outputs.length, dry.inputs[0]?.area], [16, 6, "coil"]);
  const wet = modbus("adam", { model: "ADAM-6060", contacts: "wet", inputTable: "discrete-input" });
  assert.deepEqual([wet.inputs[0]?.closedWhen, wet.inputs[0]?.area], [1, "discrete-input"]);
});

test("ioLogik E1214: six inputs from 10001 on, six relays from 00001 on", () => {
  const settings = modbus("iologik", {});
  assert.deepEqual(settings.inputs[5], { point: 6, area: "discrete-input", address: 5, closedWhen: 1 });
  assert.deepEqual(settings.outputs[5], { point: 6, address: 5, onWhen: 1 });
});

test("a plain Modbus board: 1-based addresses lose one, the seventeenth bit is the first of the next register", () => {
  const values = {
    base: "1",
    inputs: 17,
    inputArea: "holding-bit",
    inputAddress: 101,
    closedWhen: "0",
    outputAddress: 1,
  };
  const settings = modbus("modbus", values);
  assert.deepEqual(settings.inputs[0], { point: 1, area: "holding-bit", address: 100, bit: 0, closedWhen: 0 });
  assert.deepEqual(settings.inputs[16], { point: 17, area: "holding-bit", address: 101, bit: 0, closedWhen: 0 });
  assert.equal(settings.outputs[0]?.address, 0);
});

const samples = [
  {
    id: "shelly",
    values: { prefix: "/shellyplus1-a8032ab1/" },
    topic: "shellyplus1-a8032ab1/status/input:0",
    closed: '{"id":0,"state":true}',
    open: '{"id":0,"state":false}',
    gone: ["shellyplus1-a8032ab1/online", "false"],
    relay: ["shellyplus1-a8032ab1/command/switch:0", "on"],
    isOn: ["shellyplus1-a8032ab1/status/switch:0", '{"id":0,"source":"MQTT","output":true,"temperature":{"tC":41.2}}'],
  },
  {
    id: "esphome",
    values: { prefix: "cellar", sensors: "Front Door\n\nWindow", switches: "Siren 1" },
    topic: "cellar/binary_sensor/front_door/state",
    closed: "ON",
    open: "OFF",
    gone: ["cellar/status", "offline"],
    relay: ["cellar/switch/siren_1/command", "ON"],
    isOn: ["cellar/switch/siren_1/state", "ON"],
  },
  {
    id: "tasmota",
    values: { prefix: "sonoff" },
    topic: "stat/sonoff/CONTACT1",
    closed: "1",
    open: "0",
    gone: ["tele/sonoff/LWT", "Offline"],
    relay: ["cmnd/sonoff/POWER1", "ON"],
    isOn: ["stat/sonoff/POWER1", "ON"],
  },
  {
    id: "zigbee2mqtt",
    values: { devices: "front door\nhall: occupancy", plugs: "siren" },
    topic: "zigbee2mqtt/front door",
    closed: '{"battery":97,"contact":true,"linkquality":120}',
    open: '{"battery":97,"contact":false,"linkquality":120}',
    gone: ["zigbee2mqtt/front door/availability", '{"state":"offline"}'],
    relay: ["zigbee2mqtt/siren/set", '{"state":"ON"}'],
    isOn: ["zigbee2mqtt/siren", '{"state":"ON","power":3.1}'],
  },
  {
    id: "mqtt",
    values: {
      topics: "door/state",
      path: "open",
      closed: "0",
      open: "1",
      availability: "door/lwt",
      commandTopics: "a/set a/state",
    },
    topic: "door/state",
    closed: '{"open":0}',
    open: '{"open":1}',
    gone: ["door/lwt", "offline"],
    relay: ["a/set", "ON"],
    isOn: ["a/state", "ON"],
  },
] as const;

for (const sample of samples) {
  test(`${sample.id}: the payloads that such a device sends give the right levels`, () => {
    const settings = mqtt(sample.id, sample.values);
    const [input] = settings.inputs;
    const [output] = settings.outputs;
    assert.ok(input?.availability && output);
    assert.equal(input.topic, sample.topic);
    assert.deepEqual(readLevel(bytes(sample.closed), input.payload), { ok: true, value: "closed" });
    assert.deepEqual(readLevel(bytes(sample.open), input.payload), { ok: true, value: "open" });
    assert.equal(input.availability.topic, sample.gone[0]);
    assert.deepEqual(readAvailability(bytes(sample.gone[1]), input.availability), { ok: true, value: false });
    assert.deepEqual([output.topic, output.on], sample.relay);
    assert.equal(output.stateTopic, sample.isOn[0]);
    assert.deepEqual(readState(bytes(sample.isOn[1]), output), { ok: true, value: "on" });
  });
}

test("a Zigbee detector opens its loop when it sees somebody; a button is a pulse; a colon in a name stays", () => {
  const { inputs } = mqtt("zigbee2mqtt", { devices: "hall: occupancy\ndesk: button\nold:house", plugs: "" });
  const [hall, desk, house] = inputs;
  assert.ok(hall && desk && house);
  assert.deepEqual(readLevel(bytes('{"occupancy":true}'), hall.payload), { ok: true, value: "open" });
  assert.deepEqual([desk.payload.pulse, house.topic], [true, "zigbee2mqtt/old:house"]);
});

test("a device that does not retain its state is asked for it after each connect", () => {
  assert.deepEqual(mqtt("shelly", { prefix: "s1" }).hello, [{ topic: "s1/command", payload: "status_update" }]);
});

test("GPIO: lines are named one a line or with commas, each once; a contact to ground is closed at 0", () => {
  const driver = built("gpio", { inputLines: "17, 27\n22\n17 x", outputLines: "5" });
  assert.ok(driver.kind === "gpio");
  assert.deepEqual(
    driver.inputs.map(({ point, line, closedWhen }) => [point, line, closedWhen]),
    [
      [1, 17, 0],
      [2, 27, 0],
      [3, 22, 0],
    ],
  );
  assert.deepEqual(
    [driver.chip, driver.bias, driver.outputs],
    ["gpiochip0", "pull-up", [{ point: 1, line: 5, onWhen: 1 }]],
  );
});

test("profiles are offered over the API, and their driver can be sent as a new board", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const offered = await site.send("GET", "/api/board-profiles", key);
  assert.equal((offered.body as unknown[]).length, boardProfiles.length);
  const short = await site.send("POST", "/api/board-profiles/waveshare/driver", key, { values: {} });
  assert.deepEqual([short.status, short.at("error.message")], [400, "host must be filled in."]);
  const worked = await site.send("POST", "/api/board-profiles/http/driver", key, { values: { inputs: 2 } });
  assert.equal(worked.status, 200);
  const made = await site.send("POST", "/api/boards", key, { name: "Script", driver: worked.body });
  assert.deepEqual([made.status, (made.at("newKeys") as unknown[]).length], [201, 2]);
  assert.equal((await site.send("POST", "/api/board-profiles/none/driver", key, { values: {} })).status, 404);
});
