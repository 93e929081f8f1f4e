import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Period } from "../../../../src/domain/weekly-schedule.ts";
import { weekdays } from "../../../shared/schedule.ts";
import { covers, nextPeriod, painted, problemOf, spanOf, stepAt, tidyTime, type WeekDraft } from "./week.ts";

const office = [
  { from: "08:00", to: "12:00" },
  { from: "13:00", to: "18:00" },
];
const draft = (monday: WeekDraft["week"]["monday"], name = "Office hours"): WeekDraft => ({
  name,
  week: Object.fromEntries(weekdays.map((day) => [day, day === "monday" ? monday : []])) as WeekDraft["week"],
  holiday: undefined,
});

test("painting joins what it touches, rubbing out leaves both ends", () => {
  assert.deepEqual(painted(office, { fromMin: 720, toMin: 780 }, true), [{ from: "08:00", to: "18:00" }]);
  assert.deepEqual(painted([{ from: "00:00", to: "24:00" }], { fromMin: 720, toMin: 750 }, false), [
    { from: "00:00", to: "12:00" },
    { from: "12:30", to: "24:00" },
  ]);
});

test("after painting a span is covered, after rubbing out it is not, and the rest of the day stays", () => {
  const step = fc.integer({ min: 0, max: 47 }).map((half) => half * 30);
  const strokes = fc.array(fc.tuple(step, step, fc.boolean()), { maxLength: 12 });
  fc.assert(
    fc.property(strokes, (all) => {
      let texts: { from: string; to: string }[] = [];
      const oracle = new Set<number>();
      for (const [one, other, on] of all) {
        const span: Period = spanOf(one, other);
        texts = painted(texts, span, on);
        for (let at = span.fromMin; at < span.toMin; at += 30)
          if (on) oracle.add(at);
          else oracle.delete(at);
      }
      for (let at = 0; at < 1440; at += 30) assert.equal(covers(texts, at), oracle.has(at));
    }),
  );
});

test("a pointer paints whole steps, also at the edges of the row", () => {
  assert.deepEqual([stepAt(-0.1), stepAt(0), stepAt(0.5), stepAt(0.999), stepAt(1.2)], [0, 0, 720, 1410, 1410]);
  assert.deepEqual(spanOf(720, 600), { fromMin: 600, toMin: 750 });
});

test("a time is taken as one types it", () => {
  assert.deepEqual(["8", "8:30", "0830", "8.3", "24", "25:00", "noon"].map(tidyTime), [
    ...["08:00", "08:30", "08:30", "08:03", "24:00", "25:00", "noon"],
  ]);
});

test("what keeps a week from being applied is named with its row", () => {
  const saved = draft(office);
  assert.equal(problemOf(saved, saved), undefined);
  assert.deepEqual(problemOf(draft(office, " "), saved), { what: "name" });
  assert.deepEqual(problemOf(draft([{ from: "8", to: "12:00" }]), saved), { row: "monday", what: "time" });
  assert.deepEqual(problemOf(draft([{ from: "22:00", to: "06:00" }]), saved), { row: "monday", what: "order" });
  assert.deepEqual(problemOf(draft([...office, { from: "11:00", to: "12:30" }]), saved), {
    ...{ row: "monday", what: "overlap" },
  });
});

test("more than six periods are refused in the page, but stay where a program made them", () => {
  const many = Array.from({ length: 7 }, (_, at) => ({ from: `0${at}:00`, to: `0${at}:30` }));
  assert.deepEqual(problemOf(draft(many), draft([])), { row: "monday", what: "tooMany" });
  assert.equal(problemOf(draft(many), draft(many)), undefined);
});

test("a new period begins an hour after the last one and stays inside the day", () => {
  assert.deepEqual(nextPeriod([]), { from: "08:00", to: "09:00" });
  assert.deepEqual(nextPeriod(office), { from: "19:00", to: "20:00" });
  assert.deepEqual(nextPeriod([{ from: "20:00", to: "24:00" }]), { from: "23:00", to: "24:00" });
});
