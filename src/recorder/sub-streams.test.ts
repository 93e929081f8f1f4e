import assert from "node:assert/strict";
import { test } from "node:test";
import { createBlockPool } from "../media/block.ts";
import type { AccessUnit } from "../media/types.ts";
import type { ChannelPlan } from "../messages/recorder.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import type { IngestState } from "./ingest/ingest.ts";
import { createSubStreams, noSubStream } from "./sub-streams.ts";
import { unitOf } from "./support.test.ts";
import { takesSound } from "./takes-sound.ts";

const mainOnly: ChannelPlan = {
  ...{ channel: 1, name: "Door", url: "rtsp://camera/main", username: "", password: "" },
  ...{ audio: false, recordMode: "continuous", preRecordMs: 4000 },
};
const plan: ChannelPlan = { ...mainOnly, subUrl: "rtsp://camera/sub" };

async function bench() {
  const clock = fakeClock();
  const pool = createBlockPool({ blockBytes: 4096 });
  const open: { plan: ChannelPlan; onUnit(unit: AccessUnit): void; onState(state: IngestState): void }[] = [];
  const handed: string[] = [];
  const sounds: boolean[] = [];
  const site = { mainPlays: true };
  const subs = createSubStreams({
    clock,
    startIngest(opened, onUnit, onState) {
      const session = { plan: opened, onUnit, onState };
      open.push(session);
      const counts = { accessUnits: 0, bytes: 0, lostPackets: 0, reconnects: 0, clockJumps: 0 };
      return {
        ...{ retry: () => undefined, renew: () => undefined, setEager: () => undefined, stats: counts },
        askSound: (wanted) => void sounds.push(wanted),
        state: { state: "connecting", reason: "", since: clock.wall() },
        [Symbol.asyncDispose]() {
          open.splice(open.indexOf(session), 1);
          return Promise.resolve();
        },
      };
    },
    mainPlays: () => site.mainPlays,
    stateChanged: () => undefined,
    startWriter: () => assert.fail("nothing is recorded"),
    handOver: (channel, reason) => handed.push(`${channel}: ${reason}`),
  });
  await subs.follow([plan]);
  const live = () => {
    const found = subs.of(1);
    assert.ok(typeof found !== "string");
    return found;
  };
  const feed = (from: number, to: number, gop = 10) => {
    for (let number = from; number < to; number++) {
      clock.advance(40);
      const unit = unitOf(number, clock, pool, { key: number % gop === 0 });
      open[0]?.onUnit(unit);
      unit.block.release();
    }
  };
  const state = (kind: IngestState["state"], reason = "") =>
    open[0]?.onState({ state: kind, reason, since: clock.wall() });
  return { clock, pool, open, handed, sounds, site, subs, live, feed, state };
}

test("a sub stream is open only while somebody watches, and a few seconds longer", async () => {
  const { clock, open, live, pool, feed } = await bench();
  assert.equal(open.length, 0, "nobody watches");
  live().watched(true);
  assert.equal(open[0]?.plan.url, "rtsp://camera/sub");
  feed(0, 25);
  assert.equal(live().ring.gops, 1, "a new viewer needs the running GOP only");
  assert.equal(live().ring.newestKey, 20);
  live().watched(false);
  clock.advance(4999);
  live().watched(true);
  clock.advance(60_000);
  assert.equal(open.length, 1, "who came back in time finds the same session");
  live().watched(false);
  clock.advance(5000);
  assert.equal(open.length, 0);
  assert.equal(pool.bytesOut, 0);
});

test("a GOP without end does not grow for ever", async () => {
  const { live, feed, pool } = await bench();
  live().watched(true);
  feed(0, 20_000, 1_000_000);
  assert.ok(live().ring.bytes <= 8 * 1024 * 1024 && pool.bytesOut <= 9 * 1024 * 1024);
});

