import assert from "node:assert/strict";
import { test } from "node:test";
import type { SiteConfig } from "../domain/site-config.ts";
import type { WhenLow } from "../domain/ups.ts";
import type { BoardStatus } from "../messages/api.ts";
import { startPowerWatch } from "./power-watch.ts";

type Level = BoardStatus["points"][number]["level"];

function setUp(whenLow: WhenLow, told: Promise<void> = Promise.resolve()) {
  const troubles = new Map<string, string>();
  const messages: [string, string][] = [];
  const ended: string[] = [];
  const board = { board: 4, name: "UPS", enabled: true, driver: { kind: "nut", whenLow } };
  const state = { boards: [board] };
  const watch = startPowerWatch({
    config: () => ({ site: { name: "Shop", timeZone: "UTC" }, boards: state.boards }) as unknown as SiteConfig,
    raise: (key, what) => void troubles.set(key, what),
    settle: (key) => void troubles.delete(key),
    tell: ({ title, urgency }) => (messages.push([title, urgency]), told),
    shutDown: (how) => void ended.push(how),
    pause: () => Promise.resolve(),
  });
  const see = (onBattery: Level, low: Level = "open", replace: Level = "open") =>
    watch.seen({
      board: 4,
      points: [onBattery, low, replace].map((level, i) => ({ point: i + 1, level })),
    } as unknown as BoardStatus);
  return { watch, see, troubles, messages, ended, state };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("mains lost is a trouble at once and a message; back it is over and told", () => {
  const { see, troubles, messages, ended } = setUp("stop");
  see("open");
  assert.deepEqual([troubles.size, messages.length], [0, 0]);
  see("closed");
  see("closed");
  assert.equal(troubles.get("power:4"), "UPS: the mains is lost, running on battery");
  see("open");
  assert.deepEqual(messages, [
    ["Shop: the mains is lost, running on battery", "high"],
    ["Shop: the mains is back", "normal"],
  ]);
  assert.deepEqual([troubles.size, ended], [0, []]);
});

test("a UPS that is out of sight while on battery has not come back to the mains", () => {
  const { see, troubles, messages } = setUp("stop");
  see("closed");
  see("fault", "fault", "fault");
  assert.deepEqual([troubles.has("power:4"), messages.length], [true, 1]);
});

test("a battery that runs out is told before Reed stops, once, even when nobody takes the message", async () => {
  for (const told of [Promise.resolve(), new Promise<void>(() => undefined)]) {
    const { see, messages, ended } = setUp("power-off", told);
    see("closed", "closed");
    see("closed", "open");
    see("closed", "closed");
    await settled();
    assert.deepEqual(ended, ["power-off"]);
    assert.deepEqual(messages[1], ["Shop: the battery is nearly empty; Reed and this machine stop now", "highest"]);
  }
});

test("where it shall go on it goes on, and says only that the battery is nearly empty", async () => {
  const { see, troubles, messages, ended } = setUp("go-on");
  see("closed", "closed");
  await settled();
  assert.deepEqual([ended, messages[1]?.[0]], [[], "Shop: the battery is nearly empty"]);
  assert.ok(troubles.has("ups-low:4"));
  assert.ok(!troubles.has("battery:4"), "that is the sensor of input 4");
});

test("a battery that wants to be replaced is a trouble; a UPS that was removed has none any more", () => {
  const { see, troubles, watch, state } = setUp("stop");
  see("closed", "open", "closed");
  assert.deepEqual([...troubles.keys()], ["power:4", "ups:4"]);
  state.boards = [];
  watch.configured();
  assert.equal(troubles.size, 0);
});
