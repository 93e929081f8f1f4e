import assert from "node:assert/strict";
import { test } from "node:test";
import { minutes } from "../../kernel/time.ts";
import type { BoardStatus, PointStatus } from "../../messages/api.ts";
import { quietState, testSite } from "../test-site.test.ts";

const board = (points: readonly PointStatus[], state: BoardStatus["state"] = "online"): BoardStatus => ({
  board: 1,
  state,
  since: 1,
  reason: "",
  measuredPollMs: 50,
  health: { exchanges: 1, errorRate: 0, pollMedianMs: 50, pollP99Ms: 52 },
  points,
  warnings: [],
});

async function doorSite(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  await site.send("POST", "/api/inputs", key, { name: "Front door", kind: "button", board: 1, point: 1 });
  const contact = (point: Omit<PointStatus, "point">, state?: BoardStatus["state"]) => {
    site.core.state = { ...quietState, boards: [board([{ point: 1, ...point }], state)] };
  };
  const teach = (step: "rest" | "save") => site.send("POST", `/api/inputs/1/teach/${step}`, key);
  const type = async () => (await site.send("GET", "/api/inputs/1", key)).at("type");
  return { site, key, contact, teach, type };
}

test("taught: the rest is recorded, the contact moves, and only then NC is saved", async (t) => {
  const { contact, teach, type } = await doorSite(t);
  contact({ level: "closed" });
  assert.deepEqual((await teach("rest")).body, { rest: "closed" });
  const early = await teach("save");
  assert.equal(early.status, 409);
  assert.match(String(early.at("error.message")), /has not moved/);
  assert.equal(await type(), "NO");
  contact({ level: "open", changedAt: 9 });
  assert.deepEqual((await teach("save")).body, { type: "NC" });
  assert.equal(await type(), "NC");
  assert.equal((await teach("save")).status, 409);
});

test("nothing can be taught without a rest, with a contact that is not known, or ten minutes later", async (t) => {
  const { site, contact, teach, type } = await doorSite(t);
  contact({ level: "open" });
  assert.match(String((await teach("save")).at("error.message")), /Record the rest/);
  contact({ level: "closed" }, "lost");
  assert.match(String((await teach("rest")).at("error.message")), /is unknown now/);
  contact({ level: "fault" });
  assert.match(String((await teach("rest")).at("error.message")), /is fault now/);
  contact({ level: "closed" });
  await teach("rest");
  site.clock.advance(minutes(10) + 1);
  contact({ level: "open", changedAt: 5 });
  assert.match(String((await teach("save")).at("error.message")), /Record the rest/);
  assert.equal(await type(), "NO");
});

test("settings are copied to other inputs in one command: names, contacts and all that was not named stay", async (t) => {
  const { site, key } = await doorSite(t);
  const from = {
    name: "Gate",
    kind: "door",
    board: 1,
    point: 2,
    recordChannels: [1, 2],
    postRecordS: 60,
    antiDitherS: 9,
  };
  await site.send("POST", "/api/inputs", key, from);
  const answer = await site.send("POST", "/api/inputs/2/copy", key, {
    to: [1],
    what: ["recordChannels", "postRecordS"],
  });
  assert.deepEqual(answer.body, { copied: [1] });
  const to = await site.send("GET", "/api/inputs/1", key);
  assert.deepEqual(
    ["name", "point", "kind", "antiDitherS", "recordChannels", "postRecordS"].map((name) => to.at(name)),
    ["Front door", 1, "button", 5, [1, 2], 60],
  );
  assert.equal(site.asked.at(-1)?.command.kind, "put-all");
});

test("when one of the inputs is not there, nothing is copied to the others", async (t) => {
  const { site, key } = await doorSite(t);
  const asked = site.asked.length;
  const answer = await site.send("POST", "/api/inputs/1/copy", key, { to: [1, 7], what: ["debounceMs"] });
  assert.deepEqual([answer.status, answer.at("error.message")], [404, "There is no input 7."]);
  assert.equal(site.asked.length, asked);
});

test("an input of a topic of messages is tripped by hand, one of a topic with a level is not", async (t) => {
  const { site, key } = await doorSite(t);
  const control = site.key("control");
  const topic = { point: 1, topic: "gate/alarm" };
  const driver = { kind: "mqtt", url: "mqtt://192.0.2.5", inputs: [{ ...topic, message: { title: "text" } }] };
  await site.send("POST", "/api/boards", key, { driver: { kind: "virtual" } });
  assert.equal((await site.send("PUT", "/api/boards/1", key, { driver })).status, 200);
  site.core.answer = () => ({ ok: true, value: { eventId: "e1", repeated: false, cameras: [] } });
  assert.equal((await site.send("POST", "/api/inputs/1/trip", control)).status, 200);
  await site.send("PUT", "/api/boards/1", key, { driver: { ...driver, inputs: [topic] } });
  assert.equal((await site.send("POST", "/api/inputs/1/trip", control)).status, 409);
});

test("an input of an HTTP trigger is tripped by hand, one with a contact of its own is not", async (t) => {
  const { site, key } = await doorSite(t);
  const control = site.key("control");
  await site.send("POST", "/api/boards", key, { driver: { kind: "http-trigger", inputs: [{ point: 1 }] } });
  const answer = { eventId: "e1", repeated: false, cameras: [{ channel: 1, answer: { kind: "recording" } }] };
  site.core.answer = () => ({ ok: true, value: answer });
  assert.deepEqual((await site.send("POST", "/api/inputs/1/trip", control)).body, answer);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "trigger", board: 1, point: 1, verb: "pulse" });
  const modbus = { driver: { kind: "modbus-tcp", host: "192.0.2.30", inputs: [{ point: 1, address: 0 }] } };
  await site.send("PUT", "/api/boards/1", key, modbus);
  const refused = await site.send("POST", "/api/inputs/1/trip", control);
  assert.deepEqual([refused.status, /contact of its own/.test(refused.text)], [409, true]);
});
