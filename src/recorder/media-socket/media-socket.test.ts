import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createBlockPool } from "../../media/block.ts";
import { createRing } from "../../media/ring.ts";
import { readFrames } from "../../platform/media-reader.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { createHub } from "../hub/hub.ts";
import { numbersIn, unitOf } from "../support.test.ts";
import { listenMedia } from "./media-socket.ts";

test("what a reader has not taken stays in memory until it takes it, or goes away", { timeout: 30_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rd-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "m.sock");
  const [clock, pool, hub] = [fakeClock(), createBlockPool({ blockBytes: 300_000 }), createHub()];
  const state = { state: "live", reason: "" };
  let watched = false;
  const live = { hub, ring: createRing(), watched: (on: boolean) => void (watched = on), state };
  await using media = await listenMedia(path, () => ({ stream: "main", live, reason: "" }));
  const feed = (from: number, to: number) => {
    for (let number = from; number < to; number++) {
      const unit = unitOf(number, clock, pool, { key: number === from });
      const [block, text] = [pool.take(300_000), Buffer.from(`<unit ${String(number).padStart(6, "0")}>`)];
      block.bytes.set(text);
      hub.publish({ ...unit, block, data: block.bytes });
      block.release();
      unit.block.release();
    }
  };
  const until = async (check: () => boolean) => {
    while (!check()) await new Promise((resolve) => setImmediate(resolve));
  };
  const socket = connect(path);
  socket.write('{"channel":1,"from":"next-key"}\n');
  await until(() => watched);
  feed(0, 4);
  assert.ok(pool.bytesOut > 0, "the kernel takes less than four units");
  let seen = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => (seen = Buffer.concat([seen, chunk])));
  await until(() => pool.bytesOut === 0 && seen.length > 1_200_000);
  assert.deepEqual(numbersIn(seen), [0, 1, 2, 3]);
  socket.pause();
  feed(4, 8);
  assert.ok(pool.bytesOut > 0);
  socket.destroy();
  await once(socket, "close");
  await until(() => !watched && pool.bytesOut === 0);
  assert.equal(media.queuedBytes, 0);
});

test("who asks for a sub stream is told first which stream it is; a hand-over says why and closes", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rd-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "m.sock");
  const live = { hub: createHub(), ring: createRing(), watched: () => undefined, state: { state: "live", reason: "" } };
  await using media = await listenMedia(path, (channel, stream) =>
    channel === 1 ? { stream, live, reason: "" } : { stream: "main", live, reason: "none is set" },
  );
  const reader = (subscribe: object) => {
    const frames: string[] = [];
    const ended = Promise.withResolvers<string>();
    const opened = readFrames(
      path,
      subscribe,
      (frame) => frames.push(`${frame[0]} ${frame.toString("utf8", 1)}`),
      ended.resolve,
    );
    t.after(() => opened[Symbol.dispose]());
    const until = async (count: number) => {
      while (frames.length < count) await new Promise((resolve) => setImmediate(resolve));
      return frames;
    };
    return { frames, until, ended: ended.promise };
  };
  const [state, saysMain] = ['3 {"state":"live","reason":""}', '6 {"stream":"main","reason":"none is set"}'];
  assert.deepEqual(await reader({ channel: 2, stream: "sub" }).until(2), [saysMain, state]);
  assert.deepEqual(await reader({ channel: 2, stream: "main" }).until(1), [state]);
  const sub = reader({ channel: 1, stream: "sub" });
  assert.deepEqual(await sub.until(2), ['6 {"stream":"sub","reason":""}', state]);
  media.handOver(1, "404");
  await sub.ended;
  assert.equal(sub.frames.at(-1), '6 {"stream":"main","reason":"404"}');
});
