import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import type { Receipt, ReceiptAction } from "../../domain/receipt.ts";
import { channelRow, receiptRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";

const at = Date.parse("2026-11-22T02:10:04Z");

const recorded = (eventId: string, time: number): Receipt => {
  const open = receiptRow(eventId, time);
  const actions = open.actions.map((action): ReceiptAction => ({
    ...action,
    outcome: { kind: "done" },
    record: { preAchievedMs: 12_000, from: wallTime(time - 12_000), to: wallTime(time + 30_000) },
  }));
  return { ...open, actions, closedAt: wallTime(time + 31_000) };
};
const dead = (eventId: string, time: number): Receipt => {
  const open = receiptRow(eventId, time);
  const outcome = { kind: "failed", reason: "camera offline" } as const;
  return { ...open, actions: open.actions.map((action) => ({ ...action, outcome })), closedAt: wallTime(time) };
};

async function inbox(t: TestContext) {
  const site = await testSite(t);
  site.put({ kind: "config", change: { part: "channel", value: channelRow(1, { name: "Yard" }) } });
  site.put({ kind: "config", change: { part: "site", value: { name: "Shop", timeZone: "Europe/Berlin" } } });
  site.put({ kind: "receipt", receipt: recorded("a", at) }, { kind: "receipt", receipt: dead("b", at + 60_000) });
  return site;
}

test("the inbox has a line for each alarm, green or red, its time in the site's zone", async (t) => {
  const site = await inbox(t);
  const page = await site.send("GET", "/api/alarms", site.key("read"));
  assert.equal(page.status, 200, page.text);
  assert.equal(page.at("unacknowledged"), 2);
  assert.equal(page.at("alarms.0.sentence"), "Back door 03:11:04 · channel 1: no footage: camera offline");
  assert.equal(page.at("alarms.1.sentence"), "Back door 03:10:04 · 1 camera recorded, 12.0 s before · saved");
  assert.deepEqual([page.at("alarms.0.verdict"), page.at("alarms.1.verdict")], ["bad", "good"]);
  assert.deepEqual(page.at("alarms.1.cameras"), [
    { channel: 1, name: "Yard", outcome: "recorded", from: at - 12_000, to: at + 30_000, preAchievedMs: 12_000 },
  ]);
});

test("pages go on where the one before ended, filtered by state", async (t) => {
  const site = await inbox(t);
  const key = site.key("read", "control");
  const first = await site.send("GET", "/api/alarms?limit=1", key);
  assert.equal(first.at("alarms.0.id"), "alarm-b");
  const second = await site.send("GET", `/api/alarms?limit=1&cursor=${String(first.at("next"))}`, key);
  assert.equal(second.at("alarms.0.id"), "alarm-a");
  await site.send("POST", "/api/alarms/alarm-b/acknowledge", key);
  const seen = await site.send("GET", "/api/alarms?state=acknowledged", key);
  assert.deepEqual([seen.at("alarms.0.id"), seen.at("alarms.1"), seen.at("unacknowledged")], ["alarm-b", undefined, 1]);
  assert.equal((await site.send("GET", "/api/alarms?cursor=nonsense", key)).status, 400);
});

test("one alarm has its receipts, whole and with their sentences", async (t) => {
  const site = await inbox(t);
  const one = await site.send("GET", "/api/alarms/alarm-a", site.key("read"));
  assert.equal(one.at("receipts.0.edge.eventId"), "a");
  assert.match(String(one.at("receipts.0.sentence")), /1 camera recorded/);
  assert.equal((await site.send("GET", "/api/alarms/none", site.key("read"))).status, 404);
});

test("acknowledging twice asks core once; resolving keeps who, when and the note", async (t) => {
  const site = await inbox(t);
  const key = site.key("read", "control");
  await site.send("POST", "/api/alarms/alarm-a/acknowledge", key);
  const again = await site.send("POST", "/api/alarms/alarm-a/acknowledge", key);
  assert.equal(again.at("acknowledged.by"), "user test");
  assert.equal(site.asked.filter(({ command }) => command.kind === "acknowledge-alarm").length, 1);
  const resolved = await site.send("POST", "/api/alarms/alarm-a/resolve", key, { note: " the cat " });
  assert.deepEqual([resolved.at("state"), resolved.at("resolved.note")], ["resolved", "the cat"]);
});

test("who may only look acknowledges nothing", async (t) => {
  const site = await inbox(t);
  for (const path of ["acknowledge", "resolve"]) {
    assert.equal((await site.send("POST", `/api/alarms/alarm-a/${path}`, site.key("read", "footage"), {})).status, 403);
  }
  assert.equal((await site.send("POST", "/api/alarms/none/acknowledge", site.key("control"))).status, 404);
});

test("an edge while disarmed is in the list of events and not in the inbox", async (t) => {
  const site = await inbox(t);
  const { edge, actions } = receiptRow("quiet", at + 90_000);
  site.put({ kind: "receipt", receipt: { edge, actions, armed: false } });
  const events = await site.send("GET", "/api/receipts?events=true", site.key("read"));
  assert.deepEqual([events.at("receipts.0.edge.eventId"), events.at("receipts.1")], ["quiet", undefined]);
  assert.equal((await site.send("GET", "/api/alarms", site.key("read"))).at("unacknowledged"), 2);
});
