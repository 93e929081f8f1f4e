/** What somebody in the same network, or a page of another site, may try. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { pino } from "pino";
import { testSite } from "../test-site.test.ts";
import { isLoopback } from "./same-origin.ts";

test("a proxy on this machine does not make a stranger this machine's own user", () => {
  const near = (headers: Record<string, string>, httpVersion = "1.1") =>
    isLoopback("127.0.0.1", { headers: { host: "localhost:8480", ...headers }, httpVersion });
  assert.equal(near({}), true);
  assert.equal(near({}, "1.0"), false);
  for (const header of ["via", "x-real-ip", "x-forwarded-host", "x-forwarded-proto", "forwarded"])
    assert.equal(near({ [header]: "x" }), false, header);
  assert.equal(near({ origin: "https://nvr.example" }), false);
});

test("the cookie of a login that came through TLS is never sent without it, also behind a proxy", async (t) => {
  const site = await testSite(t);
  site.session("operator", "bob");
  const host = "nvr.example";
  const login = async (headers: Record<string, string>) => {
    const answer = await site.send("POST", "/api/login", headers, { name: "bob", password: "right password" });
    return String(answer.headers["set-cookie"]);
  };
  assert.match(await login({ host, origin: `https://${host}` }), /; Secure/);
  assert.doesNotMatch(await login({ host, origin: `http://${host}` }), /; Secure/);
});

test("a volume is a whole path outside the system's own folders", async (t) => {
  const site = await testSite(t);
  const status = async (path: string) =>
    (await site.send("POST", "/api/volumes", site.key("configure"), { path })).status;
  for (const path of [
    "/",
    "//",
    "/etc",
    "/etc/reed",
    "//etc/x",
    "/mnt/../etc",
    "/mnt/./x",
    "footage",
    "../x",
    "/proc/1",
    "/run",
    "/mnt/a\u0000b",
  ])
    assert.equal(await status(path), 400, path);
  for (const path of ["/mnt/footage", "/run/media/ann/disk", "/etcetera", "C:\\footage"])
    assert.equal(await status(path), 201, path);
});

test("addresses that are as good as a password are shown to those who configure, not to every viewer", async (t) => {
  const site = await testSite(t);
  const hook = { kind: "webhook", url: "https://hooks.example/T0/B0/secret-part" };
  await site.send("POST", "/api/notifiers", site.key("configure"), hook);
  const viewer = site.session("viewer");
  assert.equal((await site.send("GET", "/api/notifiers", viewer)).status, 403);
  assert.equal((await site.send("GET", "/api/notifiers/1", viewer)).status, 403);
  assert.equal((await site.send("GET", "/api/notifiers", site.session())).status, 200);
  const mqtt = { driver: { kind: "mqtt", url: "mqtt://user:secret@192.0.2.5" } };
  assert.match((await site.send("POST", "/api/boards", site.session(), mqtt)).text, /without user and password/);
});

test("a trigger's key is in no line of the log, whether the trigger works, is refused or breaks", async (t) => {
  const lines: string[] = [];
  const site = await testSite(t, { log: pino({ level: "trace" }, { write: (line) => void lines.push(line) }) });
  const key = "k".repeat(24);
  const driver = { kind: "http-trigger", inputs: [{ point: 1, key }] };
  await site.send("POST", "/api/boards", site.key("configure"), { driver });
  for (const url of [`/trigger/k/${key}/pulse`, `/trigger/k/${key}x/pulse`, `/trigger/k/${key}/explode`]) {
    await site.send("POST", url);
    await site.send("GET", `${url}?x=%00`);
  }
  site.core.answer = () => {
    throw new Error("broken");
  };
  assert.equal((await site.send("POST", `/trigger/k/${key}/pulse`)).status, 500);
  assert.ok(lines.length > 0);
  assert.ok(!lines.join("").includes(key));
});

test("what went wrong inside stays inside, and a body that is too large or no JSON is refused with a sentence", async (t) => {
  const site = await testSite(t);
  const administrator = site.session();
  site.core.answer = () => {
    throw new Error("SQLITE_ERROR at /var/lib/secret-place");
  };
  const broken = await site.send("POST", "/api/arming", administrator, { armed: true });
  assert.deepEqual([broken.status, /secret-place|SQLITE/.test(broken.text)], [500, false]);
  const large = await site.send("POST", "/api/site", administrator, { name: "x".repeat(2 ** 20) });
  assert.ok(large.status === 413 || large.status === 404);
  const put = await site.send("PUT", "/api/site", administrator, { name: "x".repeat(2 ** 20), timeZone: "UTC" });
  assert.equal(put.status, 413);
});

test("who dribbles a request loses the connection; the number of connections has a bound", async (t) => {
  const { app } = await testSite(t);
  await app.ready();
  assert.equal(app.server.requestTimeout, 30_000);
  assert.ok(app.server.headersTimeout > 0 && app.server.headersTimeout <= 60_000);
  assert.ok(app.server.maxConnections > 0);
});

test("a slow-down of guessing ends no session", async (t) => {
  const site = await testSite(t);
  const cookie = site.session("operator", "bob");
  for (let guess = 0; guess < 12; guess++)
    await site.send("POST", "/api/login", {}, { name: "bob", password: "guess" });
  assert.equal((await site.send("POST", "/api/login", {}, { name: "bob", password: "right password" })).status, 429);
  assert.equal((await site.send("GET", "/api/me", cookie)).status, 200);
});

test("a header that was smuggled into a query comes out nowhere", async (t) => {
  const site = await testSite(t);
  const address = await site.app.listen({ port: 0, host: "127.0.0.1" });
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  socket.write("GET /api/setup?x=%0d%0aSet-Cookie:%20reed_session=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  assert.match(text, /^HTTP\/1.1 200/);
  assert.doesNotMatch(text, /set-cookie/i);
});
