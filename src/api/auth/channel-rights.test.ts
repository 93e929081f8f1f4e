/** A person who may see one channel: every route is tried, and none says anything of the other. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { WebSocket } from "ws";
import { wallTime } from "../../kernel/time.ts";
import { closeCodes } from "../../contract/streams.ts";
import type { WalkRecord } from "../../domain/walk-test.ts";
import type { ChannelRights } from "../../domain/rights.ts";
import { channelRow, receiptRow } from "../../testkit/store-rows.ts";
import { quietArming, quietState, testSite } from "../test-site.test.ts";

const linkage = { postRecordS: 30, maxRecordS: 600, outputs: [], notifiers: [] };
const input = (number: number, recordChannels: readonly number[]) => ({
  ...{ input: number, name: `Door ${number}`, enabled: true, kind: "door" as const, board: 1, point: number },
  ...{ type: "NC" as const, debounceMs: 250, antiDitherS: 5, linkage: { ...linkage, recordChannels } },
});
const record = (channel: number) => ({
  ...{ id: `record/${channel}`, target: { kind: "record" as const, channel, preS: 10 } },
  because: { rule: "input 1", eventId: "e" },
});

const siren = {
  ...{ output: 1, name: "Siren", kind: "siren" as const, board: 1, point: 1, mode: "auto" as const },
  ...{ maxOnS: 180, restState: "off" as const },
};

const walkTest: WalkRecord = {
  ...{ walkId: "w1", by: "user ann", inputs: [1, 2], minutes: 30, pulse: false, locks: [], send: [] },
  ...{ since: wallTime(1), until: wallTime(1_800_000) },
};

/** Channels 1 and 2, each with a door, footage, an alarm and a trouble; somebody who may see channel 1. */
async function twoChannels(
  t: TestContext,
  rights: ChannelRights,
  role: "viewer" | "operator" | "display" = "viewer",
  /** Channels whose footage was opened. */
  opened: number[] = [],
) {
  const site = await testSite(t, {
    snapshot: () => Promise.resolve(new Uint8Array([1])),
    footage: {
      open({ channel }) {
        opened.push(channel);
        return Promise.resolve({ parts: [], read: () => nothing() });
      },
    },
  });
  const since = wallTime(1);
  const channel = (number: number) =>
    ({ channel: number, state: "live", since, reason: "", bitsPerSecond: 1, ringMs: 1 }) as const;
  site.core.state = {
    ...quietState,
    channels: [channel(1), channel(2)],
    inputs: [{ input: 2, level: "open", active: true, since }],
    outputs: [
      {
        ...{ output: 1, mode: "auto", wanted: "on", commanded: "on", readBack: "on" },
        holds: [{ by: "input 2 e2", input: 2, until: since }],
      },
    ],
    walkTest,
    detection: [1, 2].map((channel) => ({
      ...({ channel, state: "watching", reason: "", stream: "sub" } as const),
      ...{ lookedAt: 5, skipped: 0, costMs: 6, slowedBy: 0 },
    })),
    troubles: [1, 2].flatMap((number) => [
      { key: `channel:${number}`, what: `Camera ${number} is away`, since },
      { key: `loop:${number}`, what: `Door ${number}: loop cut`, since },
    ]),
  };
  for (const number of [1, 2]) {
    site.put({ kind: "config", change: { part: "channel", value: channelRow(number) } });
    site.put({ kind: "config", change: { part: "input", value: input(number, [number]) } });
    site.put({ kind: "span", channel: number, cause: "continuous", from: wallTime(1000), to: wallTime(2000) });
    site.put({ kind: "receipt", receipt: receiptRow(`e${number}`, 1500, { actions: [record(number)] }) });
  }
  const mark = { channels: [2], at: wallTime(1), note: "Camera 2", by: "user bob", madeAt: wallTime(2) };
  site.put({ kind: "bookmark", bookmark: { id: "b2", ...mark } });
  site.put({ kind: "config", change: { part: "output", value: siren } });
  site.put({ kind: "config", change: { part: "schedule", value: { schedule: 1, name: "Day", week: [] } } });
  const span = { channel: 2, from: wallTime(1000), to: wallTime(2000) };
  site.put({ kind: "footage-locked", lock: { id: "l2", ...span, reason: "burglary", by: "user ann", at: since } });
  site.put({ kind: "walk-test", walk: walkTest });
  site.put({ kind: "receipt", receipt: receiptRow("both", 1600, { actions: [record(1), record(2)] }) });
  for (const [event, name] of [
    ["e2", "2-1.jpg"],
    ["both", "1-1.jpg"],
    ["both", "2-1.jpg"],
  ] as const) {
    mkdirSync(join(site.pictureFolder, event), { recursive: true });
    writeFileSync(join(site.pictureFolder, event, name), `picture of ${name === "2-1.jpg" ? "Camera 2" : "Camera 1"}`);
  }
  const cookie = site.session(role, "bob");
  site.put({ kind: "account", op: { kind: "change-user", name: "bob", role, rights }, at: wallTime(2) });
  return { ...site, cookie };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // no test reads footage here
}

