import assert from "node:assert/strict";
import { test } from "node:test";
import { minutes } from "../../kernel/time.ts";
import { createBlockPool } from "../../media/block.ts";
import type { BlockPool, Depacketizer, MediaFormat, RawUnit, Timeline, VideoParameters } from "../../media/types.ts";
import type { ProbeMessage, ProbeRequest } from "../../messages/probe.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { createHostGate, gateKey } from "../ingest/host-gate.ts";
import { createReadPacer } from "../ingest/read-pacer.ts";
import { asked, rtp, startCamera, until, usual, type Answer } from "../ingest/scripted-camera.test.ts";
import { cameraClock } from "./measure.ts";
import { startProbe, type ProbeDeps } from "./probe.ts";

const parameters: VideoParameters = {
  ...{ kind: "video", codec: "h265", vps: new Uint8Array(), sps: new Uint8Array(), pps: new Uint8Array() },
  ...{ width: 1920, height: 1080, codecString: "hvc1.1", reorderDepth: 0 },
};

/** Each packet a picture of five bytes; every tenth sequence number is a key frame. */
function pictures(format: MediaFormat, pool: BlockPool, timeline: Timeline, seen: { packets: number }): Depacketizer {
  const units: RawUnit[] = [];
  return {
    push(header, bytes, start, end, arrival) {
      seen.packets++;
      const block = pool.take(end - start);
      const pts = timeline.at(header.timestamp, arrival);
      const data = block.bytes.subarray(0, end - start);
      const key = header.sequence % 10 === 0;
      units.push({ track: format.track, data, pts, dts: pts, key, arrival, parameters, afterLoss: false, block });
    },
    lost: () => undefined,
    pull: () => units.shift(),
    close: () => units.splice(0).forEach((unit) => unit.block.release()),
  };
}

function bench() {
  const clock = fakeClock();
  const pool = createBlockPool({ blockBytes: 1024 });
  const live = new Set<string>();
  const seen = { packets: 0 };
  const deps: ProbeDeps = {
    ...{ clock, pool, gate: createHostGate(clock), pacer: createReadPacer(clock) },
    createDepacketizer: (format, into, timeline) => ({ ok: true, value: pictures(format, into, timeline, seen) }),
    proven: (key) => live.has(key),
  };
  const probe = (request: Partial<ProbeRequest> & { url: string }) => {
    const said: ProbeMessage[] = [];
    const shown: RawUnit[] = [];
    const whole = { username: "", password: "", anyway: false, withinMs: 8000, ...request };
    const stop = startProbe(deps, whole, {
      tell: (message) => said.push(message),
      picture: (unit) => shown.push(unit),
    });
    const last = () => said.at(-1);
    return { said, shown, stop, last, over: () => last()?.kind === "failed" || last()?.kind === "report" };
  };
  const failed = async (request: Partial<ProbeRequest> & { url: string }) => {
    const run = probe(request);
    await until(run.over);
    const last = run.last();
    assert.ok(last?.kind === "failed");
    return last.failure;
  };
  return { clock, pool, deps, live, seen, probe, failed };
}

/** A sender report (RFC 3550 §6.4.1) that says this wall time at this RTP time. */
function senderReport(wall: number, timestamp: number): Uint8Array {
  const bytes = Buffer.alloc(4 + 28);
  bytes.set([0x24, 1, 0, 28, 0x80, 200, 0, 6]);
  bytes.writeUInt32BE(0xabcd, 8);
  bytes.writeUInt32BE((Math.floor(wall / 1000) + 2_208_988_800) % 2 ** 32, 12);
  bytes.writeUInt32BE(timestamp, 20);
  return bytes;
}

