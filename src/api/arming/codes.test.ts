import assert from "node:assert/strict";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

/** A site where Anna and Ben have codes, and a display hangs on the wall. */
async function withCodes(t: Parameters<typeof testSite>[0]) {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  for (const [name, pin] of [
    ["Anna", "274913"],
    ["Ben", "8080"],
  ])
    assert.equal((await site.send("POST", "/api/arming/codes", key, { name, pin })).status, 201);
  const display = site.session("display", "hall");
  const type = (pin: string, mode: string) =>
    site.send("POST", "/api/arming/by-code", display, { pin, mode, force: true });
  return { ...site, key, type };
}

test("a code arms from a display on the wall, in the name of whose it is", async (t) => {
  const site = await withCodes(t);
  assert.deepEqual((await site.type("8080", "night")).body, { armed: true });
  assert.deepEqual(site.asked.at(-1), {
    actor: { kind: "code", name: "Ben" },
    command: { kind: "arm", armed: true, mode: "night", unlessOpen: false },
  });
  await site.type("274913", "disarmed");
  assert.deepEqual(site.asked.at(-1), {
    actor: { kind: "code", name: "Anna" },
    command: { kind: "arm", armed: false },
  });
});

test("codes are shown to nobody again, and two people can't have the same", async (t) => {
  const site = await withCodes(t);
  const list = await site.send("GET", "/api/arming/codes", site.key);
  assert.deepEqual(list.body, [
    { code: 1, name: "Anna" },
    { code: 2, name: "Ben" },
  ]);
  assert.equal((await site.send("POST", "/api/arming/codes", site.key, { name: "Cy", pin: "8080" })).status, 409);
  for (const pin of ["123", "12a4", "123456789"])
    assert.equal((await site.send("POST", "/api/arming/codes", site.key, { name: "Cy", pin })).status, 400);
  assert.doesNotMatch((await site.send("GET", "/api/site", site.key)).text, /hash|codes/);
});

test("a removed code opens nothing, and the site's other settings leave codes alone", async (t) => {
  const site = await withCodes(t);
  await site.send("PATCH", "/api/site", site.key, { name: "Shop" });
  assert.equal((await site.type("8080", "away")).status, 200);
  assert.equal((await site.send("DELETE", "/api/arming/codes/2", site.key)).status, 200);
  assert.equal((await site.type("8080", "disarmed")).status, 403);
  assert.equal((await site.send("DELETE", "/api/arming/codes/2", site.key)).status, 404);
});

test("changes of the site that come at once take nothing of each other back, and two codes get two numbers", async (t) => {
  const site = await withCodes(t);
  const send = (method: "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: object) =>
    site.send(method, url, site.key, body);
  const answers = await Promise.all([
    send("POST", "/api/arming/codes", { name: "Cy", pin: "3333" }),
    send("PUT", "/api/holidays", { holidays: [{ date: "2026-12-25", name: "Xmas" }] }),
    send("DELETE", "/api/arming/codes/2"),
    send("PATCH", "/api/site", { name: "Shop" }),
    send("POST", "/api/arming/codes", { name: "Di", pin: "4444" }),
    send("POST", "/api/arming/codes", { name: "Ed", pin: "4444" }),
    send("PATCH", "/api/first-steps", { dismissed: true }),
    send("PUT", "/api/arming/settings", { modes: [{ mode: "shop", name: "Shop", exitS: 20, entryS: 0 }] }),
  ]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 201, 201, 409]);
  const codes = (await site.send("GET", "/api/arming/codes", site.key)).body as { code: number; name: string }[];
  assert.deepEqual(
    codes.map(({ name }) => name.slice(0, 1)).filter((one) => one !== "E" && one !== "D"),
    ["A", "C"],
  );
  assert.equal(new Set(codes.map(({ code }) => code)).size, 3);
  const { site: row } = await site.reads.config();
  assert.deepEqual(
    [row.name, row.holidays?.length, row.firstSteps?.dismissed, row.arming?.modes.length],
    ["Shop", 1, true, 1],
  );
});

test("many codes that are tried at once are no way round the wait", async (t) => {
  const site = await withCodes(t);
  const tried = await Promise.all(Array.from({ length: 20 }, () => site.type("0000", "disarmed")));
  assert.equal(tried.filter(({ status }) => status === 403).length, 6);
  assert.equal(tried.filter(({ status }) => status === 429).length, 14);
});

test("wrong codes are slowed down like wrong passwords, and stand in the audit log", async (t) => {
  const site = await withCodes(t);
  for (let i = 0; i < 6; i++) assert.equal((await site.type("0000", "disarmed")).status, 403);
  assert.deepEqual(site.asked.at(-1)?.command, {
    ...{ kind: "audit", what: "code-refused", details: { address: "127.0.0.1" } },
  });
  assert.equal((await site.type("8080", "disarmed")).status, 429);
});
