import assert from "node:assert/strict";
import { test } from "node:test";
import { drive, formatOf, open, type Packet } from "../../testkit/depacketize.ts";
import { plainSps, sei, setsOf, slice, withLengths } from "../../testkit/nal-units.ts";
import { aacPayloads, videoPayloads } from "../../testkit/rtp-payloads.ts";
import { createBlockPool } from "../block.ts";
import type { VideoCodec } from "../types.ts";
import { createDepacketizer } from "./depacketizer.ts";
import { maxUnitBytes } from "./depacketizer-buffer.ts";

const [sps = new Uint8Array(), pps = new Uint8Array()] = setsOf.h264;
const body = Uint8Array.of(1, 2, 3);
const key = slice("h264", "key", true, body);
const other = slice("h264", "other", true, body);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** A packet a NAL unit; the marker on the last. */
const at = (timestamp: number, ...nals: readonly Uint8Array[]): Packet[] =>
  nals.map((payload, i) => ({ payload, timestamp, marker: i === nals.length - 1 }));

/** Enough whole units that markers are believed, ending in one at `from` + 3 frames. */
const settled = (...first: readonly Uint8Array[]): Packet[] => [
  ...at(0, ...first),
  ...at(3600, other),
  ...at(7200, other),
  ...at(10_800, other),
];

test("without parameter sets in the description, units wait for the ones in the stream, and for a key frame", () => {
  const units = drive(open(formatOf("h264")), [
    ...at(0, key),
    ...at(3600, sps),
    ...at(7200, pps, other),
    ...at(10_800, sps, pps, key),
    ...at(14_400, other),
    ...at(18_000, other),
  ]);
  assert.deepEqual(
    units.map((unit) => unit.pts),
    [10_800, 14_400, 18_000],
  );
});

test("parameter sets of the description are used until the stream has others; a change is a new object", () => {
  const format = formatOf("h264", { "sprop-parameter-sets": `${base64(sps)},${base64(pps)}` });
  const units = drive(open(format), [
    ...at(0, key),
    ...at(3600, sps, pps, key),
    ...at(7200, plainSps(1), pps, key),
    ...at(10_800, other),
    ...at(14_400, other),
  ]);
  const [first, same, changed, after] = units.map((unit) => unit.parameters);
  assert.ok(first?.kind === "video" && changed?.kind === "video");
  assert.equal(same, first);
  assert.equal(after, changed);
  assert.deepEqual([first.width, changed.width], [2560, 320]);
});

test("after parameters that change between key frames nothing is delivered until the next key frame", () => {
  const units = drive(open(formatOf("h264")), [
    ...settled(sps, pps, key),
    ...at(14_400, plainSps(1), other),
    ...at(18_000, other),
    ...at(21_600, key),
  ]);
  assert.deepEqual(
    units.slice(-2).map((unit) => [unit.pts, unit.afterLoss]),
    [
      [10_800, false],
      [21_600, true],
    ],
  );
});

test("parameter sets with a timestamp and a marker of their own belong to the slice behind them", () => {
  const units = drive(open(formatOf("h264")), [
    ...settled(sps, pps, key),
    ...at(14_399, sps),
    ...at(14_399, pps),
    ...at(14_400, key),
  ]);
  assert.deepEqual([units.length, units.at(-1)?.pts, units.at(-1)?.key], [5, 14_400, true]);
});

test("a picture that is split over two timestamps is one unit", () => {
  const rest = slice("h264", "other", false, body);
  const units = drive(open(formatOf("h264")), [
    ...settled(sps, pps, key),
    { payload: other, timestamp: 14_400, marker: false },
    { payload: rest, timestamp: 14_401, marker: true },
  ]);
  assert.deepEqual([units.at(-1)?.pts, hex(units.at(-1)?.data ?? body)], [14_400, hex(withLengths([other, rest]))]);
});

test("a byte stream where a NAL unit should be is taken apart", () => {
  const stream = Uint8Array.of(...sps, 0, 0, 0, 1, ...pps, 0, 0, 1, ...key);
  for (const payload of [stream, Uint8Array.of(0, 0, 0, 1, ...stream)]) {
    const units = drive(open(formatOf("h264")), settled(payload));
    assert.equal(hex(units[0]?.data ?? body), hex(withLengths([key])));
  }
});

