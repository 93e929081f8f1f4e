import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { goCorpus } from "../../testkit/go-corpus.ts";
import { vectorPath, vectorTest } from "../../testkit/vectors.ts";
import { readRtcp, writeReceiverReport } from "./rtcp.ts";

function senderReport(ssrc: number, seconds: number, fraction: number, rtp: number, blocks = 0): Uint8Array {
  const bytes = new Uint8Array(28 + 24 * blocks);
  const data = new DataView(bytes.buffer);
  bytes.set([0x80 | blocks, 200, 0, 6 + 6 * blocks]);
  data.setUint32(4, ssrc);
  data.setUint32(8, seconds);
  data.setUint32(12, fraction);
  data.setUint32(16, rtp);
  return bytes;
}

const concat = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

test("a sender report gives the camera's clock in both eras of NTP", () => {
  const at = (seconds: number) => readRtcp(senderReport(1, seconds, 0x8000_0000, 7), 0, 28)?.reports[0];
  assert.deepEqual(at(2_208_988_800 + 1_700_000_000), {
    ssrc: 1,
    ntp: 1_700_000_000_500,
    ntpMiddle: (((2_208_988_800 + 1_700_000_000) & 0xffff) * 65_536 + 0x8000) >>> 0,
    rtpTimestamp: 7,
  });
  // Era 1 begins on 7 February 2036 at 06:28:16 UTC.
  assert.equal(at(0)?.ntp, Date.UTC(2036, 1, 7, 6, 28, 16, 500));
});

test("the reports and goodbyes of a compound packet are all found", () => {
  const sdes = Uint8Array.of(0x81, 202, 0, 2, 0, 0, 0, 1, 1, 1, 97, 0);
  const bye = Uint8Array.of(0x82, 203, 0, 2, 0, 0, 0, 9, 0, 0, 0, 10);
  const bytes = concat(senderReport(5, 3_900_000_000, 0, 1, 2), sdes, senderReport(6, 3_900_000_000, 0, 2), bye);
  const news = readRtcp(concat(Uint8Array.of(1, 2), bytes), 2, bytes.length + 2);
  assert.deepEqual(
    [news?.reports.map((report) => report.ssrc), news?.bye],
    [
      [5, 6],
      [9, 10],
    ],
  );
});

test("a compound packet that is cut off keeps what was whole", () => {
  const bytes = concat(senderReport(5, 3_900_000_000, 0, 1), senderReport(6, 3_900_000_000, 0, 2));
  assert.equal(readRtcp(bytes, 0, bytes.length - 1)?.reports.length, 1);
  assert.equal(readRtcp(bytes, 0, 27), undefined);
});

test("a receiver report is whole RTCP and carries what was counted", () => {
  const report = writeReceiverReport(0xcafe_babe, {
    ssrc: 0xdead_beef,
    fractionLost: 64,
    cumulativeLost: 300,
    extendedHighest: 65_536 * 2 + 5,
    lastReport: 0x1234_5678,
    delaySinceLast: 65_536,
  });
  const data = new DataView(report.buffer);
  assert.equal(report.length % 4, 0);
  assert.deepEqual(readRtcp(report, 0, report.length), { reports: [], bye: [] });
  assert.deepEqual(
    [data.getUint8(1), data.getUint16(2), data.getUint32(4), data.getUint32(8)],
    [201, 7, 0xcafe_babe, 0xdead_beef],
  );
  assert.deepEqual([data.getUint32(12), data.getUint32(16)], [(64 << 24) + 300, 131_077]);
  assert.deepEqual([data.getUint32(24), data.getUint32(28)], [0x1234_5678, 65_536]);
  assert.deepEqual([data.getUint8(33), data.getUint16(34), data.getUint32(36)], [202, 3, 0xcafe_babe]);
});

test("random bytes never throw and give few things", () => {
  const header = fc.tuple(
    fc.constantFrom(200, 201, 202, 203),
    fc.integer({ min: 0, max: 6 }),
    fc.uint8Array({ maxLength: 30 }),
  );
  const packet = header.map(([type, words, rest]) => Uint8Array.from([0x9f, type, 0, words, ...rest]));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(packet).map((all) => concat(...all)),
      ),
      (bytes) => {
        const news = readRtcp(bytes, 0, bytes.length);
        assert.ok((news?.reports.length ?? 0) * 28 <= bytes.length && (news?.bye.length ?? 0) * 4 <= bytes.length);
      },
    ),
    { numRuns: 200 },
  );
});

vectorTest("crash inputs of another RTCP reader are no RTCP", () => {
  for (const { values } of goCorpus(vectorPath("gortsplib-fuzz/pkg/rtcpunmarshaler/testdata/fuzz/FuzzUnmarshal"))) {
    const bytes = values[0]?.bytes ?? new Uint8Array(0);
    assert.equal(readRtcp(bytes, 0, bytes.length), undefined);
  }
});
