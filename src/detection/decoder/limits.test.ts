import assert from "node:assert/strict";
import { test } from "node:test";
import { checkParameters, checkSize } from "./limits.ts";

test("a picture without pixels and one that is larger than any camera's are refused with their size", () => {
  for (const [width, height] of [
    [0, 0],
    [8, 144],
    [15_360, 8640],
    [8192, 8192],
    [Number.NaN, 360],
  ] as const)
    assert.throws(() => checkSize(width, height), new RegExp(`${width} × ${height} pixels can't be analysed`));
  for (const [width, height] of [
    [16, 16],
    [640, 360],
    [3840, 2160],
    [4096, 4096],
  ] as const)
    checkSize(width, height);
});

test("what a stream says of itself is refused before it is decoded; what it does not say is found by the decoder", () => {
  const stream = { track: "video", codec: "h265", codecString: "" } as const;
  checkParameters(stream);
  checkParameters({ ...stream, width: 1920, height: 1080 });
  assert.throws(() => checkParameters({ ...stream, width: 15_360, height: 8640 }), /15360 × 8640/);
  assert.throws(() => checkParameters({ ...stream, codec: "mjpeg" }), /"mjpeg" are not decoded/);
});
