import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { chooseJpeg } from "./jpeg.ts";
import { pictureHead, readPicture } from "./read-picture.ts";

function pngOf(width: number, height: number, rows = height): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits, red green blue
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([
    Buffer.from([0]),
    Buffer.from(Array.from({ length: width }, () => [200, 100, 50]).flat()),
  ]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: rows }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

test("a PNG becomes its pixels, a JPEG nearly its pixels", async () => {
  const png = await readPicture(pngOf(6, 4));
  assert.deepEqual([png.width, png.height, [...png.bytes.subarray(0, 3)]], [6, 4, [200, 100, 50]]);
  assert.equal(png.bytes.length, 6 * 4 * 3);
  const jpeg = await readPicture(await (await chooseJpeg())(png));
  assert.deepEqual([jpeg.width, jpeg.height], [6, 4]);
  const [red = 0, green = 0, blue = 0] = jpeg.bytes;
  assert.ok(
    Math.abs(red - 200) < 16 && Math.abs(green - 100) < 16 && Math.abs(blue - 50) < 16,
    `${red} ${green} ${blue}`,
  );
});

test("how large a picture is stands in its head, and too large a one is not decoded", () => {
  assert.deepEqual(pictureHead(pngOf(6, 4)), { format: "png", width: 6, height: 4 });
  assert.throws(() => pictureHead(pngOf(60_000, 60_000, 0)), /60000 × 60000 pixels can't be tried/);
  assert.throws(() => pictureHead(pngOf(0, 4, 0)), /0 × 4/);
  // an APP0 segment of four bytes before the frame
  const jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 17, 8, 0x01, 0x00, 0x02, 0x00, 3, 0, 0];
  assert.deepEqual(pictureHead(Uint8Array.from(jpeg)), { format: "jpeg", width: 512, height: 256 });
  for (const bytes of [[], [0xff, 0xd8], [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 2, 3]])
    assert.throws(() => pictureHead(Uint8Array.from(bytes)), /neither a JPEG nor a PNG/);
});

test("a damaged picture is said to be so", async () => {
  await assert.rejects(readPicture(pngOf(6, 4).subarray(0, 40)), /the PNG picture is damaged/);
});
