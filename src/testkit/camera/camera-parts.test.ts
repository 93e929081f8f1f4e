import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import type { VideoCodec } from "../../media/types.ts";
import { authorized, challenges } from "./auth.ts";
import { isSlice, loadClip, nalType } from "./clip.ts";
import { cutPackets, packetizeVideo, packetOverhead, prepareVideo, stampUnit } from "./packetize.ts";
import { requestReader, targetOf } from "./rtsp-text.ts";
import { findMarks, patchMark, seiTemplate, seiTextOffset } from "./sei.ts";
import { sayAlong } from "./says.ts";
import { openSenderLog, readUnits } from "./sender-log.ts";
import { syntheticVideo } from "./synthetic.ts";
import { mediaClock } from "./timeline.ts";
import { newRtpState, senderReport, startLoop, wrap32 } from "./track.ts";
import { encodeALaw, encodeMuLaw } from "./tone.ts";

test("the mark has the documented bytes, whatever it tells", () => {
  const sei = Buffer.from(seiTemplate("h264"));
  patchMark(sei, seiTextOffset("h264"), { camera: 0x8003, number: 0xabc, sentMicros: 2 ** 40 + 5 });
  assert.equal(sei.toString("latin1"), "\x06\x05\x34Reed-Cam-Sender1REED8003000000000abc0000010000000005\x80");
  const hevc = Buffer.from(seiTemplate("h265"));
  assert.equal(hevc.subarray(0, 4).toString("hex"), "4e010534");
  assert.equal(hevc.length, 57);
});

test("marks are patched and found again, and never hold a zero byte", () => {
  const codec = fc.constantFrom<VideoCodec>("h264", "h265");
  const mark = fc.record({
    camera: fc.integer({ min: 0, max: 0xffff }),
    number: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    sentMicros: fc.maxSafeNat(),
  });
  fc.assert(
    fc.property(codec, mark, mark, (which, first, second) => {
      const bytes = Buffer.concat([seiTemplate(which), seiTemplate(which)]);
      const offset = seiTextOffset(which);
      patchMark(bytes, offset, first);
      patchMark(bytes, bytes.length / 2 + offset, second);
      assert.deepEqual(findMarks(bytes), [{ ...first }, { ...second }]);
      assert.ok(!bytes.includes(0));
    }),
  );
});

/** RFC 6184 §5.7/5.8 and RFC 7798 §4.4 the other way round, for tests. */
function depacketize(codec: VideoCodec, payloads: readonly Uint8Array[]): Buffer[] {
  const [single, fragment, head] = codec === "h264" ? [24, 28, 1] : [48, 49, 2];
  const nals: Buffer[] = [];
  for (const payload of payloads.map((bytes) => Buffer.from(bytes))) {
    const type = nalType(codec, payload);
    if (type === single) {
      for (let at = head; at < payload.length; at += 2 + payload.readUInt16BE(at))
        nals.push(payload.subarray(at + 2, at + 2 + payload.readUInt16BE(at)));
    } else if (type === fragment) {
      const unit = payload.readUInt8(head);
      const first = payload.readUInt8(0);
      const type0 = codec === "h264" ? (first & 0xe0) | (unit & 0x1f) : (first & 0x81) | ((unit & 0x3f) << 1);
      const start = Buffer.concat([Buffer.of(type0), payload.subarray(1, head)]);
      if ((unit & 0x80) !== 0) nals.push(start);
      nals.push(Buffer.concat([nals.pop() ?? start, payload.subarray(head + 1)]));
    } else nals.push(payload);
  }
  return nals;
}

test("what is packetised comes out whole, no payload is longer than 1400 bytes, the last of a fragment is marked", () => {
  const codec = fc.constantFrom<VideoCodec>("h264", "h265");
  const sizes = fc.array(fc.constantFrom(2, 50, 700, 1399, 1400, 1401, 2798, 2799, 5000), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(codec, sizes, fc.boolean(), (which, lengths, aggregate) => {
      const nals = lengths.map((length, i) => {
        const nal = Buffer.alloc(length, i + 1);
        const [slice, other] = which === "h264" ? [0x65, 0x67] : [0x26, 0x42];
        nal[0] = i % 2 === 0 ? other : slice;
        if (which === "h265") nal[1] = 1;
        return nal;
      });
      const payloads = packetizeVideo(which, nals, aggregate);
      assert.ok(payloads.every((payload) => payload.length <= 1400));
      assert.deepEqual(depacketize(which, payloads), nals);
    }),
  );
});

test("every access unit of every clip has its mark right before the first slice", () => {
  const names = ["front-door", "b-frames", "gdr", "aac", "h265", "h265-cra"] as const;
  for (const name of names) {
    const { video } = loadClip({ kind: "clip", name });
    for (const aggregate of [false, true]) {
      for (const unit of prepareVideo(video, { inBand: true, aggregate })) {
        const payloads = unit.packets.map((at, i) =>
          unit.bytes.subarray(at + packetOverhead, unit.packets[i + 1] ?? unit.bytes.length),
        );
        const nals = depacketize(video.codec, payloads);
        const slice = nals.findIndex((nal) => isSlice(video.codec, nal));
        assert.equal(nals[slice - 1]?.includes("Reed-Cam-Sender1"), true, name);
        assert.equal(nals.filter((nal) => nal.includes("Reed-Cam-Sender1")).length, 1);
        assert.equal(unit.bytes.indexOf("REED", 0, "latin1"), unit.markAt);
        assert.ok(unit.rtpTicks <= unit.dueTicks, "no picture is sent before it was taken");
      }
    }
  }
});

