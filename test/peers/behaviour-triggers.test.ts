/** HTTP triggers, an MQTT board over a real broker, and the messages that go out. */
import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { connectAsync } from "mqtt";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { mosquitto, mosquittoSkip } from "../support/mosquitto.ts";
import { pause, startReed, until, type Api, type Json } from "../support/reed.ts";
import { actionOf, closedReceipt, live, raisedReceipts, smallSource } from "../support/site.ts";

interface Received {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Sink extends AsyncDisposable {
  readonly url: string;
  readonly got: Received[];
}

/** Somebody who takes messages. */
async function messageSink(): Promise<Sink> {
  const got: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const { url = "", method = "", headers } = request;
      got.push({ url, method, headers, body: Buffer.concat(parts) });
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const isJpeg = (bytes: Buffer): boolean =>
  bytes.length > 1000 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;

const key = "a-key-of-the-gateway-1";
const common = { kind: "other", type: "NO", antiDitherS: 0, postRecordS: 1 } as const;

async function raise(
  reed: { url: string },
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; json: Json }> {
  const answer = await fetch(`${reed.url}/trigger/${path}`, init);
  return { status: answer.status, json: await answer.json() };
}

test("HTTP triggers", { timeout: 120_000 }, async (t) => {
  await using cameras = await startCameraProgram({
    cameras: [{ source: smallSource() }, { source: smallSource() }],
    ownPorts: true,
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  for (const url of cameras.urls) await api.post("channels", { url, preRecordS: 1 });
  await api.post("channels", { url: cameras.urls[0], recordMode: "off" });
  const points = [
    { point: 1, key, maxS: 60 },
    { point: 2, key: `${key}-2`, maxS: 3 },
  ];
  await api.post("boards", { name: "Gateway", driver: { kind: "http-trigger", inputs: points } });
  // the defaults of a door: a debounce and an anti-dither window must not swallow what software says
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    name: "Line",
    kind: "door",
    type: "NO",
    board: 1,
    point: 1,
    postRecordS: 1,
    recordChannels: [1, 2, 3],
  });
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...common,
    name: "Short",
    board: 1,
    point: 2,
    recordChannels: [1],
  });
  await live(api, 1, 1500);
  await live(api, 2, 1500);
  const header = (value: string) => ({ method: "POST", headers: { "x-reed-key": value } });
  const cameraAnswers = (json: Json) =>
    Object.fromEntries(json.cameras.map((one: Json) => [one.channel, one.answer.kind]));

  await t.test("a wrong key or none is 401 and raises nothing", async () => {
    assert.equal((await raise(reed, "1/1/pulse", header("wrong"))).status, 401);
    assert.equal((await raise(reed, "1/1/pulse", { method: "POST" })).status, 401);
    assert.equal((await raise(reed, "1/1/pulse", header(`${key}-2`))).status, 401, "another point's key");
    assert.equal((await raise(reed, "k/wrong/pulse")).status, 401);
    assert.deepEqual(await raisedReceipts(api, 1), []);
  });

  await t.test(
    "start, start again and stop: one event, per camera an honest answer, footage until after the stop",
    async () => {
      const first = await raise(reed, "1/1/start?event_id=line-1&max_s=30", header(key));
      assert.equal(first.status, 200);
      assert.equal(first.json.repeated, false);
      assert.deepEqual(cameraAnswers(first.json), { 1: "recording", 2: "recording", 3: "failed" });
      const again = await raise(reed, "1/1/start?event_id=line-1&max_s=30", header(key));
      assert.equal(again.json.eventId, first.json.eventId);
      assert.equal(again.json.repeated, true);
      assert.deepEqual(again.json.cameras, first.json.cameras);
      await until(async () => (await raisedReceipts(api, 1)).length === 1, "the database has the one receipt");
      await pause(1000);
      assert.equal((await raisedReceipts(api, 1)).length, 1);
      assert.equal((await raise(reed, "1/1/stop?event_id=line-1", header(key))).status, 200);
      const receipt = await closedReceipt(api, 1);
      assert.equal(receipt.edge.eventId, first.json.eventId);
      const { outcome, record } = actionOf(receipt, "record", 1);
      assert.deepEqual(outcome, { kind: "done" });
      assert.ok(record.to - receipt.edge.at.wall >= 1900, "a second of run and a second after it");
      assert.deepEqual(actionOf(receipt, "record", 3).outcome, { kind: "suppressed", gate: "off for privacy" });
    },
  );

  await t.test("a pulse by GET with the key in the path is an edge that is over at once", async () => {
    const pulse = await raise(reed, `k/${key}/pulse?event_id=p-1`);
    assert.equal(pulse.status, 200);
    assert.equal((await raise(reed, `k/${key}/pulse?event_id=p-1`)).json.repeated, true);
    const receipt = await closedReceipt(api, 1, 2);
    assert.equal(receipt.edge.eventId, pulse.json.eventId);
    assert.deepEqual(actionOf(receipt, "record", 1).outcome, { kind: "done" });
    await until(async () => (await api.get("inputs/1")).live.active === false, "it is at rest");
  });

  await t.test("a start without a stop ends after the smaller of its own and the point's bound", async () => {
    const body = JSON.stringify({ event_id: "forgotten", max_s: 600 });
    const { status } = await raise(reed, "1/2/start", { ...header(`${key}-2`), body });
    assert.equal(status, 200);
    const receipt = await closedReceipt(api, 2);
    const { record, outcome } = actionOf(receipt, "record", 1);
    assert.deepEqual(outcome, { kind: "done" });
    const lastedMs = record.to - receipt.edge.at.wall;
    // 3 s of run and 1 s after it; without the point's bound it would be ten minutes
    assert.ok(lastedMs >= 3700 && lastedMs <= 4001, `${lastedMs} ms`);
  });

  await t.test("a camera that is down answers will-backfill with the reason and since when", async () => {
    const before = Date.now();
    await cameras.send({ do: "down", camera: 2 });
    await until(async () => (await api.get("channels/2")).live.state === "down", "camera 2 is down");
    const { json } = await raise(reed, "1/1/pulse", header(key));
    assert.deepEqual(cameraAnswers(json), { 1: "recording", 2: "will-backfill", 3: "failed" });
    const { answer } = json.cameras.find((one: Json) => one.channel === 2);
    assert.match(answer.reason, /camera/);
    assert.ok(answer.since >= before && answer.since <= Date.now(), `${answer.since - before} ms`);
    await cameras.send({ do: "up", camera: 2 });
  });
});

