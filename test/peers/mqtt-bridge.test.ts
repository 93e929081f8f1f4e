/** What Reed tells a broker, against Debian's mosquitto: states, discovery, messages, commands, last will. */
import assert from "node:assert/strict";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { connectAsync, type MqttClient } from "mqtt";
import { startBridges, type Bridges } from "../../src/core/notify/mqtt/bridges.ts";
import { transports } from "../../src/core/notify/transports.ts";
import type { Message } from "../../src/core/notify/message.ts";
import type { MqttNotifierSettings } from "../../src/domain/notifier-settings.ts";
import type { Command, LiveEvent, LiveState } from "../../src/messages/api.ts";
import type { SiteConfig } from "../../src/domain/site-config.ts";
import { wallTime } from "../../src/kernel/time.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { createLog } from "../../src/platform/log.ts";
import { mosquitto, mosquittoSkip } from "../support/mosquitto.ts";
import { until } from "../support/reed.ts";

const options = { skip: mosquittoSkip };

const target = (url: string): MqttNotifierSettings => ({
  ...{ notifier: 1, name: "House", enabled: true, snapshot: true, kind: "mqtt", url, username: "", password: "" },
  ...{ topic: "reed", discovery: true, discoveryPrefix: "homeassistant", outputs: [1], arming: "arm" },
});

/** A site whose state a test sets, and what the broker asked of it. */
function siteWith(settings: MqttNotifierSettings) {
  let handle: (seq: number, event: LiveEvent) => void = () => undefined;
  const asked: Command[] = [];
  const site = {
    config: {
      ...{ site: { name: "Shop", timeZone: "UTC" }, channels: [], notifiers: [settings] },
      inputs: [{ input: 1, name: "Door", kind: "door", enabled: true }],
      outputs: [{ output: 1, name: "Siren", restState: "off" }],
    } as unknown as SiteConfig,
    state: {
      ...{ armed: false, arming: { mode: "disarmed" }, channels: [], troubles: [], alarms: { unacknowledged: 0 } },
      inputs: [{ input: 1, level: "closed", active: false, since: 1 }],
      outputs: [{ output: 1, readBack: "off", commanded: "off" }],
    } as unknown as LiveState,
    asked,
    say: (event: LiveEvent) => handle(1, event),
  };
  const deps = {
    clock: systemClock(),
    log: createLog("test", "silent"),
    config: () => site.config,
    state: () => site.state,
    ask: (command: Command) => (asked.push(command), Promise.resolve({ ok: true })),
    onEvent: (take: typeof handle) => void (handle = take),
  };
  return { site, start: () => startBridges(deps) };
}

/** A client beside ours that remembers the last value of every topic. */
async function listener(t: TestContext, url: string): Promise<{ client: MqttClient; heard: Map<string, string> }> {
  const client = await connectAsync(url, { reconnectPeriod: 0 });
  t.after(() => client.end(true));
  const heard = new Map<string, string>();
  client.on("message", (topic, payload) => heard.set(topic, payload.toString("latin1")));
  await client.subscribeAsync("#", { qos: 1 });
  return { client, heard };
}

const message: Message = {
  ...{ title: "Shop: Door raised", text: "02:10", urgency: "high", receipt: undefined },
  pictures: [{ name: "door-1.jpg", jpeg: new Uint8Array([0xff, 0xd8, 0xff]) }],
};

const send = (bridges: Bridges, settings: MqttNotifierSettings) =>
  transports({ mqtt: (to, what) => bridges.send(to, what) })(settings, message, wallTime(1));