const onlyOne: ChannelRights = { live: [1], playback: [1] };

interface Tried {
  readonly url: string;
  readonly answer: 403 | "left out";
  readonly body?: object;
}

/**
 * For each route that says it looks at the rights itself: how something of channel 2 is asked for there. Either it is
 * refused, or the answer has nothing of it.
 */
const checked: Record<string, Tried> = {
  "GET /api/channels": { url: "/api/channels", answer: "left out" },
  "GET /api/channels/:id": { url: "/api/channels/2", answer: 403 },
  "GET /api/channels/:id/presets": { url: "/api/channels/2/presets", answer: 403 },
  "POST /api/channels/:id/preset": { url: "/api/channels/2/preset", answer: 403, body: { preset: 1 } },
  "POST /api/channels/:id/retry": { url: "/api/channels/2/retry", answer: 403 },
  "POST /api/channels/:id/record": { url: "/api/channels/2/record", answer: 403 },
  "POST /api/channels/:id/record/stop": { url: "/api/channels/2/record/stop", answer: 403 },
  "GET /api/channels/:id/snapshot.jpg": { url: "/api/channels/2/snapshot.jpg", answer: 403 },
  "GET /api/pictures": { url: "/api/pictures", answer: "left out" },
  "GET /api/pictures/:channel/last.jpg": { url: "/api/pictures/2/last.jpg", answer: 403 },
  "GET /api/channels/:id/footage.mp4": { url: "/api/channels/2/footage.mp4?from=1000&to=2000", answer: 403 },
  "GET /api/receipts/:eventId/footage.mp4": { url: "/api/receipts/e2/footage.mp4?channel=2", answer: 403 },
  "GET /api/arming/readiness": { url: "/api/arming/readiness", answer: "left out" },
  "GET /api/walk-test": { url: "/api/walk-test", answer: "left out" },
  "PUT /api/arming/bypass": { url: "/api/arming/bypass", answer: 403, body: { inputs: [1, 2] } },
  "GET /api/inputs": { url: "/api/inputs", answer: "left out" },
  "GET /api/inputs/:id": { url: "/api/inputs/2", answer: 403 },
  "GET /api/outputs": { url: "/api/outputs", answer: "left out" },
  "GET /api/outputs/:id": { url: "/api/outputs/1", answer: "left out" },
  "GET /api/schedules": { url: "/api/schedules", answer: "left out" },
  "GET /api/schedules/:id": { url: "/api/schedules/1", answer: "left out" },
  "GET /api/receipts": { url: "/api/receipts", answer: "left out" },
  "GET /api/receipts/:eventId": { url: "/api/receipts/e2", answer: 403 },
  "GET /api/receipts/:eventId/objects": { url: "/api/receipts/e2/objects", answer: 403 },
  "GET /api/receipts/:eventId/pictures": { url: "/api/receipts/both/pictures", answer: "left out" },
  "GET /api/receipts/:eventId/pictures/:channel/:nth": { url: "/api/receipts/e2/pictures/2/1", answer: 403 },
  "GET /api/channels/:id/timed-pictures": { url: "/api/channels/2/timed-pictures", answer: 403 },
  "GET /api/channels/:id/timed-pictures/:day": { url: "/api/channels/2/timed-pictures/2026-11-23", answer: 403 },
  "GET /api/channels/:id/timed-pictures/:day/:at": { url: "/api/channels/2/timed-pictures/2026-11-23/1", answer: 403 },
  "GET /api/channels/:id/timed-pictures/:day/all.zip": {
    url: "/api/channels/2/timed-pictures/2026-11-23/all.zip",
    answer: 403,
  },
  "GET /api/timeline": { url: "/api/timeline?from=0&to=5000&gaps=true", answer: "left out" },
  "GET /api/timeline/motion": { url: "/api/timeline/motion?channels=2&from=0&to=5000&stepMs=1000", answer: 403 },
  "POST /api/footage/motion-search": {
    url: "/api/footage/motion-search",
    answer: 403,
    body: { channels: [1, 2], cells: "f".repeat(99), from: 1000, to: 2000 },
  },
  "GET /api/footage/objects/labels": { url: "/api/footage/objects/labels?channels=1,2&from=0&to=5000", answer: 403 },
  "GET /api/footage/objects": { url: "/api/footage/objects?channels=1,2&from=0&to=5000", answer: 403 },
  "GET /api/channels/:id/objects/paths": { url: "/api/channels/2/objects/paths?from=0&to=5000", answer: 403 },
  "GET /api/channels/:id/objects/:object/picture": { url: "/api/channels/2/objects/1-1/picture", answer: 403 },
  "GET /api/timeline/event": { url: "/api/timeline/event?channels=2&after=0", answer: 403 },
  "GET /api/troubles": { url: "/api/troubles", answer: "left out" },
  "GET /api/alarms": { url: "/api/alarms", answer: "left out" },
  "GET /api/alarms/:alarmId": { url: "/api/alarms/alarm-e2", answer: 403 },
  "POST /api/alarms/:alarmId/acknowledge": { url: "/api/alarms/alarm-e2/acknowledge", answer: 403 },
  "POST /api/alarms/:alarmId/resolve": { url: "/api/alarms/alarm-e2/resolve", answer: 403, body: { note: "seen" } },
  "GET /api/locks": { url: "/api/locks", answer: "left out" },
  "POST /api/locks": { url: "/api/locks", answer: 403, body: { channels: [1, 2], from: 1, to: 2, reason: "why" } },
  "GET /api/bookmarks": { url: "/api/bookmarks?from=0&to=5000", answer: "left out" },
  "POST /api/bookmarks": { url: "/api/bookmarks", answer: 403, body: { channels: [1, 2], at: 1, note: "van" } },
  "DELETE /api/bookmarks/:id": { url: "/api/bookmarks/b2", answer: 403 },
  "GET /api/exports": { url: "/api/exports", answer: "left out" },
  "POST /api/exports": {
    url: "/api/exports",
    answer: 403,
    body: { span: { channels: [1, 2], from: 1000, to: 2000 }, reason: "why", recipient: "who" },
  },
  "GET /api/channels/:id/hls/index.m3u8": { url: "/api/channels/2/hls/index.m3u8?from=1000&to=2000", answer: 403 },
  "GET /api/channels/:id/hls/video.m3u8": { url: "/api/channels/2/hls/video.m3u8?from=1000&to=2000", answer: 403 },
  "GET /api/channels/:id/hls/audio.m3u8": { url: "/api/channels/2/hls/audio.m3u8?from=1000&to=2000", answer: 403 },
  "GET /api/channels/:id/hls/line": { url: "/api/channels/2/hls/line?from=1000&to=2000&zero=0", answer: 403 },
  "GET /api/channels/:id/key-frame": { url: "/api/channels/2/key-frame?at=1000", answer: 403 },
  "GET /api/channels/:id/media/:segment/key/:ticks/:hint.jpg": {
    url: "/api/channels/2/media/s/key/0/1.jpg",
    answer: 403,
  },
  "GET /api/channels/:id/media/:segment/:track.mp4": { url: "/api/channels/2/media/s/video.mp4", answer: 403 },
  "GET /api/channels/:id/media/:segment/:track/:from/:to/:base/:hint.m4s": {
    url: "/api/channels/2/media/s/video/0/1/0/1.m4s",
    answer: 403,
  },
  "GET /api/detection": { url: "/api/detection", answer: "left out" },
  "GET /api/channels/:id/detection": { url: "/api/channels/2/detection", answer: 403 },
  "GET /api/channels/:id/detection/live": { url: "/api/channels/2/detection/live", answer: 403 },
  "GET /api/live/:channel": { url: "/api/live/2", answer: 403 },
  // over a real socket below
  "GET /api/events": { url: "/api/troubles", answer: "left out" },
};

