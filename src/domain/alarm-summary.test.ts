import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import { alarmSentence, edgesOfAlarm, raisedCount, summarize } from "./alarm-summary.ts";
import type { EdgeKind, Receipt, ReceiptAction } from "./receipt.ts";

const moment = (ms: number) => ({ bootId: "b", instant: instant(ms), wall: wallTime(ms) });
const because = { rule: "input 1", eventId: "e" };

const receipt = (at: number, actions: readonly ReceiptAction[], kind: EdgeKind = "raised"): Receipt => ({
  edge: { eventId: `e${at}`, input: 1, inputName: "Front door", kind, at: moment(at), decidedAt: moment(at) },
  alarmId: "a",
  armed: true,
  actions,
});

const record = (channel: number, more: Partial<ReceiptAction> = {}): ReceiptAction => ({
  id: `r${channel}`,
  target: { kind: "record", channel, preS: 10 },
  because,
  ...more,
});
const recorded = (channel: number, from: number, to: number, preAchievedMs = 12_000): ReceiptAction =>
  record(channel, {
    outcome: { kind: "done" },
    record: { preAchievedMs, from: wallTime(from), to: wallTime(to) },
  });
const say = (receipts: readonly Receipt[]) =>
  alarmSentence(
    { name: "Front door", at: wallTime(20_000), count: raisedCount(receipts) },
    summarize(receipts),
    () => "02:10",
  );

test("an alarm of which everything was done is good, and its line says the least that was reached before", () => {
  const all = [
    receipt(20_000, [recorded(1, 8000, 50_000), recorded(2, 7000, 50_000, 13_000), recorded(3, 8000, 50_000)]),
  ];
  assert.equal(summarize(all).verdict, "good");
  assert.equal(say(all), "Front door 02:10 · 3 cameras recorded, 12.0 s before · saved");
});

test("a camera without footage makes an alarm bad and is named with its reason, whatever the others did", () => {
  const dead = record(4, { outcome: { kind: "failed", reason: "camera offline" } });
  const all = [receipt(20_000, [recorded(1, 8000, 50_000), dead])];
  assert.equal(summarize(all).verdict, "bad");
  assert.equal(
    say(all),
    "Front door 02:10 · 1 of 2 cameras recorded, 12.0 s before · channel 4: no footage: camera offline",
  );
});

test("a siren that did not confirm makes an alarm bad; what a gate held back does not", () => {
  const siren: ReceiptAction = {
    ...{ id: "o", because, target: { kind: "output", output: 1 } },
    outcome: { kind: "failed", reason: "not confirmed within 5 s" },
  };
  const repeat: ReceiptAction = {
    ...{ id: "n", because, target: { kind: "notify", notifier: 1 } },
    outcome: { kind: "suppressed", gate: "repeat within 5 s" },
  };
  const fine = [receipt(20_000, [recorded(1, 8000, 50_000), repeat])];
  assert.equal(summarize(fine).verdict, "good");
  assert.equal(summarize([receipt(20_000, [recorded(1, 8000, 50_000), siren])]).verdict, "bad");
});

test("while a camera records the alarm is open and its footage has no end", () => {
  const all = [receipt(20_000, [record(1, { record: { answer: "recording", preAchievedMs: 11_000 } })])];
  const summary = summarize(all);
  assert.equal(summary.verdict, "open");
  assert.deepEqual(summary.cameras, [{ channel: 1, outcome: "recording", from: 9000, preAchievedMs: 11_000 }]);
  assert.equal(say(all), "Front door 02:10 · 1 camera recorded, 11.0 s before · recording");
});

test("the edges of an alarm together: footage from the first pre-record to the last end, times counted", () => {
  const all = [receipt(20_000, [recorded(1, 8000, 40_000)]), receipt(23_000, [recorded(1, 11_000, 61_000, 10_000)])];
  assert.deepEqual(summarize(all).cameras, [
    { channel: 1, outcome: "recorded", from: 8000, to: 61_000, preAchievedMs: 10_000 },
  ]);
  assert.equal(say(all), "Front door 02:10 × 2 · 1 camera recorded, 10.0 s before · saved");
});

test("a door that is shut again belongs to the alarm once; later ones end events that came after it", () => {
  const edges = [receipt(20_000, []), receipt(21_000, [], "cleared"), receipt(90_000, [], "cleared")];
  assert.deepEqual(
    edgesOfAlarm(edges.toReversed()).map(({ edge }) => edge.at.wall),
    [20_000, 21_000],
  );
});

test("an input without a camera is said to have none", () => {
  assert.equal(say([receipt(20_000, [])]), "Front door 02:10 · no camera is linked");
});
