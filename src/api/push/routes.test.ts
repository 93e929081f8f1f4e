import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

const keys = { p256dh: "B".repeat(87), auth: "a".repeat(22) };
const body = (path: string) => ({ name: "Firefox on Android", endpoint: `https://push.example.org/${path}`, keys });
const site = async (...args: Parameters<typeof testSite>) => {
  const made = await testSite(...args);
  const sessions = { ann: made.session("viewer", "ann"), bob: made.session("viewer", "bob") };
  const as = (name: keyof typeof sessions) => sessions[name];
  return { ...made, as };
};

test("everybody subscribes their own browser, sees only theirs, and by a mark instead of its address", async (t) => {
  const { send, as } = await site(t);
  const [ann, bob] = [as("ann"), as("bob")];
  assert.deepEqual((await send("GET", "/api/push", ann)).body, { subscriptions: [] });
  const made = await send("POST", "/api/push/subscriptions", ann, body("x1"));
  assert.equal(made.status, 201);
  assert.equal((await send("POST", "/api/push/subscriptions", bob, body("x2"))).at("subscription"), 2);
  const mine = await send("GET", "/api/push", ann);
  assert.deepEqual(mine.body, { subscriptions: [made.body] });
  assert.equal(made.at("mark"), createHash("sha256").update("https://push.example.org/x1").digest("hex"));
  assert.doesNotMatch(mine.text, /push\.example|aaaa|BBBB/);
});

test("a browser that another person used before is theirs who subscribed it last", async (t) => {
  const { send, as } = await site(t);
  await send("POST", "/api/push/subscriptions", as("ann"), body("x1"));
  const again = await send("POST", "/api/push/subscriptions", as("bob"), body("x1"));
  assert.deepEqual([again.status, again.at("subscription")], [201, 1]);
  assert.deepEqual((await send("GET", "/api/push", as("ann"))).body, { subscriptions: [] });
});

test("a browser keeps the language of the pages where it was subscribed, and none that Reed does not speak", async (t) => {
  const { send, as, asked } = await site(t);
  assert.equal(
    (await send("POST", "/api/push/subscriptions", as("ann"), { ...body("x1"), language: "de" })).status,
    201,
  );
  const put = asked.findLast(({ command }) => command.kind === "put")?.command;
  assert.equal((put as { change: { value: { language?: string } } }).change.value.language, "de");
  const odd = { ...body("x2"), language: "tlh" };
  assert.equal((await send("POST", "/api/push/subscriptions", as("ann"), odd)).status, 400);
});

test("nobody ends the subscription of somebody else", async (t) => {
  const { send, as } = await site(t);
  await send("POST", "/api/push/subscriptions", as("ann"), body("x1"));
  assert.equal((await send("DELETE", "/api/push/subscriptions/1", as("bob"))).status, 404);
  assert.equal((await send("DELETE", "/api/push/subscriptions/1", as("ann"))).status, 204);
  assert.deepEqual((await send("GET", "/api/push", as("ann"))).body, { subscriptions: [] });
});

test("Reed posts only to servers of the internet, by name and encrypted", async (t) => {
  const { send, as } = await site(t);
  const ann = as("ann");
  for (const endpoint of [
    ...["http://push.example.org/x", "https://192.168.1.1/x", "https://[::1]/x", "https://localhost/x"],
    ...["https://nas/x", "https://nas.local/x", "https://2130706433/x", "https://u:p@push.example.org/x"],
    ...["https://0x7f.1/", "ftp://push.example.org/"],
  ]) {
    const answer = await send("POST", "/api/push/subscriptions", ann, { ...body("x"), endpoint });
    assert.equal(answer.status, 400, endpoint);
  }
  const short = { ...body("x"), keys: { ...keys, auth: "a" } };
  assert.equal((await send("POST", "/api/push/subscriptions", ann, short)).status, 400);
});

test("a person has at most 20 browsers", async (t) => {
  const { send, as } = await site(t);
  const ann = as("ann");
  for (let nth = 0; nth < 20; nth++) await send("POST", "/api/push/subscriptions", ann, body(`x${nth}`));
  assert.equal((await send("POST", "/api/push/subscriptions", ann, body("more"))).status, 409);
  assert.equal((await send("POST", "/api/push/subscriptions", ann, body("x3"))).status, 201);
});

test("a key has no browser; who configures sees how many each person has", async (t) => {
  const { send, as, key, core } = await site(t);
  const ann = as("ann");
  assert.equal((await send("GET", "/api/push", key("read", "configure"))).status, 403);
  await send("POST", "/api/push/subscriptions", ann, body("x1"));
  const people = await send("GET", "/api/push/people", key("configure"));
  assert.deepEqual(
    (people.body as { name: string; subscriptions: number }[]).find(({ name }) => name === "ann"),
    { name: "ann", subscriptions: 1 },
  );
  assert.equal((await send("GET", "/api/push/people", ann)).status, 403);
  core.answer = () => ({ ok: true, value: { publicKey: "BK" } });
  assert.deepEqual((await send("PUT", "/api/push/key", ann)).body, { publicKey: "BK" });
});