const ofChannel2 = /"(channel|input)":2\b|channel:2\b|Camera 2|Door 2|"e2"/;

/** Times of day are nobody's secret; exports are tried where there are some. */
const nothingToLeaveOut = new Set(["GET /api/schedules", "GET /api/schedules/:id", "GET /api/exports"]);

/** What is refused is there for who may see all: else the refusal proves nothing. */
const there = ["/api/receipts/e2/pictures/2/1", "/api/receipts/both/pictures/2/1"];

/** Tried in `exports/routes.test.ts`, with an export that is there. */
const elsewhere = new Set(["GET /api/exports/:id", "DELETE /api/exports/:id", "GET /api/exports/:id/file.zip"]);

const withoutLogin = new Set(["GET /api/setup", "POST /api/setup", "POST /api/login", "POST /api/login/link"]);

test("a route is closed to who may see some channels only, unless it has said what it does about that", async (t) => {
  const site = await twoChannels(t, onlyOne, "operator");
  await site.app.ready();
  const behind = site.routes.filter((route) => / \/(api|metrics)/.test(route) && !route.startsWith("HEAD "));
  assert.ok(behind.length > 60, `only ${behind.length} routes were found`);
  let closed = 0;
  for (const route of behind.filter((one) => !withoutLogin.has(one))) {
    const [method = "", path = ""] = route.split(" ");
    const says = site.configs.get(route)?.config?.channels;
    if (says === "checked" && !elsewhere.has(route))
      assert.ok(checked[route] !== undefined, `${route} is tried by no row of this test`);
    if (says !== undefined) continue;
    const url = path.replaceAll(/:\w+/g, "1").replaceAll("*", "x");
    const answer = await site.app.inject({ method: method as "GET", url, headers: site.cookie });
    assert.equal(answer.statusCode, 403, route);
    closed++;
  }
  assert.ok(closed > 30, `only ${closed} routes were closed`);
});

