import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { instant } from "../../kernel/time.ts";
import type { TroubleReport } from "../../messages/recorder.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { Files } from "../ports.ts";
import { rig } from "../support.test.ts";
import { createJobQueue, StalledError } from "./job-queue.ts";
import { nodeFiles } from "./node-files.ts";
import { queuedFiles } from "./queued-files.ts";
import { createVolumeSet } from "./volume-set.ts";

const settings = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
const nothing = (): undefined => undefined;

test("reading a segment through takes a slow disk longer than the deadline of one job, and is no stall", async () => {
  const clock = fakeClock();
  const r = await rig({ clock });
  r.camera("live");
  await r.feed(30_000);
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  const troubles: TroubleReport[] = [];
  const slow: Files = {
    ...nodeFiles,
    read(fd, into, position) {
      clock.advance(200);
      volumes.tick(clock.now());
      return nodeFiles.read(fd, into, position);
    },
    // the clock goes on by reads alone: a true sync would take a different part of its deadline on each machine
    dataSync: () => Promise.resolve(),
    syncFolder: () => Promise.resolve(),
  };
  const volumes = createVolumeSet({
    groups: () => [],
    ...{ clock, files: slow, dataFolder: r.data },
    events: {
      ...{ state: nothing, segment: nothing, segmentGrew: nothing, segmentDeleted: nothing, mounted: nothing },
      ...{ lost: nothing, wanted: () => "no", keepAllUntil: nothing, held: () => undefined, lockVersion: () => 0 },
      ...{ causeOf: () => "continuous", keepRules: () => [] },
      trouble: (trouble) => void troubles.push(trouble),
    },
  });
  await volumes.update([settings]);
  const runs = await volumes.onDisk(1, instant(clock.now() - 600_000));
  assert.ok(runs.length > 25, "all fragments were read");
  const [volume] = volumes.all;
  const [row] = volume?.index.all() ?? [];
  assert.ok(volume !== undefined && row !== undefined);
  volume.segmentAbandoned(row);
  await volume.check();
  assert.equal(volume.state.state, "ready");
  assert.deepEqual(troubles, []);
  await volumes.close();
  rmSync(r.data, { recursive: true, force: true });
});

test("a file that the disk makes only after its job was given up is closed and removed again", async () => {
  const clock = fakeClock();
  const queue = createJobQueue({ limit: 8, deadlineMs: 5000, now: () => clock.now() });
  const answer = Promise.withResolvers<undefined>();
  const log: string[] = [];
  const files: Files = {
    ...nodeFiles,
    open: () => answer.promise.then(() => 42),
    close: (fd) => Promise.resolve(void log.push(`close ${fd}`)),
    remove: (path) => Promise.resolve(void log.push(`remove ${path}`)),
  };
  const path = join("/", "volume", "segment.mp4");
  const opening = queuedFiles(files, (work) => queue.run(work)).open(path, "create");
  clock.advance(5001);
  queue.tick(clock.now());
  await assert.rejects(opening, StalledError);
  answer.resolve(undefined);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log, ["close 42", `remove ${path}`]);
});
