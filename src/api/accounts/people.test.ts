import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { days, minutes } from "../../kernel/time.ts";
import { tokenHash } from "../auth/secrets.ts";
import { testSite } from "../test-site.test.ts";

const cookieOf = (headers: Record<string, unknown>): string => String(headers["set-cookie"]).split(";")[0] ?? "";
const everything = { live: "all", playback: "all" };

async function withDisplay(t: TestContext) {
  const site = await testSite(t);
  const admin = site.session("administrator", "ann");
  const made = await site.send("POST", "/api/users", admin, {
    name: "hall",
    role: "display",
    rights: { live: [1], playback: [1] },
  });
  assert.deepEqual([made.status, made.at("rights")], [201, { live: [1], playback: [] }]);
  const link = async () => String((await site.send("POST", "/api/users/hall/link", admin)).at("token"));
  const open = (token: string) => site.send("POST", "/api/login/link", {}, { token });
  return { ...site, admin, link, open };
}

test("a display is let in by a link, once, and stays in for years", async (t) => {
  const site = await withDisplay(t);
  const token = await site.link();
  const opened = await site.open(token);
  assert.equal(opened.status, 200);
  assert.match(String(opened.headers["set-cookie"]), /Max-Age=34560000;/);
  assert.equal((await site.open(token)).status, 401);
  const cookie = { cookie: cookieOf(opened.headers) };
  site.clock.advance(days(4000));
  const me = await site.send("GET", "/api/me", cookie);
  assert.deepEqual([me.at("role"), me.at("scopes"), me.at("sessionEnds")], ["display", ["live"], undefined]);
  // a browser forgets after 400 days: the cookie is given again
  assert.match(String(me.headers["set-cookie"]), /Max-Age=34560000;/);
});

test("of two who open the same link at once one gets in", async (t) => {
  const site = await withDisplay(t);
  const token = await site.link();
  const answers = await Promise.all([site.open(token), site.open(token)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 401]);
});

test("a link is void after a day and when another was made", async (t) => {
  const site = await withDisplay(t);
  const [first, second] = [await site.link(), await site.link()];
  assert.equal((await site.open(first)).status, 401);
  site.clock.advance(days(1));
  assert.equal((await site.open(second)).status, 401);
  assert.equal((await site.open("guess")).status, 401);
});

test("a display has no password, and people have no link", async (t) => {
  const site = await withDisplay(t);
  const bob = { name: "bob", role: "viewer", password: "a quiet back door" };
  assert.equal((await site.send("POST", "/api/users", site.admin, { ...bob, password: undefined })).status, 400);
  assert.equal((await site.send("POST", "/api/users", site.admin, { ...bob, role: "display" })).status, 400);
  assert.equal((await site.send("POST", "/api/users", site.admin, bob)).status, 201);
  assert.equal((await site.send("POST", "/api/users/bob/link", site.admin)).status, 409);
  assert.equal(
    (await site.send("PUT", "/api/users/hall/password", site.admin, { password: "long enough" })).status,
    409,
  );
  assert.equal((await site.send("PATCH", "/api/users/hall", site.admin, { role: "viewer" })).status, 409);
  for (const password of ["", "hash of "])
    assert.ok((await site.send("POST", "/api/login", {}, { name: "hall", password })).status >= 400);
});

test("role and channels of a user change at once; the only administrator stays one", async (t) => {
  const site = await testSite(t);
  const admin = site.session("administrator", "ann");
  const bob = site.session("operator", "bob");
  const changed = await site.send("PATCH", "/api/users/bob", admin, {
    role: "viewer",
    rights: { live: [1], playback: [] },
  });
  assert.deepEqual(changed.at("rights"), { live: [1], playback: [] });
  assert.equal((await site.send("POST", "/api/silence", bob)).status, 403);
  assert.deepEqual((await site.send("GET", "/api/me", bob)).at("rights"), { live: [1], playback: [] });
  assert.equal((await site.send("PATCH", "/api/users/ann", admin, { role: "viewer" })).status, 409);
  const promoted = await site.send("PATCH", "/api/users/bob", admin, { role: "administrator" });
  assert.deepEqual(promoted.at("rights"), everything);
  assert.equal((await site.send("PATCH", "/api/users/ann", bob, { role: "viewer" })).status, 200);
});

