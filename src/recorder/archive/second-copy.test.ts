import assert from "node:assert/strict";
import { globSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { before, instant } from "../../kernel/time.ts";
import type { ChannelPlan } from "../../messages/recorder.ts";
import { rig, type Rig, type RigOptions } from "../support.test.ts";

const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
const second = { ...volume, id: "c1", path: "second", archive: { mode: "both", takes: "chosen" } } as const;
const camera: ChannelPlan = {
  ...{ channel: 1, name: "door", url: "rtsp://camera/", username: "", password: "", audio: false },
  ...{ recordMode: "continuous", preRecordMs: 4000 },
};
const plan = (asked: boolean): NonNullable<RigOptions["plan"]> => ({
  ...{ segmentMs: 4000, volumes: [volume, second] },
  channels: [asked ? { ...camera, secondCopy: true } : camera],
});

async function recording(t: TestContext, asked: boolean): Promise<Rig> {
  const r = await rig({ plan: plan(asked) });
  t.after(() => r[Symbol.asyncDispose]());
  r.camera("live");
  return r;
}

const files = (r: Rig, folder: string) =>
  globSync("footage/**/*.mp4", { cwd: join(r.data, folder) }).toSorted((a, b) => (a < b ? -1 : 1));

test("a file is copied as soon as it ended, though a hold is open, and the original stays", async (t) => {
  const r = await recording(t, true);
  await r.feed(6000);
  r.hold("h");
  await r.feed(8000);
  await r.pass(12_000);
  const copied = files(r, "second");
  assert.ok(copied.length >= 3);
  for (const file of copied) {
    assert.deepEqual(readFileSync(join(r.data, "second", file)), readFileSync(join(r.data, "footage", file)));
  }
  assert.deepEqual(r.of("segment-deleted"), []);
});

test("a camera that asks for no second copy has none", async (t) => {
  const r = await recording(t, false);
  await r.feed(14_000);
  await r.pass(180_000);
  assert.deepEqual(files(r, "second"), []);
});

test("with a second volume that hangs all is recorded as without it", async (t) => {
  const r = await recording(t, true);
  await r.feed(6000);
  rmSync(join(r.data, "second", ".reed-volume"));
  r.hold("h");
  await r.feed(14_000);
  assert.equal(r.of("hold-closed")[0]?.result, "done");
  assert.deepEqual(
    r.inFiles().filter((number, i, all) => number !== (all[i - 1] ?? -1) + 1),
    [],
  );
});

for (const lost of ["one file of the first volume", "the first volume"]) {
  test(`a hold after a restart has its whole window from the copies when ${lost} is lost`, async () => {
    const before1 = await rig({ plan: plan(true) });
    before1.camera("live");
    await before1.feed(30_000);
    await before1.pass(12_000);
    const at = before1.clock.now();
    const copied = files(before1, "second");
    assert.ok(copied.length >= 5);
    before1.keepFolder();
    await before1[Symbol.asyncDispose]();
    const { clock } = before1;
    await using r = await rig({ data: before1.data, clock, firstUnit: before1.next, plan: plan(true) });
    // while it runs: a start forgets rows without a file by itself
    if (lost === "the first volume") renameSync(join(r.data, "footage"), join(r.data, "away"));
    else rmSync(join(r.data, "footage", copied[2] ?? ""));
    await r.pass(6000);
    const edgeAt = before(at, 24_000);
    r.hold("h", { edgeAt, edgeWall: clock.wall(), preMs: 4000, endAt: instant(edgeAt + 6000), boundAt: at });
    await r.pass(70_000);
    const [closed] = r.of("hold-closed");
    assert.deepEqual([closed?.result, closed?.gaps], ["done", []]);
    rmSync(before1.data, { recursive: true, force: true });
  });
}
