import assert from "node:assert/strict";
import { test } from "node:test";
import { ok } from "../../kernel/result.ts";
import { wallTime } from "../../kernel/time.ts";
import { testSite } from "../test-site.test.ts";

const yard = { name: "Yard", url: "rtsp://192.0.2.1/" };

test("a camera is turned by who may control, and the answer is what the camera said", async (t) => {
  const site = await testSite(t);
  const key = site.key("control");
  const value = { outcome: { kind: "failed", reason: "the camera has no preset 9" }, ms: 12 };
  site.core.answer = () => ({ ok: true, value });
  assert.deepEqual((await site.send("POST", "/api/channels/1/preset", key, { preset: 9 })).body, value);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "ptz-go", channel: 1, preset: 9 });
  for (const preset of [0, 256, 1.5]) {
    assert.equal((await site.send("POST", "/api/channels/1/preset", key, { preset })).status, 400);
  }
  assert.equal((await site.send("POST", "/api/channels/1/preset", site.key("read"), { preset: 1 })).status, 403);
});

test("the presets that a camera knows are asked of it", async (t) => {
  const site = await testSite(t);
  site.core.answer = () => ({ ok: true, value: [{ preset: 7, name: "Gate" }] });
  const answer = await site.send("GET", "/api/channels/1/presets", site.key("control"));
  assert.deepEqual(answer.body, [{ preset: 7, name: "Gate" }]);
});

test("how a camera is turned is a setting of it, and taken away again", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = await site.send("POST", "/api/channels", key, { ...yard, ptz: { kind: "onvif" } });
  assert.deepEqual(made.at("ptz"), { kind: "onvif", port: 80 });
  const other = await site.send("PATCH", "/api/channels/1", key, { ptz: { kind: "dahua", port: 81, input: 2 } });
  assert.deepEqual(other.at("ptz"), { kind: "dahua", port: 81, input: 2 });
  assert.equal((await site.send("PATCH", "/api/channels/1", key, { ptz: null })).at("ptz"), undefined);
  assert.equal((await site.send("PATCH", "/api/channels/1", key, { ptz: { kind: "pelco" } })).status, 400);
});

test("an input turns each camera once, to a number that presets have", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const door = { name: "Door", kind: "door", board: 1, point: 1 };
  const send = (ptz: object[]) => site.send("POST", "/api/inputs", key, { ...door, ptz });
  const made = await send([{ channel: 1, preset: 3, back: 1 }]);
  assert.deepEqual(made.at("ptz"), [{ channel: 1, preset: 3, back: 1 }]);
  assert.equal((await send([{ channel: 1, preset: 300 }])).status, 400);
  assert.equal(
    (
      await send([
        { channel: 1, preset: 3 },
        { channel: 1, preset: 4 },
      ])
    ).status,
    400,
  );
});

test("who may play a camera back only does not turn it", async (t) => {
  const site = await testSite(t);
  site.core.answer = () => ok({ state: "known", presets: [] });
  const bob = site.session("operator", "bob");
  const see = (live: readonly number[]) => {
    const op = {
      kind: "change-user" as const,
      name: "bob",
      role: "operator" as const,
      rights: { live, playback: [1] },
    };
    site.put({ kind: "account", op, at: wallTime(1) });
  };
  const tried = async () => [
    (await site.send("POST", "/api/channels/1/preset", bob, { preset: 1 })).status,
    (await site.send("GET", "/api/channels/1/presets", bob)).status,
  ];
  see([]);
  assert.deepEqual(await tried(), [403, 403]);
  see([1]);
  assert.ok(!(await tried()).includes(403));
});
