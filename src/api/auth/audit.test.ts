import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { channelRow, receiptRow } from "../../testkit/store-rows.ts";
import { tokenHash } from "./secrets.ts";
import { testSite } from "../test-site.test.ts";

const anExport = { span: { channels: [1], from: 1, to: 2 }, lock: true, reason: "burglary", recipient: "police" };

const subscription = {
  name: "Firefox",
  endpoint: "https://push.example.org/x",
  keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) },
};

/** What each route that changes something is sent here: the body, and the address with its parameters. */
const requests: Record<string, { readonly url: string; readonly body?: object }> = {
  "POST /api/logout": { url: "/api/logout" },
  "POST /api/users": { url: "/api/users", body: { name: "eve", role: "viewer", password: "a window seat" } },
  "PATCH /api/users/:name": { url: "/api/users/bob", body: { role: "viewer" } },
  "POST /api/users/:name/link": { url: "/api/users/hall/link" },
  "PATCH /api/me/preferences": { url: "/api/me/preferences", body: { language: "de" } },
  "PUT /api/me/password": {
    url: "/api/me/password",
    body: { current: "right password", password: "another password" },
  },
  "DELETE /api/sessions/:id": { url: `/api/sessions/${tokenHash("session of ann").slice(0, 16)}` },
  "PATCH /api/first-steps": { url: "/api/first-steps", body: { dismissed: true } },
  "PUT /api/users/:name/password": { url: "/api/users/bob/password", body: { password: "another password" } },
  "DELETE /api/users/:name": { url: "/api/users/bob" },
  "POST /api/keys": { url: "/api/keys", body: { name: "Grafana", scopes: ["metrics"] } },
  "DELETE /api/keys/:id": { url: "/api/keys/reed_read" },
  "POST /api/arming": { url: "/api/arming", body: { armed: true } },
  "POST /api/arming/codes": { url: "/api/arming/codes", body: { name: "Anna", pin: "1234" } },
  "PUT /api/arming/bypass": { url: "/api/arming/bypass", body: { inputs: [1] } },
  "PUT /api/arming/settings": { url: "/api/arming/settings", body: { modes: [{ mode: "away", name: "Away" }] } },
  "POST /api/silence": { url: "/api/silence" },
  "POST /api/outputs/rest": { url: "/api/outputs/rest", body: { confirmed: true } },
  "PUT /api/outputs/:id/mode": { url: "/api/outputs/1/mode", body: { mode: "off" } },
  "POST /api/outputs/:id/relay-replaced": { url: "/api/outputs/1/relay-replaced" },
  "POST /api/outputs/:id/test": { url: "/api/outputs/1/test", body: { seconds: 3 } },
  "POST /api/boards/test": { url: "/api/boards/test", body: { driver: { kind: "virtual" } } },
  "POST /api/boards/:id/relays/:point/test": { url: "/api/boards/1/relays/1/test", body: { confirmed: true } },
  "POST /api/inputs/:id/trip": { url: "/api/inputs/1/trip" },
  "POST /api/outputs/:id/copy": { url: "/api/outputs/1/copy", body: { to: [1], what: ["maxOnS"] } },
  "POST /api/inputs/:id/copy": { url: "/api/inputs/1/copy", body: { to: [1], what: ["debounceMs"] } },
  "PUT /api/recording/files": { url: "/api/recording/files", body: { minutes: 10 } },
  "POST /api/channels/:id/copy-recording": {
    url: "/api/channels/1/copy-recording",
    body: { to: [1], what: ["recordMode"] },
  },
  "PUT /api/channels/:id/detection": { url: "/api/channels/1/detection", body: { videoLoss: true } },
  "POST /api/channels/:id/retry": { url: "/api/channels/1/retry" },
  "POST /api/channels/:id/record": { url: "/api/channels/1/record", body: { maxS: 60 } },
  "POST /api/channels/:id/record/stop": { url: "/api/channels/1/record/stop" },
  "POST /api/notifiers/:id/test": { url: "/api/notifiers/1/test" },
  "POST /api/channels/:id/preset": { url: "/api/channels/1/preset", body: { preset: 1 } },
  "PUT /api/push/key": { url: "/api/push/key" },
  "POST /api/push/subscriptions": { url: "/api/push/subscriptions", body: subscription },
  "DELETE /api/push/subscriptions/:id": { url: "/api/push/subscriptions/1" },
  "POST /api/dead-letters/:letter/send": { url: "/api/dead-letters/l1/send" },
  "DELETE /api/dead-letters/:letter": { url: "/api/dead-letters/l1" },
  "POST /api/alarms/:alarmId/acknowledge": { url: "/api/alarms/alarm-e1/acknowledge" },
  "POST /api/alarms/:alarmId/resolve": { url: "/api/alarms/alarm-e1/resolve", body: { note: "the cat" } },
  "POST /api/locks": { url: "/api/locks", body: { channels: [1], from: 1, to: 2, reason: "burglary" } },
  "POST /api/exports": { url: "/api/exports", body: anExport },
  "POST /api/evidence/keys": { url: "/api/evidence/keys" },
  "POST /api/bookmarks": { url: "/api/bookmarks", body: { channels: [1], at: 1, note: "van" } },
  "DELETE /api/bookmarks/:id": { url: "/api/bookmarks/b1" },
  "DELETE /api/locks/:id": { url: "/api/locks/l1" },
  "POST /api/walk-test": { url: "/api/walk-test", body: { inputs: [1] } },
  "DELETE /api/walk-test": { url: "/api/walk-test" },
  "PUT /api/auto-arm": { url: "/api/auto-arm", body: { schedule: 1 } },
  "DELETE /api/auto-arm": { url: "/api/auto-arm" },
  "POST /api/auto-arm/postpone": { url: "/api/auto-arm/postpone", body: { minutes: 30 } },
  "PUT /api/holidays": { url: "/api/holidays", body: { holidays: [] } },
  "PUT /api/storage/groups": { url: "/api/storage/groups", body: { groups: [] } },
  "PUT /api/storage/keep": { url: "/api/storage/keep", body: { rules: [] } },
  "PUT /api/site": { url: "/api/site", body: { name: "Home", timeZone: "UTC" } },
  "PATCH /api/site": { url: "/api/site", body: { name: "Home" } },
};

