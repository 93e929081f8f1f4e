import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { channelRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";

const mark = { channels: [1], at: 2000, note: "the white van" };

test("a bookmark is found in its span, with its note, and is gone when it is removed", async (t) => {
  const site = await testSite(t);
  const key = site.key("footage", "configure");
  const made = await site.send("POST", "/api/bookmarks", key, { ...mark, to: 3000 });
  assert.equal(made.status, 201, made.text);
  const list = await site.send("GET", "/api/bookmarks?from=2500&to=9000", key);
  assert.deepEqual([list.at("0.at"), list.at("0.to"), list.at("0.note")], [2000, 3000, "the white van"]);
  assert.deepEqual((await site.send("GET", "/api/bookmarks?from=3001&to=9000", key)).body, []);
  assert.equal((await site.send("DELETE", `/api/bookmarks/${String(made.at("id"))}`, key)).status, 200);
  assert.deepEqual((await site.send("GET", "/api/bookmarks?from=0&to=9000", key)).body, []);
});

test("who may not play back one of its cameras neither sees nor makes nor removes it", async (t) => {
  const site = await testSite(t);
  for (const channel of [1, 2]) site.put({ kind: "config", change: { part: "channel", value: channelRow(channel) } });
  const made = await site.send("POST", "/api/bookmarks", site.key("footage"), { ...mark, channels: [1, 2] });
  const viewer = site.session("operator", "bob");
  const rights = { live: [1], playback: [1] };
  site.put({ kind: "account", op: { kind: "change-user", name: "bob", role: "operator", rights }, at: wallTime(1) });
  assert.deepEqual((await site.send("GET", "/api/bookmarks?from=0&to=9000", viewer)).body, []);
  assert.equal((await site.send("POST", "/api/bookmarks", viewer, { ...mark, channels: [2] })).status, 403);
  assert.equal((await site.send("DELETE", `/api/bookmarks/${String(made.at("id"))}`, viewer)).status, 403);
});

test("another one's bookmark is removed by who may configure only", async (t) => {
  const site = await testSite(t);
  const made = await site.send("POST", "/api/bookmarks", site.key("footage"), mark);
  const url = `/api/bookmarks/${String(made.at("id"))}`;
  assert.equal((await site.send("DELETE", url, site.key("footage"))).status, 403);
  assert.equal((await site.send("DELETE", url, site.session("administrator", "test"))).status, 200);
  assert.equal((await site.send("DELETE", url, site.key("footage", "configure"))).status, 404);
});

test("a bookmark without a note, or of nothing, is refused", async (t) => {
  const site = await testSite(t);
  const key = site.key("footage");
  for (const body of [
    { ...mark, note: " " },
    { ...mark, channels: [] },
    { ...mark, to: 1000 },
  ])
    assert.equal((await site.send("POST", "/api/bookmarks", key, body)).status, 400);
});
