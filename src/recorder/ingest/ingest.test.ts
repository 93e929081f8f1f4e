import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { minutes } from "../../kernel/time.ts";
import type { AccessUnit, BlockPool, Depacketizer, MediaFormat, RawUnit } from "../../media/types.ts";
import { createBlockPool } from "../../media/block.ts";
import type { ChannelPlan } from "../../messages/recorder.ts";
import { fakeClock, type FakeClock } from "../../testkit/fake-clock.ts";
import { createHostGate, type HostGate } from "./host-gate.ts";
import { startIngest, type IngestDeps, type IngestState } from "./ingest.ts";
import { createReadPacer } from "./read-pacer.ts";
import { asked, rtp, startCamera, until, usual, type Answer } from "./scripted-camera.test.ts";

/** Each packet a unit: enough to watch the way from socket to `onUnit`. */
const packetIsUnit = (
  format: MediaFormat,
  pool: BlockPool,
  timeline: { at(t: number, a: AccessUnit["arrival"]): number },
): Depacketizer => {
  const units: RawUnit[] = [];
  let afterLoss = false;
  return {
    push(header, bytes, start, end, arrival) {
      const block = pool.take(end - start);
      block.bytes.set(bytes.subarray(start, end));
      const ticks = timeline.at(header.timestamp, arrival);
      const parameters = {
        kind: "audio",
        codec: "pcma",
        sampleRate: 8000,
        channels: 1,
        config: new Uint8Array(0),
      } as const;
      units.push({
        track: format.track,
        data: block.bytes.subarray(0, end - start),
        pts: ticks,
        dts: ticks,
        key: true,
        arrival,
        parameters,
        afterLoss,
        block,
      });
      afterLoss = false;
    },
    lost: () => void (afterLoss = true),
    pull: () => units.shift(),
    close: () => units.splice(0).forEach((unit) => unit.block.release()),
  };
};

interface Bench {
  readonly clock: FakeClock;
  readonly units: AccessUnit[];
  readonly states: IngestState[];
  readonly pool: BlockPool;
  readonly deps: IngestDeps;
}

function bench(
  plan: Partial<ChannelPlan> & { url: string },
  clock = fakeClock(),
  gate: HostGate = createHostGate(clock),
): Bench {
  const units: AccessUnit[] = [];
  const states: IngestState[] = [];
  const pool = createBlockPool({ blockBytes: 1024 });
  const deps: IngestDeps = {
    clock,
    plan: {
      channel: 1,
      name: "Door",
      username: "",
      password: "",
      audio: false,
      recordMode: "continuous",
      preRecordMs: 0,
      ...plan,
    },
    pool,
    gate,
    pacer: createReadPacer(clock),
    log: { info: () => undefined, warn: () => undefined },
    onUnit: (unit) => void units.push(unit),
    onState: (state) => void states.push(state),
    createDepacketizer: (format, into, timeline) => ({ ok: true, value: packetIsUnit(format, into, timeline) }),
  };
  return { clock, units, states, pool, deps };
}

