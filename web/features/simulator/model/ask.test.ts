import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOfText } from "../../../../src/kernel/local-time.ts";
import { askOf, barOf, frameOf, startOf } from "./ask.ts";

const local = { day: dayOfText("2026-11-29") ?? 0, second: 2 * 3600 + 10 * 60 + 59 };

test("the question begins as the clock at the site shows it", () => {
  const draft = startOf({ input: 3, mode: "night", local });
  assert.deepEqual(askOf(draft), { input: 3, at: "2026-11-29T02:10", mode: "night", activeS: 10 });
});

test("a question that is not whole is not asked", () => {
  const draft = startOf({ input: 3, mode: "night", local });
  assert.equal(askOf({ ...draft, date: "" }), undefined);
  assert.equal(askOf({ ...draft, time: "" }), undefined);
  assert.equal(askOf({ ...draft, activeS: Number.NaN }), undefined);
});

test("bars lie between the first second that is kept and the last that is on", () => {
  const target = { kind: "record", channel: 1, preS: 10 } as const;
  const answer = {
    at: 100_000,
    actions: [{ target, verdict: "happens" as const, spans: [{ from: 90_000, to: 130_000 }] }],
  };
  const frame = frameOf(answer);
  assert.deepEqual(frame, { from: 90_000, to: 130_000 });
  assert.deepEqual(barOf({ from: 100_000, to: 120_000 }, frame), { left: 0.25, width: 0.5 });
  const moment = barOf({ from: 130_000 }, frame);
  assert.ok(moment.width > 0 && moment.left + moment.width <= 1);
});
