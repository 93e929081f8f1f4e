import assert from "node:assert/strict";
import { test } from "node:test";
import { localClock } from "../../../../src/kernel/local-time.ts";
import { calendarProblem, firstAutoArm, nextArming } from "./calendar.ts";

const schedule = {
  ...{ schedule: 1, name: "Shop hours", holiday: [] },
  week: Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1080 }]),
};
const when = { schedule, holidays: [], clock: localClock("Europe/Berlin"), now: Date.UTC(2026, 10, 23, 12) };

test("the next arming is the end of opening hours, or the beginning of the hours in which nobody is there", () => {
  assert.equal(nextArming(firstAutoArm(1), when), Date.UTC(2026, 10, 23, 17));
  assert.equal(nextArming({ ...firstAutoArm(1), armWhen: "begins" }, when), Date.UTC(2026, 10, 24, 7));
  const holidays = [{ date: "2026-11-23", yearly: false, name: "" }];
  assert.equal(nextArming(firstAutoArm(1), { ...when, holidays }), Date.UTC(2026, 10, 24, 17));
  const never = { ...schedule, week: schedule.week.map(() => []) };
  assert.equal(nextArming(firstAutoArm(1), { ...when, schedule: never }), undefined);
});

test("what keeps holidays and arming from being applied is named", () => {
  const day = { date: "2026-12-25", yearly: true, name: "" };
  const of = (holidays: readonly (typeof day)[], warningMin = 10) =>
    calendarProblem({ holidays, autoArm: { ...firstAutoArm(1), warningMin } });
  assert.equal(of([day]), undefined);
  assert.equal(of([{ ...day, date: "" }]), "wrong");
  assert.equal(of([day, day]), "twice");
  assert.equal(of([day], 90), "warning");
  assert.equal(of([day], Number.NaN), "warning");
});
