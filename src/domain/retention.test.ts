import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { days, wallTime } from "../kernel/time.ts";
import {
  isEmergency,
  limitBytes,
  planDeletions,
  reserveBytes,
  retentionRules,
  type KeptSegment,
  type RetentionSituation,
} from "./retention.ts";

const now = wallTime(1_790_000_000_000);
const GB = 1e9;
const roomy: RetentionSituation = {
  now,
  clockPlausible: true,
  totalBytes: 1000 * GB,
  freeBytes: 500 * GB,
  usedBytes: 400 * GB,
  pendingBytes: 0,
  maxShare: 0.8,
  keepDays: 14,
  agedBytesLastHour: 0,
};
const segment = (id: string, part: Partial<KeptSegment> = {}): KeptSegment => ({
  id,
  bytes: 1 * GB,
  endWall: wallTime(now - days(1)),
  inUse: false,
  locked: false,
  unreviewedAlarm: false,
  leased: false,
  ...part,
});
const ids = (situation: RetentionSituation, segments: readonly KeptSegment[]) =>
  planDeletions(situation, segments).deletions.map((deletion) => deletion.id);
/** Over its share by 10 GB: the low mark asks for 26. */
const over = { ...roomy, usedBytes: 810 * GB, freeBytes: 190 * GB };
/** 0.5 GB free of a reserve of 50. */
const nearlyFull = { ...roomy, usedBytes: 790 * GB, freeBytes: 0.5 * GB };

test("nothing goes while there is room and nothing is old", () => {
  assert.deepEqual(ids(roomy, [segment("a"), segment("b")]), []);
});

test("over its share the oldest goes first, down to the low water-mark and no further", () => {
  const segments = Array.from({ length: 100 }, (_, n) => segment(`s${n}`));
  const gone = ids(over, segments);
  assert.deepEqual(
    gone,
    segments.slice(0, 26).map((one) => one.id),
  );
  const after = { ...over, usedBytes: over.usedBytes - 26 * GB, freeBytes: over.freeBytes + 26 * GB };
  assert.deepEqual(ids(after, segments.slice(26)), []);
});

test("at least the larger of 5 % and 10 GB is left free, whatever the share says", () => {
  assert.equal(reserveBytes({ totalBytes: 1000 * GB }), 50 * GB);
  assert.equal(reserveBytes({ totalBytes: 100 * GB }), 10 * GB);
  const others = { ...roomy, usedBytes: 100 * GB, freeBytes: 45 * GB };
  assert.equal(limitBytes(others), 95 * GB);
  assert.equal(ids(others, [segment("a"), segment("b")]).length > 0, true);
});

test("a fixed cap is kept, and leaves free what it may use itself at most", () => {
  const demo = { ...roomy, totalBytes: 30 * GB, freeBytes: 5 * GB, usedBytes: 1.1 * GB, maxBytes: 1 * GB };
  assert.equal(limitBytes(demo), 1 * GB);
  assert.deepEqual(ids(demo, [segment("a", { bytes: 0.2 * GB }), segment("b", { bytes: 0.2 * GB })]), ["a"]);
});

test("what is deleted but still open counts as free", () => {
  const tight = { ...roomy, freeBytes: 40 * GB };
  assert.notDeepEqual(ids(tight, [segment("a")]), []);
  assert.deepEqual(ids({ ...tight, pendingBytes: 20 * GB }, [segment("a")]), []);
});

test("locked footage, unreviewed alarms, open files and what is being read are passed over", () => {
  const segments = [
    segment("locked", { locked: true }),
    segment("alarm", { unreviewedAlarm: true }),
    segment("open", { inUse: true }),
    segment("leased", { leased: true }),
    segment("plain", { bytes: 30 * GB }),
  ];
  assert.deepEqual(ids(over, segments), ["plain"]);
});

test("an alarm is protected for thirty days, and only for a fifth of the volume: the oldest loses it first", () => {
  const old = segment("old", { unreviewedAlarm: true, endWall: wallTime(now - days(31)) });
  assert.deepEqual(ids(over, [old]), ["old"]);
  const alarms = Array.from({ length: 5 }, (_, n) => segment(`a${n}`, { unreviewedAlarm: true, bytes: 60 * GB }));
  assert.deepEqual(ids(over, alarms), ["a0"]);
});

test("what is older than the days to keep goes, at most 5 % of the volume an hour", () => {
  const old = Array.from({ length: 100 }, (_, n) => segment(`s${n}`, { endWall: wallTime(now - days(15)) }));
  assert.equal(ids(roomy, old).length, 50);
  assert.equal(ids({ ...roomy, agedBytesLastHour: 45 * GB }, old).length, 5);
  assert.equal(ids({ ...roomy, agedBytesLastHour: 50 * GB }, old).length, 0);
  assert.deepEqual(ids(roomy, [segment("just", { endWall: wallTime(now - days(14)) })]), []);
});