test("a test of a camera tells what it sends, how its clock stands, and ends its session", async (t) => {
  const camera = await startCamera(t);
  const { clock, pool, probe } = bench();
  const run = probe({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await until(() => asked(camera, "PLAY") === 1);
  for (let n = 10; n <= 40; n++) camera.send(rtp(n, n * 9000));
  camera.send(senderReport(clock.wall() + 61_000, 40 * 9000));
  await until(() => run.shown.length === 1);
  // the report may lie behind the pictures on the wire
  await until(() => (clock.advance(100), run.over()));
  const last = run.last();
  assert.ok(last?.kind === "report");
  const { clock: offset, ...report } = last.report;
  assert.deepEqual(report, {
    ...{ codec: "h265", codecString: "hvc1.1", width: 1920, height: 1080, picturesPerSecond: 10, gopMs: 1000 },
    ...{ bitsPerSecond: 400, measuredMs: 3000, audio: { codec: "pcma", sampleRate: 8000, recordable: true } },
    lostPackets: 0,
  });
  assert.ok(offset.kind === "ahead" && Math.abs(offset.ms - 61_000) < 2000, JSON.stringify(offset));
  assert.deepEqual(
    run.said.slice(0, -1).map((message) => message.kind === "step" && message.step),
    ["connect", "login", "picture", "measure"],
  );
  await until(() => asked(camera, "TEARDOWN") === 1);
  assert.equal(camera.sockets.length, 1);
  assert.equal(asked(camera, "SETUP"), 1, "the sound is not asked for");
  assert.equal(pool.bytesOut, 0);
});

test("without a second key frame the picture counts, and the GOP is told as longer than what was seen", async (t) => {
  const camera = await startCamera(t);
  const { clock, probe } = bench();
  const run = probe({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  await until(() => asked(camera, "PLAY") === 1);
  for (let n = 10; n < 20; n++) camera.send(rtp(n, n * 9000));
  await until(() => run.shown.length === 1);
  for (let s = 0; s < 80 && !run.over(); s++) {
    if (s % 10 === 0) camera.send(rtp(20 + (s / 10) * 10 + 1, (20 + s) * 9000));
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(100);
  }
  const last = run.last();
  assert.ok(last?.kind === "report");
  assert.equal(last.report.gopMs, undefined);
  assert.deepEqual(last.report.clock, { kind: "untold" });
});

const locked: Answer = (request) =>
  /^Authorization: Basic YTpi\r$/m.test(request)
    ? usual(request)
    : { status: "401 Unauthorized", headers: 'WWW-Authenticate: Basic realm="x"\r\n' };

test("a login that was refused twice is not tried again, except once when somebody asks for it", async (t) => {
  const camera = await startCamera(t, locked);
  const { clock, failed } = bench();
  const wrong = { url: `rtsp://127.0.0.1:${camera.port}/live`, username: "a", password: "wrong" };
  for (let n = 0; n < 2; n++) assert.equal((await failed(wrong)).kind, "unauthorized");
  const barred = await failed(wrong);
  assert.equal(barred.kind, "barred");
  assert.equal(barred.until, clock.wall() + minutes(5));
  assert.equal(camera.sockets.length, 2, "nobody called");
  assert.equal((await failed({ ...wrong, anyway: true })).kind, "unauthorized");
  assert.equal((await failed(wrong)).kind, "barred");
  assert.equal(camera.sockets.length, 3);
});

test("two different wrong passwords are two refusals to the camera, so the third waits too; the right one opens again", async (t) => {
  const camera = await startCamera(t, locked);
  const { clock, deps, failed, probe } = bench();
  const url = `rtsp://127.0.0.1:${camera.port}/live`;
  for (const password of ["1", "2"])
    assert.equal((await failed({ url, username: "a", password })).kind, "unauthorized");
  assert.equal((await failed({ url, username: "a", password: "b" })).kind, "barred");
  const run = probe({ url, username: "a", password: "b", anyway: true });
  await until(() => asked(camera, "PLAY") === 1);
  run.stop();
  assert.equal(deps.gate.closedUntil("test\u0000127.0.0.1"), undefined);
  assert.ok(clock.now() > 0);
});

test("a refusal while a channel plays with the same login does not bar that channel", async (t) => {
  const camera = await startCamera(t, locked);
  const { deps, failed, live } = bench();
  const login = { username: "a", password: "wrong" };
  const key = gateKey("127.0.0.1", login);
  live.add(key);
  for (let n = 0; n < 2; n++) await failed({ url: `rtsp://127.0.0.1:${camera.port}/live`, ...login });
  assert.equal(deps.gate.closedUntil(key), undefined);
  live.clear();
});

test("what is wrong is told exactly: address, port, path, codec, no video, no picture, no key frame", async (t) => {
  const { failed, probe, clock, seen } = bench();
  assert.equal((await failed({ url: "rtsp://192.0.2.1:99999/" })).kind, "bad-address");
  const closed = await startCamera(t);
  assert.equal((await failed({ url: "rtsp://127.0.0.1:1/" })).kind, "refused");
  const answering = async (describe: ReturnType<Answer>) => {
    const camera = await startCamera(t, (request) => (request.startsWith("DESCRIBE") ? describe : usual(request)));
    return failed({ url: `rtsp://127.0.0.1:${camera.port}/live` });
  };
  assert.equal((await answering({ status: "404 Not Found" })).kind, "no-such-stream");
  assert.equal((await answering({ status: "453 Not Enough Bandwidth" })).kind, "no-connection-free");
  assert.equal((await answering({ body: "v=0\r\nm=audio 0 RTP/AVP 8\r\na=control:a\r\n" })).kind, "no-video");
  const jpeg = await answering({ body: "v=0\r\nm=video 0 RTP/AVP 26\r\na=control:v\r\n" });
  assert.deepEqual(jpeg, {
    kind: "codec-unsupported",
    reason: "The camera sends its video as JPEG; Reed records H.264 and H.265.",
  });

  const silent = probe({ url: `rtsp://127.0.0.1:${closed.port}/live`, withinMs: 4000 });
  // the camera's answer to PLAY was read
  await until(() => silent.said.some((message) => message.kind === "step" && message.step === "picture"));
  clock.advance(4000);
  await until(silent.over);
  assert.match(JSON.stringify(silent.last()), /"no-video".*no picture within 4 s/);

  const late = probe({ url: `rtsp://127.0.0.1:${closed.port}/live`, withinMs: 4000 });
  await until(() => asked(closed, "PLAY") === 2);
  closed.send(rtp(11, 9000));
  await until(() => seen.packets === 1);
  clock.advance(4000);
  await until(late.over);
  assert.match(JSON.stringify(late.last()), /"no-key-frame"/);
});

test("a camera whose clock was never set is told as such, not as 56 years behind", () => {
  assert.deepEqual(cameraClock(-56 * 365 * 86_400_000), { kind: "not-set" });
  assert.deepEqual(cameraClock(-1499.6), { kind: "ahead", ms: -1500 });
});
