import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drive, formatOf, open, type Packet } from "../../testkit/depacketize.ts";
import { goCorpus } from "../../testkit/go-corpus.ts";
import { plainSps, pocSlice, sei, setsOf, slice, withLengths } from "../../testkit/nal-units.ts";
import { videoPayloads } from "../../testkit/rtp-payloads.ts";
import { vectorPath, vectorTest } from "../../testkit/vectors.ts";
import { createBlockPool } from "../block.ts";
import { splitLengths } from "../codec/nal.ts";
import { createTimeline } from "./timeline.ts";
import type { VideoCodec } from "../types.ts";

/** A unit of these tests: `nals` in order, what is left of them as data, when it is shown. */
interface Picture {
  readonly nals: readonly Uint8Array[];
  readonly timestamp: number;
}

function packetsOf(
  codec: VideoCodec,
  pictures: readonly Picture[],
  options: Parameters<typeof videoPayloads>[2],
): Packet[] {
  return pictures.flatMap(({ nals, timestamp }) =>
    videoPayloads(codec, nals, options).map((payload, i, all) => ({
      payload,
      timestamp,
      marker: i === all.length - 1,
    })),
  );
}

const isSet = (codec: VideoCodec, nal: Uint8Array): boolean =>
  codec === "h264" ? [7, 8].includes((nal[0] ?? 0) & 31) : [32, 33, 34].includes((nal[0] ?? 0) >> 1);
const isSlice =
  (codec: VideoCodec) =>
  (nal: Uint8Array): boolean =>
    codec === "h264" ? (nal[0] ?? 0) !== 6 : (nal[0] ?? 0) >> 1 !== 39;
const dataOf = (codec: VideoCodec, { nals }: Picture): Uint8Array =>
  withLengths(nals.filter((nal) => !isSet(codec, nal)));

const payloadBytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
  fc
    .record({ length: fc.integer({ min: 100, max: 6000 }), fill: fc.nat({ max: 255 }) })
    .map(({ length, fill }) => new Uint8Array(length).fill(fill)),
);
const userData = fc.array(fc.integer({ min: 4, max: 255 }), { maxLength: 200 }).map((bytes) => Uint8Array.from(bytes));

const streams = fc
  .record({
    codec: fc.constantFrom<VideoCodec>("h264", "h265"),
    mtu: fc.integer({ min: 12, max: 1400 }),
    aggregate: fc.boolean(),
    units: fc.array(
      fc.record({
        key: fc.boolean(),
        sei: fc.option(userData, { nil: undefined }),
        slices: fc.array(payloadBytes, { minLength: 1, maxLength: 4 }),
      }),
      { minLength: 5, maxLength: 10 },
    ),
  })
  .map(({ codec, mtu, aggregate, units }) => ({
    codec,
    options: { mtu, aggregate },
    pictures: units.map((unit, i): Picture => {
      const key = unit.key || i === 0;
      return {
        timestamp: i * 3600,
        nals: [
          ...(key ? setsOf[codec] : []),
          ...(unit.sei === undefined ? [] : [sei(codec, unit.sei)]),
          ...unit.slices.map((bytes, s) => slice(codec, key ? "key" : "other", s === 0, bytes)),
        ],
      };
    }),
    keys: units.map((unit, i) => unit.key || i === 0),
  }));

test("packetized and depacketized, every unit is what it was, for any sizes and any MTU", () => {
  fc.assert(
    fc.property(streams, ({ codec, options, pictures, keys }) => {
      const pool = createBlockPool({ blockBytes: 4096 });
      const depacketizer = open(formatOf(codec), pool);
      const units = drive(depacketizer, packetsOf(codec, pictures, options));
      assert.deepEqual(
        units.map((unit) => [unit.pts, unit.key, unit.afterLoss, Buffer.from(unit.data).toString("hex")]),
        pictures.map((picture, i) => [
          picture.timestamp,
          keys[i],
          false,
          Buffer.from(dataOf(codec, picture)).toString("hex"),
        ]),
      );
      depacketizer.close();
      assert.equal(pool.bytesOut, 0);
    }),
    { numRuns: 60 },
  );
});

