import assert from "node:assert/strict";
import { test } from "node:test";
import { days, hours, minutes, wallTime } from "../kernel/time.ts";
import type { KeptSegment, RetentionSituation } from "./retention.ts";
import { bytesPerDay, forecast, nextToGo } from "./storage-forecast.ts";

const now = wallTime(Date.UTC(2026, 10, 22));
const gb = 1e9;
const use = { now, usedBytes: 100 * gb, limitBytes: 1000 * gb, bytesPerDay: 100 * gb, keepDays: 14 };

test("a volume that holds ten days of footage, and shall keep fourteen, is full when its room is used up", () => {
  assert.deepEqual(forecast(use), { kind: "fills", at: wallTime(now + days(9)), reachDays: 10 });
  assert.deepEqual(forecast({ ...use, usedBytes: 980 * gb }), { kind: "full", reachDays: 10 });
});

test("a volume with room for more than its days never fills: footage goes by its age", () => {
  assert.deepEqual(forecast({ ...use, keepDays: 5 }), { kind: "age", needBytes: 500 * gb });
});

test("from half an hour of footage on a day's bytes are told, before that nothing is", () => {
  assert.equal(bytesPerDay(gb, now, wallTime(now + hours(1))), 24 * gb);
  assert.equal(bytesPerDay(gb, now, wallTime(now + minutes(29))), 0);
  assert.deepEqual(forecast({ ...use, bytesPerDay: 0 }), { kind: "unknown" });
});

const segment = (id: string, ageDays: number, more: Partial<KeptSegment> = {}): KeptSegment => ({
  ...{ id, bytes: gb, endWall: wallTime(now - days(ageDays)) },
  ...{ inUse: false, locked: false, unreviewedAlarm: false, leased: false, ...more },
});
const situation: RetentionSituation = {
  ...{ now, clockPlausible: true, totalBytes: 2000 * gb, freeBytes: 1500 * gb, usedBytes: 100 * gb, pendingBytes: 0 },
  ...{ maxShare: 0.5, keepDays: 14, agedBytesLastHour: 0 },
};
const oldest = [segment("locked", 13, { locked: true }), segment("alarm", 12, { unreviewedAlarm: true })].concat(
  segment("plain", 10),
  segment("later", 9),
);

test("the oldest that is not protected goes next: by its age, or sooner when the volume fills before that", () => {
  assert.deepEqual(nextToGo(situation, oldest, { kind: "age", needBytes: gb }), {
    ...{ id: "plain", cause: "age", at: wallTime(now + days(4)), reason: "older than 14 days then" },
  });
  const fills = { kind: "fills", at: wallTime(now + days(2)), reachDays: 5 } as const;
  const next = nextToGo(situation, oldest, fills);
  assert.deepEqual([next?.id, next?.cause, next?.at], ["plain", "space", fills.at]);
  assert.equal(nextToGo(situation, oldest, { kind: "full", reachDays: 5 })?.at, undefined, "not to be told to the day");
});

test("what must go now is named with the cleaner's own reason, and of protected footage nothing is", () => {
  const over = { ...situation, usedBytes: 1200 * gb };
  const next = nextToGo(over, oldest, { kind: "full", reachDays: 5 });
  assert.deepEqual([next?.id, next?.at, next?.cause], ["plain", now, "space"]);
  assert.equal(nextToGo(situation, oldest.slice(0, 2), { kind: "unknown" }), undefined);
});
