import assert from "node:assert/strict";
import { test } from "node:test";
import { quietState, testSite } from "../test-site.test.ts";

test("a siren is bounded to 180 s by default and to 900 s at most", async (t) => {
  const site = await testSite(t);
  const key = site.key("configure");
  const siren = { name: "Siren", kind: "siren", board: 1, point: 1 };
  const made = await site.send("POST", "/api/outputs", key, siren);
  assert.deepEqual(made.body, { ...siren, output: 1, mode: "auto", maxOnS: 180, restState: "off" });
  assert.equal((await site.send("POST", "/api/outputs", key, { ...siren, maxOnS: 901 })).status, 400);
});

test("wanted, commanded, read back, felt and what holds it are shown apart", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  await site.send("POST", "/api/outputs", key, { name: "Light", board: 1, point: 1 });
  const held = { by: "e1", input: 3, until: 9 };
  const told = { mode: "auto", wanted: "on", commanded: "on", readBack: "unknown", feedback: "off" } as const;
  const live = { output: 1, ...told, holds: [held] } as const;
  site.core.state = { ...quietState, outputs: [live] };
  assert.deepEqual((await site.send("GET", "/api/outputs", key)).at("0.live"), live);
});

test("settings of an output are copied to others in one go: neither its name nor its place; to none when one is missing", async (t) => {
  const site = await testSite(t);
  const key = site.key("configure", "read");
  const load = { volts: 12, current: "dc", amps: 1, nature: "resistive" };
  const siren = { name: "Siren", kind: "siren", board: 1, point: 1, maxOnS: 60, behaviour: { kind: "latched" }, load };
  await site.send("POST", "/api/outputs", key, siren);
  await site.send("POST", "/api/outputs", key, { name: "Light", kind: "light", board: 1, point: 2, paceS: 7 });
  const what = ["behaviour", "maxOnS", "load", "paceS"];
  const answer = await site.send("POST", "/api/outputs/1/copy", key, { to: [2], what });
  assert.deepEqual(answer.body, { copied: [2] });
  const to = await site.send("GET", "/api/outputs/2", key);
  assert.deepEqual(
    ["name", "kind", "point", "maxOnS", "behaviour.kind", "load.amps", "paceS"].map((name) => to.at(name)),
    ["Light", "light", 2, 60, "latched", 1, undefined],
  );
  const asked = site.asked.length;
  const refused = await site.send("POST", "/api/outputs/1/copy", key, { to: [2, 9], what });
  assert.deepEqual([refused.status, refused.at("error.message")], [404, "There is no output 9."]);
  assert.equal(site.asked.length, asked);
});

test("that somebody accepted an overload of one relay is copied to no other, and ends where another relay or load comes", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const load = { volts: 230, current: "ac", amps: 15, nature: "inductive" };
  const output = (point: number, relay: string) =>
    site.send("POST", "/api/outputs", key, {
      ...{ name: "Gate", board: 1, point, relay, load: { ...load, confirmed: true } },
    });
  await output(1, "songle-srd");
  await output(2, "amcrest-nvr");
  const copied = async (what: readonly string[]) => {
    await site.send("PATCH", "/api/outputs/2", key, { load: { ...load, amps: 14, confirmed: true } });
    await site.send("POST", "/api/outputs/1/copy", key, { to: [2], what });
    return (await site.send("GET", "/api/outputs/2", key)).at("load");
  };
  assert.deepEqual(await copied(["load"]), load);
  assert.deepEqual(await copied(["relay"]), { ...load, amps: 14 });
  assert.deepEqual(await copied(["maxOnS"]), { ...load, amps: 14, confirmed: true });
  const changed = await site.send("PATCH", "/api/outputs/2", key, { relay: "unknown" });
  assert.equal(changed.at("load.confirmed"), undefined, "another relay was not accepted");
});

test("a copy and a change that come at once leave each other's settings", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  for (const point of [1, 2])
    await site.send("POST", "/api/outputs", key, { name: "Light", board: 1, point, paceS: point });
  await Promise.all([
    site.send("PATCH", "/api/outputs/2", key, { name: "Lamp" }),
    site.send("POST", "/api/outputs/1/copy", key, { to: [2], what: ["paceS"] }),
    site.send("PATCH", "/api/outputs/2", key, { maxOnS: 61 }),
  ]);
  const to = await site.send("GET", "/api/outputs/2", key);
  assert.deepEqual([to.at("name"), to.at("paceS"), to.at("maxOnS")], ["Lamp", 1, 61]);
});