const bodies: Record<string, object> = {
  channels: { url: "rtsp://192.0.2.1/", username: "", password: "" },
  boards: { driver: { kind: "virtual" } },
  inputs: { name: "Door", kind: "door", board: 1, point: 1 },
  outputs: { name: "Siren", kind: "siren", board: 1, point: 1 },
  notifiers: { kind: "ntfy", topic: "reed" },
  volumes: { path: "/mnt/footage" },
  schedules: { name: "Office hours", week: {} },
  views: { name: "Doors", layout: 4, channels: [1] },
};

function requestFor(route: string): { readonly url: string; readonly body?: object } {
  const known = requests[route];
  if (known !== undefined) return known;
  const [method, , , collection = "", id] = route.split(/[ /]/);
  const body = bodies[collection];
  assert.ok(body !== undefined, `${route} changes something, and this test does not know it`);
  const url = `/api/${collection}${id === undefined ? "" : collection === "volumes" ? "/v1" : "/1"}`;
  return method === "DELETE" ? { url } : { url, body: method === "PATCH" ? {} : body };
}

/** Routes that change nothing, or whose audit is tested elsewhere. */
const elsewhere = [
  / \/api\/(setup|login|login\/link)$/,
  /virtual|contacts|level/,
  // a backup changes nothing, and a restore takes a file of its own: api/backup has tests of both
  / \/api\/(backup|restore)$/,
  // asks core for a line in the audit log only
  / \/api\/exports\/:id$/,
  // profiles save nothing, and teaching needs a board with contacts: api/inputs has tests of it
  /board-profiles|teach/,
  // in the name of whose code it is, and one that has to be there: api/arming has tests of both
  /arming\/(by-code|codes\/:id)$/,
  // a test of a camera changes nothing; that it is audited stands in api/camera-tests
  /camera-tests/,
  // a test of a bucket leaves nothing behind; that it is audited stands in api/volumes
  /bucket-test/,
  // needs a volume that is there: api/storage has tests of it
  /storage\/volumes\/:id\/measure/,
  // needs models that are there: api/models has tests of it
  / \/api\/models/,
  // nothing happens
  /simulate|motion-search/,
];

test("whatever changes something is asked of core in the name of who asked, so that the audit log has it", async (t) => {
  const { routes: all } = await testSite(t);
  const changing = all.filter((route) => /^(POST|PUT|PATCH|DELETE) \/api\//.test(route));
  const routes = changing.filter((route) => !elsewhere.some((pattern) => pattern.test(route)));
  assert.ok(routes.length > 30, `only ${routes.length} routes were found`);
  for (const route of routes) {
    const site = await testSite(t);
    const cookie = site.session("administrator", "ann");
    site.session("operator", "bob");
    site.session("display", "hall");
    site.key("read");
    for (const [collection, body] of Object.entries(bodies)) {
      if (collection !== "volumes") await site.send("POST", `/api/${collection}`, cookie, body);
    }
    site.put({ kind: "config", change: { part: "channel", value: channelRow(1) } });
    site.put({
      kind: "config",
      change: { part: "volume", value: { id: "v1", path: "/mnt/a", maxShare: 0.8, keepDays: 14 } },
    });
    const lock = { id: "l1", channel: 9, from: wallTime(1), to: wallTime(2), reason: "r", by: "b", at: wallTime(3) };
    const mark = { id: "b1", channels: [1], at: wallTime(1), note: "van", by: "user ann", madeAt: wallTime(3) };
    site.put({ kind: "bookmark", bookmark: mark });
    site.put({ kind: "receipt", receipt: receiptRow("e1", 1000) }, { kind: "footage-locked", lock });
    await site.send("POST", "/api/push/subscriptions", cookie, subscription);
    site.asked.length = 0;
    const { url, body } = requestFor(route);
    const [method = ""] = route.split(" ");
    const answer = await site.send(method as "POST", url, cookie, body);
    const asked = site.asked.filter(({ command }) => command.kind !== "audit");
    assert.equal(asked.length, 1, `${route}: ${answer.status} ${answer.text}`);
    assert.deepEqual(asked[0]?.actor, { kind: "user", name: "ann" }, route);
  }
});

test("refused logins and refused first starts stand in the audit log with name and address", async (t) => {
  const site = await testSite(t, { firstStartToken: "one-time" });
  const away = { host: "reed.local:8480" };
  await site.send("POST", "/api/setup", away, { token: "guess", name: "mallory", password: "a long password" });
  site.session("operator", "bob");
  await site.send("POST", "/api/login", away, { name: "bob", password: "wrong" });
  assert.deepEqual(
    site.asked.map(({ command }) => (command.kind === "audit" ? [command.what, command.details] : command.kind)),
    [
      ["setup-refused", { name: "mallory", address: "127.0.0.1" }],
      ["login-refused", { name: "bob", address: "127.0.0.1" }],
    ],
  );
});
