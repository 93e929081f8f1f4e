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
  const aged = { cause: "age", reason: "older than 14 days then" } as const;
  assert.deepEqual(nextToGo(situation, oldest, { kind: "age", needBytes: gb }, 10), [
    { id: "plain", at: wallTime(now + days(4)), ...aged },
    { id: "later", at: wallTime(now + days(5)), ...aged },
  ]);
  const fills = { kind: "fills", at: wallTime(now + days(2)), reachDays: 5 } as const;
  const [next] = nextToGo(situation, oldest, fills, 10);
  assert.deepEqual([next?.id, next?.cause, next?.at], ["plain", "space", fills.at]);
  assert.equal(
    nextToGo(situation, oldest, { kind: "full", reachDays: 5 }, 1)[0]?.at,
    undefined,
    "not to be told to the day",
  );
});

test("what must go now is named with the cleaner's own reason, and of protected footage nothing is", () => {
  const over = { ...situation, usedBytes: 1200 * gb };
  const [next] = nextToGo(over, oldest, { kind: "full", reachDays: 5 }, 10);
  assert.deepEqual([next?.id, next?.at, next?.cause], ["plain", now, "space"]);
  assert.deepEqual(nextToGo(situation, oldest.slice(0, 2), { kind: "unknown" }, 10), []);
});

test("footage with days of its own goes in the order of those, and what was promised goes behind all else", () => {
  const kept = [
    segment("promised", 13, { keep: { minDays: 30, maxDays: 60 } }),
    segment("long", 12, { keep: { minDays: 0, maxDays: 60 } }),
    segment("short", 2, { keep: { minDays: 0, maxDays: 3 } }),
  ];
  const ids = (coming: Parameters<typeof nextToGo>[2]) => nextToGo(situation, kept, coming, 10).map(({ id }) => id);
  assert.deepEqual(ids({ kind: "age", needBytes: gb }), ["short", "promised", "long"]);
  assert.deepEqual(ids({ kind: "full", reachDays: 5 }), ["long", "short", "promised"]);
  const full = nextToGo(situation, kept, { kind: "full", reachDays: 5 }, 10);
  assert.deepEqual(
    full.map(({ cause }) => cause),
    ["space", "space", "promised"],
  );
});