test("a broker is told what is true, what changes, and messages with their picture", options, async (t) => {
  await using broker = await mosquitto();
  const settings = target(broker.url);
  const { site, start } = siteWith(settings);
  const { heard } = await listener(t, broker.url);
  await using bridges = start();
  await until(() => heard.get("reed/availability") === "online", "online");
  await until(() => heard.get("reed/input/1/state") === "OFF", "the door is at rest");
  assert.match(heard.get("homeassistant/binary_sensor/reed/input_1/config") ?? "", /"name":"Door"/);
  const input = { input: 1, level: "open", active: true, since: 2 } as never;
  site.state = { ...site.state, inputs: [input], arming: { mode: "away" } as never };
  site.say({ kind: "input", input });
  await until(
    () => heard.get("reed/input/1/state") === "ON" && heard.get("reed/alarm/state") === "armed_away",
    "raised",
  );
  assert.deepEqual(await send(bridges, settings), { kind: "taken", why: "" });
  await until(() => (heard.get("reed/message") ?? "").includes("Shop: Door raised"), "the message");
  assert.equal(heard.get("reed/picture"), "\u00ff\u00d8\u00ff");
});

test("what the settings allow is asked of Reed, all else and what was retained is left alone", options, async (t) => {
  await using broker = await mosquitto();
  const { site, start } = siteWith(target(broker.url));
  const { client, heard } = await listener(t, broker.url);
  await client.publishAsync("reed/output/1/set", "ON", { qos: 1, retain: true });
  const bridges = start();
  t.after(() => bridges[Symbol.asyncDispose]());
  await until(() => heard.get("reed/availability") === "online", "online");
  await client.publishAsync("reed/alarm/set", "DISARM", { qos: 1 });
  await client.publishAsync("reed/output/2/set", "ON", { qos: 1 });
  await client.publishAsync("reed/output/1/set", "OFF", { qos: 1 });
  await until(() => site.asked.length > 0, "a command");
  assert.deepEqual(site.asked, [{ kind: "output-mode", output: 1, mode: "auto" }]);
});

test("the last will says offline when the connection is cut", options, async (t) => {
  await using broker = await mosquitto();
  const sockets: Socket[] = [];
  const line = createServer((socket) => {
    const there = connect(Number(new URL(broker.url).port), "127.0.0.1");
    for (const one of [socket, there]) sockets.push(one.on("error", () => undefined));
    socket.pipe(there).pipe(socket);
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  t.after(() => line.close());
  const { start } = siteWith(target(`mqtt://127.0.0.1:${(line.address() as AddressInfo).port}`));
  const { heard } = await listener(t, broker.url);
  const bridges = start();
  t.after(() => bridges[Symbol.asyncDispose]());
  await until(() => heard.get("reed/availability") === "online", "online");
  line.close();
  for (const socket of sockets) socket.destroy();
  await until(() => heard.get("reed/availability") === "offline", "offline by the last will");
});

test("a stop says offline", options, async (t) => {
  await using broker = await mosquitto();
  const { start } = siteWith(target(broker.url));
  const { heard } = await listener(t, broker.url);
  const bridges = start();
  await until(() => heard.get("reed/availability") === "online", "online");
  await bridges[Symbol.asyncDispose]();
  await until(() => heard.get("reed/availability") === "offline", "offline");
});

test("a broker that comes late or is started again is told everything anew", options, async (t) => {
  await using broker = await mosquitto();
  const settings = target(broker.url);
  const { start } = siteWith(settings);
  await broker.stop();
  await using bridges = start();
  const refused = await send(bridges, settings);
  assert.equal(refused.kind, "again");
  await broker.start();
  const { heard } = await listener(t, broker.url);
  await until(() => heard.get("reed/input/1/state") === "OFF", "told after the start", 20_000);
});

test("a document that was left of a removed row is cleared", options, async (t) => {
  await using broker = await mosquitto();
  const { start } = siteWith(target(broker.url));
  const { client, heard } = await listener(t, broker.url);
  const left = "homeassistant/switch/reed/output_9/config";
  await client.publishAsync(left, '{"name":"Old relay"}', { qos: 1, retain: true });
  const bridges = start();
  t.after(() => bridges[Symbol.asyncDispose]());
  await until(() => heard.get(left) === "", "cleared");
});
