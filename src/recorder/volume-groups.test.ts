import assert from "node:assert/strict";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { VolumeGroup } from "../domain/volume-groups.ts";
import { rig, type Rig } from "./support.test.ts";

const volume = { maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
const volumes = ["a", "b", "c"].map((id) => ({ ...volume, id, path: id }));

async function grouped(t: TestContext, group: Partial<VolumeGroup>): Promise<Rig> {
  const volumeGroups = [{ name: "Doors", volumes: ["c", "b"], channels: [1], ...group }];
  const r = await rig({ plan: { segmentMs: 4000, volumes, volumeGroups } });
  t.after(() => r[Symbol.asyncDispose]());
  r.camera("live");
  return r;
}

const files = (r: Rig, folder: string) => globSync(`${folder}/footage/**/*.mp4`, { cwd: r.data }).length;
const troubles = (r: Rig) =>
  r
    .of("trouble")
    .flatMap(({ trouble }) =>
      trouble.key === "volume-group:Doors" ? [`${trouble.ended === undefined ? "" : "over: "}${trouble.what}`] : [],
    );

/** The disk is as good as gone, until it is put back. */
function takeAway(r: Rig, id: string): () => void {
  const marker = join(r.data, id, ".reed-volume");
  const is = readFileSync(marker);
  rmSync(marker);
  return () => writeFileSync(marker, is);
}

test("a camera of a group is recorded to its first volume; when that dies, to the next of the group; and goes home", async (t) => {
  const r = await grouped(t, {});
  await r.feed(6000);
  assert.deepEqual(
    ["a", "b", "c"].map((id) => files(r, id) > 0),
    [false, false, true],
  );
  const back = takeAway(r, "c");
  await r.feed(12_000);
  assert.deepEqual(
    ["a", "b"].map((id) => files(r, id) > 0),
    [false, true],
  );
  assert.deepEqual(troubles(r), [], "the group has a volume left");
  back();
  await r.pass(6000);
  const before = files(r, "c");
  await r.feed(12_000);
  assert.ok(files(r, "c") > before);
});

test("a group that has no volume left is recorded elsewhere, that is a trouble, and it ends", async (t) => {
  const r = await grouped(t, { volumes: ["c"] });
  await r.feed(6000);
  const back = takeAway(r, "c");
  await r.feed(12_000);
  assert.ok(files(r, "a") > 0);
  const what = `Volume group Doors: none of its volumes takes footage; its cameras are recorded to ${join(r.data, "a")}`;
  assert.deepEqual(troubles(r), [what]);
  back();
  await r.pass(6000);
  assert.deepEqual(troubles(r), [what, `over: ${what}`]);
});

test("a strict group that has no volume left is recorded nowhere else, and what is in memory follows when it is back", async (t) => {
  const r = await grouped(t, { volumes: ["c"], strict: true });
  await r.feed(6000);
  const back = takeAway(r, "c");
  await r.feed(12_000);
  assert.deepEqual([files(r, "a"), files(r, "b")], [0, 0]);
  assert.deepEqual(troubles(r), [
    "Volume group Doors: none of its volumes takes footage; its cameras are not recorded",
  ]);
  back();
  await r.pass(6000);
  const before = files(r, "c");
  await r.feed(6000);
  assert.ok(files(r, "c") > before);
  assert.equal(troubles(r).length, 2);
});