test("the last fragment without its end bit is the last when the marker is on it", () => {
  const large = slice("h264", "other", true, new Uint8Array(3000).fill(7));
  const fragments = videoPayloads("h264", [large], { mtu: 1000 }).map((payload) =>
    Uint8Array.of(payload[0] ?? 0, (payload[1] ?? 0) & ~0x40, ...payload.subarray(2)),
  );
  const units = drive(open(formatOf("h264")), [...settled(sps, pps, key), ...at(14_400, ...fragments)]);
  assert.equal(hex(units.at(-1)?.data ?? body), hex(withLengths([large])));
});

test("a recovery point is where a session may begin", () => {
  const units = drive(open(formatOf("h264")), settled(other, sps, pps, sei("h264"), other).slice(1));
  assert.deepEqual([units[0]?.key, units[1]?.key], [true, false]);
});

test("leading pictures of a starting CRA, and of one after a loss, are left out", () => {
  const picture = (timestamp: number, type: number): Packet[] => at(timestamp, slice("h265", type, true, body));
  const sets = setsOf.h265.map((payload) => ({ payload, timestamp: 0, marker: false }));
  const first = [...sets, ...picture(0, 21), ...picture(1, 8), ...picture(2, 9), ...picture(3, 1), ...picture(4, 1)];
  const again = [...picture(5, 21), ...picture(6, 9), ...picture(7, 1)];
  const broken = [...picture(9, 21), ...picture(10, 9), ...picture(11, 1)];
  const units = drive(open(formatOf("h265")), [...first, ...again, undefined, ...broken]);
  assert.deepEqual(
    units.map((unit) => unit.pts),
    [0, 3, 4, 5, 6, 7, 9, 11],
  );
  assert.deepEqual(
    units.filter((unit) => unit.afterLoss).map((unit) => unit.pts),
    [9],
  );
});

test("decoding order numbers are stepped over in every kind of H.265 packet", () => {
  const small = slice("h265", "other", true, body);
  const large = slice("h265", "other", true, new Uint8Array(3000).fill(9));
  const pictures = [[...setsOf.h265, slice("h265", "key", true, body)], [small], [large], [small], [large], [large]];
  for (const aggregate of [false, true]) {
    const packets = pictures.flatMap((nals, i) =>
      at(i, ...videoPayloads("h265", nals, { mtu: 1000, aggregate, donl: true })),
    );
    const units = drive(open(formatOf("h265", { "sprop-max-don-diff": "2" })), packets);
    assert.deepEqual(
      units.map((unit) => hex(unit.data)),
      pictures.map((nals) => hex(withLengths(nals.slice(-1)))),
    );
  }
});

test("a unit larger than the bound is dropped, and the next one comes after a loss", () => {
  const pool = createBlockPool();
  const depacketizer = open(formatOf("h264"), pool);
  const piece = new Uint8Array(1 << 20).fill(5);
  const fragment = (fu: number): Uint8Array => {
    const payload = piece.slice();
    payload.set([0x7c, fu, 0x80]);
    return payload;
  };
  const middle = { payload: fragment(1), timestamp: 14_400, marker: false };
  const packets = [
    ...settled(sps, pps, key),
    { ...middle, payload: fragment(0x81) },
    ...Array.from({ length: maxUnitBytes / piece.length + 2 }, () => middle),
    { ...middle, payload: fragment(0x41), marker: true },
    ...at(18_000, other),
  ];
  const units = drive(depacketizer, packets);
  assert.deepEqual([units.length, units.at(-1)?.pts, units.at(-1)?.afterLoss], [5, 18_000, true]);
  depacketizer.close();
  assert.equal(pool.bytesOut, 0);
});

test("a second PPS with another id stays in the data", () => {
  const second = Uint8Array.of(0x68, 0x5e, 0x30);
  const units = drive(open(formatOf("h264")), settled(sps, pps, second, key));
  assert.equal(hex(units[0]?.data ?? body), hex(withLengths([second, key])));
});