test("stamping patches every packet of a unit, with sequence numbers that wrap", () => {
  const video = syntheticVideo({ width: 320, height: 240, fps: 10, gopSeconds: 1, bitsPerSecond: 400_000 });
  const unit = prepareVideo(video, { inBand: true, aggregate: false })[0];
  assert.ok(unit !== undefined && unit.packets.length > 5);
  const target = Buffer.alloc(unit.bytes.length + 100);
  const mark = { camera: 5, number: 77, sentMicros: 123 };
  stampUnit(unit, target, { channel: 4, sequence: 0xfffe, time: 2 ** 32 - 1, source: 0xdeadbeef, mark });
  unit.packets.forEach((at, i) => {
    assert.equal(target[at], 0x24);
    assert.equal(target[at + 1], 4);
    assert.equal(target.readUInt16BE(at + 6), (0xfffe + i) & 0xffff);
    assert.equal(target.readUInt32BE(at + 8), 2 ** 32 - 1);
    assert.equal(target.readUInt32BE(at + 12), 0xdeadbeef);
    assert.equal((target.readUInt8(at + 5) & 0x80) !== 0, i === unit.packets.length - 1, "marker bit");
  });
  assert.deepEqual(findMarks(target), [mark]);
  const left = cutPackets(unit, target, 2, 2);
  assert.equal(unit.bytes.length - left, (unit.packets[4] ?? 0) - (unit.packets[2] ?? 0));
  assert.equal(target.readUInt16BE((unit.packets[2] ?? 0) + 6), (0xfffe + 4) & 0xffff);
});

test("the synthetic stream has the asked bit rate, one key frame a GOP and no emulated start code", () => {
  for (const [gopSeconds, bitsPerSecond] of [
    [1, 4e6],
    [2, 500_000],
    [30, 1e6],
  ] as const) {
    const video = syntheticVideo({ width: 1280, height: 720, fps: 15, gopSeconds, bitsPerSecond });
    const bytes = video.units.reduce((sum, unit) => sum + (unit.nals[0]?.length ?? 0), 0);
    const rate = (bytes * 8 * 90_000) / video.duration;
    assert.ok(Math.abs(rate / bitsPerSecond - 1) < 0.1, `${rate} for ${bitsPerSecond}`);
    assert.equal(video.units.length, 15 * gopSeconds);
    assert.deepEqual(
      video.units.map((unit) => unit.key),
      video.units.map((_, i) => i === 0),
    );
    for (const nal of [...video.parameterSets, ...video.units.flatMap((unit) => unit.nals)])
      for (const code of [0, 1, 2]) assert.equal(Buffer.from(nal).indexOf(Buffer.of(0, 0, code)), -1);
  }
});

test("G.711 of silence and of full scale is as the tables of ITU-T G.711 have it", () => {
  assert.deepEqual([0, 32_767, -32_768].map(encodeALaw), [0xd5, 0xaa, 0x2a]);
  assert.deepEqual([0, 32_767, -32_768].map(encodeMuLaw), [0xff, 0x80, 0x00]);
});

test("the sender's log is read back as it was written", () => {
  const folder = mkdtempSync(join(tmpdir(), "rd-"));
  const path = join(folder, "cam1.log");
  const units = [
    { number: 0, key: true, rtpTime: 7, sentMicros: 1000, sentTo: [], droppedFor: [], lostPackets: 0 },
    {
      number: 1,
      key: false,
      rtpTime: 4_000_000_000,
      sentMicros: 2000,
      sentTo: [1, 3],
      droppedFor: [2],
      lostPackets: 4,
    },
  ];
  {
    using log = openSenderLog(path, 0x8001);
    for (const unit of units) log.unit(unit);
    log.fault(1500, { do: "stall", camera: 1 });
    log.client(3, "closed", 2500, 99);
  }
  const text = readFileSync(path, "latin1");
  assert.deepEqual(readUnits(text), units);
  assert.match(text, /^reed-sender-log 1 camera 8001 clock 90000\n/);
  assert.match(text, /\nfault 1500 \{"do":"stall","camera":1\}\nclient 3 closed 2500 99\n$/);
  rmSync(folder, { recursive: true });
});

test("a loop goes on without a step over its end and over a change of the clip", () => {
  const make = (gopSeconds: number) => {
    const video = syntheticVideo({ width: 64, height: 64, fps: 5, gopSeconds, bitsPerSecond: 10_000 });
    return [prepareVideo(video, { inBand: true, aggregate: false }), video.duration] as const;
  };
  const loop = startLoop(...make(1));
  const ticks = Array.from({ length: 12 }, () => loop.next().dueTicks);
  loop.replace(...make(2));
  const changed = loop.next();
  assert.ok(changed.unit.key);
  ticks.push(changed.dueTicks, loop.next().dueTicks);
  assert.deepEqual(
    ticks,
    ticks.map((_, i) => i * 18_000),
  );
});

