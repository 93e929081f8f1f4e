import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../../../src/kernel/time.ts";
import { createLiveMuxer } from "../../../src/media/mp4/live-muxer.ts";
import { parseFragment, readBoxes } from "../../../src/media/mp4/read.ts";
import type { AccessUnit, AudioParameters, VideoParameters } from "../../../src/media/types.ts";
import { createPictureTimes, timeOf } from "./picture-times.ts";

const bytes = new Uint8Array([1, 2, 3]);
const video: VideoParameters = {
  ...{ kind: "video", codec: "h264", codecString: "avc1.42c01e", width: 64, height: 32, reorderDepth: 0 },
  ...{ vps: new Uint8Array(), sps: new Uint8Array([0x67, 0x42, 0xc0, 0x1e]), pps: new Uint8Array([0x68]) },
};
const sound: AudioParameters = {
  kind: "audio",
  codec: "pcma",
  sampleRate: 8000,
  channels: 1,
  config: new Uint8Array(),
};
const unit = (dts: number, wall: number, more: Partial<AccessUnit> = {}): AccessUnit => ({
  ...{ track: "video", data: bytes, dts, pts: dts, arrival: instant(0), wall: wallTime(wall), key: dts === 0 },
  ...{ session: 1, parameters: video, afterLoss: false },
  ...{ block: { bytes, retain: () => undefined, release: () => undefined } },
  ...more,
});
const fragments = (track: "video" | "audio", units: readonly AccessUnit[]): Uint8Array[] => {
  const muxer = createLiveMuxer(track);
  return units.flatMap((one) => muxer.push(one)).flatMap((out) => (out.kind === "fragment" ? [out.bytes] : []));
};
const wall = Date.UTC(2026, 10, 23, 15, 0, 0) + 123.25;

test("each fragment says when its picture was taken, at the picture's own place in the stream", () => {
  // taken in another order than it is decoded: the second one is shown third
  const [first, second] = fragments("video", [
    unit(90_000, wall, { key: true }),
    unit(93_600, wall + 120, { pts: 100_800 }),
    unit(97_200, wall + 40),
  ]);
  const times = [first, second].map((one) => (one === undefined ? undefined : timeOf(one)));
  assert.deepEqual(
    times.map((time) => [time?.media, Math.round(((time?.wall ?? 0) - wall) * 100) / 100]),
    [
      [0, 0],
      [0.12, 120],
    ],
  );
  const boxes = readBoxes(first ?? bytes);
  assert.deepEqual(boxes.ok ? boxes.value.map(({ type, end, start }) => [type, end - start]).slice(0, 1) : boxes, [
    ["prft", 32],
  ]);
  const read = parseFragment(first ?? bytes, 32, 0);
  const at = read.ok ? (read.value.video?.offset[0] ?? 0) + 32 : 0;
  assert.deepEqual(first?.subarray(at - 32, at - 32 + 3), bytes, "the picture is where its fragment says");
});

test("a picture whose time is not known says none, and sound never does", () => {
  const none = fragments("video", [unit(0, 0), unit(3600, Number.NaN), unit(7200, 0)]);
  assert.deepEqual(none.map(timeOf), [undefined, undefined]);
  const audio = { track: "audio", parameters: sound, key: true } as const;
  assert.deepEqual(fragments("audio", [unit(0, wall, audio), unit(160, wall, audio)]).map(timeOf), [undefined]);
  assert.deepEqual([new Uint8Array(), bytes].map(timeOf), [undefined, undefined]);
});

test("a shown picture has its own time, one without has its neighbour's, and far from all of them none is known", () => {
  const times = createPictureTimes();
  for (const [media, at] of [
    [10, 1000],
    [10.12, 1120],
    [10.04, 1040],
  ] as const)
    times.add({ media, wall: at });
  const at = (media: number) => {
    const found = times.wallAt(media);
    return found === undefined ? undefined : Math.round(found);
  };
  assert.deepEqual([10, 10.04, 10.08, 10.12, 10.5].map(at), [1000, 1040, 1080, 1120, 1500]);
  assert.deepEqual([at(8.9), at(11.2)], [undefined, undefined]);
  times.clear();
  assert.equal(at(10), undefined);
});

test("of a day of pictures the newest are known", () => {
  const times = createPictureTimes();
  for (let n = 0; n < 10_000; n++) times.add({ media: n / 25, wall: n * 40 });
  assert.deepEqual([times.wallAt(399), times.wallAt(100)], [399_000, undefined]);
});
