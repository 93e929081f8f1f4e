import assert from "node:assert/strict";
import { test } from "node:test";
import { createBlockPool } from "./block.ts";

test("a block goes back with its last reference and is handed out again", () => {
  const pool = createBlockPool({ blockBytes: 64 });
  const block = pool.take(10);
  block.retain();
  block.release();
  assert.equal(pool.bytesOut, 64);
  block.release();
  assert.equal(pool.bytesOut, 0);
  assert.equal(pool.take(64).bytes, block.bytes);
});

test("an oversize block is counted while it is out and not kept", () => {
  const pool = createBlockPool({ blockBytes: 64 });
  const large = pool.take(100);
  assert.equal(pool.bytesOut, 100);
  large.release();
  assert.equal(pool.bytesOut, 0);
  assert.equal(pool.take(10).bytes.byteLength, 64);
});

test("free blocks wait for a breath as deep as the last one; what a whole review period did not need is let go", () => {
  const pool = createBlockPool({ blockBytes: 64, reviewEvery: 4 });
  const breathe = (blocks: number) => {
    const taken = Array.from({ length: blocks }, () => pool.take(1));
    for (const block of taken) block.release();
    return taken.map((block) => block.bytes);
  };
  const first = new Set(breathe(8));
  const known = (blocks: readonly Uint8Array[]) => blocks.filter((bytes) => first.has(bytes)).length;
  assert.equal(known(breathe(8)), 8, "all 8 are used again");
  for (let i = 0; i < 8; i++) assert.equal(known(breathe(2)), 2);
  assert.equal(known(breathe(8)), 2, "6 were let go");
});

test("releasing too often and retaining what went back are broken invariants", () => {
  const block = createBlockPool({ blockBytes: 64 }).take(1);
  block.release();
  assert.throws(() => block.release(), /released more often/);
  assert.throws(() => block.retain(), /after its last release/);
});
