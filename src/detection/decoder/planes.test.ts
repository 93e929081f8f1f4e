import assert from "node:assert/strict";
import { test } from "node:test";
import { analysedHeight, analysedWidth } from "../../domain/detection/motion-grid.ts";
import { greyOf, planesBytes, rgbOf, type Planes } from "./planes.ts";
import { createY4mReader } from "./y4m.ts";

/** One colour, studio range. */
function even(width: number, height: number, [luma, blue, red]: readonly [number, number, number]): Planes {
  const bytes = new Uint8Array(planesBytes(width, height));
  const chroma = (bytes.length - width * height) / 2;
  bytes.fill(luma, 0, width * height);
  bytes.fill(blue, width * height, width * height + chroma);
  bytes.fill(red, width * height + chroma);
  return { width, height, bytes };
}

test("black, white and red of a picture of any size are those of the small grey one and of the colours", () => {
  for (const [width, height] of [
    [640, 360],
    [175, 99],
    [64, 33],
  ] as const) {
    for (const [yuv, grey, rgb] of [
      [[16, 128, 128], 0, [0, 0, 0]],
      [[235, 128, 128], 255, [255, 255, 255]],
      [[81, 90, 240], 76, [254, 0, 0]],
    ] as const) {
      const picture = even(width, height, yuv);
      const small = greyOf(picture);
      assert.equal(small.length, analysedWidth * analysedHeight);
      assert.ok(small.every((level) => Math.abs(level - grey) <= 1));
      for (const mostWidth of [1280, 50]) {
        const colours = rgbOf(picture, mostWidth);
        assert.equal(colours.width, Math.min(width, mostWidth));
        assert.equal(colours.bytes.length, colours.width * colours.height * 3);
        assert.ok(colours.bytes.every((level, at) => Math.abs(level - (rgb[at % 3] ?? 0)) <= 2));
      }
    }
  }
});

test("each pixel of the small picture is the mean of what lies under it", () => {
  const picture = even(2 * analysedWidth, 2 * analysedHeight, [16, 128, 128]);
  picture.bytes.set([235, 235], 0);
  picture.bytes.set([235, 235], picture.width);
  picture.bytes.set([235], 10);
  const small = greyOf(picture);
  assert.deepEqual([small[0], small[1], small[5]], [255, 0, 64]);
});

test("pictures are read from any split of the stream, and what is none or too large is said", () => {
  const [one, two] = [even(16, 18, [20, 30, 40]), even(16, 18, [90, 100, 110])];
  const mark = Buffer.from("FRAME\n");
  const stream = Buffer.concat([
    Buffer.from("YUV4MPEG2 W16 H18 F12:1 Ip A1:1 C420mpeg2 XYSCSS=420MPEG2\n"),
    ...[mark, one.bytes, mark, two.bytes],
  ]);
  for (const piece of [1, 7, 100, stream.length]) {
    const reader = createY4mReader();
    const read: string[] = [];
    for (let at = 0; at < stream.length; at += piece) {
      reader.push(stream.subarray(at, at + piece));
      for (let planes = reader.pull(); planes !== undefined; planes = reader.pull())
        read.push(`${planes.width}×${planes.height} ${Buffer.from(planes.bytes).toString("hex")}`);
    }
    assert.deepEqual(
      read,
      [one, two].map(({ bytes }) => `16×18 ${Buffer.from(bytes).toString("hex")}`),
    );
    assert.equal(reader.held, 0);
  }
  for (const [text, why] of [
    ["YUV4MPEG2 W16 H18 F12:1 C444\n", /something else/],
    ["YUV4MPEG2 W9000 H18 F12:1 C420jpeg\n", /9000 × 18/],
    ["x".repeat(300), /something else/],
    ["YUV4MPEG2 W16 H18 C420\n" + "FRAMY\n" + "x".repeat(planesBytes(16, 18)), /something else/],
  ] as const) {
    const reader = createY4mReader();
    reader.push(Buffer.from(text));
    assert.throws(() => reader.pull(), why);
  }
});
