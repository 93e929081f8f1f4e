import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { receiptRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";

test("receipts come in pages with a sentence each, whole as they were stored", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  const times = [1_790_000_000_000, 1_790_000_060_000, 1_790_000_120_000];
  times.forEach((time, index) => site.put({ kind: "receipt", receipt: receiptRow(`e${index}`, time) }));
  const first = await site.send("GET", "/api/receipts?limit=2", key);
  assert.deepEqual([first.at("receipts.0.edge.eventId"), first.at("next")], ["e2", "e1"]);
  assert.match(String(first.at("receipts.0.sentence")), /Back door/);
  const second = await site.send("GET", "/api/receipts?limit=2&before=e1", key);
  assert.deepEqual([second.at("receipts.0.edge.eventId"), second.at("next")], ["e0", undefined]);
  const one = await site.send("GET", "/api/receipts/e0", key);
  const { sentence, ...rest } = one.body as Record<string, unknown>;
  assert.equal(typeof sentence, "string");
  assert.deepEqual(rest, JSON.parse(JSON.stringify(receiptRow("e0", 1_790_000_000_000))));
  assert.equal((await site.send("GET", "/api/receipts/none", key)).status, 404);
});

test("receipts are asked for by ISO time or milliseconds, and by being open", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  const at = Date.parse("2026-11-22T10:00:00Z");
  site.put({ kind: "receipt", receipt: receiptRow("old", at - 1, { closedAt: wallTime(at) }) });
  site.put({ kind: "receipt", receipt: receiptRow("new", at) });
  const ids = async (query: string) => {
    const answer = await site.send("GET", `/api/receipts?${query}`, key);
    return (answer.at("receipts") as { edge: { eventId: string } }[]).map((receipt) => receipt.edge.eventId);
  };
  assert.deepEqual(await ids("since=2026-11-22T11:00:00%2B01:00"), ["new"]);
  assert.deepEqual(await ids(`until=${at}`), ["old"]);
  assert.deepEqual(await ids("open=true"), ["new"]);
  assert.equal((await site.send("GET", "/api/receipts?since=yesterday", key)).status, 400);
});
