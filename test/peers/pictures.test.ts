import assert from "node:assert/strict";
import { test } from "node:test";
import { ffmpegDecoder } from "../../src/analysis/decoder/ffmpeg.ts";
import { nodeAvDecoder } from "../../src/analysis/decoder/node-av.ts";
import { chooseJpeg, ffmpegJpeg } from "../../src/detection/objects/jpeg.ts";
import { ffmpegPicture, pictureHead, readPicture } from "../../src/detection/objects/read-picture.ts";
import { jpegHead } from "../../src/media/codec/jpeg-head.ts";
import { clipUnits as clip, lengthPrefixed } from "../support/clip-units.ts";
import { codeBlocks, frameNumber } from "../support/frame-number.ts";

for (const decoder of [nodeAvDecoder(), ffmpegDecoder()]) {
  test(`${decoder.name}: a key frame alone gives its own picture`, async () => {
    const jpeg = await decoder.jpeg({ ...clip("front-door", 1), maxWidth: 1280, quality: 80 });
    assert.equal(frameNumber(jpeg), 0);
    assert.deepEqual(jpegHead(jpeg), { width: 640, height: 360 });
  });

  test(`${decoder.name}: a run of units gives the newest picture, scaled down to what was asked`, async () => {
    const jpeg = await decoder.jpeg({ ...clip("yard", 9), maxWidth: 320, quality: 80 });
    assert.equal(frameNumber(jpeg), 8);
    assert.deepEqual(jpegHead(jpeg), { width: 320, height: 180 });
  });

  test(`${decoder.name}: what is white before the camera is white in the picture, and black is black`, async () => {
    const [white = 0, black = 255] = codeBlocks(await decoder.jpeg({ ...clip("yard", 1), maxWidth: 640, quality: 80 }));
    assert.ok(white >= 250 && black <= 5, `${white} ${black}`);
  });

  test(`${decoder.name}: H.265 is decoded as well`, async () => {
    const jpeg = await decoder.jpeg({ ...clip("h265", 5), maxWidth: 640, quality: 80 });
    assert.equal(frameNumber(jpeg), 4);
  });

  test(`${decoder.name}: bytes that are no picture end in an error that says so`, async () => {
    const { parameters } = clip("yard", 1);
    const units = [lengthPrefixed([new Uint8Array(200).fill(0x65)])];
    await assert.rejects(decoder.jpeg({ parameters, units, maxWidth: 640, quality: 80 }));
    const cut = [new Uint8Array([0, 0, 9, 0, 0x65, 1, 2])];
    await assert.rejects(
      async () => decoder.jpeg({ parameters, units: cut, maxWidth: 640, quality: 80 }),
      /damaged access unit/,
    );
  });
}

test("ffmpeg: pixels become a JPEG and a JPEG its pixels, as they do in the process", async () => {
  const [width, height] = [61, 47];
  const inProcess = await chooseJpeg();
  for (const grey of [0, 128, 255]) {
    const picture = { width, height, bytes: new Uint8Array(width * height * 3).fill(grey) };
    for (const jpeg of [await ffmpegJpeg()(picture), await inProcess(picture)]) {
      for (const again of [await ffmpegPicture(pictureHead(jpeg), jpeg), await readPicture(jpeg)]) {
        assert.deepEqual([again.width, again.height, again.bytes.length], [width, height, width * height * 3]);
        assert.ok(again.bytes.every((value) => Math.abs(value - grey) <= 2));
      }
    }
  }
});

test("ffmpeg: a damaged picture is said to be so, and no pixels make no JPEG", async () => {
  const jpeg = await ffmpegJpeg()({ width: 64, height: 48, bytes: new Uint8Array(64 * 48 * 3) });
  const head = pictureHead(jpeg);
  await assert.rejects(ffmpegPicture(head, jpeg.subarray(0, 40)), /the JPEG picture is damaged/);
  await assert.rejects(ffmpegJpeg()({ width: 64, height: 48, bytes: new Uint8Array() }), /made no picture of 64 × 48/);
});
