/** Streams as x264 codes them, decoded as a whole and gated: the same motion is found, and less is decoded where it can be. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { filmStreet, type Coding, type Weather } from "../support/made-up-street.ts";
import { missedOf, watchClip } from "../support/watched-clip.ts";

const x264 = (...more: string[]): Coding => ["-c:v", "libx264", "-preset", "veryfast", "-g", "10", ...more];
const quality = x264("-crf", "24", "-bf", "0");
const withB = x264("-crf", "24", "-bf", "2");
const constant = x264("-b:v", "200k", "-minrate", "200k", "-maxrate", "200k", "-bufsize", "50k", "-nal-hrd", "cbr");

const cases: readonly (readonly [string, Weather, Coding, boolean])[] = [
  ["a clear day at a constant quality", { noise: 0 }, quality, true],
  ["a day with noise, with B-pictures", { noise: 1 }, withB, true],
  ["a constant bit rate", { noise: 1.5 }, constant, false],
];

for (const [name, weather, coding, isGated] of cases) {
  test(`${name}: what moves is found as by full decoding, ${isGated ? "of less than two thirds" : "which it is"}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "reed-gated-"));
    try {
      const file = join(folder, "street.mp4");
      const crossings = [12, 32].map((at) => ({ at, width: 40, height: 70, speed: 160 }));
      await filmStreet({ width: 320, height: 192, fps: 5, seconds: 40, weather, crossings }, coding, file);
      const full = watchClip(file, { runs: 4, everyPicture: true });
      const gated = watchClip(file, { runs: 4, everyPicture: false });
      assert.ok(full.events.length >= 8, `${full.events.length} motions`);
      assert.deepEqual(missedOf(full.events, gated.events), []);
      assert.equal(gated.events.length, full.events.length);
      for (const { from, told } of gated.events) assert.ok(told - from <= 2, `told ${told - from} s late`);
      assert.equal(gated.watchedSeconds, full.watchedSeconds);
      assert.equal(full.skipped, 0);
      if (isGated)
        assert.ok(gated.lastDecoded < full.lastDecoded * 0.66, `${gated.lastDecoded} of ${full.lastDecoded}`);
      else assert.equal(gated.lastDecoded, full.lastDecoded);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
