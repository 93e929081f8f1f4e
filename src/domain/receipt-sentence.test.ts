import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime, type Moment } from "../kernel/time.ts";
import type { ActionTarget, Outcome, Receipt, ReceiptAction, RecordFacts } from "./receipt.ts";
import { sentence } from "./receipt-sentence.ts";

const moment: Moment = { bootId: "b", instant: instant(0), wall: wallTime(Date.UTC(2026, 0, 1, 2, 10, 4)) };
const clock = (wall: number) => new Date(wall).toISOString().slice(11, 19);
const action = (target: ActionTarget, outcome?: Outcome, record?: RecordFacts): ReceiptAction => ({
  id: JSON.stringify(target),
  target,
  because: { rule: "input:1", eventId: "e" },
  ...(outcome === undefined ? {} : { outcome }),
  ...(record === undefined ? {} : { record }),
});
const receipt = (actions: readonly ReceiptAction[], part: Partial<Receipt["edge"]> = {}): Receipt => ({
  edge: {
    eventId: "e",
    input: 1,
    inputName: "Front door",
    kind: "raised",
    at: moment,
    decidedAt: moment,
    ...part,
  },
  armed: true,
  actions,
});
const camera = (channel: number) => ({ kind: "record", channel, preS: 10 }) as const;
const done = { kind: "done" } as const;

test("a good edge is one short sentence: how many cameras, the least before, the slowest durable", () => {
  const actions = [
    action(camera(1), done, { preAchievedMs: 12_000, durableAfterMs: 20 }),
    action(camera(2), done, { preAchievedMs: 12_900, durableAfterMs: 84.2 }),
    action(camera(3), done, { preAchievedMs: 13_000, durableAfterMs: 30 }),
  ];
  const expected = "Front door raised 02:10:04 · 3 cameras recorded, 12.0 s before, durable after 84 ms";
  assert.equal(sentence(receipt(actions), clock), expected);
});

test("what did not go as asked is named with its reason", () => {
  const actions = [
    action({ kind: "output", output: 1 }, done),
    action(camera(1), done, { preAchievedMs: 10_000 }),
    action(camera(4), { kind: "failed", reason: "camera down" }, { awaySince: wallTime(moment.wall - 113_000) }),
    action(camera(5), { kind: "short", reason: "2.0 s before instead of 10" }),
    action({ kind: "notify", notifier: 2 }, { kind: "suppressed", gate: "repeat within 5 s" }),
  ];
  assert.equal(
    sentence(receipt(actions), clock),
    "Front door raised 02:10:04 · 1 camera recorded, 10.0 s before · 1 output switched" +
      " · channel 4: no footage: camera down (away since 02:08:11) · channel 5: short: 2.0 s before instead of 10" +
      " · message 2: repeat within 5 s",
  );
});

test("a found edge says until when all was well, an open receipt how much is still open", () => {
  const found = receipt([action(camera(1))], { kind: "raised(found)", notBefore: wallTime(moment.wall - 4000) });
  const expected = "Front door raised(found) 02:10:04 (at rest until 02:10:00) · 1 still open";
  assert.equal(sentence(found, clock), expected);
});

test("a way that a walk test proved is no message sent", () => {
  const told = (notifier: number, test?: "probe" | "send"): ReceiptAction => ({
    ...action({ kind: "notify", notifier }, done),
    ...(test === undefined ? {} : { test }),
  });
  assert.equal(sentence(receipt([told(1, "probe")]), clock), "Front door raised 02:10:04 · 1 way proved");
  const both = receipt([told(1, "probe"), told(2, "probe"), told(3, "send")]);
  assert.equal(sentence(both, clock), "Front door raised 02:10:04 · 1 message sent · 2 ways proved");
});