const aac = formatOf("aac", { sizelength: "13", indexlength: "3", indexdeltalength: "3", config: "1588" });
const frames = [40, 50, 900, 60, 2000, 30].map((size, i) => new Uint8Array(size).fill(i + 1));

/** AAC packets as a camera sends them: 1024 ticks a frame. */
function aacPackets(mtu: number): Packet[] {
  let sent = 0;
  return aacPayloads(frames, mtu).map(({ payload, frames: count }) => {
    const timestamp = sent * 1024;
    sent += count;
    return { payload, timestamp, marker: count > 0 };
  });
}

test("several AAC frames of one packet, and one frame of several packets, come out one by one with their times", () => {
  const units = drive(open(aac), aacPackets(1000));
  assert.deepEqual(
    units.map((unit) => [unit.pts, hex(unit.data)]),
    frames.map((frame, i) => [i * 1024, hex(frame)]),
  );
});

test("an AAC frame with a lost fragment is not delivered, and the next one says so", () => {
  const packets = aacPackets(1000);
  const units = drive(open(aac), [...packets.slice(0, -2), undefined, ...packets.slice(-1)]);
  assert.equal(units.length, frames.length - 1);
  assert.deepEqual([units.at(-1)?.pts, units.at(-1)?.afterLoss], [5 * 1024, true]);
});

test("an ADTS header in front of an AAC frame is taken away", () => {
  const adts = Uint8Array.of(0xff, 0xf1, 0x6c, 0x40, (7 + 40) >> 3, ((7 + 40) & 7) << 5, 0xfc, ...(frames[0] ?? body));
  const [packet] = aacPayloads([adts], 1000);
  const units = drive(open(aac), [{ payload: packet?.payload ?? body, timestamp: 0, marker: true }]);
  assert.equal(hex(units[0]?.data ?? body), hex(frames[0] ?? body));
});

test("G.711 packets are units as they are", () => {
  const units = drive(open(formatOf("pcmu")), [...at(0, body), undefined, ...at(160, body)]);
  assert.deepEqual(
    units.map((unit) => [unit.pts, unit.dts, unit.key, unit.afterLoss, hex(unit.data)]),
    [
      [0, 0, true, false, "010203"],
      [160, 160, true, true, "010203"],
    ],
  );
});

test("what cannot be taken is an error at the description", () => {
  const timeline = { at: () => 0, peek: () => 0, jumps: 0 };
  const refuse = (codec: VideoCodec | "aac", fmtp: Record<string, string>): string | undefined => {
    const made = createDepacketizer(formatOf(codec, fmtp), createBlockPool(), timeline);
    return made.ok ? undefined : made.error;
  };
  assert.match(refuse("h264", { "packetization-mode": "2" }) ?? "", /interleaved/);
  assert.match(refuse("aac", { config: "zz" }) ?? "", /AudioSpecificConfig/);
  assert.match(refuse("aac", { config: "1588", sizelength: "-1" }) ?? "", /out of range/);
  assert.equal(refuse("h264", { "sprop-parameter-sets": "0,,%" }), undefined);
});

test("a marked unit that waits for the packet behind it is whole when nothing comes; a half one is not", () => {
  const waiting = open(formatOf("h264"));
  assert.equal(drive(waiting, at(0, sps, pps, key)).length, 0);
  assert.equal(waiting.waits, true);
  waiting.settle?.();
  assert.equal(waiting.waits, false);
  assert.equal(waiting.pull()?.pts, 0);
  const half = open(formatOf("h264"));
  drive(half, [...at(0, sps, pps), { payload: key, timestamp: 0, marker: false }]);
  assert.equal(half.waits, false);
  half.settle?.();
  assert.equal(half.pull(), undefined);
});

test("what silence settled proves nothing about markers: they are learned from the units behind it", () => {
  const camera = open(formatOf("h264"));
  for (let frame = 0; frame < 4; frame++) {
    assert.equal(drive(camera, at(frame * 3600, ...(frame === 0 ? [sps, pps, key] : [other]))).length, 0);
    camera.settle?.();
    assert.equal(camera.pull()?.pts, frame * 3600);
  }
});
