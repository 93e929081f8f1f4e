import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { testSite } from "../test-site.test.ts";
import { mayUse } from "./scopes.ts";

const open = new Set([
  "GET /health",
  "GET /api/setup",
  "POST /api/setup",
  "POST /api/login",
  "POST /api/login/link",
  // these ask for the key of the point
  "GET /trigger/:board/:point/:verb",
  "POST /trigger/:board/:point/:verb",
  "GET /trigger/k/:key/:verb",
  "POST /trigger/k/:key/:verb",
]);

test("every route of the app answers 401 without a login, except the few that are listed", async (t) => {
  const { app, routes: all } = await testSite(t);
  await app.ready();
  const routes = all.filter((route) => !route.startsWith("HEAD "));
  assert.ok(routes.length > 60, `only ${routes.length} routes were found`);
  for (const route of open) assert.ok(routes.includes(route), `${route} is not there`);
  for (const route of routes.filter((one) => !open.has(one))) {
    const [method = "", path = ""] = route.split(" ");
    const url = path.replaceAll(/:\w+/g, "1").replaceAll("*", "x");
    const answer = await app.inject({ method: method as "GET", url });
    assert.equal(answer.statusCode, 401, route);
  }
});

test("a route that does not say what it needs is closed even to an administrator", async (t) => {
  const site = await testSite(t);
  assert.equal(mayUse({ kind: "user", role: "administrator", scopes: ["read"] }, undefined), false);
  // a made-up key and a made-up cookie open nothing
  assert.equal((await site.send("GET", "/api/me", { authorization: "Bearer reed_guess" })).status, 401);
  assert.equal((await site.send("GET", "/api/me", { cookie: "reed_session=guess" })).status, 401);
});

test("a role may do what its scopes say and a key what it was given", async (t) => {
  const site = await testSite(t);
  const status = async (headers: Record<string, string>) => [
    (await site.send("GET", "/api/channels", headers)).status,
    (await site.send("POST", "/api/arming", headers, { armed: true })).status,
    (await site.send("POST", "/api/silence", headers)).status,
    (await site.send("POST", "/api/channels", headers, { url: "rtsp://192.0.2.1/" })).status,
    (await site.send("GET", "/api/users", headers)).status,
    (await site.send("GET", "/metrics", headers)).status,
  ];
  assert.deepEqual(await status(site.session("administrator")), [200, 200, 200, 201, 200, 200]);
  assert.deepEqual(await status(site.session("operator")), [200, 200, 200, 403, 403, 200]);
  assert.deepEqual(await status(site.session("viewer")), [200, 403, 403, 403, 403, 200]);
  assert.deepEqual(await status(site.key("metrics")), [403, 403, 403, 403, 403, 200]);
  assert.deepEqual(await status(site.key("arm", "configure")), [403, 200, 403, 201, 403, 403]);
});

test("a page of another site can't use the cookie of somebody who is logged in", async (t) => {
  const site = await testSite(t);
  const cookie = site.session();
  const arm = async (headers: Record<string, string>) =>
    (await site.send("POST", "/api/arming", { ...cookie, host: "reed.local:8480", ...headers }, { armed: true }))
      .status;
  assert.equal(await arm({ origin: "http://evil.example" }), 403);
  assert.equal(await arm({ "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await arm({ "sec-fetch-site": "same-site", origin: "http://reed.local:8480" }), 403);
  assert.equal(await arm({ origin: "null" }), 403);
  assert.equal(await arm({ origin: "http://reed.local:8480", "sec-fetch-site": "same-origin" }), 200);
  assert.equal(await arm({}), 200);
  // nor read what happens over a WebSocket, for which browsers ask nobody
  const upgrade = {
    connection: "upgrade",
    upgrade: "websocket",
    origin: "http://evil.example",
    host: "reed.local:8480",
  };
  assert.equal((await site.send("GET", "/api/events", { ...cookie, ...upgrade })).status, 403);
});

test("a session ends at its time", async (t) => {
  const site = await testSite(t);
  const cookie = site.session("viewer");
  assert.equal((await site.send("GET", "/api/me", cookie)).status, 200);
  site.clock.advance(86_400_000);
  assert.equal((await site.send("GET", "/api/me", cookie)).status, 401);
  site.put({ kind: "account", op: { kind: "remove-user", name: "viewer" }, at: wallTime(1) });
});
