import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newRtpPacket, parseRtp } from "./packet.ts";

interface Written {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly csrc: number;
  readonly extension: number | undefined;
  readonly padding: number;
  readonly payload: Uint8Array;
}

function write(packet: Written): Uint8Array {
  const { csrc, extension, padding, payload } = packet;
  const head = new Uint8Array(12 + 4 * csrc + (extension === undefined ? 0 : 4 + 4 * extension));
  const data = new DataView(head.buffer);
  head[0] = 0x80 | (padding > 0 ? 0x20 : 0) | (extension === undefined ? 0 : 0x10) | csrc;
  head[1] = (packet.marker ? 0x80 : 0) | packet.payloadType;
  data.setUint16(2, packet.sequence);
  data.setUint32(4, packet.timestamp);
  data.setUint32(8, packet.ssrc);
  if (extension !== undefined) data.setUint16(12 + 4 * csrc + 2, extension);
  const tail = new Uint8Array(padding).fill(0);
  if (padding > 0) tail[padding - 1] = padding;
  return Uint8Array.from([...head, ...payload, ...tail]);
}

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const written: fc.Arbitrary<Written> = fc.record({
  marker: fc.boolean(),
  payloadType: fc.integer({ min: 0, max: 127 }),
  sequence: fc.integer({ min: 0, max: 65_535 }),
  timestamp: u32,
  ssrc: u32,
  csrc: fc.integer({ min: 0, max: 15 }),
  extension: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  padding: fc.integer({ min: 0, max: 20 }),
  payload: fc.uint8Array({ maxLength: 40 }),
});

test("a packet is read back as written, wherever it lies: CSRC, extension and padding are no payload", () => {
  fc.assert(
    fc.property(written, fc.integer({ min: 0, max: 9 }), (packet, at) => {
      const bytes = write(packet);
      const around = new Uint8Array(at + bytes.length + 7).fill(0xff);
      around.set(bytes, at);
      const read = newRtpPacket();
      assert.ok(parseRtp(around, at, at + bytes.length, read));
      const { payloadStart, payloadEnd, ...header } = read;
      const { marker, payloadType, sequence, timestamp, ssrc } = packet;
      assert.deepEqual(header, { marker, payloadType, sequence, timestamp, ssrc });
      assert.deepEqual(around.slice(payloadStart, payloadEnd), packet.payload);
    }),
    { numRuns: 200 },
  );
});

test("a packet that is cut off, of another version or padded beyond its length is none", () => {
  const whole = write({
    marker: false,
    payloadType: 96,
    sequence: 1,
    timestamp: 2,
    ssrc: 3,
    csrc: 2,
    extension: 1,
    padding: 0,
    payload: new Uint8Array(0),
  });
  const packet = newRtpPacket();
  assert.ok(parseRtp(whole, 0, whole.length, packet));
  for (let end = 0; end < whole.length; end++) assert.ok(!parseRtp(whole, 0, end, packet), `cut at ${end}`);
  const changed = (first: number, last: number) => {
    const bytes = Uint8Array.from([...new Uint8Array(16)]);
    bytes[0] = first;
    bytes[15] = last;
    return parseRtp(bytes, 0, 16, packet);
  };
  assert.deepEqual(
    [changed(0x80, 0), changed(0x40, 0), changed(0xa0, 0), changed(0xa0, 5), changed(0xa0, 4)],
    [true, false, false, false, true],
  );
});

test("random bytes are a packet with a payload inside them, or none", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const packet = newRtpPacket();
      if (!parseRtp(bytes, 0, bytes.length, packet)) return;
      assert.ok(
        packet.payloadStart >= 12 && packet.payloadStart <= packet.payloadEnd && packet.payloadEnd <= bytes.length,
      );
    }),
    { numRuns: 300 },
  );
});
