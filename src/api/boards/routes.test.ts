import assert from "node:assert/strict";
import { test } from "node:test";
import { quietState, testSite } from "../test-site.test.ts";

test("an MQTT button is a pulse, and the page says why a point is at fault", async (t) => {
  const site = await testSite(t);
  const payload = { path: "action", closed: "single", open: "", pulse: true };
  const driver = { kind: "mqtt", url: "mqtt://192.0.2.5", inputs: [{ point: 1, topic: "button", payload }] };
  const made = await site.send("POST", "/api/boards", site.session(), { driver });
  assert.deepEqual([made.status, made.at("driver.inputs.0.payload")], [201, payload]);
  const health = { exchanges: 0, errorRate: 0, pollMedianMs: 0, pollP99Ms: 0 } as const;
  const points = [{ point: 1, level: "fault", reason: "the device is offline" }] as const;
  const status = {
    board: 1,
    state: "online",
    since: 1,
    reason: "",
    measuredPollMs: 0,
    health,
    points,
    warnings: [],
  } as const;
  site.core.state = { ...quietState, boards: [status] };
  const shown = await site.send("GET", "/api/boards/1", site.session());
  assert.equal(shown.at("live.points.0.reason"), "the device is offline");
});

test("a Modbus board needs only its host and points; port, unit, poll and bits get their defaults", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const driver = { kind: "modbus-tcp", host: "192.0.2.20", inputs: [{ point: 1, address: 0 }] };
  const made = await site.send("POST", "/api/boards", key, { driver });
  assert.equal(made.status, 201);
  assert.deepEqual(made.body, {
    board: 1,
    name: "Board 1",
    enabled: true,
    driver: {
      ...driver,
      port: 502,
      unit: 1,
      pollMs: 50,
      inputs: [{ point: 1, area: "discrete-input", address: 0, closedWhen: 1 }],
      outputs: [],
    },
  });
});

test("a supervised loop needs its wiring and full scale; resistors are 5.6 kΩ unless said", async (t) => {
  const site = await testSite(t);
  const board = (loop: object) => ({
    driver: {
      ...{ kind: "modbus-tcp", host: "192.0.2.20" },
      inputs: [{ point: 1, area: "input-bit", address: 0, loop }],
    },
  });
  const key = site.key("read", "configure");
  const made = await site.send("POST", "/api/boards", key, board({ wiring: "double", fullScale: 4095 }));
  assert.equal(made.status, 201);
  assert.deepEqual(made.at("driver.inputs.0.loop"), {
    wiring: "double",
    fullScale: 4095,
    eolOhm: 5600,
    pullUpOhm: 5600,
  });
  assert.equal((await site.send("POST", "/api/boards", key, board({ wiring: "triple", fullScale: 1 }))).status, 400);
});

test("the keys of an HTTP-trigger board are made, shown once and then hidden; stars keep them point by point", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const inputs = [{ point: 1 }, { point: 2, key: "a key of sixteen+" }];
  const made = await site.send("POST", "/api/boards", key, { driver: { kind: "http-trigger", inputs } });
  const first = made.at("newKeys.0.key");
  assert.match(String(first), /^[\w-]{43}$/);
  assert.equal(made.at("newKeys.1"), undefined);
  assert.deepEqual([made.at("driver.inputs.0.key"), made.at("driver.inputs.1.key")], ["***", "***"]);
  const read = await site.send("GET", "/api/boards/1", key);
  assert.equal(read.at("newKeys"), undefined);
  // turned round, and one more: each keeps its own key
  const turned = [{ point: 3 }, { point: 2, key: "***" }, { point: 1, key: "***" }];
  await site.send("PATCH", "/api/boards/1", key, { driver: { kind: "http-trigger", inputs: turned } });
  const command = site.asked.at(-1)?.command;
  assert.ok(command?.kind === "put" && command.change.part === "board");
  const { driver } = command.change.value;
  assert.ok(driver.kind === "http-trigger");
  assert.deepEqual(
    driver.inputs.slice(1).map((input) => input.key),
    ["a key of sixteen+", first],
  );
  const short = { kind: "http-trigger", inputs: [{ point: 1, key: "short" }] };
  assert.match((await site.send("POST", "/api/boards", key, { driver: short })).text, /too short/);
});

test("an MQTT board's password is hidden and its output's words have defaults", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const payload = { path: "contact", closed: "true", open: "false" };
  const driver = {
    kind: "mqtt",
    url: "mqtt://192.0.2.5:1883",
    password: "secret",
    inputs: [
      { point: 1, topic: "zigbee2mqtt/door", payload, availability: { topic: "zigbee2mqtt/door/availability" } },
    ],
    outputs: [{ point: 1, topic: "shellies/siren/relay/0/command" }],
  };
  const made = await site.send("POST", "/api/boards", key, { name: "Zigbee", driver });
  assert.equal(made.at("driver.password"), "***");
  assert.equal(made.at("driver.inputs.0.availability.offline"), "offline");
  assert.equal(made.at("driver.outputs.0.on"), "ON");
});

test("a contact of a virtual board is set by hand", async (t) => {
  const site = await testSite(t);
  const key = site.key("control");
  assert.equal((await site.send("POST", "/api/virtual/1/2", key, { level: "open" })).status, 200);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "virtual-input", board: 1, point: 2, level: "open" });
  assert.equal((await site.send("POST", "/api/virtual/1/2", key, { level: "ajar" })).status, 400);
});

test("a board is tested before it is saved; stars mean the password of the board that is named", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const driver = { kind: "mqtt", url: "mqtt://192.0.2.5", password: "secret" };
  await site.send("POST", "/api/boards", key, { driver });
  const probe = { ok: true, what: "The board is there.", tookMs: 12, points: [{ point: 1, level: "open" }] };
  site.core.answer = () => ({ ok: true, value: probe });
  const body = { driver: { ...driver, password: "***" }, board: 1 };
  assert.deepEqual((await site.send("POST", "/api/boards/test", key, body)).body, probe);
  const command = site.asked.at(-1)?.command;
  assert.ok(command?.kind === "board-test" && command.driver.kind === "mqtt");
  assert.equal(command.driver.password, "secret");
  assert.equal((await site.send("POST", "/api/boards/test", key, { driver: body.driver })).status, 400);
});