test("a drifting clock bends and never steps", () => {
  const clock = mediaClock(1_000_000, 0);
  assert.equal(clock.ticksAt(2_000_000), 90_000);
  clock.setDrift(1000, 2_000_000);
  assert.equal(clock.ticksAt(2_000_000), 90_000);
  assert.equal(Math.round(clock.ticksAt(3_000_000)), 180_090);
  assert.ok(Math.abs(clock.microsAt(clock.ticksAt(2_345_678)) - 2_345_678) < 0.01);
});

test("a sender report carries NTP time of the camera's wall clock", () => {
  const rtp = { ...newRtpState(() => 0.5), packets: 3, octets: 4 };
  const report = senderReport(rtp, 1, 1500, -1);
  assert.equal(report.readUInt16BE(2), report.length - 4);
  assert.equal(report.readUInt32BE(12), 2_208_988_801);
  assert.equal(report.readUInt32BE(16), 2 ** 31);
  assert.equal(report.readUInt32BE(20), 2 ** 32 - 1);
  assert.equal(wrap32(2 ** 32 + 5), 5);
});

test("requests are found however the bytes are split, between the client's own RTCP", () => {
  const rtcp = Buffer.from([0x24, 1, 0, 4, 0x80, 201, 0, 0]);
  const body = "GET_PARAMETER rtsp://h/cam1 RTSP/1.0\r\nCSeq: 4\r\nContent-Length: 3\r\n\r\nabc";
  const bytes = Buffer.concat([
    Buffer.from("OPTIONS rtsp://h/cam1 RTSP/1.0\r\nCSeq: 3\r\n\r\n"),
    rtcp,
    Buffer.from(body),
    rtcp,
  ]);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const read = requestReader();
    const requests = [...read(bytes.subarray(0, cut)), ...read(bytes.subarray(cut))];
    assert.deepEqual(
      requests.map((request) => `${request.method} ${request.headers.get("cseq") ?? ""}`),
      ["OPTIONS 3", "GET_PARAMETER 4"],
    );
  }
  assert.throws(() => requestReader()(Buffer.from("GET / HTTP/1.1\r\n\r\n")), /not an RTSP request/);
  assert.deepEqual(targetOf("rtsp://u:p@h:1/cam12/sub/trackID=1?x=1"), { camera: 12, stream: "sub", track: 1 });
  assert.equal(targetOf("rtsp://h/camera"), undefined);
});

test("digest answers are taken as in the examples of RFC 7616 §3.9.1, and refused when anything is changed", () => {
  const expected = { username: "Mufasa", password: "Circle of Life" };
  const attempt = {
    method: "GET",
    nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    realm: "http-auth@example.org",
  };
  const header = (algorithm: string, response: string) =>
    `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, ` +
    `nonce="${attempt.nonce}", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, ` +
    `response="${response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
  const md5 = header("MD5", "8ca523f5e9506fed4657c9700eebdbec");
  const sha256 = header("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
  const taken = (schemes: Parameters<typeof authorized>[0], text: string | undefined, more = {}) =>
    authorized(schemes, expected, { ...attempt, header: text, ...more });
  assert.equal(taken(["digest-md5"], md5), true);
  assert.equal(taken(["digest-sha256"], sha256), true);
  assert.equal(taken(["digest-md5"], sha256), false);
  assert.equal(taken(["digest-sha256"], md5), false);
  assert.equal(taken(["digest-sha256"], sha256, { nonce: "another" }), false);
  assert.equal(taken(["digest-sha256"], sha256, { method: "PLAY" }), false);
  assert.match(challenges(["digest-sha256"], "abc")[0] ?? "", /algorithm=SHA-256/);
  const basic = `Basic ${Buffer.from("Mufasa:Circle of Life").toString("base64")}`;
  assert.equal(taken(["basic"], basic), true);
  assert.equal(taken(["digest-md5"], basic), false);
  assert.equal(taken(["basic"], undefined), false);
  assert.equal(taken([], undefined), true);
});

test("what a camera says along its clip it says once a round, at the picture that shows it", () => {
  const heard: string[] = [];
  const says = [0, 0.5, 2].map((atS) => ({ atS, code: `${atS}`, action: "Start" as const }));
  const along = sayAlong(says, ({ code }) => void heard.push(code));
  const pictures = [0, 45_000, 90_000].map((ticks) => () => along(ticks));
  const heardAfter = (places: readonly (() => void)[]) => {
    heard.length = 0;
    for (const show of places) show();
    return heard.join(" ");
  };
  assert.equal(heardAfter(pictures.slice(0, 1)), "0");
  assert.equal(heardAfter(pictures.slice(1)), "0.5", "the clip ends before second 2");
  assert.equal(heardAfter(pictures), "2 0 0.5");
  assert.equal(heardAfter(pictures.slice(0, 1)), "2 0", "also when the round is one picture");
});
