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

test("no more free blocks are kept than asked", () => {
  const pool = createBlockPool({ blockBytes: 64, keepFree: 1 });
  const [a, b] = [pool.take(1), pool.take(1)];
  a.release();
  b.release();
  assert.equal(pool.take(1).bytes, a.bytes);
  assert.notEqual(pool.take(1).bytes, b.bytes);
});

test("releasing too often and retaining what went back are broken invariants", () => {
  const block = createBlockPool({ blockBytes: 64 }).take(1);
  block.release();
  assert.throws(() => block.release(), /released more often/);
  assert.throws(() => block.retain(), /after its last release/);
});
