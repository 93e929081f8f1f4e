import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { usualRegion } from "../domain/detection/settings.ts";
import type { DetectedChannel } from "../messages/detection.ts";
import { createLog } from "../platform/log.ts";
import { fakeClock, type FakeClock } from "../testkit/fake-clock.ts";
import { openChannels } from "./channels.ts";
import { noObjectStage } from "./objects/object-stage.ts";
import { proofFile } from "./proof-shelf.ts";
import { soundSource } from "./sound/choose.ts";
import { madeUpCamera, madeUpPictures } from "./testdata/made-up-camera.ts";

const wanted: DetectedChannel = {
  ...{ channel: 3, board: 7, keepDays: 30 },
  settings: { kind: "video-detection", channel: 3, motion: { regions: [usualRegion("Yard")], holdS: 2 } },
};

/** A detection process of one camera, before which somebody walks by every twenty seconds, for four. */
function opened(folder: string, clock: FakeClock) {
  const camera = madeUpCamera(clock);
  const channels = openChannels({
    ...{
      clock,
      folder,
      log: createLog("detection", "silent"),
      pictures: madeUpPictures(),
      sounds: soundSource(undefined),
    },
    suspects: {
      during: (_, work) => work(),
      barred: () => undefined,
      blame: () => undefined,
      [Symbol.dispose]: () => undefined,
    },
    looks: { show: () => undefined, watched: () => false },
    openMedia: camera.openMedia,
    openObjects: () => noObjectStage,
    busyMs: () => clock.now(),
    say: () => undefined,
  });
  channels.follow([wanted]);
  camera.events().parameters({ track: "video", codec: "h264", codecString: "" });
  const pass = (from: number, to: number): number => {
    for (let n = from * 5; n < to * 5; n++) {
      const walks = n % 100 >= 80;
      const scene = walks ? { things: [{ x: 10 + ((n % 100) - 80) * 6, y: 70, w: 9, h: 22 }] } : {};
      camera.show(scene, { key: n % 10 === 0, more: walks ? 9000 : (n * 7) % 40 });
      if (n % 5 === 0) channels.tick();
    }
    return channels.status()[0]?.skipped ?? 0;
  };
  return { channels, pass };
}

test("what one process has proven of a camera lies beside what moved there, and the next one needs only to check it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reed-channels-"));
  const clock = fakeClock();
  try {
    const first = opened(folder, clock);
    first.pass(0, 95);
    await first.channels[Symbol.asyncDispose]();
    assert.ok(existsSync(proofFile(join(folder, "3"))));
    const next = opened(folder, clock);
    next.pass(0, 50);
    assert.ok(next.pass(50, 55) > 4, "alone it would take half a minute more");
    await next.channels[Symbol.asyncDispose]();
    rmSync(proofFile(join(folder, "3")));
    const anew = opened(folder, clock);
    anew.pass(0, 50);
    assert.equal(anew.pass(50, 55), 0);
    await anew.channels[Symbol.asyncDispose]();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