test("a camera's packets become access units with wall time and session, and their memory is let go", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, states, pool, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live`, audio: true });
  await using ingest = startIngest(deps);
  await until(() => asked(camera, "PLAY") === 1);
  camera.send(Buffer.concat([rtp(1, 1000), rtp(9, 0, 2, 8), rtp(2, 4600), rtp(3, 9999, 7), rtp(4, 8200)]));
  await until(() => units.length === 4);
  assert.deepEqual(
    units.map((unit) => [unit.track, unit.pts, unit.afterLoss]),
    [
      ["video", 0, false],
      ["audio", 0, false],
      ["video", 3600, false],
      ["video", 7200, true],
    ],
  );
  assert.ok(units.every((unit) => unit.wall <= clock.wall() && unit.session === units[0]?.session));
  assert.deepEqual(
    states.map((state) => state.state),
    ["connecting", "live"],
  );
  assert.equal(pool.bytesOut, 0);
  assert.deepEqual([ingest.stats.accessUnits, ingest.stats.lostPackets, ingest.stats.bytes], [4, 1, 20]);
});

test("a picture that comes after the wall clock was set has the new time, whenever the last look at the clock was", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  await until(() => asked(camera, "PLAY") === 1);
  camera.send(rtp(1, 1000));
  await until(() => units.length === 1);
  clock.stepWall(3_600_000);
  camera.send(rtp(2, 4600));
  await until(() => units.length === 2);
  assert.equal((units[1]?.wall ?? 0) - (units[0]?.wall ?? 0), 3_600_000);
  assert.equal(ingest.stats.clockJumps, 0);
});

test("with sound off the audio is not even set up, and a stop tears the session down", async (t) => {
  const camera = await startCamera(t);
  const { deps } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  let closed = 0;
  const ingest = startIngest({
    ...deps,
    createDepacketizer: (format, pool, timeline) => ({
      ok: true,
      value: { ...packetIsUnit(format, pool, timeline), close: () => void (closed += 1) },
    }),
  });
  await until(() => asked(camera, "PLAY") === 1);
  assert.equal(asked(camera, "SETUP"), 1);
  await ingest[Symbol.asyncDispose]();
  assert.equal(closed, 1, "the depacketizer let go of its memory");
  await until(() => asked(camera, "TEARDOWN") === 1);
});

test("a picture that waits for the packet behind it is handed on when none has come for half a second", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  let packets = 0;
  await using ingest = startIngest({
    ...deps,
    createDepacketizer: (format, pool, timeline) => {
      const inner = packetIsUnit(format, pool, timeline);
      let settled = true;
      const value: Depacketizer = {
        ...inner,
        push: (...packet) => {
          packets += 1;
          settled = false;
          inner.push(...packet);
        },
        pull: () => (settled ? inner.pull() : undefined),
        settle: () => void (settled = true),
        get waits() {
          return !settled;
        },
      };
      return { ok: true, value };
    },
  });
  await until(() => asked(camera, "PLAY") === 1);
  camera.send(rtp(1, 1000));
  await until(() => packets === 1);
  const arrival = clock.now();
  clock.advance(300);
  camera.send(rtp(2, 1000));
  await until(() => packets === 2);
  clock.advance(499);
  assert.equal(units.length, 0);
  clock.advance(1);
  assert.deepEqual(
    units.map((unit) => unit.arrival - arrival),
    [0, 300],
  );
  assert.equal(ingest.state.state, "live");
});

test("a camera that sends nothing before its next key frame, 30 s away, is given longer from session to session", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  const passing = (check: () => boolean) =>
    until(() => {
      if (!check()) clock.advance(50);
      return check();
    });
  await passing(() => asked(camera, "TEARDOWN") === 1);
  for (const [session, seconds] of [
    [1, 10],
    [2, 20],
  ] as const) {
    await passing(() => ingest.stats.reconnects === session);
    clock.advance(seconds * 1000 - 1);
    assert.equal(asked(camera, "TEARDOWN"), session, `${seconds} s are waited`);
    clock.advance(1);
    await until(() => asked(camera, "TEARDOWN") === session + 1);
  }
  await passing(() => ingest.stats.reconnects === 3);
  clock.advance(30_000);
  camera.send(rtp(1, 0));
  await until(() => units.length === 1);
  assert.equal(ingest.state.state, "live");
});

test("a camera that stalls without closing is closed after five seconds and begun anew", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, states, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  await until(() => asked(camera, "PLAY") === 1);
  camera.send(rtp(1, 0));
  await until(() => units.length === 1);
  clock.advance(4999);
  assert.equal(ingest.state.state, "live");
  clock.advance(1);
  assert.deepEqual([ingest.state.state, ingest.state.reason], ["down", "stalled: connected, but no picture for 5 s"]);
  await until(() => asked(camera, "TEARDOWN") === 1);
  clock.advance(500);
  await until(() => asked(camera, "PLAY") === 2);
  camera.send(rtp(1, 0));
  await until(() => units.length === 2);
  assert.equal(ingest.state.state, "live");
  assert.equal(ingest.stats.reconnects, 1);
  assert.notEqual(units[0]?.session, units[1]?.session);
  assert.deepEqual(
    states.map((state) => state.state),
    ["connecting", "live", "down", "live"],
  );
});

test("pauses between sessions that fail grow from half a second to ten", async (t) => {
  const camera = await startCamera(t, (request) =>
    request.startsWith("DESCRIBE") ? { status: "404 Not Found" } : usual(request),
  );
  const { deps, states, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest({ ...deps, limits: { answerWithin: 3_600_000 } });
  let sessions = 1;
  for (const pause of [500, 1000, 2000, 5000, 10_000, 10_000]) {
    const count = sessions;
    await until(
      () => asked(camera, "DESCRIBE") === count && clock.nextWake !== undefined && ingest.state.state === "down",
    );
    await until(() => clock.nextWake === clock.now() + pause);
    clock.advance(pause - 1);
    assert.equal(camera.sockets.length, sessions);
    clock.advance(1);
    sessions += 1;
  }
  assert.deepEqual(
    states.map((state) => state.reason),
    ["", "The camera knows no stream at this address (404)."],
  );
});

test("a session that played half a minute sets the pauses back", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest({ ...deps, limits: { stallAfter: 40_000, answerWithin: 3_600_000 } });
  for (const [played, pause] of [
    [1000, 500],
    [1000, 1000],
    [30_000, 500],
    [29_000, 1000],
  ] as const) {
    const sessions = camera.sockets.length + (units.length === 0 ? 1 : 0);
    await until(() => asked(camera, "PLAY") === sessions);
    const before = units.length;
    camera.send(rtp(1, 0));
    await until(() => units.length === before + 1);
    clock.advance(played);
    camera.sockets.at(-1)?.destroy();
    await until(() => ingest.state.state === "down");
    clock.advance(pause - 1);
    const connections = camera.sockets.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(camera.sockets.length, connections);
    clock.advance(1);
    await until(() => camera.sockets.length === connections + 1);
  }
});

const locked: Answer = (request) =>
  /^Authorization: Basic YTpi\r$/m.test(request)
    ? usual(request)
    : { status: "401 Unauthorized", headers: 'WWW-Authenticate: Basic realm="x"\r\n' };

test("after two refused passwords every channel with that login waits: 5 minutes, or until somebody asks", async (t) => {
  const camera = await startCamera(t, locked);
  const clock = fakeClock();
  const gate = createHostGate(clock);
  const url = `rtsp://127.0.0.1:${camera.port}/live`;
  const one = bench({ url, username: "a", password: "wrong" }, clock, gate);
  const two = bench({ url, username: "a", password: "wrong" }, clock, gate);
  await using first = startIngest(one.deps);
  await until(() => first.state.state === "refused");
  await using second = startIngest(two.deps);
  await until(() => second.state.state === "refused");
  const tries = camera.asked.filter((request) => request.includes("Authorization")).length;
  assert.equal(tries, 2);
  clock.advance(minutes(5) - 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(camera.sockets.length, 2);
  clock.advance(1);
  await until(() => camera.sockets.length === 3);
  await until(() => camera.asked.filter((request) => request.includes("Authorization")).length === 3);
  assert.match(second.state.reason, /^Password refused, or no free connection/);
  await until(() => first.state.state === "refused" && (clock.nextWake ?? 0) > clock.now() + minutes(4));
  second.retry();
  await until(() => camera.asked.filter((request) => request.includes("Authorization")).length === 4);
});

