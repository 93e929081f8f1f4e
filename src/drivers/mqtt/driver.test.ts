import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { test } from "node:test";
import type { MqttSettings } from "../../domain/site-config.ts";
import { systemClock } from "../../platform/clock.ts";
import { conformance, loopPoint, testLoop, type TestBoard } from "../conformance.ts";
import { openTestLine } from "../conformance-line.ts";
import { isOnline, levelsOf, linksOf, recorder, type Heard } from "../conformance-recorder.ts";
import type { DriverDeps } from "../driver.ts";
import { startMqttDriver } from "./driver.ts";
import { mqttManifest } from "./manifest.ts";
import { say, settingsFor, stateOf, testBroker } from "../../testkit/mqtt-broker.ts";

const clock = systemClock();
const quick = { keepaliveS: 1, acceptWithin: 2000 };

const withLoop: Pick<MqttSettings, "inputs"> = {
  inputs: [
    ...settingsFor(0).inputs,
    { point: loopPoint, topic: "loop", payload: { path: "counts", closed: "", open: "" }, loop: testLoop },
  ],
};

async function brokerBoard(): Promise<TestBoard> {
  let relay: string | undefined;
  const broker = await testBroker((topic, payload) => {
    if (topic !== "relay/set") return;
    relay = payload;
    broker.publish("relay/state", payload);
  });
  broker.publish(...say(1, "open"));
  broker.publish(...say(2, "open"));
  broker.publish("relay/state", "OFF");
  broker.publish("loop", '{"counts":2047}');
  const line = await openTestLine(broker.port);
  return {
    inputs: [1, 2],
    outputs: [1],
    line,
    start: (deps: DriverDeps) => startMqttDriver(settingsFor(line.port, withLoop), deps, quick),
    contact: (_driver, point, level) => broker.publish(...say(point, level)),
    relay: () => stateOf(relay),
    dropRelays() {
      relay = "OFF";
      broker.publish("relay/state", "OFF");
    },
    loop: (counts) => broker.publish("loop", JSON.stringify({ counts })),
    refuseLogin: () => broker.refuseLogin(),
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await broker[Symbol.asyncDispose]();
    },
  };
}

conformance(mqttManifest, clock, brokerBoard);

async function setUp(
  more: Partial<MqttSettings> = {},
  before: (broker: Awaited<ReturnType<typeof testBroker>>) => void = () => undefined,
) {
  const broker = await testBroker();
  before(broker);
  const heard = recorder();
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const driver = startMqttDriver(settingsFor(broker.port, more), { clock, events: heard.events, log }, quick);
  const told = (point: number) =>
    levelsOf(heard.heard)
      .filter((report) => report.point === point)
      .map(({ level, how }) => `${level} ${how}`);
  const until = (point: number, ...expected: string[]) =>
    heard.until(`input ${point}: ${expected.join(", ")}`, () => told(point).join() === expected.join());
  return {
    broker,
    heard,
    logged,
    driver,
    told,
    until,
    async [Symbol.asyncDispose]() {
      await driver[Symbol.asyncDispose]();
      await broker[Symbol.asyncDispose]();
    },
  };
}

test("a device that has not said anything is unknown, never at rest; its first word is a state, the next a change", async () => {
  await using on = await setUp();
  await on.until(1, "unknown state");
  on.broker.publish(...say(1, "open"), false);
  await on.until(1, "unknown state", "open state");
  on.broker.publish(...say(1, "closed"), false);
  await on.until(1, "unknown state", "open state", "closed change");
});

test("a retained message is a state, however much it says active", async () => {
  await using on = await setUp({}, (broker) => broker.publish(...say(2, "closed")));
  await on.heard.until("closed", () => on.told(2).at(-1) === "closed state");
  assert.ok(!on.told(2).some((said) => said.endsWith("change")));
});

test("a device that its last will calls offline is at fault; back online it is unknown until it reports", async () => {
  await using on = await setUp();
  await on.heard.until("online", isOnline);
  on.broker.publish(...say(1, "open"), false);
  await on.heard.until("open", () => on.told(1).at(-1) === "open state");
  on.broker.publish("door/availability", "offline");
  await on.heard.until("fault", () => on.told(1).at(-1) === "fault change");
  assert.match(levelsOf(on.heard.heard).at(-1)?.reason ?? "", /the device is offline/);
  on.broker.publish("door/availability", "online");
  await on.heard.until("unknown", () => on.told(1).at(-1) === "unknown state");
  on.broker.publish(...say(1, "closed"), false);
  await on.heard.until("closed", () => on.told(1).at(-1) === "closed state");
});

test("a device that is back online is asked for by subscribing again: its retained level is told as a state", async () => {
  await using on = await setUp({}, (broker) => broker.publish(...say(1, "open")));
  await on.heard.until("open", () => on.told(1).at(-1) === "open state");
  on.broker.publish("door/availability", '{"state":"offline"}');
  await on.heard.until("fault", () => on.told(1).at(-1) === "fault change");
  on.broker.publish("door/availability", '{"state":"online"}');
  await on.heard.until("open again", () => on.told(1).slice(-2).join() === "unknown state,open state");
});

test("a retained level of a device that is offline does not hide its fault", async () => {
  await using on = await setUp({}, (broker) => {
    broker.publish("door/availability", "offline");
    broker.publish(...say(1, "open"));
    broker.publish(...say(2, "open"));
  });
  await on.heard.until("both", () => on.told(1).length > 0 && on.told(2).at(-1) === "open state");
  assert.equal(on.told(1).at(-1), "fault state");
});

