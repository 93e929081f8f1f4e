import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { input as settings } from "../../domain/testdata/site.ts";
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

test("lists are asked for by what edges came of; a door is found behind ten thousand motions", async (t) => {
  const site = await testSite(t);
  const key = site.key("read");
  const at = Date.parse("2026-11-22T10:00:00Z");
  const event = (eventId: string, input: number, after: number) => {
    const { alarmId, ...row } = receiptRow(eventId, at + after);
    assert.ok(alarmId !== undefined);
    return { kind: "receipt", receipt: { ...row, armed: false, edge: { ...row.edge, input } } } as const;
  };
  site.put(
    { kind: "config", change: { part: "input", value: settings(2, { kind: "video-motion", zone: "record-only" }) } },
    { kind: "config", change: { part: "input", value: settings(3, { kind: "video-rule", point: 21 }) } },
    ...[event("door-a", 1, 0), event("door-b", 1, 5), event("person", 3, 6)],
    ...Array.from({ length: 10_000 }, (_, i) => event(`m${String(i).padStart(5, "0")}`, 2, 10 + i)),
    { kind: "receipt", receipt: receiptRow("alarm", at + 20_000) },
  );
  const ids = async (query: string, of = "receipts") => {
    const answer = await site.send("GET", `/api/${of}?${query}`, key);
    assert.equal(answer.status, 200, answer.text);
    return (answer.at(of) as { id?: string; edge?: { eventId: string } }[]).map((one) => one.edge?.eventId ?? one.id);
  };
  assert.deepEqual(await ids("events=true&source=contact,people"), ["person", "door-b", "door-a"]);
  assert.deepEqual(await ids("events=true&source=contact,people&limit=1&before=person"), ["door-b"]);
  assert.deepEqual(await ids("events=true&source=motion&limit=2"), ["m09999", "m09998"]);
  assert.deepEqual(await ids("events=true&source=contact&input=2"), []);
  assert.deepEqual(await ids("source=contact", "alarms"), ["alarm-alarm"]);
  assert.deepEqual(await ids("source=motion,people", "alarms"), []);
  assert.equal((await site.send("GET", "/api/receipts?source=dogs", key)).status, 400);
});
