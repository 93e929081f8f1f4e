import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { channelRow, receiptRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";

test("the timeline shows merged runs of all cameras, or of those that are named, with gaps when asked", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  for (const channel of [1, 2]) {
    site.put({ kind: "config", change: { part: "channel", value: channelRow(channel) } });
    site.put({ kind: "span", channel, cause: "continuous", from: wallTime(1000), to: wallTime(9000) });
  }
  site.put({ kind: "gap", channel: 2, gap: { from: wallTime(9000), to: wallTime(9500), reason: "camera offline" } });
  const all = await site.send("GET", "/api/timeline?from=0&to=100000", key);
  const run = { cause: "continuous", from: 1000, to: 9000 };
  assert.deepEqual(all.body, {
    spans: [
      { channel: 1, ...run },
      { channel: 2, ...run },
    ],
  });
  const named = await site.send("GET", "/api/timeline?from=0&to=100000&channels=2&gaps=true", key);
  assert.deepEqual(named.body, {
    spans: [{ channel: 2, ...run }],
    gaps: [{ channel: 2, from: 9000, to: 9500, reason: "camera offline" }],
  });
  site.core.here = false;
  assert.equal((await site.send("GET", "/api/timeline?from=0&to=100000", key)).status, 200);
});

test("a timeline that ends before it begins, or is years long, is refused", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  for (const query of ["from=5&to=5", "from=0&to=1790000000000", "from=0", "from=0&to=9&channels=1;2"]) {
    assert.equal((await site.send("GET", `/api/timeline?${query}`, key)).status, 400, query);
  }
});

test("a camera that is away now is a gap up to now, and nothing is missing before a channel's first footage", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  site.put({ kind: "config", change: { part: "channel", value: channelRow(1) } });
  const now = site.clock.wall();
  site.put({ kind: "span", channel: 1, cause: "continuous", from: wallTime(now - 60_000), to: wallTime(now - 20_000) });
  const outage = { from: wallTime(now - 90_000), to: wallTime(now - 70_000), reason: "the recorder was not running" };
  site.put({ kind: "gap", channel: 1, gap: outage });
  const state = { channel: 1, state: "down", since: wallTime(now - 20_000), bitsPerSecond: 0, ringMs: 0 } as const;
  site.core.state = { ...site.core.state, channels: [{ ...state, reason: "timed out" }] };
  const answer = await site.send("GET", `/api/timeline?from=${now - 100_000}&to=${now + 5000}&gaps=true`, key);
  assert.deepEqual(answer.at("gaps"), [{ channel: 1, from: now - 20_000, to: now, reason: "camera down: timed out" }]);
});

test("the next and the previous event are edges that recorded one of the channels, and recordings by hand", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  site.put(
    { kind: "receipt", receipt: receiptRow("e1", 10_000) },
    { kind: "receipt", receipt: receiptRow("e2", 30_000) },
    { kind: "span", channel: 1, cause: "manual", from: wallTime(20_000), to: wallTime(25_000), eventId: "m" },
    { kind: "span", channel: 1, cause: "continuous", from: wallTime(12_000), to: wallTime(40_000) },
  );
  const event = async (query: string) =>
    (await site.send("GET", `/api/timeline/event?channels=1&${query}`, key)).at("event");
  const alarm = (at: number, eventId: string) => ({ at, cause: "alarm", channels: [1], name: "Back door", eventId });
  const manual = { at: 20_000, cause: "manual", channels: [1], eventId: "m" };
  assert.deepEqual(await event("after=0"), alarm(10_000, "e1"));
  assert.deepEqual(await event("after=10000"), manual);
  assert.deepEqual(await event("after=20000"), alarm(30_000, "e2"));
  assert.equal(await event("after=30000"), undefined);
  assert.deepEqual(await event("before=30000"), manual);
  assert.deepEqual(await event("before=20000"), alarm(10_000, "e1"));
  assert.equal((await site.send("GET", "/api/timeline/event?channels=2&after=0", key)).at("event"), undefined);
  assert.equal((await site.send("GET", "/api/timeline/event?channels=1", key)).status, 400);
});

test("a day with a gap every minute is told run by run, and at a resolution as one that says how much is missing", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  site.put({ kind: "config", change: { part: "channel", value: channelRow(1) } });
  const minute = 60_000;
  for (let i = 0; i < 1440; i++) {
    const [from, to] = [wallTime(i * minute), wallTime(i * minute + 57_000)];
    site.put({ kind: "span", channel: 1, cause: "continuous", from, to });
  }
  site.put({ kind: "span", channel: 1, cause: "alarm", from: wallTime(90 * minute), to: wallTime(91 * minute) });
  const spans = async (query: string) =>
    (await site.send("GET", `/api/timeline?from=0&to=86400000${query}`, key)).at("spans") as { share?: number }[];
  assert.equal((await spans("")).length, 1441);
  const [alarm, ...coarse] = (await spans("&resolution=300000"))
    .sort((a, b) => (a.share ?? 2) - (b.share ?? 2))
    .reverse();
  assert.deepEqual(alarm, { channel: 1, cause: "alarm", from: 90 * minute, to: 91 * minute });
  assert.ok(coarse.length < 5, `${coarse.length} spans`);
  for (const { share } of coarse) assert.ok(Math.abs((share ?? 1) - 0.95) < 0.02, String(share));
});