const button = {
  inputs: [{ point: 1, topic: "button", payload: { path: "action", closed: "single", open: "", pulse: true } }],
} as const;

test("a pulse is closed and then open, each time; a retained pulse is none", async () => {
  await using on = await setUp(button, (broker) => broker.publish("button", '{"action":"single"}'));
  await on.until(1, "open state");
  on.broker.publish("button", '{"action":"single"}', false);
  await on.until(1, "open state", "closed change", "open change");
  on.broker.publish("button", '{"action":""}', false);
  on.broker.publish("button", '{"action":"single"}', false);
  await on.until(1, "open state", "closed change", "open change", "closed change", "open change");
});

test("a wrong payload changes nothing and is logged when it begins and when it ends, not each time", async () => {
  await using on = await setUp();
  await on.heard.until("online", isOnline);
  on.broker.publish(...say(2, "open"), false);
  await on.heard.until("open", () => on.told(2).at(-1) === "open state");
  for (let n = 0; n < 5; n++) on.broker.publish("switch/state", "MAYBE", false);
  on.broker.publish(...say(2, "closed"), false);
  await on.heard.until("closed", () => on.told(2).at(-1) === "closed change");
  assert.deepEqual(on.told(2), ["unknown state", "open state", "closed change"]);
  assert.deepEqual(
    on.logged.filter((line) => line.includes("ignored") || line.includes("again")),
    ['message ignored: "MAYBE" is neither "ON" nor "OFF"', "messages can be read again"],
  );
});

test("a command is never retained, or a relay would switch when it returns days later", async () => {
  await using on = await setUp();
  await on.heard.until("online", isOnline);
  on.driver.want(1, "on");
  on.driver.want(1, "off");
  await on.driver[Symbol.asyncDispose]();
  assert.deepEqual(on.broker.published, ["relay/set ON", "relay/set OFF"]);
});

test("a relay without a state topic is never said to read back", async () => {
  await using on = await setUp({ outputs: [{ point: 1, topic: "relay/set", on: "ON", off: "OFF" }] });
  on.driver.want(1, "on");
  await on.heard.until("commanded", (heard) => heard.some(({ kind }) => kind === "commanded"));
  assert.ok(!on.heard.heard.some(({ kind }) => kind === "read-back"));
});

test("a relay that says otherwise is told as it is, and commanded again", async () => {
  await using on = await setUp();
  on.driver.want(1, "on");
  await on.heard.until("commanded", (heard) => heard.some(({ kind }) => kind === "commanded"));
  on.broker.publish("relay/state", "OFF", false);
  await on.heard.until("commanded again", (heard) => heard.filter(({ kind }) => kind === "commanded").length === 2);
  const told = on.heard.heard.flatMap((entry) => (entry.kind === "read-back" ? [entry.state] : []));
  assert.deepEqual(told, ["off"]);
});

const lastLink = (heard: readonly Heard[]) => linksOf(heard).at(-1);

test("a topic that this user may not read is told as unauthorized", async () => {
  await using on = await setUp({}, (broker) => broker.forbid("door/"));
  await on.heard.until("unauthorized", (heard) => lastLink(heard)?.kind === "unauthorized");
  assert.deepEqual(levelsOf(on.heard.heard), []);
});

for (const [what, more] of Object.entries({
  "a wildcard": { inputs: [{ point: 1, topic: "door/#", payload: { closed: "1", open: "0" } }] },
  "an address that is no broker's": { url: "http://127.0.0.1/" },
})) {
  test(`${what} in the settings is lost with a sentence, not a crash`, async () => {
    await using on = await setUp(more);
    await on.heard.until("lost", (heard) => lastLink(heard)?.kind === "lost");
    const link = lastLink(on.heard.heard);
    assert.match(link?.kind === "lost" ? link.reason : "", /wildcards can't name one contact|must begin with mqtt/);
  });
}

test("a command's bytes are in the kernel's hands before want returns", async () => {
  const sockets: Socket[] = [];
  const see = (message: unknown) => void sockets.push((message as { socket: Socket }).socket);
  subscribe("net.client.socket", see);
  await using on = await setUp();
  await on.heard.until("online", isOnline);
  unsubscribe("net.client.socket", see);
  const [socket] = sockets.filter((candidate) => candidate.remotePort === on.broker.port);
  assert.equal(socket?.writableLength, 0);
  on.driver.want(1, "on");
  assert.equal(on.heard.heard.at(-1)?.kind, "commanded");
  assert.equal(socket.writableLength, 0, "nothing is held back until the next tick");
});

test("devices that do not retain their state are asked for it after each connect; what they answer is a state", async () => {
  await using broker = await testBroker((topic) => {
    if (topic === "door/command") broker.publish("door/state", '{"contact":true}', false);
  });
  const heard = recorder();
  const settings = settingsFor(broker.port, { hello: [{ topic: "door/command", payload: "status_update" }] });
  await using driver = startMqttDriver(settings, { clock, events: heard.events, log: () => undefined }, quick);
  driver.want(1, "off");
  await heard.until("answered", (all) => levelsOf(all).some(({ point, level }) => point === 1 && level === "closed"));
  assert.deepEqual(
    levelsOf(heard.heard).filter(({ how }) => how === "change"),
    [],
  );
  assert.ok(heard.heard.some((entry) => entry.kind === "heard" && entry.ok));
});
