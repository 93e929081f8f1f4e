/** The MQTT driver against Debian's mosquitto, with a password file and devices that are clients of their own. */
import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "node:test";
import { connectAsync, type MqttClient } from "mqtt";
import { conformance, loopPoint, testLoop, type TestBoard } from "../../src/drivers/conformance.ts";
import { freePort, openTestLine } from "../../src/drivers/conformance-line.ts";
import { isOnline, levelsOf, linksOf, recorder } from "../../src/drivers/conformance-recorder.ts";
import { startMqttDriver } from "../../src/drivers/mqtt/driver.ts";
import { mqttManifest } from "../../src/drivers/mqtt/manifest.ts";
import { say, settingsFor, stateOf } from "../../src/testkit/mqtt-broker.ts";
import { createDriver } from "../../src/drivers/registry.ts";
import { systemClock } from "../../src/platform/clock.ts";

const mosquitto = "/usr/sbin/mosquitto";
const present = existsSync(mosquitto);
const why = "needs Debian's mosquitto";
if (!present && process.env["CI"] === "true") throw new Error(why);
const skip = present ? false : why;
const clock = systemClock();
const login = { username: "reed", password: "secret" };

interface Broker extends AsyncDisposable {
  readonly port: number;
  /** A client of its own, as a device is. `will` is left with the broker. */
  device(will?: { readonly topic: string; readonly payload: string }): Promise<MqttClient>;
  kill(): Promise<void>;
  start(): Promise<void>;
}

async function broker(): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), "reed-mosquitto-"));
  const port = await freePort();
  const passwords = join(folder, "passwords");
  const made = spawnSync("mosquitto_passwd", ["-b", "-c", passwords, login.username, login.password]);
  assert.equal(made.status, 0, String(made.stderr));
  const rules = [`listener ${port} 127.0.0.1`, "allow_anonymous false", `password_file ${passwords}`];
  // started as root it would become a user that can't read the folder
  if (process.getuid?.() === 0) rules.push("user root");
  writeFileSync(join(folder, "mosquitto.conf"), `${rules.join("\n")}\n`);
  let child: ChildProcess | undefined;
  const devices: MqttClient[] = [];
  const kill = async () => {
    if (child === undefined) return;
    child.kill("SIGKILL");
    await once(child, "close");
    child = undefined;
  };
  const start = async () => {
    child = spawn(mosquitto, ["-c", join(folder, "mosquitto.conf")], { stdio: "ignore" });
    while (!(await listens(port))) await pause(20);
  };
  await start();
  return {
    port,
    kill,
    start,
    async device(will) {
      const options = {
        ...login,
        reconnectPeriod: 0,
        ...(will && { will: { ...will, qos: 1 as const, retain: true } }),
      };
      const client = await connectAsync(`mqtt://127.0.0.1:${port}`, options);
      client.on("error", () => undefined);
      devices.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const device of devices) await device.endAsync(true);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connectTcp(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

/** A relay that obeys `relay/set` and tells `relay/state`, retained. */
async function relayDevice(device: MqttClient): Promise<{ state: string }> {
  const relay = { state: "OFF" };
  device.on("message", (topic, payload) => {
    if (topic !== "relay/set") return;
    relay.state = payload.toString();
    device.publish("relay/state", relay.state, { qos: 1, retain: true });
  });
  await device.subscribeAsync("relay/set", { qos: 1 });
  await device.publishAsync("relay/state", "OFF", { qos: 1, retain: true });
  return relay;
}

/** What the broker took before this was asked has reached the device when it resolves. */
async function delivered(device: MqttClient): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listen = (topic: string): void => {
    if (topic === "delivered") resolve();
  };
  device.on("message", listen);
  await device.subscribeAsync("delivered", { qos: 1 });
  await device.publishAsync("delivered", "", { qos: 1 });
  await promise;
  device.off("message", listen);
}

const withLoop = {
  inputs: [
    ...settingsFor(0).inputs,
    { point: loopPoint, topic: "loop", payload: { path: "counts", closed: "", open: "" }, loop: testLoop },
  ],
};

async function board(): Promise<TestBoard> {
  const on = await broker();
  const device = await on.device();
  for (const point of [1, 2]) await device.publishAsync(...say(point, "open"), { qos: 1, retain: true });
  await device.publishAsync("loop", '{"counts":2047}', { qos: 1, retain: true });
  const relay = await relayDevice(device);
  const line = await openTestLine(on.port);
  let password = login.password;
  return {
    inputs: [1, 2],
    outputs: [1],
    line,
    start: (deps) =>
      startMqttDriver(settingsFor(line.port, { password, ...withLoop }), deps, { keepaliveS: 1, acceptWithin: 2000 }),
    contact: (_driver, point, level) => void device.publish(...say(point, level), { qos: 1, retain: true }),
    async relay() {
      await delivered(device);
      return stateOf(relay.state);
    },
    dropRelays() {
      relay.state = "OFF";
      device.publish("relay/state", "OFF", { qos: 1, retain: true });
    },
    loop: (counts) => void device.publish("loop", JSON.stringify({ counts }), { qos: 1, retain: true }),
    refuseLogin: () => void (password = "wrong"),
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await on[Symbol.asyncDispose]();
    },
  };
}