test("footage that has days of its own goes by those, sooner or later than the volume's", () => {
  const of = (id: string, age: number, maxDays: number) =>
    segment(id, { endWall: wallTime(now - days(age)), keep: { minDays: 0, maxDays } });
  assert.deepEqual(ids(roomy, [of("long", 20, 30), of("short", 4, 3), of("young", 2, 3)]), ["short"]);
});

test("what was promised goes behind all else, and only as far as the limit asks for it", () => {
  const promised = Array.from({ length: 40 }, (_, n) => segment(`p${n}`, { keep: { minDays: 7, maxDays: 14 } }));
  const spare = Array.from({ length: 6 }, (_, n) => segment(`s${n}`));
  const { deletions, stuck } = planDeletions(over, [...promised, ...spare]);
  assert.deepEqual(
    deletions.map(({ id, cause }) => `${id} ${cause}`),
    [...spare.map(({ id }) => `${id} space`), ...[0, 1, 2, 3].map((n) => `p${n} promised`)],
  );
  assert.equal(stuck, undefined);
  const past = promised.map((one) => ({ ...one, endWall: wallTime(now - days(8)) }));
  assert.equal(ids(over, [...past, ...spare])[0], "p0", "a promise ends with its days");
});

test("with a clock that is not to be believed nothing goes by age, and space still rules", () => {
  const old = [segment("a", { endWall: wallTime(now - days(400)) })];
  assert.deepEqual(ids({ ...roomy, clockPlausible: false }, old), []);
  assert.deepEqual(ids({ ...over, clockPlausible: false }, old), ["a"]);
});

test("after a rebuild nothing goes for the grace time, except in an emergency", () => {
  const grace = { keepAllUntil: wallTime(now + 1) };
  assert.deepEqual(ids({ ...over, ...grace }, [segment("a")]), []);
  assert.deepEqual(ids({ ...nearlyFull, ...grace }, [segment("a")]), ["a"]);
  assert.deepEqual(ids({ ...over, keepAllUntil: now }, [segment("a")]), ["a"]);
});

test("in an emergency leases give way, then alarms; a lock never does", () => {
  assert.equal(isEmergency(nearlyFull), true);
  const segments = [
    segment("locked", { locked: true }),
    segment("alarm", { unreviewedAlarm: true }),
    segment("leased", { leased: true }),
    segment("plain"),
  ];
  assert.deepEqual(ids(nearlyFull, segments), ["plain", "leased", "alarm"]);
  assert.match(planDeletions(nearlyFull, segments).stuck ?? "", /locked, protected or in use/);
});

const free = ({ inUse, locked, leased, unreviewedAlarm }: KeptSegment) =>
  !inUse && !locked && !leased && !unreviewedAlarm;

test("whatever is on a volume: nothing goes twice, nothing locked or open goes, nothing protected without an emergency", () => {
  const segments = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 99 }).map(String),
      bytes: fc.integer({ min: 1, max: 40 }).map((gb) => gb * GB),
      endWall: fc.integer({ min: -10, max: 60 }).map((age) => wallTime(now - days(age))),
      inUse: fc.boolean(),
      locked: fc.boolean(),
      unreviewedAlarm: fc.boolean(),
      leased: fc.boolean(),
      keep: fc.record({ minDays: fc.integer({ min: 0, max: 20 }), maxDays: fc.integer({ min: 20, max: 40 }) }),
    }),
    { selector: (one) => one.id, maxLength: 30 },
  );
  fc.assert(
    fc.property(segments, fc.integer({ min: 0, max: 1000 }), fc.boolean(), (kept, freeGb, clockPlausible) => {
      const usedBytes = kept.reduce((sum, one) => sum + one.bytes, 0);
      const situation = { ...roomy, usedBytes, freeBytes: freeGb * GB, clockPlausible };
      const { deletions, stuck } = planDeletions(situation, kept);
      const gone = new Map(deletions.map((deletion) => [deletion.id, deletion]));
      assert.equal(gone.size, deletions.length);
      for (const one of kept.filter(({ id }) => gone.has(id))) {
        assert.ok(!one.locked && !one.inUse);
        if (one.leased) assert.equal(gone.get(one.id)?.cause, "emergency");
      }
      const promised = (one: KeptSegment) => !clockPlausible || now - one.endWall <= days(one.keep?.minDays ?? 0);
      const spare = kept.some((one) => !gone.has(one.id) && free(one) && !promised(one));
      if (deletions.some(({ cause }) => cause === "promised")) assert.equal(spare, false, "nothing else was left");
      const byAge = deletions.filter(({ cause }) => cause === "age").reduce((sum, one) => sum + one.bytes, 0);
      assert.ok(byAge <= situation.totalBytes * retentionRules.agedShareAnHour);
      const left = usedBytes - deletions.reduce((sum, one) => sum + one.bytes, 0);
      assert.ok(stuck !== undefined || left <= limitBytes(situation));
    }),
  );
});