const mqttBoard = (url: string) => ({
  name: "Zigbee",
  driver: {
    kind: "mqtt",
    url,
    inputs: [
      {
        point: 1,
        topic: "door",
        payload: { path: "contact", closed: "true", open: "false" },
        availability: { topic: "door/availability" },
      },
      { point: 2, topic: "button", payload: { path: "action", closed: "single", open: "", pulse: true } },
    ],
    outputs: [{ point: 1, topic: "plug/set", stateTopic: "plug" }],
  },
});

async function messages(api: Api, sink: Sink): Promise<void> {
  await api.post("notifiers", {
    kind: "webhook",
    name: "House",
    url: `${sink.url}/hook`,
    secret: "a long secret",
    troubles: "none",
  });
  await api.post("notifiers", { kind: "ntfy", name: "Phone", url: sink.url, topic: "reed", troubles: "none" });
}

test(
  "an MQTT contact opens: the plug switches, and webhook and ntfy get one picture each",
  { timeout: 120_000, skip: mosquittoSkip },
  async (t) => {
    await using broker = await mosquitto();
    await using sink = await messageSink();
    await using cameras = await startCameraProgram({ cameras: [{ source: { kind: "clip", name: "front-door" } }] });
    const device = await connectAsync(broker.url);
    await using stack = new AsyncDisposableStack();
    stack.defer(() => device.endAsync(true));
    const commands: string[] = [];
    device.on("message", (_topic, payload) => {
      commands.push(payload.toString());
      void device.publishAsync("plug", payload, { retain: true });
    });
    await device.subscribeAsync("plug/set");
    const say = (contact: boolean) =>
      device.publishAsync("door", JSON.stringify({ contact, battery: 90 }), { retain: true });
    await say(true);
    await device.publishAsync("door/availability", "online", { retain: true });
    await using reed = await startReed();
    const api = await reed.administrator();
    await api.post("channels", { url: cameras.urls[0], preRecordS: 1 });
    await messages(api, sink);
    await api.post("boards", mqttBoard(broker.url));
    await api.post("outputs", { name: "Plug", kind: "siren", board: 1, point: 1 });
    const links = { outputs: [{ output: 1, holdS: 1 }], notifiers: [1, 2], recordChannels: [1] };
    await api.post("inputs", {
      zone: "instant",
      swingerAlarms: 0,
      ...common,
      name: "Door",
      kind: "door",
      type: "NC",
      board: 1,
      point: 1,
      ...links,
    });
    await live(api, 1, 1500);
    await until(
      async () => (await api.get("inputs/1")).live.active === false,
      "the retained message is a state at rest",
    );

    await t.test("disarmed, messages are suppressed and nobody is told", async () => {
      await say(false);
      await until(async () => (await raisedReceipts(api, 1)).length === 1, "the edge has a receipt");
      await say(true);
      const receipt = await closedReceipt(api, 1);
      for (const [kind, id] of [
        ["output", 1],
        ["notify", 1],
        ["notify", 2],
      ] as const) {
        assert.deepEqual(actionOf(receipt, kind, id).outcome, { kind: "suppressed", gate: "disarmed" });
      }
      assert.deepEqual(sink.got, []);
      assert.deepEqual(
        commands.filter((command) => command === "ON"),
        [],
      );
    });

    await t.test("armed, the plug is on and read back, and both messages carry a JPEG", async () => {
      await api.post("arming", { armed: true });
      await say(false);
      await until(() => commands.includes("ON"), "the plug is told to be on");
      await until(() => sink.got.length === 2, "two messages");
      await say(true);
      const receipt = await closedReceipt(api, 1, 2);
      assert.deepEqual(
        receipt.actions.map((action: Json) => action.outcome),
        receipt.actions.map(() => ({ kind: "done" })),
      );
      assert.equal(typeof actionOf(receipt, "output").output.confirmedAfterMs, "number");
      await until(() => commands.at(-1) === "OFF", "the plug is off again");
      const hook = sink.got.find((one) => one.url === "/hook");
      assert.match(String(hook?.headers["x-reed-signature"]), /^t=\d+,v1=[0-9a-f]{64}$/);
      const body = JSON.parse(hook?.body.toString() ?? "{}");
      assert.equal(body.eventId, receipt.edge.eventId);
      assert.ok(isJpeg(Buffer.from(body.snapshot.base64, "base64")));
      const push = sink.got.find((one) => one.url === "/reed");
      assert.ok(isJpeg(push?.body ?? Buffer.alloc(0)));
      assert.match(String(push?.headers["title"]), /Door raised/);
    });

    await t.test("a button that only says that it was pressed raises its input at each press", async () => {
      await api.post("inputs", {
        zone: "instant",
        swingerAlarms: 0,
        ...common,
        name: "Button",
        kind: "button",
        board: 1,
        point: 2,
        recordChannels: [1],
      });
      await until(async () => (await api.get("inputs/2")).live?.active === false, "it is at rest");
      for (let press = 1; press <= 2; press++) {
        await device.publishAsync("button", JSON.stringify({ action: "single" }));
        const receipt = await closedReceipt(api, 2, press);
        assert.deepEqual(actionOf(receipt, "record").outcome, { kind: "done" });
      }
    });

    await t.test("the device's last will makes its contact a fault, and its return raises nothing", async () => {
      await device.publishAsync("door/availability", "offline", { retain: true });
      await until(async () => (await api.get("inputs/1")).live.level === "fault", "the contact is at fault");
      await device.publishAsync("door/availability", "online", { retain: true });
      await say(true);
      await until(async () => (await api.get("inputs/1")).live.level === "closed", "it is known again");
      assert.equal((await raisedReceipts(api, 1)).length, 2);
    });

    await t.test(
      "the broker goes away: the board is lost; back, the contact that opened meanwhile is found",
      async () => {
        await api.post("arming", { armed: false });
        await device.endAsync();
        await broker.stop();
        await until(async () => (await api.get("boards/1")).live.state === "lost", "the board is lost", 30_000);
        await broker.start();
        const other = await connectAsync(broker.url);
        await other.publishAsync("door/availability", "online", { retain: true });
        await other.publishAsync("door", JSON.stringify({ contact: false }), { retain: true });
        await until(async () => (await raisedReceipts(api, 1)).length === 3, "it is found open", 30_000);
        assert.equal((await raisedReceipts(api, 1))[2].edge.kind, "raised(found)");
        await other.publishAsync("door", JSON.stringify({ contact: true }), { retain: true });
        await closedReceipt(api, 1, 3);
        await other.endAsync();
      },
    );
  },
);
