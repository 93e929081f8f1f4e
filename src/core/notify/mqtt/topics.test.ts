import assert from "node:assert/strict";
import { test } from "node:test";
import type { SiteConfig } from "../../../domain/site-config.ts";
import type { LiveState } from "../../../messages/api.ts";
import { commandOf, commandTopics } from "./commands.ts";
import { discoveryTopics } from "./discovery.ts";
import { changedTopics, stateTopics } from "./topics.ts";

const config = {
  site: { name: "Shop", timeZone: "UTC" },
  inputs: [
    { input: 1, name: "Door", kind: "door", enabled: true },
    { input: 2, name: "Old", kind: "other", enabled: false },
  ],
  outputs: [
    { output: 1, name: "Siren", restState: "off" },
    { output: 2, name: "Lock", restState: "on" },
  ],
  channels: [{ channel: 4, name: "Yard", enabled: true }],
  notifiers: [],
} as unknown as SiteConfig;

const live = {
  armed: true,
  arming: { mode: "night" },
  inputs: [{ input: 1, level: "open", active: true, since: 1 }],
  outputs: [
    { output: 1, readBack: "on", commanded: "on" },
    { output: 2, readBack: "unknown", commanded: "on" },
  ],
  channels: [{ channel: 4, state: "live" }],
  troubles: [{ key: "board:1", what: "the board does not answer", since: 1_790_000_000_000 }],
  alarms: { unacknowledged: 0 },
} as unknown as LiveState;

const settings: Parameters<typeof discoveryTopics>[1] = {
  ...{ topic: "house/reed", discovery: true, discoveryPrefix: "homeassistant" },
  ...{ outputs: [1], arming: "arm" },
};

test("a broker is told inputs, outputs, cameras, arming and troubles; a fail-safe lock that rests is off", () => {
  const topics = stateTopics(config, live, settings);
  assert.equal(topics.get("house/reed/input/1/state"), "ON");
  assert.equal(topics.get("house/reed/input/2/state"), undefined, "switched off");
  assert.deepEqual([topics.get("house/reed/output/1/state"), topics.get("house/reed/output/2/state")], ["ON", "OFF"]);
  assert.equal(topics.get("house/reed/camera/4/connectivity"), "ON");
  assert.equal(topics.get("house/reed/troubles/state"), "ON");
  assert.match(topics.get("house/reed/troubles/list") ?? "", /the board does not answer/);
});

test("an input that nobody knows is told as unknown, never as at rest", () => {
  const blind = {
    ...live,
    inputs: [{ input: 1, level: "fault", active: "unknown", since: 1 }],
  } as unknown as LiveState;
  assert.equal(stateTopics(config, blind, settings).get("house/reed/input/1/state"), "None");
  assert.equal(stateTopics(config, { ...live, inputs: [] }, settings).get("house/reed/input/1/state"), "None");
});

test("the alarm panel is triggered while armed and an alarm is unacknowledged, and only then", () => {
  const panel = (arming: object, unacknowledged = 0) =>
    stateTopics(config, { ...live, arming, alarms: { unacknowledged } } as unknown as LiveState, settings).get(
      "house/reed/alarm/state",
    );
  assert.deepEqual(
    [panel({ mode: "disarmed" }, 2), panel({ mode: "night" }), panel({ mode: "night" }, 1)],
    ["disarmed", "armed_night", "triggered"],
  );
  assert.deepEqual(
    [
      panel({ mode: "away", exitUntil: 1 }),
      panel({ mode: "away", entry: { until: 1, input: 1 } }),
      panel({ mode: "own" }),
    ],
    ["arming", "pending", "armed_custom_bypass"],
  );
});

test("only differences are published, and what is gone is cleared", () => {
  const before = new Map([
    ["a", "1"],
    ["b", "1"],
    ["c", "1"],
  ]);
  assert.deepEqual(
    changedTopics(
      before,
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    ),
    [
      ["b", "2"],
      ["c", ""],
    ],
  );
});

test("Home Assistant finds an output as a switch only where it may be switched from there", () => {
  const topics = discoveryTopics(config, settings);
  const siren = topics.get("homeassistant/switch/house_reed/output_1/config");
  assert.match(siren ?? "", /"command_topic":"house\/reed\/output\/1\/set"/);
  const lock = topics.get("homeassistant/binary_sensor/house_reed/output_2/config");
  assert.ok(lock !== undefined && !lock.includes("command_topic"));
  const door = JSON.parse(topics.get("homeassistant/binary_sensor/house_reed/input_1/config") ?? "{}") as object;
  assert.deepEqual(door, {
    unique_id: "house_reed_input_1",
    availability_topic: "house/reed/availability",
    device: { identifiers: ["house_reed"], name: "Shop", manufacturer: "Reed", model: "Reed NVR" },
    name: "Door",
    state_topic: "house/reed/input/1/state",
    device_class: "door",
  });
  assert.equal(discoveryTopics(config, { ...settings, discovery: false }).size, 0);
});

test("the alarm panel offers nothing where arming from there is not allowed", () => {
  const panel = discoveryTopics(config, { ...settings, arming: "none" }).get(
    "homeassistant/alarm_control_panel/house_reed/alarm/config",
  );
  assert.match(panel ?? "", /"supported_features":\[\]/);
});

test("a command is honoured only where the settings allow it, and never when it was retained", () => {
  const ask = (topic: string, payload: string, more: object = {}) => {
    const { retained = false, ...other } = more as { retained?: boolean; arming?: typeof settings.arming };
    const result = commandOf({ ...settings, ...other }, { topic, payload, retained });
    return result.ok ? result.value : result.error;
  };
  const [siren, lock, alarm] = ["house/reed/output/1/set", "house/reed/output/2/set", "house/reed/alarm/set"];
  assert.deepEqual(ask(siren, "ON"), { kind: "output-mode", output: 1, mode: "on" });
  assert.deepEqual(ask(siren, "OFF"), { kind: "output-mode", output: 1, mode: "auto" });
  assert.equal(ask(siren, "on"), "an output is switched by ON or OFF");
  assert.equal(ask(siren, "ON", { retained: true }), "it was retained: it was meant for another time");
  assert.equal(ask(lock, "ON"), "nothing is asked for there");
  assert.deepEqual(ask(alarm, "ARM_NIGHT"), { kind: "arm", armed: true, mode: "night" });
  assert.equal(ask(alarm, "DISARM"), "disarming from the broker is not allowed");
  assert.deepEqual(ask(alarm, "DISARM", { arming: "arm-and-disarm" }), { kind: "arm", armed: false });
  assert.equal(ask(alarm, "ARM_AWAY", { arming: "none" }), "arming from the broker is not allowed");
  assert.deepEqual(commandTopics({ ...settings, arming: "none", outputs: [] }), []);
});
