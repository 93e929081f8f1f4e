import assert from "node:assert/strict";
import { test } from "node:test";
import { seconds } from "../../kernel/time.ts";
import { testSite } from "../test-site.test.ts";

const ann = { name: "ann", password: "correct horse" };
const away = { host: "reed.local:8480" };

/** As if from another machine: a loopback address under a foreign name is not this machine's own page. */
const cookieOf = (headers: Record<string, unknown>): string => String(headers["set-cookie"]).split(";")[0] ?? "";

test("with the one-time token the first administrator is made, once, and is logged in", async (t) => {
  const site = await testSite(t, { firstStartToken: "one-time" });
  assert.deepEqual((await site.send("GET", "/api/setup", away)).body, { administrator: false, needs: "token" });
  const setup = (token: string) => site.send("POST", "/api/setup", away, { ...ann, token });
  assert.equal((await setup("wrong")).status, 403);
  assert.equal((await setup("")).status, 403);
  const made = await setup("one-time");
  assert.equal(made.status, 201);
  assert.match(
    String(made.headers["set-cookie"]),
    /^reed_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const me = await site.send("GET", "/api/me", { cookie: cookieOf(made.headers) });
  assert.deepEqual([me.at("name"), me.at("role")], ["ann", "administrator"]);
  assert.deepEqual((await site.send("GET", "/api/setup")).body, { administrator: true });
  assert.equal((await setup("one-time")).status, 409);
});

test("without the token only this machine may make the administrator, and no page of a foreign name on it", async (t) => {
  const site = await testSite(t);
  const setup = async (headers: Record<string, string>) =>
    (await site.send("POST", "/api/setup", headers, { ...ann })).status;
  assert.equal(await setup({ host: "rebound.example" }), 403);
  assert.equal(await setup({ host: "localhost:8480", "x-forwarded-for": "203.0.113.9" }), 403);
  assert.equal(await setup({ host: "localhost:8480", origin: "http://evil.example" }), 403);
  assert.equal(await setup({ host: "localhost:8480" }), 201);
});

test("an empty token file lets nobody in", async (t) => {
  const site = await testSite(t, { firstStartToken: "" });
  assert.equal((await site.send("POST", "/api/setup", away, { ...ann, token: "" })).status, 403);
});

test("a password that is short or is the name is refused with the rule", async (t) => {
  const site = await testSite(t);
  const setup = (name: string, password: string) => site.send("POST", "/api/setup", {}, { name, password });
  assert.match((await setup("ann", "short")).text, /at least 10 characters/);
  assert.match((await setup("annabelle-lee", "Annabelle-Lee")).text, /is not the name/);
  assert.equal((await setup("ann", "short")).status, 400);
});

test("a login lasts until its logout; the wrong password and the wrong name look alike", async (t) => {
  const site = await testSite(t);
  site.session("operator", "bob");
  const login = (name: string, password: string) => site.send("POST", "/api/login", {}, { name, password });
  const wrong = await login("bob", "wrong password");
  const unknown = await login("nobody", "wrong password");
  assert.deepEqual([wrong.status, wrong.body], [401, unknown.body]);
  const right = await login("BOB", "right password");
  assert.equal(right.status, 200);
  const cookie = { cookie: cookieOf(right.headers) };
  assert.equal((await site.send("GET", "/api/me", cookie)).at("name"), "bob");
  assert.equal((await site.send("POST", "/api/logout", cookie)).status, 200);
  assert.equal((await site.send("GET", "/api/me", cookie)).status, 401);
  assert.ok(site.asked.some(({ command }) => command.kind === "audit" && command.what === "login-refused"));
});

test("guessing is slowed down more and more, ends no session, and the owner gets in after the wait", async (t) => {
  const site = await testSite(t);
  const cookie = site.session("administrator", "ann");
  const login = (password: string) => site.send("POST", "/api/login", {}, { name: "ann", password });
  for (let time = 0; time < 6; time++) assert.equal((await login("wrong password")).status, 401);
  const blocked = await login("right password");
  assert.deepEqual([blocked.status, blocked.headers["retry-after"]], [429, "1"]);
  assert.equal((await site.send("GET", "/api/me", cookie)).status, 200);
  site.clock.advance(seconds(1));
  assert.equal((await login("wrong password")).status, 401);
  assert.equal((await login("right password")).headers["retry-after"], "2");
  site.clock.advance(seconds(2));
  assert.equal((await login("right password")).status, 200);
  assert.equal((await login("wrong password")).status, 401);
});

test("a key is shown once, only its hash is kept, and it works until it is removed", async (t) => {
  const site = await testSite(t);
  const cookie = site.session();
  const made = await site.send("POST", "/api/keys", cookie, { name: "Grafana", scopes: ["metrics"] });
  assert.equal(made.status, 201);
  const key = String(made.at("key"));
  assert.match(key, /^reed_[\w-]{43}$/);
  const list = await site.send("GET", "/api/keys", cookie);
  assert.equal(list.at("0.name"), "Grafana");
  assert.ok(!list.text.includes(key));
  assert.ok(!JSON.stringify(site.asked).includes(key));
  const metrics = async () => (await site.send("GET", "/metrics", { authorization: `Bearer ${key}` })).status;
  assert.equal(await metrics(), 200);
  assert.equal((await site.send("DELETE", `/api/keys/${String(made.at("id"))}`, cookie)).status, 204);
  assert.equal(await metrics(), 401);
});

test("a key, whatever its scopes, makes neither users nor keys", async (t) => {
  const site = await testSite(t);
  const all = site.key("read", "footage", "arm", "control", "configure", "metrics");
  assert.equal((await site.send("POST", "/api/users", all, { ...ann, role: "administrator" })).status, 403);
  assert.equal((await site.send("POST", "/api/keys", all, { name: "more", scopes: ["read"] })).status, 403);
});

test("users are made, get a new password that ends their sessions, and go; the last administrator stays", async (t) => {
  const site = await testSite(t);
  const admin = site.session("administrator", "ann");
  const hall = { name: "hall", role: "viewer", password: "a display in the hall" };
  assert.equal((await site.send("POST", "/api/users", admin, hall)).status, 201);
  assert.equal((await site.send("POST", "/api/users", admin, { ...hall, name: "Hall" })).status, 409);
  const hallSession = site.session("viewer", "hall");
  assert.equal((await site.send("GET", "/api/me", hallSession)).status, 200);
  const change = await site.send("PUT", "/api/users/hall/password", admin, { password: "another display" });
  assert.equal(change.status, 200);
  assert.equal((await site.send("GET", "/api/me", hallSession)).status, 401);
  assert.equal((await site.send("DELETE", "/api/users/hall", admin)).status, 204);
  assert.equal((await site.send("DELETE", "/api/users/hall", admin)).status, 404);
  assert.equal((await site.send("DELETE", "/api/users/ann", admin)).status, 409);
});

test("argon2id hashes fit their own password only", async () => {
  const { argonPasswords } = await import("../auth/passwords.ts");
  const passwords = argonPasswords();
  const hash = await passwords.hash("correct horse");
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.deepEqual(
    await Promise.all([passwords.verify(hash, "correct horse"), passwords.verify(hash, "wrong horse")]),
    [true, false],
  );
});

test("more logins at once than may wait are sent away, the others are all answered", async () => {
  const { argonPasswords } = await import("../auth/passwords.ts");
  const passwords = argonPasswords();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => passwords.verify("not a hash", "x")));
  assert.equal(results.filter((one) => one.status === "rejected" && /at once/.test(String(one.reason))).length, 3);
});
