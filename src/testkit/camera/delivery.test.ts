import assert from "node:assert/strict";
import { Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { bufferPool, startDelivery } from "./delivery.ts";

/** A link whose socket takes everything; `sent` holds the size of each write. */
function link(t: TestContext) {
  const socket = new Socket();
  const sent: number[] = [];
  t.mock.method(socket, "write", (bytes: Uint8Array) => sent.push(bytes.length) > 0);
  const pool = bufferPool();
  const delivery = startDelivery({ socket, shape: "link100", pool, onQueued: () => undefined, random: () => 0 });
  return { sent, delivery, queue: (length: number) => delivery.queue(pool.take(length), length) };
}

test("over a 100 Mbit/s link a picture comes in slices of a millisecond, however long the link was idle", (t) => {
  const { sent, delivery, queue } = link(t);
  queue(30_000);
  assert.equal(delivery.pump(1_000_000), true);
  assert.equal(delivery.pump(1_001_000), true);
  assert.equal(delivery.pump(1_002_000), false);
  queue(30_000);
  delivery.pump(1_042_000);
  assert.deepEqual(sent, [12_500, 12_500, 5000, 12_500]);
});

test("a late wake-up makes up for the slices that were due meanwhile", (t) => {
  const { sent, delivery, queue } = link(t);
  queue(100_000);
  delivery.pump(1_000_000);
  delivery.pump(1_003_000);
  assert.deepEqual(sent, [12_500, 12_500, 12_500, 12_500]);
});