test("outputs are switched, tested and returned to rest by typed commands", async (t) => {
  const site = await testSite(t);
  const key = site.key("control");
  const sent = async (method: "PUT" | "POST", url: string, body?: object) => {
    assert.equal((await site.send(method, url, key, body)).status, 200);
    return site.asked.at(-1)?.command;
  };
  assert.deepEqual(await sent("PUT", "/api/outputs/2/mode", { mode: "on" }), {
    kind: "output-mode",
    output: 2,
    mode: "on",
  });
  assert.deepEqual(await sent("POST", "/api/outputs/2/test", { seconds: 5 }), {
    kind: "output-test",
    output: 2,
    seconds: 5,
    confirmed: false,
  });
  assert.deepEqual(await sent("POST", "/api/outputs/2/test"), {
    kind: "output-test",
    output: 2,
    seconds: 1,
    confirmed: false,
  });
  const off = { mode: "off", forS: 900 };
  assert.deepEqual(await sent("PUT", "/api/outputs/2/mode", off), { kind: "output-mode", output: 2, ...off });
  assert.equal((await site.send("PUT", "/api/outputs/2/mode", key, { ...off, forS: 90_000 })).status, 400);
  assert.deepEqual(await sent("POST", "/api/outputs/rest"), { kind: "rest-outputs", confirmed: false });
  assert.deepEqual(await sent("POST", "/api/outputs/rest", { confirmed: true }), {
    kind: "rest-outputs",
    confirmed: true,
  });
});

test("a lock among the outputs must be confirmed: core's question is a conflict with its sentence", async (t) => {
  const site = await testSite(t);
  const message = 'this would also move "Gate" (gate); confirm to go on';
  site.core.answer = () => ({ ok: false, error: { code: "conflict", message } });
  const answer = await site.send("POST", "/api/outputs/rest", site.key("control"));
  assert.deepEqual([answer.status, answer.at("error.message")], [409, message]);
});

test("how an output behaves, its relay and its load are kept as they are sent, within their ranges", async (t) => {
  const site = await testSite(t);
  const key = site.key("configure");
  const load = { volts: 12, current: "dc", amps: 0.5, nature: "inductive" };
  const set = { behaviour: { kind: "pulse", ms: 1500 }, relay: "amcrest-nvr", load, paceS: 5 };
  const body = { name: "Siren", kind: "siren", board: 1, point: 1, ...set };
  const made = await site.send("POST", "/api/outputs", key, body);
  assert.deepEqual(made.body, { ...body, output: 1, mode: "auto", maxOnS: 180, restState: "off" });
  const noAmps = { relay: "own", ratings: { dc: { volts: 30 } } };
  for (const wrong of [{ behaviour: { kind: "pulse", ms: 100 } }, { relay: "mine" }, { paceS: 61 }, noAmps]) {
    assert.equal((await site.send("POST", "/api/outputs", key, { ...body, ...wrong })).status, 400);
  }
  await site.send("POST", "/api/outputs/1/relay-replaced", key);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "relay-replaced", output: 1 });
});

test("ratings of its own go with the relay when it is copied, and are not left where another relay is copied to", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const ratings = { dc: { volts: 60, amps: 3 }, electrical: 50_000 };
  const body = (point: number) => ({ name: `Siren ${point}`, board: 1, point });
  await site.send("POST", "/api/outputs", key, { ...body(1), relay: "own", ratings });
  await site.send("POST", "/api/outputs", key, body(2));
  await site.send("POST", "/api/outputs/1/copy", key, { to: [2], what: ["relay"] });
  assert.deepEqual((await site.send("GET", "/api/outputs/2", key)).at("ratings"), ratings);
  await site.send("PATCH", "/api/outputs/1", key, { relay: "songle-srd", ratings: null });
  await site.send("POST", "/api/outputs/1/copy", key, { to: [2], what: ["relay"] });
  const copied = await site.send("GET", "/api/outputs/2", key);
  assert.deepEqual([copied.at("relay"), copied.at("ratings")], ["songle-srd", undefined]);
});

test("what may be absent of an output is taken away by null", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const load = { volts: 12, current: "dc", amps: 1, nature: "resistive" };
  const feedback = { board: 1, point: 2, onWhen: "closed" };
  const given = { behaviour: { kind: "latched" }, relay: "songle-srd", ratings: {}, paceS: 5, load, feedback };
  await site.send("POST", "/api/outputs", key, { name: "Siren", board: 1, point: 1, ...given });
  const nulls = Object.fromEntries(Object.keys(given).map((name) => [name, null]));
  const changed = await site.send("PATCH", "/api/outputs/1", key, nulls);
  assert.equal(changed.status, 200);
  for (const name of Object.keys(given)) assert.equal(changed.at(name), undefined, name);
});
