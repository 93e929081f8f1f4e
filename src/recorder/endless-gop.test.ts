import assert from "node:assert/strict";
import { test } from "node:test";
import { frameMs, rig, upTo } from "./support.test.ts";

/** A key frame at the start only. */
const endless = 1_000_000;

test("a GOP that outgrows the memory: a new session is asked for in time, nothing is lost, and the trouble says so", async () => {
  await using r = await rig({ plan: { memoryBytes: 5_000_000 } });
  r.camera("live");
  await r.feed(30_000, endless);
  assert.deepEqual(r.renewed, [], "still a GOP that a camera can be set to");
  await r.feed(10_000, endless);
  assert.deepEqual(r.renewed, ["GOP longer than the memory allows: the stream is begun anew for a key frame"]);
  const sent = r.next;
  r.camera("down", r.renewed[0]);
  await r.pass(3000);
  r.camera("live");
  await r.feed(frameMs, 1, { session: 2 });
  await r.feed(6000, endless, { session: 2 });
  assert.deepEqual(r.of("stats").at(-1)?.stats.channels[0]?.droppedGops, 0);
  assert.ok(r.pool.bytesOut < 2_000_000, "the old GOP was let go of");
  assert.deepEqual(r.inFiles().slice(0, sent), upTo(sent));
  const told = r.of("trouble").filter(({ trouble }) => trouble.key === "gop:1");
  assert.match(told[0]?.trouble.what ?? "", /does not hold one whole GOP/);
  assert.equal(told.length, 1, "it stays until a whole GOP came");
  await r.feed(4000, 25, { session: 2 });
  assert.ok(r.of("trouble").some(({ trouble }) => trouble.key === "gop:1" && trouble.ended !== undefined));
});

test("a GOP that was given up while it ran gets a new session when no key frame comes; only what no disk had is a gap", async () => {
  await using r = await rig({ plan: { memoryBytes: 1_500_000 } });
  r.camera("live");
  await r.feed(20_000, endless);
  assert.equal(r.of("stats").at(-1)?.stats.channels[0]?.droppedGops, 1);
  assert.ok(r.of("trouble").some(({ trouble }) => trouble.key === "gop:1"));
  assert.deepEqual(r.renewed, [], "a key frame may still come");
  await r.feed(11_000, endless);
  assert.equal(r.renewed.length, 1);
  const written = r.inFiles();
  assert.ok(written.length > 200, `${written.length} units`);
  assert.deepEqual(written, upTo(written.length));
});

test("what a unit costs beside its bytes counts against the memory", async () => {
  await using r = await rig({ plan: { memoryBytes: 1_000_000 }, mode: "alarm" });
  r.camera("live");
  r.files.hang("open");
  r.hold("h");
  await r.feed(14_000, 10);
  await r.pass(250);
  const overhead = [...r.recorder.channels.values()].reduce((sum, { ring }) => sum + ring.overheadBytes, 0);
  assert.ok(overhead > 0 && r.pool.bytesOut + overhead <= 1_000_000, `${r.pool.bytesOut} + ${overhead}`);
});