test("a camera without markers gives the same units, each when the next one begins", () => {
  fc.assert(
    fc.property(streams, ({ codec, options, pictures }) => {
      const packets = packetsOf(codec, pictures, options).map((packet) => ({ ...packet, marker: false }));
      const units = drive(open(formatOf(codec)), packets);
      assert.deepEqual(
        units.map((unit) => [...unit.data]),
        pictures.slice(0, -1).map((picture) => [...dataOf(codec, picture)]),
      );
    }),
    { numRuns: 30 },
  );
});

test("a marker on every NAL unit is found out before a half picture is delivered", () => {
  const pictures = Array.from({ length: 6 }, (_, i): Picture => {
    const kind = i === 0 ? "key" : "other";
    const slices = [1, 2, 3].map((n) => slice("h264", kind, n === 1, Uint8Array.of(n, i)));
    return { timestamp: i * 3600, nals: [...(i === 0 ? setsOf.h264 : []), ...slices] };
  });
  const packets = packetsOf("h264", pictures, { mtu: 1000 }).map((packet) => ({ ...packet, marker: true }));
  const units = drive(open(formatOf("h264")), packets);
  assert.deepEqual(
    units.map((unit) => [unit.pts, splitLengths(unit.data).length]),
    pictures.slice(0, -1).map(({ timestamp }) => [timestamp, 3]),
  );
});

test("losing any packets never gives a damaged unit that claims to be whole, and the next one says so", () => {
  fc.assert(
    fc.property(streams, fc.infiniteStream(fc.nat({ max: 9 })), ({ codec, options, pictures }, chance) => {
      const packets = packetsOf(codec, pictures, options).map((packet) =>
        chance.next().value > 1 ? packet : undefined,
      );
      const units = drive(open(formatOf(codec)), packets);
      let previous: number | undefined;
      for (const unit of units) {
        const index = unit.pts / 3600;
        const picture = pictures[index];
        assert.ok(picture !== undefined);
        const [sent, got] = [picture.nals.filter((nal) => !isSet(codec, nal)), splitLengths(unit.data)];
        // SEI before a hole may be gone; the picture itself is whole.
        assert.deepEqual(got.filter(isSlice(codec)), sent.filter(isSlice(codec)));
        if (previous !== undefined) assert.equal(unit.afterLoss || index === previous + 1, true);
        else assert.equal(unit.key && !unit.afterLoss, true);
        previous = index;
      }
    }),
    { numRuns: 150 },
  );
});

test("random packets give no throw, no endless loop and no lost memory", () => {
  const packet = fc.record({
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .tuple(fc.constantFrom(0x7c, 0x78, 0x62, 0x60, 0x65, 0x67, 0x42, 0x26), fc.uint8Array({ maxLength: 40 }))
        .map(([first, rest]) => Uint8Array.of(first, ...rest)),
    ),
    timestamp: fc.nat({ max: 5 }),
    marker: fc.boolean(),
  });
  const formats = (["h264", "h265", "aac", "pcma", "pcmu"] as const).flatMap((codec) => [
    formatOf(codec),
    formatOf(codec, { "sprop-max-don-diff": "1", sizelength: "6", indexlength: "2", indexdeltalength: "2" }),
  ]);
  fc.assert(
    fc.property(
      fc.constantFrom(...formats),
      fc.array(fc.option(packet, { nil: undefined, freq: 8 }), { maxLength: 40 }),
      fc.boolean(),
      (format, packets, withSets) => {
        const pool = createBlockPool({ blockBytes: 256 });
        const depacketizer = open(format, pool);
        const sets = format.codec === "h264" || format.codec === "h265" ? setsOf[format.codec] : [];
        const head = sets.map((payload) => ({ payload, timestamp: 0, marker: false }));
        drive(depacketizer, [...(withSets ? head : []), ...packets]);
        depacketizer.close();
        assert.equal(pool.bytesOut, 0);
      },
    ),
    { numRuns: 500 },
  );
});

const corpora = {
  "rtph264/testdata/fuzz/FuzzDecoder": "h264",
  "rtph265/testdata/fuzz/FuzzDecoder": "h265",
  "rtpmpeg4audio/testdata/fuzz/FuzzDecoder": "aac",
  "rtplpcm/testdata/fuzz/FuzzDecoder": "pcma",
  "testdata/fuzz/FuzzH264PTSEqualsDTS": "h264",
  "testdata/fuzz/FuzzH265PTSEqualsDTS": "h265",
} as const;

