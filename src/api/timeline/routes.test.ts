import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { channelRow } from "../../testkit/store-rows.ts";
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
