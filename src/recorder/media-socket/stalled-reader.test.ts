import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createBlockPool } from "../../media/block.ts";
import { createRing } from "../../media/ring.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { createHub } from "../hub/hub.ts";
import { unitOf } from "../support.test.ts";
import { listenMedia } from "./media-socket.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a reader that takes nothing gives its memory back: told to skip first, let go when that did not help", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reed-media-"));
  const [clock, pool, hub, ring] = [fakeClock(), createBlockPool(), createHub(), createRing()];
  const live = { hub, ring, watched: () => undefined, state: { state: "live", reason: "" } };
  const media = await listenMedia(join(folder, "m.sock"), () => ({ stream: "main", live, reason: "" }));
  const reader = connect(join(folder, "m.sock"));
  await once(reader, "connect");
  reader.pause();
  reader.write(`${JSON.stringify({ channel: 1, stream: "main", from: "next-key", audio: false })}\n`);
  while (hub.readers === 0) await turn();
  for (let number = 0; media.queuedBytes < 1e6; number++) {
    const unit = unitOf(number, clock, pool, { key: true });
    const large = pool.take(200_000);
    hub.publish({ ...unit, data: large.bytes.subarray(0, 200_000), block: large });
    large.release();
    unit.block.release();
    await turn();
  }
  assert.equal(media.shed(), true);
  assert.ok(media.queuedBytes > 0 && pool.bytesOut > 0, "what was handed to it waits for it");
  media.shed();
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(media.queuedBytes, 0);
  assert.equal(pool.bytesOut, 0);
  assert.equal(hub.readers, 0);
  reader.destroy();
  await media[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});