test("a sub stream that fails while the main one plays hands its viewers over, for a minute, without further calls", async () => {
  const { clock, open, handed, live, state, subs } = await bench();
  live().watched(true);
  state("down", "The camera knows no stream at this address (404).");
  const why = "The sub stream does not play: The camera knows no stream at this address (404).";
  assert.deepEqual(handed, [`1: ${why}`]);
  assert.equal(open.length, 0, "no session goes on calling");
  assert.equal(subs.of(1), why);
  clock.advance(60_000);
  live().watched(true);
  assert.equal(open.length, 1, "then it is tried again");
});

test("while the whole camera is away viewers stay with the sub stream and wait", async () => {
  const { handed, live, state, site, open } = await bench();
  site.mainPlays = false;
  live().watched(true);
  state("down", "no route");
  assert.deepEqual([handed.length, open.length, live().state.reason], [0, 1, "no route"]);
});

test("without an address of its own the main stream is shown; a changed address lets the viewers come again", async () => {
  const { subs, live, handed, open } = await bench();
  assert.equal(subs.of(2), noSubStream);
  live().watched(true);
  await subs.follow([{ ...plan, name: "Another name", preRecordMs: 9000 }]);
  assert.deepEqual([handed.length, open.length], [0, 1], "what does not concern the stream leaves it alone");
  await subs.follow([{ ...plan, subUrl: "rtsp://camera/other" }]);
  assert.deepEqual([handed.length, open.length], [1, 0]);
  live().watched(true);
  assert.equal(open[0]?.plan.url, "rtsp://camera/other");
  await subs.follow([]);
  assert.equal(open.length, 0);
  assert.equal(subs.of(1), noSubStream);
});

test("sound that is only listened to reaches who listens, and neither the ring nor a viewer who asks for sound", async () => {
  const { clock, pool, subs, open, live } = await bench();
  await subs.follow([{ ...plan, listen: true }]);
  const [viewer, listener]: string[][] = [[], []];
  live().hub.read((unit) => viewer?.push(unit.track));
  live().hub.read((unit) => listener?.push(unit.track), true);
  live().watched(true);
  assert.equal(open[0]?.plan.audio, true, "the camera is asked for its sound");
  for (const track of ["video", "audio"] as const) {
    const unit = { ...unitOf(0, clock, pool, { key: true }), track };
    open[0].onUnit(unit);
    unit.block.release();
  }
  assert.deepEqual([viewer, listener], [["video"], ["video", "audio"]]);
  const ring = live().ring;
  const kept = Array.from({ length: ring.end - (ring.newestKey ?? ring.end) }, (_, at) =>
    ring.at((ring.newestKey ?? 0) + at),
  );
  assert.deepEqual(
    kept.map((unit) => unit?.track),
    ["video"],
  );
});

test("who listens comes and goes without the stream's beginning anew; what nobody listens to reaches nobody", async () => {
  const { clock, pool, subs, open, live, handed, sounds } = await bench();
  live().watched(true);
  const heard: string[] = [];
  live().hub.read((unit) => heard.push(unit.track), true);
  const sound = () => {
    const unit = { ...unitOf(0, clock, pool, { key: true }), track: "audio" } as const;
    open[0]?.onUnit(unit);
    unit.block.release();
  };
  sound();
  await subs.follow([{ ...plan, listen: true }]);
  sound();
  await subs.follow([plan]);
  sound();
  assert.deepEqual([open.length, handed, sounds, heard], [1, [], [true, false], ["audio"]]);
});

test("without anybody who listens a camera whose sound is off is not even asked for it", async () => {
  const { live, open } = await bench();
  live().watched(true);
  assert.equal(open[0]?.plan.audio, false);
  assert.deepEqual(
    [
      takesSound({ ...plan, listen: true }),
      takesSound({ ...mainOnly, listen: true }),
      takesSound(mainOnly),
      takesSound({ ...mainOnly, audio: true }),
    ],
    [false, true, false, true],
    "of the main stream only where there is no sub stream",
  );
});