test("whoever may see channel 1 is refused channel 2 by every route, or gets an answer without it", async (t) => {
  const site = await twoChannels(t, onlyOne, "operator");
  await site.app.ready();
  for (const [route, { url, answer, body = {} }] of Object.entries(checked)) {
    assert.ok(site.routes.includes(route), `${route} is not there`);
    const [method = ""] = route.split(" ");
    const got = await site.send(method as "GET", url, site.cookie, method === "GET" ? undefined : body);
    assert.equal(got.status, answer === 403 ? 403 : 200, `${route}: ${got.text}`);
    assert.doesNotMatch(got.text.replace(/channel 2\.|input 2\./, ""), ofChannel2, route);
  }
  // each answer that leaves channel 2 out has something of it for who may see all: else the line above proves nothing
  const admin = site.session("administrator", "ann");
  for (const [route, { url, answer }] of Object.entries(checked)) {
    if (answer === 403 || nothingToLeaveOut.has(route)) continue;
    const all = (await site.send("GET", url, admin)).text;
    assert.match(all, ofChannel2, `${route} says nothing of channel 2 to anybody`);
  }
  for (const url of there) {
    assert.equal((await site.send("GET", url, site.cookie)).status, 403, url);
    assert.equal((await site.send("GET", url, admin)).text, "picture of Camera 2", url);
  }
  assert.equal((await site.send("GET", "/api/receipts/both/pictures/1/1", site.cookie)).status, 200);
  // and the same for a named list of channels
  assert.equal((await site.send("GET", "/api/timeline?from=0&to=5000&channels=1,2", site.cookie)).status, 403);
});

test("whoever may see channel 1 leaves its door out of the arming; what others left out stays so, and is not named", async (t) => {
  const site = await twoChannels(t, onlyOne, "operator");
  const arming = (mode: string) => ({ ...quietArming, mode, bypass: [2] });
  site.core.state = { ...site.core.state, armed: true, arming: arming("home") };
  const last = () => site.asked.at(-1)?.command;
  assert.equal((await site.send("PUT", "/api/arming/bypass", site.cookie, { inputs: [1] })).status, 200);
  assert.deepEqual(last(), { kind: "bypass", inputs: [2, 1] });
  const arm = (body: object) => site.send("POST", "/api/arming", site.cookie, body);
  assert.equal((await arm({ mode: "away", bypass: [2], force: true })).status, 403);
  assert.equal((await arm({ mode: "away", bypass: [1], force: true })).status, 200);
  assert.deepEqual(last(), { kind: "arm", armed: true, mode: "away", unlessOpen: false, bypass: [1] });
  assert.equal((await arm({ mode: "home", bypass: [1], force: true })).status, 200);
  assert.deepEqual(last(), { kind: "arm", armed: true, mode: "home", unlessOpen: false, bypass: [2, 1] });

  const open = (number: number) => ({ input: number, level: "open" as const, active: true, since: wallTime(1) });
  const refused = async (...inputs: number[]) => {
    site.core.state = { ...quietState, inputs: inputs.map(open) };
    const { status, text } = await arm({ mode: "away" });
    assert.equal(status, 409);
    return text;
  };
  assert.match(await refused(1, 2), /Door 1\W+ is open; close/);
  assert.doesNotMatch(await refused(1, 2), /Door 2/);
  assert.match(await refused(2), /An input that this login may not see is open/);
});

