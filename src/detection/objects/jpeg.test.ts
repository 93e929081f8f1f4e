import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseJpeg } from "./jpeg.ts";
import { readPicture } from "./read-picture.ts";

test("a grey picture of any size has the same grey as a JPEG, from black to white", async () => {
  const jpeg = await chooseJpeg();
  for (const grey of [0, 128, 255]) {
    for (const [width, height] of [
      [64, 48],
      [61, 47],
    ] as const) {
      const bytes = new Uint8Array(width * height * 3).fill(grey);
      const again = await readPicture(await jpeg({ width, height, bytes }));
      assert.deepEqual([again.width, again.height], [width, height]);
      assert.ok(
        again.bytes.every((value) => Math.abs(value - grey) <= 2),
        `${grey} became ${again.bytes[0] ?? -1}`,
      );
    }
  }
});
