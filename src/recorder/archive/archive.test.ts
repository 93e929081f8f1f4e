import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mkdirSync } from "node:fs";
import { test, type TestContext } from "node:test";
import { days, instant } from "../../kernel/time.ts";
import type { ArchiveSettings } from "../../domain/site-config.ts";
import { rig, type Rig } from "../support.test.ts";

const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
const minutes = 60_000;

async function archiving(t: TestContext, archive: ArchiveSettings): Promise<Rig> {
  const volumes = [volume, { ...volume, id: "a1", path: "archive", archive }];
  const r = await rig({ plan: { segmentMs: 4000, volumes } });
  t.after(() => r[Symbol.asyncDispose]());
  r.camera("live");
  return r;
}

const files = (r: Rig, folder: string) =>
  globSync("footage/**/*.mp4", { cwd: join(r.data, folder) }).toSorted((a, b) => (a < b ? -1 : 1));
const copies = (r: Rig) => r.of("segment").flatMap(({ segment }) => (segment.copy === true ? [segment] : []));
const archiveState = (r: Rig) =>
  r
    .of("volume")
    .map((message) => message.volume)
    .findLast(({ volumeId }) => volumeId === "a1");

test("closed segments are copied whole under the same names, nothing else is written to the archive", async (t) => {
  const r = await archiving(t, { mode: "both", takes: "all" });
  await r.feed(14_000);
  assert.deepEqual(files(r, "archive"), [], "an alarm may still reach back into them");
  await r.pass(3 * minutes);
  const archived = files(r, "archive");
  assert.ok(archived.length >= 3);
  for (const file of archived) {
    assert.deepEqual(readFileSync(join(r.data, "archive", file)), readFileSync(join(r.data, "footage", file)));
  }
  assert.deepEqual(
    copies(r).map(({ path, volumeId }) => [path, volumeId]),
    archived.map((path) => [path, "a1"]),
  );
  assert.deepEqual(r.of("segment-deleted"), []);
  await r.pass(6000);
  assert.deepEqual(archiveState(r)?.waiting?.segments, 1, "the one that is being written");
});

test("in mode remote an original goes once its copy is proven; what is locked stays", async (t) => {
  const r = await archiving(t, { mode: "remote", takes: "all" });
  await r.feed(6000);
  const from = r.clock.wall();
  await r.feed(8000);
  const lock = { id: "l1", channel: 1, from, to: from, reason: "police", by: "ann", at: from };
  r.recorder.receive({ kind: "locks", locks: [lock], released: [] });
  await r.pass(3 * minutes);
  const archived = files(r, "archive");
  const left = files(r, "footage");
  assert.ok(archived.length >= 3);
  assert.equal(left.length, 2, "the locked one and the one that is being written");
  const gone = r.of("segment-deleted");
  assert.deepEqual(
    [...new Set(gone.map(({ volumeId, reason }) => `${volumeId}: ${reason}`))],
    ["v1: it is in the archive"],
  );
  assert.equal(gone.length, archived.length - 1);
  r.recorder.receive({ kind: "locks", locks: [], released: ["l1"] });
  await r.pass(6000);
  assert.equal(files(r, "footage").length, 1);
});

test("only footage of alarms is taken where only that is asked for", async (t) => {
  const r = await archiving(t, { mode: "both", takes: "alarm" });
  await r.feed(20_000);
  r.hold("h", { endAt: instant(r.clock.now() + 1000) });
  await r.feed(20_000);
  await r.pass(3 * minutes);
  const archived = files(r, "archive").length;
  assert.ok(archived > 0 && archived < 4, `${archived} of ${files(r, "footage").length}`);
});

test("a copy that was broken off goes on where it was; one that differs is made again", async (t) => {
  const r = await archiving(t, { mode: "both", takes: "all" });
  await r.feed(6000);
  const [first = ""] = files(r, "footage");
  const part = join(r.data, "archive", `${first}.part`);
  mkdirSync(dirname(part), { recursive: true });
  writeFileSync(part, "not what stands there");
  await r.feed(4000);
  await r.pass(3 * minutes);
  assert.deepEqual(readFileSync(join(r.data, "archive", first)), readFileSync(join(r.data, "footage", first)));
  assert.equal(existsSync(part), false);
});

test("an archive that is away keeps nobody waiting, and copying goes on when it is back", async (t) => {
  const r = await archiving(t, { mode: "both", takes: "all" });
  await r.feed(10_000);
  const marker = join(r.data, "archive", ".reed-volume");
  const is = readFileSync(marker);
  rmSync(marker);
  await r.pass(3 * minutes);
  assert.equal(archiveState(r)?.state, "missing");
  assert.deepEqual(files(r, "archive"), []);
  await r.feed(8000);
  r.hold("h", { endAt: instant(r.clock.now() + 1000) });
  await r.feed(4000);
  assert.equal(r.of("hold-closed")[0]?.result, "done");
  writeFileSync(marker, is);
  await r.pass(3 * minutes);
  assert.ok(files(r, "archive").length > 3);
});

test("an archive whose journal is lost is read from its files", async (t) => {
  const before = await archiving(t, { mode: "remote", takes: "all" });
  await before.feed(14_000);
  await before.pass(3 * minutes);
  const archived = files(before, "archive");
  before.keepFolder();
  await before[Symbol.asyncDispose]();
  for (const log of globSync(join(before.data, "archive", "journal", "*"))) truncateSync(log, 0);
  const volumes = [
    volume,
    { ...volume, id: "a1", path: "archive", archive: { mode: "remote", takes: "all" } as const },
  ];
  await using r = await rig({ data: before.data, firstUnit: before.next, plan: { segmentMs: 4000, volumes } });
  await r.pass(1000);
  r.recorder.receive({ kind: "segments" });
  assert.deepEqual(
    copies(r)
      .map(({ path, volumeId }) => `${volumeId} ${path}`)
      .filter((one, at, all) => all.indexOf(one) === at),
    archived.map((path) => `a1 ${path}`),
  );
  rmSync(before.data, { recursive: true, force: true });
});

test("what is older than an archive keeps is not copied there anew by each start; what is locked is", async () => {
  const life = await rig({ plan: { segmentMs: 4000, volumes: [volume] } });
  life.camera("live");
  await life.feed(14_000);
  const from = life.clock.wall();
  await life.feed(2000);
  await life.pass(6000);
  life.keepFolder();
  await life[Symbol.asyncDispose]();
  const old = files(life, "footage");
  assert.ok(old.length >= 3);
  life.clock.stepWall(days(2));
  const archive = {
    ...volume,
    id: "a1",
    path: "archive",
    keepDays: 1,
    archive: { mode: "both", takes: "all" } as const,
  };
  await using r = await rig({
    ...{ data: life.data, clock: life.clock, firstUnit: life.next },
    plan: { segmentMs: 4000, volumes: [volume, archive] },
  });
  const lock = { id: "l1", channel: 1, from, to: from, reason: "police", by: "ann", at: from };
  r.recorder.receive({ kind: "locks", locks: [lock], released: [] });
  r.camera("live");
  await r.feed(14_000);
  await r.pass(3 * minutes);
  const archived = files(r, "archive");
  assert.equal(archived.filter((file) => old.includes(file)).length, 1, "the locked one");
  assert.ok(archived.length >= 3, "and what is new");
  rmSync(life.data, { recursive: true, force: true });
});
