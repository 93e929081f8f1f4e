import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import type { TriggerAnswer } from "../../messages/api.ts";
import { sealConfig } from "../../store/secrets.ts";
import { testSite } from "../test-site.test.ts";

const keys = ["key of the first point", "key/of the second&point"] as const;
const answer: TriggerAnswer = {
  eventId: "e1",
  repeated: false,
  cameras: [
    { channel: 1, answer: { kind: "recording" } },
    { channel: 2, answer: { kind: "will-backfill", reason: "the session is 2 s old", since: wallTime(5) } },
    { channel: 3, answer: { kind: "failed", reason: "camera offline since 02:08" } },
  ],
};

async function doorbell(t: Parameters<typeof testSite>[0], enabled = true) {
  const site = await testSite(t);
  const inputs = keys.map((key, index) => ({ point: index + 1, key, maxS: 60 }));
  const board = { board: 3, name: "Doorbell", enabled, driver: { kind: "http-trigger" as const, inputs } };
  site.put({ kind: "config", change: sealConfig(site.sealer, { part: "board", value: board }) });
  site.core.answer = () => ({ ok: true, value: answer });
  return site;
}

test("a device with the point's key in a header starts it and hears what became of each camera", async (t) => {
  const site = await doorbell(t);
  const url = "/trigger/3/1/start?event_id=bell-7&max_s=30";
  const told = await site.send("POST", url, { "x-reed-key": keys[0] });
  assert.deepEqual([told.status, told.body], [200, answer]);
  assert.deepEqual(site.asked.at(-1), {
    actor: { kind: "key", name: "trigger 3/1" },
    command: { kind: "trigger", board: 3, point: 1, verb: "start", eventId: "bell-7", maxS: 30 },
  });
});

test("a device that can send no header has its key in the path, by GET too, and the key names the point", async (t) => {
  const site = await doorbell(t);
  const told = await site.send("GET", `/trigger/k/${encodeURIComponent(keys[1])}/pulse`);
  assert.equal(told.status, 200);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "trigger", board: 3, point: 2, verb: "pulse" });
});

test("an event id that was seen is answered 200 with repeated, as core says it", async (t) => {
  const site = await doorbell(t);
  site.core.answer = () => ({ ok: true, value: { ...answer, repeated: true } });
  const told = await site.send(
    "POST",
    "/trigger/3/1/start",
    { "x-reed-key": keys[0] },
    { event_id: "bell-7", max_s: 5 },
  );
  assert.deepEqual([told.status, told.at("repeated")], [200, true]);
  assert.deepEqual(site.asked.at(-1)?.command, {
    kind: "trigger",
    board: 3,
    point: 1,
    verb: "start",
    eventId: "bell-7",
    maxS: 5,
  });
});

test("an odd body does not cost the alarm: forms are read, garbage counts as empty", async (t) => {
  const site = await doorbell(t);
  const post = (type: string, payload: string) =>
    site.app.inject({
      method: "POST",
      url: "/trigger/3/1/start",
      headers: { "x-reed-key": keys[0], "content-type": type },
      payload,
    });
  assert.equal((await post("application/x-www-form-urlencoded", "event_id=form")).statusCode, 200);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "trigger", board: 3, point: 1, verb: "start", eventId: "form" });
  for (const [type, body] of [
    ["application/json", "{not json"],
    ["image/jpeg", "\u0000\u0001"],
    ["text/plain", ""],
  ] as const) {
    assert.equal((await post(type, body)).statusCode, 200, type);
  }
});

test("a key opens its own point only, a login or an API key none, and a board that is off none", async (t) => {
  const site = await doorbell(t);
  const all = { ...site.session(), ...site.key("control") };
  const status = async (url: string, headers: Record<string, string> = {}) =>
    (await site.send("POST", url, headers)).status;
  assert.equal(await status("/trigger/3/2/start", { "x-reed-key": keys[0] }), 401);
  assert.equal(await status("/trigger/3/1/start", { "x-reed-key": "" }), 401);
  assert.equal(await status("/trigger/3/1/start", all), 401);
  assert.equal(await status("/trigger/3/1/explode", { "x-reed-key": keys[0] }), 400);
  assert.deepEqual(site.asked, []);
  const off = await doorbell(t, false);
  assert.equal((await off.send("POST", "/trigger/3/1/start", { "x-reed-key": keys[0] })).status, 401);
});

test("a device with a wrong key does not silence its neighbours behind the same address", async (t) => {
  const site = await doorbell(t);
  for (let time = 0; time < 20; time++)
    assert.equal((await site.send("GET", `/trigger/k/wrong-${time}/start`)).status, 401);
  assert.equal((await site.send("POST", "/trigger/3/1/start", { "x-reed-key": keys[0] })).status, 200);
});

test("while core is away a trigger is answered 503, never as if it had been taken", async (t) => {
  const site = await doorbell(t);
  site.core.here = false;
  assert.equal((await site.send("POST", "/trigger/3/1/start", { "x-reed-key": keys[0] })).status, 503);
});

test("a message's title is kept as one line of 150 characters, from the query or a form; none is none", async (t) => {
  const site = await doorbell(t);
  const at = `/trigger/3/1/pulse?title=${encodeURIComponent("Parcel\n box\u0000 opened")}`;
  await site.send("POST", at, { "x-reed-key": keys[0] });
  const titleOf = (command: unknown) => (command as { readonly title?: string }).title;
  assert.equal(titleOf(site.asked.at(-1)?.command), "Parcel box opened");
  await site.send("POST", "/trigger/3/1/pulse", { "x-reed-key": keys[0] }, { title: "x".repeat(400) });
  assert.equal(titleOf(site.asked.at(-1)?.command)?.length, 150);
  await site.send("POST", "/trigger/3/1/pulse?title=%20", { "x-reed-key": keys[0] });
  assert.equal("title" in (site.asked.at(-1)?.command ?? {}), false);
});