test("of channel 1 everything is there", async (t) => {
  const site = await twoChannels(t, onlyOne);
  const get = async (url: string) => (await site.send("GET", url, site.cookie)).body;
  const names = (rows: unknown, key: string) => (rows as Record<string, unknown>[]).map((row) => row[key]);
  assert.deepEqual(names(await get("/api/channels"), "channel"), [1]);
  assert.deepEqual(names(await get("/api/inputs"), "name"), ["Door 1"]);
  const timeline = (await get("/api/timeline?from=0&to=5000")) as { spans: unknown };
  assert.deepEqual(names(timeline.spans, "channel"), [1]);
  const { receipts } = (await get("/api/receipts?limit=2")) as { receipts: { edge: { eventId: string } }[] };
  assert.deepEqual(
    receipts.map((receipt) => receipt.edge.eventId),
    ["both", "e1"],
  );
  assert.equal((await site.send("GET", "/api/channels/1/snapshot.jpg", site.cookie)).status, 200);
});

test("live and recorded pictures are apart: who may look may not look back", async (t) => {
  const site = await twoChannels(t, { live: [1], playback: [] });
  const status = async (url: string) => (await site.send("GET", url, site.cookie)).status;
  assert.equal(await status("/api/channels/1/snapshot.jpg"), 200);
  assert.equal(await status("/api/channels/1/footage.mp4?from=1000&to=2000"), 403);
  assert.equal(await status("/api/receipts/e1/footage.mp4"), 403);
  assert.deepEqual((await site.send("GET", "/api/timeline?from=0&to=5000", site.cookie)).at("spans"), []);
  const back = await twoChannels(t, { live: [], playback: [1] });
  assert.equal((await back.send("GET", "/api/channels/1/snapshot.jpg", back.cookie)).status, 403);
});

test("footage of an alarm is that of the channel one may play back, also when none is named", async (t) => {
  const asked: number[] = [];
  const site = await twoChannels(t, { live: [], playback: [2] }, "viewer", asked);
  await site.send("GET", "/api/receipts/both/footage.mp4", site.cookie);
  assert.deepEqual(asked, [2]);
  assert.equal((await site.send("GET", "/api/receipts/both/footage.mp4?channel=1", site.cookie)).status, 404);
  assert.deepEqual(asked, [2]);
});

test("a display looks and knows names; it reads neither addresses nor receipts nor the configuration", async (t) => {
  const site = await twoChannels(t, { live: "all", playback: "all" }, "display");
  const channels = await site.send("GET", "/api/channels", site.cookie);
  assert.deepEqual([channels.at("1.name"), channels.at("1.url"), channels.at("1.username")], ["Camera 2", "", ""]);
  assert.doesNotMatch(channels.text, /192\.0\.2/);
  // an alarm comes up on it
  assert.equal((await site.send("GET", "/api/alarms?state=new", site.cookie)).status, 200);
  for (const url of ["/api/receipts", "/api/inputs", "/api/boards", "/api/timeline?from=0&to=1", "/metrics"])
    assert.equal((await site.send("GET", url, site.cookie)).status, 403, url);
  assert.equal((await site.send("POST", "/api/silence", site.cookie)).status, 403);
});

test("events tell of the one channel only, without holes; other rights end the stream at once", async (t) => {
  const site = await twoChannels(t, onlyOne);
  const admin = site.session("administrator", "ann");
  const address = await site.app.listen({ port: 0, host: "127.0.0.1" });
  const socket = new WebSocket(`${address.replace("http", "ws")}/api/events`, { headers: site.cookie });
  t.after(() => socket.terminate());
  const messages: string[] = [];
  const arrived = async (count: number) => {
    while (messages.length < count) await once(socket, "message");
  };
  socket.on("message", (data: Buffer) => void messages.push(data.toString()));
  await arrived(1);
  const state = { state: "down", since: wallTime(1), reason: "", bitsPerSecond: 0, ringMs: 0 } as const;
  for (const [index, channel] of [2, 1, 2, 1].entries()) {
    site.tell({ kind: "event", seq: 2 + index, event: { kind: "channel", channel: { channel, ...state } } });
  }
  await arrived(3);
  assert.doesNotMatch(messages.join(), ofChannel2);
  const seqs = messages.map((text) => (JSON.parse(text) as { seq: number }).seq);
  assert.deepEqual(seqs, [1, 2, 3]);
  const closed = once(socket, "close");
  await site.send("PATCH", "/api/users/bob", admin, { rights: { live: [2], playback: [] } });
  assert.equal((await closed)[0], closeCodes.rightsChanged);
});
