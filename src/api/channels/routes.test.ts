import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { quietState, testSite } from "../test-site.test.ts";

test("a camera needs only its address; it gets a number, the defaults, and its password is never answered", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = await site.send("POST", "/api/channels", key, { url: "rtsp://viewer:p%40ss@192.0.2.10:554/a?b=1" });
  assert.equal(made.status, 201);
  const expected = {
    channel: 1,
    name: "Camera 1",
    enabled: true,
    url: "rtsp://192.0.2.10:554/a?b=1",
    username: "viewer",
    password: "***",
    audio: false,
    recordMode: "continuous",
    preRecordS: 10,
  };
  assert.deepEqual(made.body, expected);
  assert.deepEqual((await site.send("GET", "/api/channels", key)).body, [expected]);
  const [asked] = site.asked;
  assert.ok(asked?.command.kind === "put" && asked.command.change.part === "channel");
  assert.equal(asked.command.change.value.password, "p@ss");
  assert.deepEqual(asked.actor, { kind: "key", name: "reed_read-configure" });
});

test("the stars that a page was shown keep the password, anything else replaces it", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const password = () => {
    const command = site.asked.at(-1)?.command;
    return command?.kind === "put" && command.change.part === "channel" ? command.change.value.password : undefined;
  };
  await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/", username: "u", password: "first" });
  await site.send("PATCH", "/api/channels/1", key, { name: "Door" });
  assert.equal(password(), "first");
  await site.send("PUT", "/api/channels/1", key, { url: "rtsp://192.0.2.10/", username: "u", password: "***" });
  assert.equal(password(), "first");
  await site.send("PATCH", "/api/channels/1", key, { password: "second" });
  assert.equal(password(), "second");
  await site.send("PATCH", "/api/channels/1", key, { password: "" });
  assert.equal(password(), "");
  const none = await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/", password: "***" });
  assert.equal(none.status, 400);
});

test("a kept password is not sent to another host; who types it may move the camera", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/", username: "u", password: "first" });
  const elsewhere = { url: "rtsp://198.51.100.66/", username: "u" };
  for (const [method, body] of [
    ["PATCH", elsewhere],
    ["PUT", { ...elsewhere, password: "***" }],
    ["PATCH", { subUrl: "rtsp://198.51.100.66/sub" }],
  ] as const) {
    const refused = await site.send(method, "/api/channels/1", key, body);
    assert.equal(refused.status, 400, method);
    assert.match(refused.text, /another host \(198\.51\.100\.66\)/);
  }
  assert.equal((await site.send("PATCH", "/api/channels/1", key, { url: "rtsp://192.0.2.10/two" })).status, 200);
  assert.equal((await site.send("PUT", "/api/channels/1", key, { ...elsewhere, password: "first" })).status, 200);
});

test("the number of a removed camera is not given again while footage goes by it", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = async () => (await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/" })).at("channel");
  assert.equal(await made(), 1);
  site.put({ kind: "span", channel: 4, cause: "continuous", from: wallTime(0), to: wallTime(60_000) });
  assert.equal(await made(), 5);
});

test("the number of a removed row is not given again: rights and receipts may still name it", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = async () => (await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/" })).at("channel");
  assert.deepEqual([await made(), await made()], [1, 2]);
  assert.equal((await site.send("DELETE", "/api/channels/2", key)).status, 204);
  assert.equal(await made(), 3);
});

test("a change touches only what it names; a replacement gives the rest its defaults", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/", audio: true, preRecordS: 30 });
  const patched = await site.send("PATCH", "/api/channels/1", key, { preRecordS: 20 });
  assert.deepEqual([patched.at("audio"), patched.at("preRecordS")], [true, 20]);
  const put = await site.send("PUT", "/api/channels/1", key, { url: "rtsp://192.0.2.11/" });
  assert.deepEqual([put.at("audio"), put.at("preRecordS"), put.at("url")], [false, 10, "rtsp://192.0.2.11/"]);
});

test("cameras that are added at the same moment get different numbers", async (t) => {
  const site = await testSite(t);
  const key = site.key("configure");
  const made = await Promise.all(
    Array.from({ length: 5 }, () => site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/" })),
  );
  assert.deepEqual(made.map((answer) => answer.at("channel")).sort(), [1, 2, 3, 4, 5]);
});

test("what is out of range, misspelt or no camera address is refused with the member's name", async (t) => {
  const site = await testSite(t);
  const key = site.key("configure");
  const refusal = async (body: object) => {
    const answer = await site.send("POST", "/api/channels", key, body);
    assert.equal(answer.status, 400);
    return String(answer.at("error.message"));
  };
  const url = "rtsp://192.0.2.10/";
  assert.match(await refusal({ url, preRecordS: 61 }), /^preRecordS: /);
  assert.match(await refusal({ url, preRecordSeconds: 5 }), /preRecordSeconds/);
  assert.match(await refusal({ url: "http://192.0.2.10/" }), /^url: must be an address like rtsp/);
  assert.match(await refusal({ name: "x" }), /^url: /);
});

test("what core refuses is answered with core's sentence, and nothing is changed while core is away", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure", "control");
  await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/" });
  const message = 'channel 1 is used by "Back door"; remove it from there before removing it';
  site.core.answer = () => ({ ok: false, error: { code: "conflict", message } });
  const refused = await site.send("DELETE", "/api/channels/1", key);
  assert.deepEqual([refused.status, refused.at("error.message")], [409, message]);
  site.core.here = false;
  assert.equal((await site.send("POST", "/api/channels/1/retry", key)).status, 503);
});

test("what a camera does now stands beside its settings while core is there", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/" });
  const down = {
    channel: 1,
    state: "down",
    since: wallTime(7),
    reason: "no route",
    bitsPerSecond: 0,
    ringMs: 0,
  } as const;
  site.core.state = { ...quietState, channels: [down] };
  assert.deepEqual((await site.send("GET", "/api/channels/1", key)).at("live"), down);
  site.core.here = false;
  const alone = await site.send("GET", "/api/channels/1", key);
  assert.deepEqual([alone.status, alone.at("live")], [200, undefined]);
  assert.equal((await site.send("GET", "/api/channels/2", key)).status, 404);
});

test("a snapshot is a JPEG, or a sentence why there is none", async (t) => {
  const pictures = new Map([[1, new Uint8Array([0xff, 0xd8])]]);
  const snapshot = (channel: number) => {
    const picture = pictures.get(channel);
    return picture === undefined ? Promise.reject(new Error("channel 2 is down")) : Promise.resolve(picture);
  };
  const site = await testSite(t, { snapshot });
  const key = site.key("read", "configure");
  for (const host of [1, 2]) await site.send("POST", "/api/channels", key, { url: `rtsp://192.0.2.${host}/` });
  const picture = await site.send("GET", "/api/channels/1/snapshot.jpg", key);
  assert.deepEqual([picture.status, picture.headers["content-type"]], [200, "image/jpeg"]);
  const none = await site.send("GET", "/api/channels/2/snapshot.jpg", key);
  assert.deepEqual([none.status, none.at("error.message")], [503, "channel 2 is down"]);
  assert.equal((await site.send("GET", "/api/channels/3/snapshot.jpg", key)).status, 404);
});