test("a channel with a wrong password does not bar another login of the same host", async (t) => {
  const camera = await startCamera(t, locked);
  const clock = fakeClock();
  const gate = createHostGate(clock);
  const url = `rtsp://127.0.0.1:${camera.port}/live`;
  const wrong = bench({ url, username: "a", password: "wrong" }, clock, gate);
  await using first = startIngest(wrong.deps);
  await until(() => first.state.state === "refused");
  clock.advance(500);
  await until(() => camera.sockets.length === 2);
  const right = bench({ url: url.replace("//", "//a:b@") }, clock, gate);
  await using second = startIngest(right.deps);
  await until(() => asked(camera, "PLAY") === 1);
  assert.equal(second.state.state, "connecting");
});

test("credentials in the address are used, and stand in no state and no request line", async (t) => {
  const camera = await startCamera(t, (request) =>
    request.startsWith("PLAY") ? { status: "500 Oh" } : locked(request),
  );
  const { deps, states } = bench({ url: `rtsp://a:b@127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  await until(() => ingest.state.state === "down");
  assert.ok(camera.asked.every((request) => !request.includes("a:b@")));
  assert.ok(states.every((state) => !state.reason.includes("a:b")));
});

test("who can't be reached is named with a reason: nobody listens, no such name, silence", async (t) => {
  const camera = await startCamera(t);
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const address = closed.address();
  assert.ok(address !== null && typeof address === "object");
  closed.close();
  const refused = bench({ url: `rtsp://127.0.0.1:${address.port}/` });
  await using a = startIngest(refused.deps);
  await until(() => a.state.state === "down");
  assert.equal(a.state.reason, `127.0.0.1 refuses connections on port ${address.port}.`);
  const bad = bench({ url: "rtsp://u:p@/x" });
  await using b = startIngest(bad.deps);
  assert.deepEqual([b.state.state, b.state.reason], ["down", "The address is not of the form rtsp://host:port/path."]);
  const silent = bench({ url: `rtsp://127.0.0.1:${camera.port}/` });
  await using c = startIngest(silent.deps);
  silent.clock.advance(5000); // before the connection was accepted
  assert.equal(c.state.reason, "127.0.0.1 did not answer within 5 s.");
});

test("a redirect leads to the other address, without our password when the host is another", async (t) => {
  const target = await startCamera(t, locked);
  const first = await startCamera(t, (request) =>
    request.startsWith("DESCRIBE")
      ? { status: "302 Found", headers: `Location: rtsp://localhost:${target.port}/x\r\n` }
      : usual(request),
  );
  const { deps } = bench({ url: `rtsp://127.0.0.1:${first.port}/`, username: "a", password: "b" });
  await using ingest = startIngest(deps);
  await until(() => ingest.state.state === "refused");
  assert.ok(target.asked.length > 0 && target.asked.every((request) => !request.includes("Authorization")));
});

test("reads pause once a stream is no longer young, and not while it is watched live", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  await until(() => asked(camera, "PLAY") === 1);
  let sequence = 0;
  const next = async (): Promise<void> => {
    const before = units.length;
    camera.send(rtp(sequence, sequence * 3600));
    sequence += 1;
    await until(() => units.length === before + 1);
  };
  for (let i = 0; i < 10; i++) {
    await next();
    assert.equal(deps.pacer.parked, 0);
    clock.advance(1000);
  }
  await next();
  assert.equal(deps.pacer.parked, 1);
  camera.send(rtp(sequence, sequence * 3600));
  sequence += 1;
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(units.length, 11, "what came meanwhile waits in the kernel");
  clock.advance(50);
  await until(() => units.length === 12);
  clock.advance(50);
  ingest.setEager(true);
  await next();
  await next();
  assert.equal(deps.pacer.parked, 0);
  ingest.setEager(false);
  sequence += 5;
  await next();
  assert.equal(deps.pacer.parked, 0, "after a gap reads are eager");
});

test("a pause does not hide a camera that hangs up, nor more bytes than the buffer takes at once", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  const pacer = createReadPacer(clock, 50, 1000);
  await using ingest = startIngest({ ...deps, pacer });
  await until(() => asked(camera, "PLAY") === 1);
  for (let i = 0; i < 12; i++) {
    clock.advance(1000);
    camera.send(rtp(i, i * 3600));
    await until(() => units.length === i + 1);
  }
  assert.equal(pacer.parked, 1);
  camera.send(Buffer.concat(Array.from({ length: 200 }, (_, i) => rtp(12 + i, (12 + i) * 3600))));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(units.length <= 12, "it waits for the tick");
  clock.advance(50);
  assert.equal(units.length, 212, "one tick takes all of it");
  camera.sockets.at(-1)?.end();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(ingest.state.state, "live");
  clock.advance(50);
  await until(() => ingest.state.state === "down");
  assert.match(ingest.state.reason, /closed the connection/);
});

