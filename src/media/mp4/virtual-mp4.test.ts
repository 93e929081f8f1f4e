import assert from "node:assert/strict";
import { test } from "node:test";
import { large, pcma, segment, small } from "../../testkit/virtual-segments.ts";
import { instant, wallTime } from "../../kernel/time.ts";
import { createBlockPool } from "../block.ts";
import type { AccessUnit, VideoParameters } from "../types.ts";
import { createLiveMuxer, mimeOf } from "./live-muxer.ts";
import { parseFragment, parseInit } from "./read.ts";
import type { ParsedFragment } from "./types.ts";
import { type Mp4Part, virtualMp4 } from "./virtual-mp4.ts";

/** The fragments of a part, read from its own heads. */
function fragmentsOf(part: Mp4Part<string> | undefined): ParsedFragment[] {
  return (part?.pieces ?? []).slice(1).flatMap((piece) => {
    if (piece.kind === "file") return [];
    const read = parseFragment(piece.bytes, 0, 0);
    assert.ok(read.ok, read.ok ? "" : read.error);
    return [read.value];
  });
}

const shape = (part: Mp4Part<string> | undefined): unknown[] =>
  fragmentsOf(part).map(({ video, audio }) => [video?.dts[0], video?.count, audio?.dts[0], audio?.count]);

test("a span begins with the key frame at or before it, at decode time 0, with whole GOPs", () => {
  const [part, ...more] = virtualMp4([segment("a", 10_000)], { fromMs: 11_500, toMs: 13_200, audio: true });
  assert.equal(more.length, 0);
  assert.deepEqual(shape(part), [
    [0, 25, 0, 50],
    [90_000, 25, 8000, 50],
    [180_000, 5, 16_000, 10],
  ]);
  assert.deepEqual([part?.fromMs, part?.toMs], [11_000, 13_200]);
  assert.deepEqual(part?.pieces.filter((piece) => piece.kind === "file").slice(0, 2), [
    { kind: "file", source: "a", offset: 1250, length: 250 },
    { kind: "file", source: "a", offset: 50_500, length: 500 },
  ]);
  const bytes = part.pieces.reduce(
    (sum, piece) => sum + (piece.kind === "bytes" ? piece.bytes.length : piece.length),
    0,
  );
  assert.equal(part.bytes, bytes);
});

test("segments follow one another on one line: exact over a small hole, moved up behind a long one or an overlap", () => {
  const starts = (...zeros: readonly number[]): unknown[] =>
    virtualMp4(
      zeros.map((zero, i) => segment(String(i), zero)),
      { fromMs: 0, toMs: 100_000, audio: false },
    ).flatMap((part) => fragmentsOf(part).flatMap(({ video }, i) => (i % 4 === 0 ? [(video?.dts[0] ?? 0) / 90] : [])));
  assert.deepEqual(starts(0, 4000, 8500), [0, 4000, 8500]);
  assert.deepEqual(starts(0, 64_000, 68_000), [0, 4000, 8000]);
  assert.deepEqual(starts(0, 3000), [0, 4000]);
});

test("sound stays with its pictures when a hole is left out", () => {
  const [part] = virtualMp4([segment("a", 0), segment("b", 60_000)], { fromMs: 0, toMs: 99_000, audio: true });
  assert.deepEqual(shape(part)[4], [360_000, 25, 32_000, 50]);
});

test("a new part begins where parameters change", () => {
  const parts = virtualMp4([segment("a", 0), segment("b", 4000, small), segment("c", 8000, small)], {
    fromMs: 0,
    toMs: 99_000,
    audio: true,
  });
  assert.deepEqual(
    parts.map((part) => [part.video?.width, part.audio?.codec, fragmentsOf(part).length]),
    [
      [2560, "pcma", 4],
      [320, "pcma", 8],
    ],
  );
  const [init] = parts[1]?.pieces ?? [];
  assert.ok(init?.kind === "bytes" && parseInit(init.bytes).ok);
});

test("without sound asked for there is no sound track; outside the footage there is nothing", () => {
  const [part] = virtualMp4([segment("a", 0)], { fromMs: 0, toMs: 1000, audio: false });
  assert.deepEqual([part?.audio, fragmentsOf(part)[0]?.audio], [undefined, undefined]);
  assert.deepEqual(virtualMp4([segment("a", 0)], { fromMs: 4000, toMs: 9000, audio: true }), []);
  assert.deepEqual(virtualMp4([segment("a", 10_000)], { fromMs: 0, toMs: 10_000, audio: true }), []);
});

test("a live viewer gets a new init segment with new parameters or a new session, and waits for a key frame", () => {
  const pool = createBlockPool();
  const muxer = createLiveMuxer("video");
  const unit = (pts: number, key: boolean, parameters: VideoParameters, session = 1): AccessUnit => {
    const block = pool.take(10);
    const times = { pts, dts: pts, arrival: instant(0), wall: wallTime(0) };
    return {
      track: "video",
      data: block.bytes.subarray(0, 9),
      ...times,
      key,
      session,
      parameters,
      afterLoss: false,
      block,
    };
  };
  const said = [
    unit(0, false, large),
    unit(100, true, large),
    unit(3700, false, large),
    unit(9000, false, small),
    unit(9100, true, small),
    unit(0, true, small, 2),
    unit(3600, false, small, 2),
  ].map((each) => {
    const out = muxer.push(each);
    each.block.release();
    return out.map((one) => {
      if (one.kind === "init") return one.mime;
      const read = parseFragment(one.bytes, 0, 0);
      return read.ok ? [one.key, read.value.video?.dts[0], read.value.video?.duration[0]] : read.error;
    });
  });
  muxer.close();
  assert.equal(pool.bytesOut, 0);
  const mime = 'video/mp4; codecs="avc1.4d001e"';
  assert.deepEqual(said, [
    [],
    ['video/mp4; codecs="avc1.640033"'],
    [[true, 0, 3600]],
    [[false, 3600, 3600]],
    [mime],
    [[true, 0, 3600], mime],
    [[true, 0, 3600]],
  ]);
  assert.equal(mimeOf(pcma), 'audio/mp4; codecs="alaw"');
});