for (const [folder, codec] of Object.entries(corpora)) {
  vectorTest(`the crash inputs of ${folder} end in nothing worse than loss`, () => {
    const inputs = goCorpus(vectorPath("gortsplib-fuzz/pkg/format", folder));
    assert.ok(inputs.length > 0);
    for (const { values } of inputs) {
      const pool = createBlockPool();
      const depacketizer = open(formatOf(codec), pool);
      for (const { bytes } of values) {
        // The inputs are packets behind a 4-byte length, or a bare payload.
        const payloads = [bytes, bytes.subarray(4), bytes.subarray(16)];
        drive(
          depacketizer,
          [...payloads, ...payloads].map((payload, i) => ({ payload, timestamp: i, marker: i % 2 === 0 })),
        );
      }
      depacketizer.close();
      assert.equal(pool.bytesOut, 0);
    }
  });
}

test("reordering that no SPS states shows in the picture order count before a picture is late", () => {
  const order = [0, 4, 2, 1, 3, 8, 6, 5, 7];
  const pictures = order.map((number, i): Picture => ({
    timestamp: number * 3600,
    nals: [...(i === 0 ? [plainSps(4), setsOf.h264[1] ?? new Uint8Array()] : []), pocSlice(i === 0, number * 2)],
  }));
  const units = drive(open(formatOf("h264")), packetsOf("h264", pictures, { mtu: 1000 }));
  assert.deepEqual(
    units.map((unit) => unit.pts),
    order.map((number) => number * 3600),
  );
  units.forEach((unit, i) => assert.ok(unit.dts <= unit.pts && unit.dts > (units[i - 1]?.dts ?? -Infinity)));
});

test("pictures that are shown in another order than they come keep their times while the camera's clock jumps", () => {
  const hour = 3600 * 90_000;
  // two levels of B-frames, and an IDR in the middle
  const shown = [0, 4, 2, 1, 3, 8, 6, 5, 7, 9, 13, 11, 10, 12, 17, 15, 14, 16];
  const pictures = (jumped: (number: number, i: number) => boolean, by: number) =>
    shown.map((number, i): Picture => {
      const isIdr = number === 0 || number === 9;
      const sets = i === 0 ? [plainSps(4), setsOf.h264[1] ?? new Uint8Array()] : [];
      return {
        timestamp: (1e6 + number * 3600 + (jumped(number, i) ? by : 0)) >>> 0,
        nals: [...sets, pocSlice(isIdr, (number < 9 ? number : number - 9) * 2)],
      };
    });
  const timesOf = (all: readonly Picture[]) =>
    drive(open(formatOf("h264"), undefined, createTimeline(90_000)), packetsOf("h264", all, { mtu: 1000 })).map(
      ({ pts }) => pts,
    );
  // where its step is not known yet, and at an IDR, a picture goes by its arrival
  const known = shown.map((_, i) => i).filter((i) => i > 3 && i !== 9);
  const straight = shown.map((number) => number * 3600);
  for (const by of [hour, -hour]) {
    for (const from of known) {
      assert.deepEqual(timesOf(pictures((_, i) => i >= from, by)), straight, `sent from ${from} on by another clock`);
    }
    const times = timesOf(pictures((_, i) => i >= 9, by));
    assert.deepEqual(times.slice(0, 9), straight.slice(0, 9));
    const [begin = 0] = times.slice(9);
    assert.ok(begin > 8 * 3600 && begin <= 9 * 3600, "no picture before an IDR is shown behind it");
    assert.deepEqual(
      times.slice(9).map((ticks) => ticks - begin),
      straight.slice(9).map((ticks) => ticks - 9 * 3600),
    );
    // the clock of a camera is set between two pictures that it took, not between two that it sent
    for (const from of [5, 6, 7, 10, 11, 12, 13, 14]) {
      const times = timesOf(pictures((number) => number >= from, by));
      assert.deepEqual(times, straight, `taken from ${from} on by another clock`);
    }
  }
});