if (present) conformance(mqttManifest, clock, board);

test("mosquitto: a device whose connection breaks is at fault by its last will", { skip }, async () => {
  await using on = await broker();
  const device = await on.device({ topic: "door/availability", payload: "offline" });
  await device.publishAsync("door/availability", "online", { qos: 1, retain: true });
  await device.publishAsync(...say(1, "open"), { qos: 1, retain: true });
  const heard = recorder();
  const deps = { clock, events: heard.events, log: () => undefined };
  await using driver = createDriver(settingsFor(on.port), deps);
  const last = () =>
    levelsOf(heard.heard)
      .filter(({ point }) => point === 1)
      .at(-1);
  await heard.until("open", () => last()?.level === "open");
  device.stream.destroy();
  await heard.until("fault", () => last()?.level === "fault");
  assert.equal(last()?.how, "change");
  // back again: the retained level is asked for anew, and is a state
  const again = await on.device();
  await again.publishAsync("door/availability", "online", { qos: 1, retain: true });
  await heard.until("open again", () => last()?.level === "open");
  assert.equal(last()?.how, "state");
  assert.ok(driver);
});

test(
  "mosquitto: a message is an alarm once; the broker's retained one is none at the start and after a cut",
  { skip },
  async () => {
    await using on = await broker();
    const device = await on.device();
    const say = (text: string, retain: boolean) =>
      device.publishAsync("gate/alarm", JSON.stringify({ text, id: text }), { qos: 1, retain });
    await say("yesterday", true);
    const heard = recorder();
    const message = { title: "text", id: "id" };
    const inputs = [{ point: 1, topic: "gate/alarm", payload: { closed: "ON", open: "OFF" }, message }];
    await using driver = createDriver(settingsFor(on.port, { inputs }), {
      clock,
      events: heard.events,
      log: () => undefined,
    });
    const said = () => heard.heard.flatMap((entry) => (entry.kind === "message" ? [entry.message.title] : []));
    await heard.until("online", isOnline);
    await say("box opened", true);
    await heard.until("the first", () => said().length === 1);
    await on.kill();
    await heard.until("lost", (all) => linksOf(all).at(-1)?.kind === "lost");
    await on.start();
    await heard.until("online again", isOnline);
    const again = await on.device();
    await again.publishAsync("gate/alarm", '{"text":"box shut"}', { qos: 1 });
    await heard.until("the second", () => said().length === 2);
    assert.deepEqual(said(), ["box opened", "box shut"]);
    assert.ok(driver);
  },
);

test(
  "mosquitto: a broker that is killed is lost; back again, topics are read and the relay is wanted again",
  { skip },
  async () => {
    await using on = await broker();
    const heard = recorder();
    const deps = { clock, events: heard.events, log: () => undefined };
    await using driver = createDriver(settingsFor(on.port), deps);
    driver.want(1, "on");
    await heard.until("online", isOnline);
    await on.kill();
    await heard.until("lost", (all) => linksOf(all).at(-1)?.kind === "lost");
    await on.start();
    const device = await on.device();
    const relay = await relayDevice(device);
    await device.publishAsync(...say(2, "closed"), { qos: 1, retain: true });
    await heard.until("closed", (all) => levelsOf(all).at(-1)?.level === "closed");
    const told = (state: string) => heard.heard.some((entry) => entry.kind === "read-back" && entry.state === state);
    await heard.until("relay on", () => told("on"));
    assert.equal(relay.state, "ON");
  },
);
