import assert from "node:assert/strict";
import { test } from "node:test";
import { createBlockPool } from "../../media/block.ts";
import type { AccessUnit } from "../../media/types.ts";
import { mediaFrame, unitHeaderBytes, type Subscribe } from "../../messages/media.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { numbersIn, parameters, unitOf } from "../support.test.ts";
import { createReaderQueue, once, type FrameSink, type ReaderQueue } from "./reader-queue.ts";

const subscribe: Subscribe = { channel: 1, stream: "main", from: "next-key", audio: false };

interface Sink extends FrameSink {
  readonly frames: Buffer[];
  queued: number;
}
const sinkOf = (): Sink => {
  const sink: Sink = {
    frames: [],
    queued: 0,
    write: (frame) => void sink.frames.push(frame),
    writeUnit: (head, unit) => void sink.frames.push(Buffer.concat([head, unit.data])),
  };
  return sink;
};
const types = (sink: Sink) => sink.frames.map((frame) => frame[4]);
const push = (queue: ReaderQueue, unit: AccessUnit): void => queue.unit(unit, once(unit));

test("a reader gets parameters before the first unit, units from a key frame on, and new parameters when they change", () => {
  const sink = sinkOf();
  const queue = createReaderQueue(subscribe, sink, 1000);
  const [clock, pool] = [fakeClock(), createBlockPool()];
  push(queue, unitOf(1, clock, pool));
  push(queue, unitOf(2, clock, pool, { key: true, pts: -5 }));
  push(queue, unitOf(3, clock, pool));
  push(queue, unitOf(4, clock, pool, { key: true, parameters: { ...parameters, width: 640 } }));
  assert.deepEqual(types(sink), [1, 2, 2, 1, 2]);
  const unit = sink.frames[1] ?? Buffer.alloc(0);
  assert.equal(unit.readUInt32LE(0), unit.length - 4);
  assert.equal(unit.length, 5 + unitHeaderBytes + 200);
  assert.equal(unit[5], 1);
  assert.equal(unit.readDoubleLE(6), clock.now());
  assert.equal(unit.readBigInt64LE(22), -5n);
  assert.deepEqual(numbersIn(unit), [2]);
});

test("a slow reader loses whole GOPs, is told how many, and goes on with a key frame", () => {
  const sink = sinkOf();
  const queue = createReaderQueue(subscribe, sink, 1000);
  const [clock, pool] = [fakeClock(), createBlockPool()];
  const seen = () => sink.frames.filter((frame) => frame[4] === mediaFrame.unit).flatMap((frame) => numbersIn(frame));
  for (let i = 0; i < 5; i++) push(queue, unitOf(i, clock, pool, { key: i === 0 }));
  sink.queued = 2000;
  for (let i = 5; i < 20; i++) push(queue, unitOf(i, clock, pool, { key: i % 10 === 0 }));
  sink.queued = 0;
  for (let i = 20; i < 23; i++) push(queue, unitOf(i, clock, pool, { key: i === 20 }));
  assert.deepEqual(seen(), [0, 1, 2, 3, 4, 20, 21, 22]);
  const dropped = sink.frames.find((frame) => frame[4] === mediaFrame.dropped);
  assert.deepEqual(JSON.parse(dropped?.toString("utf8", 5) ?? ""), { gops: 2, reason: "the reader was too slow" });
});
