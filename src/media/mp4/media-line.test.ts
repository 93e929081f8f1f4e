import assert from "node:assert/strict";
import { test } from "node:test";
import { large, segment, small } from "../../testkit/virtual-segments.ts";
import { type LineRequest, mediaLine, mediaSlice } from "./media-line.ts";
import { parseFragment } from "./read.ts";
import type { Piece } from "./virtual-mp4.ts";

const joined = (fromMs: number, toMs: number, sliceMs = 2000): LineRequest => ({
  fromMs,
  toMs,
  sliceMs,
  line: { kind: "joined" },
});

const short = (slices: ReturnType<typeof mediaLine<string>>) =>
  slices.map((slice) => [slice.segment.source, slice.fromMs, slice.toMs, slice.baseTicks / 90]);

test("a line begins with the GOP at the asked time and has whole GOPs, as many as make a slice", () => {
  assert.deepEqual(short(mediaLine([segment("a", 10_000)], joined(11_500, 13_200))), [
    ["a", 11_000, 13_000, 0],
    ["a", 13_000, 14_000, 2000],
  ]);
  assert.deepEqual(short(mediaLine([segment("a", 10_000)], joined(11_500, 13_200, 1))), [
    ["a", 11_000, 12_000, 0],
    ["a", 12_000, 13_000, 1000],
    ["a", 13_000, 14_000, 2000],
  ]);
});

test("who goes on at the end of a slice gets the next one, not the same again", () => {
  const third = segment("a", 10_000 + 1 / 3);
  const [first] = mediaLine([third], joined(10_500, 10_600, 1));
  assert.deepEqual(
    short(mediaLine([third], joined(first?.toMs ?? 0, 11_500, 1))).map(([, from]) => Math.round(Number(from))),
    [11_000],
  );
  assert.deepEqual(mediaLine([third], joined(14_000 + 1 / 3, 15_000)), []);
});

test("joined, what comes after a long hole moves up to what was before and is told as a discontinuity", () => {
  const slices = mediaLine([segment("a", 0), segment("b", 64_000), segment("c", 68_500)], joined(0, 99_000, 4000));
  assert.deepEqual(
    slices.map(({ baseTicks, discontinuity, newParameters }) => [baseTicks / 90, discontinuity, newParameters]),
    [
      [0, false, true],
      [4000, true, false],
      [8500, false, false],
    ],
  );
});

test("on the wall's line every picture is where the wall says, whichever span was asked for", () => {
  const request = { ...joined(0, 99_000, 4000), line: { kind: "wall", zeroMs: -1000 } } as const;
  assert.deepEqual(
    short(mediaLine([segment("a", 0), segment("b", 64_000)], request)).map(([, , , base]) => base),
    [1000, 65_000],
  );
});

test("new parameters are told where they begin", () => {
  const slices = mediaLine([segment("a", 0), segment("b", 4000, small)], joined(0, 9000, 4000));
  assert.deepEqual(
    slices.map(({ newParameters, discontinuity }) => [newParameters, discontinuity]),
    [
      [true, false],
      [true, true],
    ],
  );
});

test("a slice says when each of its pictures is shown, in the order in which they are", () => {
  const one = segment("a", 0);
  const cts = one.video?.samples.cts ?? new Int32Array(1);
  [cts[0], cts[1], cts[2]] = [3600, 7200, 0];
  const [slice] = mediaLine([one], joined(0, 500, 1));
  assert.deepEqual(slice?.pictures.slice(0, 3), [40, 80, 120]);
});

function read(pieces: Piece<string>[] | undefined) {
  const [head, ...rest] = pieces ?? [];
  assert.ok(head?.kind === "bytes");
  const fragment = parseFragment(head.bytes, 0, 0);
  assert.ok(fragment.ok, fragment.ok ? "" : fragment.error);
  return { ...fragment.value, rest };
}

const asked = { fromTicks: 90_000, toTicks: 270_000, baseTicks: 900_000, setsInside: false };

test("a media segment holds one track's samples of its ticks, on the line that was asked for", () => {
  const video = read(mediaSlice(segment("a", 0), { track: "video", ...asked }));
  assert.deepEqual([video.video?.count, video.video?.dts[0], video.audio], [50, 900_000, undefined]);
  assert.deepEqual(video.rest, [{ kind: "file", source: "a", offset: 1250, length: 500 }]);
  const audio = read(mediaSlice(segment("a", 0), { track: "audio", ...asked }));
  assert.deepEqual([audio.audio?.count, audio.audio?.dts[0]], [100, 80_000]);
  assert.equal(
    mediaSlice(segment("a", 0), { track: "video", ...asked, fromTicks: 900_000, toTicks: 990_000 }),
    undefined,
  );
});

test("with key frames alone each stands until the next one, and the line is as long as before", () => {
  const keys = read(mediaSlice(segment("a", 0), { track: "video", ...asked, keysOnly: true }));
  assert.deepEqual([...(keys.video?.dts ?? [])], [900_000, 990_000]);
  assert.deepEqual([...(keys.video?.duration ?? [])], [90_000, 90_000]);
  assert.deepEqual(
    keys.rest.map((piece) => piece.kind === "file" && piece.offset),
    [1250, 1500],
  );
  const last = read(mediaSlice(segment("a", 0), { track: "video", ...asked, toTicks: 360_000, keysOnly: true }));
  assert.deepEqual([...(last.video?.duration ?? [])], [90_000, 90_000, 90_000]);
});

test("parameter sets stand in front of the first picture when they are asked for", () => {
  const { video, rest } = read(mediaSlice(segment("a", 0), { track: "video", ...asked, setsInside: true }));
  const sets = 8 + large.sps.length + large.pps.length;
  assert.deepEqual([video?.size[0], video?.size[1]], [10 + sets, 10]);
  const [inside] = rest;
  assert.ok(inside?.kind === "bytes" && inside.bytes.length === sets);
  assert.deepEqual(inside.bytes.subarray(4, 4 + large.sps.length), large.sps);
});
