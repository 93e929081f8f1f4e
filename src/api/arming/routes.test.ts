import assert from "node:assert/strict";
import { test } from "node:test";
import { quietArming, quietState, testSite } from "../test-site.test.ts";

test("arming is asked of core, and read from what core says", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "arm");
  assert.deepEqual((await site.send("POST", "/api/arming", key, { armed: true })).body, { armed: true });
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "arm", armed: true });
  site.core.state = { ...quietState, armed: true, arming: { ...quietArming, mode: "night", bypass: [3] } };
  const { body } = await site.send("GET", "/api/arming", key);
  assert.deepEqual(body, { ...quietArming, armed: true, mode: "night", bypass: [3] });
  site.core.here = false;
  assert.equal((await site.send("GET", "/api/arming", key)).status, 503);
  assert.equal((await site.send("POST", "/api/arming", key, { armed: false })).status, 503);
});

test("a mode is refused while something is open, unless that is said to be known", async (t) => {
  const site = await testSite(t);
  const arm = async (body: object) => {
    const answer = await site.send("POST", "/api/arming", site.key("arm"), body);
    return answer.status === 200 ? site.asked.at(-1)?.command : answer.status;
  };
  const night = { kind: "arm", armed: true, mode: "night" };
  assert.deepEqual(await arm({ mode: "night" }), { ...night, unlessOpen: true });
  assert.deepEqual(await arm({ mode: "night", force: true, bypass: [2] }), {
    ...night,
    unlessOpen: false,
    bypass: [2],
  });
  assert.deepEqual(await arm({ mode: "disarmed" }), { kind: "arm", armed: false });
  assert.deepEqual(await arm({ armed: false }), { kind: "arm", armed: false });
  assert.equal(await arm({}), 400);
  assert.equal(await arm({ armed: true, mode: "disarmed" }), 400);
});

test("modes and delays are the site's; without any there are home, night and away with 60 and 30 s", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const modes = async () => (await site.send("GET", "/api/arming/settings", key)).at("modes");
  const delays = { exitS: 60, entryS: 30 };
  assert.deepEqual(await modes(), [
    { mode: "home", name: "Home", ...delays },
    { mode: "night", name: "Night", ...delays },
    { mode: "away", name: "Away", ...delays },
  ]);
  const put = (body: object) => site.send("PUT", "/api/arming/settings", key, body);
  const shop = { mode: "shop", name: "Shop", exitS: 20, entryS: 0 };
  assert.equal((await put({ modes: [shop] })).status, 200);
  assert.deepEqual(await modes(), [shop]);
  await site.send("PATCH", "/api/site", key, { name: "Corner shop" });
  assert.deepEqual(await modes(), [shop], "the site's own settings leave them alone");
  for (const wrong of [{ modes: [] }, { modes: [shop, shop] }, { modes: [{ mode: "disarmed", name: "Off" }] }])
    assert.equal((await put(wrong)).status, 400);
});

test("readiness names what is open in a mode and what could not see or record", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const door = { kind: "door", board: 1, recordChannels: [1] };
  await site.send("POST", "/api/inputs", key, { ...door, name: "Window", point: 1, zone: "instant", modes: ["away"] });
  await site.send("POST", "/api/inputs", key, { ...door, name: "Front door", point: 2, zone: "entry-exit" });
  await site.send("POST", "/api/inputs", key, { ...door, name: "Till", point: 3 });
  const since = 5;
  const open = (input: number) => ({ input, level: "open" as const, active: true, since });
  site.core.state = { ...quietState, inputs: [open(1), open(2), open(3)] };
  const away = await site.send("GET", "/api/arming/readiness?mode=away", key);
  const said = { why: "open", bypassed: false, since };
  assert.deepEqual(
    [away.at("ready"), away.at("inputs")],
    [
      false,
      [
        { input: 1, name: "Window", onTheWay: false, ...said },
        { input: 2, name: "Front door", onTheWay: true, ...said },
      ],
    ],
  );
  assert.equal((await site.send("GET", "/api/arming/readiness?mode=home", key)).at("ready"), true);
});

test("silence is one press without a body", async (t) => {
  const site = await testSite(t);
  assert.equal((await site.send("POST", "/api/silence", site.key("control"))).status, 200);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "silence" });
});
