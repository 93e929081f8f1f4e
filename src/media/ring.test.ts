import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant, wallTime } from "../kernel/time.ts";
import { createBlockPool } from "./block.ts";
import { createRing } from "./ring.ts";
import type { AccessUnit, BlockPool, VideoParameters } from "./types.ts";

const parameters = { kind: "video", codec: "h264" } as VideoParameters;

function unitAt(pool: BlockPool, ms: number, more: Partial<AccessUnit> = {}): AccessUnit {
  const block = pool.take(16);
  const times = { pts: ms * 90, dts: ms * 90, arrival: instant(ms), wall: wallTime(ms) };
  return {
    ...{ track: "video", data: block.bytes.subarray(0, 10), key: false, session: 1, afterLoss: false },
    ...{ parameters, block, ...times, ...more },
  };
}

test("units before the first key frame of a session are not kept, and the ring begins with one", () => {
  const pool = createBlockPool();
  const ring = createRing();
  assert.equal(ring.push(unitAt(pool, 0)), false);
  assert.equal(ring.push(unitAt(pool, 40, { key: true })), true);
  assert.equal(ring.push(unitAt(pool, 80)), true);
  assert.equal(ring.push(unitAt(pool, 120, { session: 2 })), false);
  assert.equal(ring.push(unitAt(pool, 140, { session: 2, track: "audio", key: true })), false);
  assert.equal(ring.push(unitAt(pool, 160, { session: 2, key: true })), true);
  assert.equal(ring.end, 3);
});

test("what stays after trimming always holds the key frame at or before the asked time, and no GOP more", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ gap: fc.integer({ min: 1, max: 500 }), key: fc.boolean() }), {
        minLength: 1,
        maxLength: 60,
      }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 70 }),
      (steps, since, keepFrom) => {
        const pool = createBlockPool({ blockBytes: 16 });
        const ring = createRing();
        let now = 0;
        for (const [i, { gap, key }] of steps.entries()) {
          now += gap;
          const unit = unitAt(pool, now, { key: key || i === 0 });
          ring.push(unit);
          unit.block.release();
        }
        const wanted = ring.keyAtOrBefore(instant(since)) ?? 0;
        ring.trim(keepFrom, instant(since));
        const needed = Math.min(wanted, ring.gopStart(Math.min(keepFrom, ring.end - 1)) ?? 0);
        assert.equal(ring.first, needed);
        assert.equal(ring.at(ring.first)?.key, true);
        assert.equal(pool.bytesOut, (ring.end - ring.first) * 16, "a block each, released with its GOP");
        ring.clear();
        assert.equal(pool.bytesOut, 0);
      },
    ),
  );
});

test("giving up the running GOP keeps nothing until the next key frame; indexes are never used again", () => {
  const pool = createBlockPool();
  const ring = createRing();
  ring.push(unitAt(pool, 0, { key: true }));
  ring.push(unitAt(pool, 40));
  const dropped = ring.dropOldest();
  assert.deepEqual([dropped?.first, dropped?.end], [0, 2]);
  assert.equal(ring.push(unitAt(pool, 80)), false);
  assert.equal(ring.push(unitAt(pool, 120, { key: true })), true);
  assert.equal(ring.first, 2);
  assert.equal(ring.at(1), undefined);
});

test("a GOP that runs longer than the pre-record stays whole: at least one is always there", () => {
  const pool = createBlockPool();
  const ring = createRing();
  ring.push(unitAt(pool, 0, { key: true }));
  for (let ms = 40; ms <= 30_000; ms += 40) ring.push(unitAt(pool, ms));
  ring.trim(ring.end, instant(29_000));
  assert.equal(ring.first, 0);
  assert.equal(ring.since, 0);
});

test("a unit counts with what it costs beside its bytes, so that tiny ones are not free", () => {
  const pool = createBlockPool();
  const ring = createRing();
  const unit = unitAt(pool, 0);
  for (let ms = 0; ms < 1000; ms++)
    ring.push({ ...unit, key: true, data: unit.data.subarray(0, 1), arrival: instant(ms) });
  assert.equal(ring.overheadBytes, 512_000);
  assert.equal(ring.bytes, 513_000);
  ring.dropOldest();
  assert.equal(ring.overheadBytes, 999 * 512);
  ring.clear();
  assert.deepEqual([ring.overheadBytes, ring.bytes], [0, 0]);
});