test("the camera gets receiver reports on its RTCP channel", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  await until(() => asked(camera, "PLAY") === 1);
  camera.send(rtp(1, 0));
  await until(() => units.length === 1);
  clock.advance(3000);
  camera.send(rtp(2, 3600));
  await until(() => units.length === 2);
  clock.advance(2000);
  await until(() => camera.frames.length === 1);
  assert.deepEqual([camera.frames[0]?.[1], camera.frames[0]?.readUInt32BE(12)], [1, 0xabcd]);
  assert.equal(ingest.state.state, "live");
});

test("what is not RTSP ends the session with a reason", async (t) => {
  const camera = await startCamera(t);
  const { deps } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  await until(() => asked(camera, "PLAY") === 1);
  camera.send(Buffer.from("HTTP is not what we came for\n".repeat(4000)));
  await until(() => ingest.state.state === "down");
  assert.equal(ingest.state.reason, "Not understood: what comes from the camera is not RTSP.");
});

test("a session that is to begin anew is torn down, told as down with the reason, and followed by another", async (t) => {
  const camera = await startCamera(t);
  const { deps, units, states, clock } = bench({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await using ingest = startIngest(deps);
  ingest.renew("not yet playing: nothing to end");
  await until(() => asked(camera, "PLAY") === 1);
  camera.send(rtp(1, 1000));
  await until(() => units.length === 1);
  ingest.renew("the GOP is too long");
  assert.deepEqual([states.at(-1)?.state, states.at(-1)?.reason], ["down", "the GOP is too long"]);
  await until(() => asked(camera, "TEARDOWN") === 1);
  clock.advance(500);
  await until(() => asked(camera, "PLAY") === 2);
  camera.send(rtp(1, 1000));
  await until(() => units.length === 2);
  assert.equal(ingest.state.state, "live");
  assert.notEqual(units[1]?.session, units[0]?.session);
  assert.equal(ingest.stats.reconnects, 1);
});
