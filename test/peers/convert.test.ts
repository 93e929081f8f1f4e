import assert from "node:assert/strict";
import { test } from "node:test";
import { openTranscoder } from "../../src/analysis/convert/transcoder.ts";
import { nodeAvDecoder } from "../../src/analysis/decoder/node-av.ts";
import { jpegHead } from "../../src/media/codec/jpeg-head.ts";
import type { MediaParameters } from "../../src/messages/media.ts";
import type { FramedUnit } from "../../src/platform/media-frames.ts";
import type { ClipName } from "../../src/testkit/camera/clip.ts";
import { clipUnits } from "../support/clip-units.ts";
import { frameNumber } from "../support/frame-number.ts";

/** A clip's first units through a transcoder. */
function converted(name: ClipName, count: number, wantKeyAt?: number) {
  using transcoder = openTranscoder();
  const { parameters, units } = clipUnits(name, count);
  transcoder.parameters(parameters);
  const sets: MediaParameters[] = [];
  const made: FramedUnit[] = [];
  units.forEach((data, number) => {
    if (number === wantKeyAt) transcoder.wantKey();
    const unit = { track: "video", key: number === 0, afterLoss: false, arrival: number, wall: 1000 + number } as const;
    for (const one of transcoder.push({ ...unit, pts: number * 7500, dts: number * 7500, data })) {
      if ("codec" in one) sets.push(one);
      else made.push(one);
    }
  });
  return { sets, made };
}

const picture = async (sets: MediaParameters | undefined, units: readonly FramedUnit[]): Promise<Uint8Array> => {
  assert.ok(sets !== undefined);
  return nodeAvDecoder().jpeg({ parameters: sets, units: units.map((unit) => unit.data), maxWidth: 640, quality: 90 });
};

test("each H.265 picture comes out as an H.264 one at once, the same picture at the same time", async () => {
  const { sets, made } = converted("h265", 9);
  assert.equal(made.length, 9, "nothing waits inside");
  assert.deepEqual(
    made.map(({ pts, arrival, wall }) => [pts, arrival, wall]),
    made.map((_, number) => [number * 7500, number, 1000 + number]),
  );
  assert.deepEqual(
    made.map(({ key }) => key),
    made.map((_, number) => number === 0),
  );
  assert.equal(sets.length, 1);
  assert.match(sets[0]?.codecString ?? "", /^avc1\.64[0-9a-f]{4}$/);
  for (const number of [0, 4, 8]) {
    const jpeg = await picture(sets[0], made.slice(0, number + 1));
    assert.equal(frameNumber(jpeg), number);
    assert.deepEqual(jpegHead(jpeg), { width: 320, height: 180 });
  }
});

test("somebody who joins gets a key frame to begin with when one is wanted", async () => {
  const { sets, made } = converted("h265", 9, 5);
  assert.deepEqual(
    made.flatMap(({ key }, number) => (key ? [number] : [])),
    [0, 5],
  );
  assert.equal(frameNumber(await picture(sets[0], made.slice(5, 8))), 7);
});