test("one's own password takes the old one, ends the other sessions and keeps this one", async (t) => {
  const site = await testSite(t);
  const bob = site.session("viewer", "bob");
  const op = { kind: "create-session" as const, tokenHash: tokenHash("phone"), user: "bob", expiresAt: 1e15 };
  site.put({ kind: "account", op, at: site.clock.wall() });
  const change = (current: string, password: string) =>
    site.send("PUT", "/api/me/password", bob, { current, password });
  assert.equal((await change("wrong password", "a quiet back door")).status, 400);
  assert.equal((await change("right password", "bob")).status, 400);
  assert.equal((await change("right password", "a quiet back door")).status, 200);
  assert.equal((await site.send("GET", "/api/me", bob)).status, 200);
  assert.equal((await site.send("GET", "/api/me", { cookie: "reed_session=phone" })).status, 401);
  for (let guess = 0; guess < 6; guess++) await change("guess", "another password");
  assert.equal((await change("a quiet back door", "another password")).status, 429);
});

test("one sees and ends one's own sessions; an administrator everybody's", async (t) => {
  const site = await testSite(t);
  const [ann, bob] = [site.session("administrator", "ann"), site.session("viewer", "bob")];
  const login = { name: "bob", password: "right password" };
  const phone = await site.send("POST", "/api/login", { "user-agent": "Phone/1" }, login);
  const list = async (cookie: Record<string, string>) =>
    (await site.send("GET", "/api/sessions", cookie)).body as {
      id: string;
      user: string;
      own: boolean;
      agent: string;
    }[];
  assert.deepEqual((await list(bob)).map((row) => [row.user, row.own, row.agent]).sort(), [
    ["bob", false, "Phone/1"],
    ["bob", true, ""],
  ]);
  const all = await list(ann);
  assert.equal(all.length, 3);
  const [annsOwn, phones] = [all.find((row) => row.own), all.find((row) => row.agent === "Phone/1")];
  assert.equal((await site.send("DELETE", `/api/sessions/${annsOwn?.id ?? ""}`, bob)).status, 404);
  assert.equal((await site.send("DELETE", `/api/sessions/${phones?.id ?? ""}`, ann)).status, 204);
  assert.equal((await site.send("GET", "/api/me", { cookie: cookieOf(phone.headers) })).status, 401);
  assert.equal((await site.send("GET", "/api/sessions", site.key("read"))).status, 403);
});

test("that a session is in use is written down every quarter of an hour, not at every request", async (t) => {
  const site = await testSite(t);
  const bob = site.session("viewer", "bob");
  const touches = () =>
    site.asked.filter(({ command }) => command.kind === "account" && command.op.kind === "touch-session").length;
  await site.send("GET", "/api/me", bob);
  assert.equal(touches(), 0);
  site.clock.advance(minutes(15));
  const seen = site.clock.wall();
  for (let time = 0; time < 3; time++) await site.send("GET", "/api/me", bob);
  assert.equal(touches(), 1);
  assert.equal((await site.send("GET", "/api/sessions", bob)).at("0.seenAt"), seen);
});

test("language and colours follow the person, not the browser", async (t) => {
  const site = await testSite(t);
  const bob = site.session("viewer", "bob");
  await site.send("PATCH", "/api/me/preferences", bob, { language: "de" });
  await site.send("PATCH", "/api/me/preferences", bob, { theme: "dark" });
  assert.deepEqual((await site.send("GET", "/api/me", bob)).at("preferences"), { language: "de", theme: "dark" });
  assert.equal((await site.send("PATCH", "/api/me/preferences", bob, { language: "fr" })).status, 400);
  assert.equal((await site.send("PATCH", "/api/me/preferences", site.key("read"), { theme: "dark" })).status, 403);
});
