import assert from "node:assert/strict";
import { test } from "node:test";
import { days, hours, wallTime, type WallTime } from "../kernel/time.ts";
import { isPassing, lookAgainAt, type PassingFacts } from "./receipt-retention.ts";
import type { Receipt } from "./receipt.ts";

const at = wallTime(1_800_000_000_000);
const facts = (more: Partial<PassingFacts> = {}): PassingFacts => ({
  ...{ at, hadFootage: true, footageLeft: false, footageDeleted: true, kept: false, ...more },
});
const after = (ms: number): WallTime => wallTime(at + ms);

test("what called nobody goes when its footage was deleted, and no sooner than after a day", () => {
  assert.equal(lookAgainAt(facts(), after(days(1))), undefined);
  assert.equal(lookAgainAt(facts(), after(hours(23))), after(days(1)));
  assert.equal(lookAgainAt(facts({ footageLeft: true }), after(days(2))), after(days(3)));
});

test("the older it is, the less often it is looked at: a dozen times in a month", () => {
  let now = after(days(1));
  let looks = 0;
  for (; now < after(days(30)); looks++) now = lookAgainAt(facts({ footageLeft: true }), now) ?? assert.fail();
  assert.ok(looks <= 20, String(looks));
  const gone = lookAgainAt(facts({ footageLeft: true }), after(days(30))) ?? assert.fail();
  assert.ok(gone <= after(days(34)), "so long after its footage at most");
});

test("footage that nobody saw deleted may be on a disk that is away: it stays, but for a year at most", () => {
  const away = facts({ footageDeleted: false });
  assert.notEqual(lookAgainAt(away, after(days(365))), undefined);
  assert.equal(lookAgainAt(away, after(days(366))), undefined);
  assert.equal(lookAgainAt(facts({ footageLeft: true }), after(days(366))), undefined);
});

test("what was on the timeline only stays a month, longer where there is footage of the moment", () => {
  const bare = facts({ hadFootage: false, footageDeleted: false });
  assert.notEqual(lookAgainAt(bare, after(days(29))), undefined);
  assert.equal(lookAgainAt(bare, after(days(30))), undefined);
  assert.notEqual(lookAgainAt({ ...bare, footageLeft: true }, after(days(31))), undefined);
});

test("what is locked, named by an alarm or not over stays, however old it is", () => {
  const kept = facts({ kept: true });
  assert.equal(lookAgainAt(kept, after(days(1000))), after(days(1001)));
});

test("only what pictures show, without an alarm, a walk test, a relay, a message or a picture, ever goes", () => {
  const moment = { bootId: "b", instant: 1 as never, wall: at };
  const edge = { eventId: "e", input: 1, inputName: "m", kind: "raised", at: moment, decidedAt: moment } as const;
  const because = { rule: "input:1", eventId: "e" };
  const record = { id: "a", target: { kind: "record", channel: 1, preS: 10 }, because } as const;
  const message = { id: "n", target: { kind: "notify", notifier: 1 }, because } as const;
  const motion: Receipt = { edge: { ...edge, cause: "motion" }, armed: true, actions: [record], closedAt: at };
  const heldBack = { ...message, outcome: { kind: "suppressed", gate: "record-only" } } as const;
  assert.ok(isPassing(motion));
  assert.ok(isPassing({ ...motion, actions: [record, heldBack] }));
  const { closedAt, ...open } = motion;
  assert.equal(closedAt, at);
  const stay: readonly Receipt[] = [
    open,
    { ...motion, edge },
    { ...motion, alarmId: "x" },
    { ...motion, edge: { ...motion.edge, walk: "w" } },
    { ...motion, actions: [record, message] },
    { ...motion, actions: [{ ...message, outcome: { kind: "failed", reason: "refused" } }] },
    { ...motion, edge: { ...motion.edge, kind: "cleared", cause: undefined as never } },
  ];
  for (const receipt of stay) assert.ok(!isPassing(receipt), JSON.stringify(receipt));
});
